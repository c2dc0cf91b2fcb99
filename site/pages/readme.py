"""Writes the answer and the picture of README.md from the committed notebooks."""

import base64
from pathlib import Path

import nbformat

from helpers.display.finding import findings_in

SITE = Path(__file__).parents[1]
ROOT = SITE.parent
START = ROOT / "notebooks" / "00_start_here.ipynb"
FIGURE = SITE / "record.png"
FIGURE_CELL = "who-came"  # the whole record in one picture
BELOW = ("answer-network", "answer-cadence", "reach")  # findings that stand below the picture
START_MARK, END_MARK = "<!-- answer: written by make refresh -->", "<!-- end of answer -->"


def renew() -> None:
    """Writes README.md and its picture anew."""
    path = ROOT / "README.md"
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
    FIGURE.write_bytes(figure(START, FIGURE_CELL)[0])


def renewed(readme: str) -> str:
    """The README text with its generated part renewed."""
    head, rest = readme.split(START_MARK)
    return f"{head}{START_MARK}\n\n{answer()}\n\n{END_MARK}{rest.split(END_MARK)[1]}"


def answer() -> str:
    """The answer, its picture and the next findings, as Markdown."""
    said = findings_in(START)
    first, status = said["answer"], said["status"]
    _, alt = figure(START, FIGURE_CELL)
    below = [f"**{said[cell].headline}** {said[cell].detail}" for cell in BELOW]
    parts = [
        f"**{first.headline}** {first.detail}",
        status.detail,
        f"![{alt}](site/{FIGURE.name})",
        f"*How sure is this?* {first.doubt}",
    ]
    return "\n\n".join(part for part in [*parts, *below] if part)


def figure(path: Path, cell_id: str) -> tuple[bytes, str]:
    """PNG bytes and alternative text of the figure that a notebook's cell shows."""
    cell = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.id == cell_id)
    output = next(output for output in cell.outputs if "image/png" in output.get("data", {}))
    return base64.b64decode(output["data"]["image/png"]), output["metadata"]["image/png"]["alt"]
