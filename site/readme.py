"""Writes the findings and the figure of README.md from the committed notebooks: `python site/readme.py`."""

import base64
from pathlib import Path

import nbformat
from headline import findings

SITE = Path(__file__).parent
ROOT = SITE.parent
START = "<!-- findings: written by make refresh -->"
END = "<!-- end of findings -->"
FIGURE = SITE / "record.png"
FIGURE_CELL = ("00_start_here", "tiles")  # the whole record in one picture
TOLD = {  # notebook: cells whose findings the README repeats
    "00_start_here": ["cutoff"],
    "02_country_exercise_network": ["answer"],
    "03_armenia_disengagement": ["answer", "answer-run", "answer-umbrella"],
    "04_exercise_cadence": ["answer", "promise-answer"],
    "05_robustness": ["answer"],
}


def block():
    """The README's generated part as Markdown: figure with alt text, then a table of findings."""
    notebook, cell_id = FIGURE_CELL
    _, alt = figure(ROOT / "notebooks" / f"{notebook}.ipynb", cell_id)
    rows = ["| finding | where |", "| --- | --- |"]
    for name, cells in TOLD.items():
        said = dict(findings(ROOT / "notebooks" / f"{name}.ipynb"))
        rows += [f"| {said[cell].replace('**Answer.** ', '')} | [{name}](notebooks/{name}.ipynb) |" for cell in cells]
    return "\n".join([START, "", f"![{alt}](site/{FIGURE.name})", "", *rows, "", END])


def figure(path, cell_id):
    """PNG bytes and alt text of the figure that a notebook's cell shows."""
    cell = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == cell_id)
    output = next(output for output in cell.outputs if "image/png" in output.get("data", {}))
    return base64.b64decode(output["data"]["image/png"]), output["metadata"]["image/png"]["alt"]


def renewed(readme):
    """The README text with its generated part renewed."""
    head, rest = readme.split(START)
    return head + block() + rest.split(END)[1]


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
    FIGURE.write_bytes(figure(ROOT / "notebooks" / f"{FIGURE_CELL[0]}.ipynb", FIGURE_CELL[1])[0])
