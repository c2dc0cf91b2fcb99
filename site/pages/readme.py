"""Writes the findings and the figure of README.md from the committed notebooks."""

import base64
import re
from pathlib import Path

import nbformat

from helpers.display.finding import findings_in

SITE = Path(__file__).parents[1]
ROOT = SITE.parent
NOTEBOOKS = ROOT / "notebooks"
FIGURE = SITE / "record.png"
FIGURE_CELL = ("00_start_here", "tiles")  # the whole record in one picture
# What most readers come for, with the share of choices that bear it out.
ANSWER_CELL = ("00_start_here", "answer-focus")
TOLD = {  # notebook: cells whose findings the README repeats
    "00_start_here": ["answer-network", "answer-cadence", "cutoff"],
    "01_sources_and_coverage": ["answer", "agreement"],
    "03_armenia_disengagement": ["answer-run", "answer-umbrella", "answer-meetings"],
    "04_exercise_cadence": ["answer", "promises"],
    "05_robustness": ["answer"],
}


def renew() -> None:
    """Writes README.md and its figure anew."""
    path = ROOT / "README.md"
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
    notebook, cell = FIGURE_CELL
    FIGURE.write_bytes(figure(NOTEBOOKS / f"{notebook}.ipynb", cell)[0])


def renewed(readme: str) -> str:
    """The README text with its generated parts renewed."""
    for name, written in {"answer": answer, "findings": table}.items():
        start, end = f"<!-- {name}: written by make refresh -->", f"<!-- end of {name} -->"
        head, rest = readme.split(start)
        readme = f"{head}{start}\n\n{written()}\n\n{end}{rest.split(end)[1]}"
    return readme


def answer() -> str:
    """The answer and the figure, as Markdown."""
    notebook, cell_id = FIGURE_CELL
    _, alt = figure(NOTEBOOKS / f"{notebook}.ipynb", cell_id)
    name, cell = ANSWER_CELL
    return f"{findings_in(NOTEBOOKS / f'{name}.ipynb')[cell].text}\n\n![{alt}](site/{FIGURE.name})"


def table() -> str:
    """The findings as a Markdown table: the finding, the notebook and section that it stands in, n where one has it."""
    rows = []
    for name, cells in TOLD.items():
        path = NOTEBOOKS / f"{name}.ipynb"
        said, section = findings_in(path), sections(path)
        rows += [
            (said[cell].text, f"[{name}](notebooks/{name}.ipynb), {section[cell]}", _number(said[cell].n))
            for cell in cells
        ]
    head = ("finding", "where", "n") if any(n for *_, n in rows) else ("finding", "where")
    lines = [head, ["---"] * len(head), *(row[: len(head)] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(n: float | None) -> str:
    return "" if n is None else f"{n:,}"


def sections(path: Path) -> dict[str, str]:
    """{cell id: heading of the section in which it stands} of a notebook."""
    found, heading = {}, ""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            titles = re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE)
            heading = titles[-1] if titles and not cell.source.startswith("# ") else heading or "at the top"
        found[cell.id] = heading
    return found


def figure(path: Path, cell_id: str) -> tuple[bytes, str]:
    """PNG bytes and alt text of the figure that a notebook's cell shows."""
    cell = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == cell_id)
    output = next(output for output in cell.outputs if "image/png" in output.get("data", {}))
    return base64.b64decode(output["data"]["image/png"]), output["metadata"]["image/png"]["alt"]
