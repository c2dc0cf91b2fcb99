"""The front page: an answer to each question, from the executed notebooks, and how the record knows."""

import re

import readme
from headline import findings
from markupsafe import Markup

from helpers.derive import counts

START = "00_start_here"
ANSWERS = {  # cell of the start page that answers a question: the notebook with the evidence
    "answer-focus": "03_armenia_disengagement",
    "answer-network": "02_country_exercise_network",
    "answer-cadence": "04_exercise_cadence",
}


def front_page(data, tables, executed):
    """What the front page's template needs, from the tables and the folder of executed notebooks."""
    register, reports = tables["register"], data["reports"]
    return {
        "answers": [(*_answer(executed, cell), notebook) for cell, notebook in ANSWERS.items()],
        "notebooks": [path.stem for path in sorted(executed.glob("*.ipynb"))],
        "exercises": len(register),
        "held": int((register["status"] == "held").sum()),
        "reports": len(reports),
        "publications": reports["source_id"].nunique(),
        "events": len(tables["events"]),
        "grades": counts.grade_mix(tables["attendance"], register),
        "conflicts": int(register["conflicts"].map(bool).sum()),
    }


def _answer(executed, cell):
    """Question and answer of a cell of the start page, as Markdown: names were escaped when it was computed."""
    said = dict(findings(executed / f"{START}.ipynb"))[cell]
    question, answer = re.fullmatch(r"\*\*(.+?)\*\* (.+)", said, re.DOTALL).groups()
    return Markup(question), Markup(answer)


def picture(executed):
    """PNG bytes and alt text of the figure that shows the whole record."""
    notebook, cell = readme.FIGURE_CELL
    return readme.figure(executed / f"{notebook}.ipynb", cell)
