"""Writes the findings and the figure of README.md from the committed notebooks: `python site/readme.py`."""

import base64
import re
from pathlib import Path

import nbformat
from headline import findings

SITE = Path(__file__).parent
ROOT = SITE.parent
FIGURE = SITE / "record.png"
FIGURE_CELL = ("00_start_here", "tiles")  # the whole record in one picture
# What most readers come for, with the share of choices that bear it out.
ANSWER_CELL = ("00_start_here", "answer-focus")
TOLD = {  # notebook: cells whose findings the README repeats
    "00_start_here": ["answer-network", "answer-cadence", "cutoff"],
    "01_sources_and_coverage": ["answer", "answer-coding"],
    "03_armenia_disengagement": ["answer-run", "answer-umbrella", "answer-meetings"],
    "04_exercise_cadence": ["promise-answer"],
    "05_robustness": ["answer"],
}
COUNTED = re.compile(r"\bof (\d[\d,]*) \(|\bn = (\d[\d,]*)")  # the denominators that a sentence names


def answer():
    """The answer and the figure, as Markdown."""
    notebook, cell_id = FIGURE_CELL
    _, alt = figure(ROOT / "notebooks" / f"{notebook}.ipynb", cell_id)
    name, cell = ANSWER_CELL
    return f"{dict(findings(ROOT / 'notebooks' / f'{name}.ipynb'))[cell]}\n\n![{alt}](site/{FIGURE.name})"


def table():
    """The findings as a Markdown table: sentence, notebook and section, the denominators in it."""
    rows = ["| finding | where | n |", "| --- | --- | --- |"]
    for name, cells in TOLD.items():
        path = ROOT / "notebooks" / f"{name}.ipynb"
        said, section = dict(findings(path)), sections(path)
        rows += [
            f"| {said[cell].replace('**Answer.** ', '')} | [{name}](notebooks/{name}.ipynb), {section[cell]} | {_counted(said[cell])} |"
            for cell in cells
        ]
    return "\n".join(rows)


def _counted(sentence):
    """The denominators of a sentence, each once, in order."""
    return ", ".join(dict.fromkeys(first or second for first, second in COUNTED.findall(sentence)))


def sections(path):
    """{cell id: heading of the section in which it stands} of a notebook."""
    found, heading = {}, ""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            titles = re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)
            heading = titles[-1] if titles and not cell.source.startswith("# ") else heading or "at the top"
        found[cell.id] = heading
    return found


BLOCKS = {"answer": answer, "findings": table}


def figure(path, cell_id):
    """PNG bytes and alt text of the figure that a notebook's cell shows."""
    cell = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == cell_id)
    output = next(output for output in cell.outputs if "image/png" in output.get("data", {}))
    return base64.b64decode(output["data"]["image/png"]), output["metadata"]["image/png"]["alt"]


def renewed(readme):
    """The README text with its generated parts renewed."""
    for name, written in BLOCKS.items():
        start, end = f"<!-- {name}: written by make refresh -->", f"<!-- end of {name} -->"
        head, rest = readme.split(start)
        readme = f"{head}{start}\n\n{written()}\n\n{end}{rest.split(end)[1]}"
    return readme


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
    FIGURE.write_bytes(figure(ROOT / "notebooks" / f"{FIGURE_CELL[0]}.ipynb", FIGURE_CELL[1])[0])
