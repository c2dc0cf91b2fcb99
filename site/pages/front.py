"""The front page: an answer to each question, from the executed notebooks, and how the record knows."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers.derive import counts
from helpers.derive.record import Record
from helpers.display.finding import findings_in
from pages import readme

START = "00_start_here"
ANSWERS = {  # cell of the start page that answers a question: the notebook with the evidence
    "answer-focus": "03_armenia_disengagement",
    "answer-network": "02_country_exercise_network",
    "answer-cadence": "04_exercise_cadence",
}


def front_page(record: Record, executed: Path) -> dict[str, Any]:
    """What the front page's template needs, from the whole record and the folder of executed notebooks.

    Question and answer of a finding are Markdown: names were escaped when it was worded.
    """
    register, reports = record.register, record.data["reports"]
    said = findings_in(executed / f"{START}.ipynb")
    return {
        "answers": [
            (Markup(said[cell].question), Markup(said[cell].answer), notebook) for cell, notebook in ANSWERS.items()
        ],
        "notebooks": [path.stem for path in sorted(executed.glob("*.ipynb"))],
        "exercises": len(register),
        "held": int((register["status"] == "held").sum()),
        "reports": len(reports),
        "publications": reports["source_id"].nunique(),
        "grades": counts.grade_mix(record),
        "conflicts": int(register["conflicts"].map(bool).sum()),
    }


def picture(executed: Path) -> tuple[bytes, str]:
    """PNG bytes and alt text of the figure that shows the whole record."""
    notebook, cell = readme.FIGURE_CELL
    return readme.figure(executed / f"{notebook}.ipynb", cell)
