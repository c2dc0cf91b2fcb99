"""The front page: an answer to each question, from the executed notebooks, and how the record knows."""

import re

import readme
from headline import findings
from markupsafe import Markup

from helpers.words import common

QUESTIONS = {  # notebook: the question that it answers; the answers are read from its outputs
    "03_armenia_disengagement": "Who has stopped coming?",
    "02_country_exercise_network": "Who trains with whom?",
    "04_exercise_cadence": "How often, and what was promised?",
}


def front_page(data, tables, executed):
    """What the front page's template needs, from the tables and the folder of executed notebooks."""
    register, reports = tables["register"], data["reports"]
    return {
        "answers": [(question, name, _answer(executed, name)) for name, question in QUESTIONS.items()],
        "notebooks": [path.stem for path in sorted(executed.glob("*.ipynb"))],
        "exercises": len(register),
        "held": int((register["status"] == "held").sum()),
        "reports": len(reports),
        "publications": reports["source_id"].nunique(),
        "events": len(tables["events"]),
        "grades": common.grade_mix(tables["attendance"], register),
        "conflicts": int(register["conflicts"].map(bool).sum()),
    }


def _answer(executed, name):
    """The first finding of a notebook that the README tells, as Markdown: it was escaped when it was computed."""
    said = dict(findings(executed / f"{name}.ipynb"))[readme.TOLD[name][0]]
    return Markup(re.sub(r"^\*\*Answer\.\*\* ", "", said))


def picture(executed):
    """PNG bytes and alt text of the figure that shows the whole record."""
    notebook, cell = readme.FIGURE_CELL
    return readme.figure(executed / f"{notebook}.ipynb", cell)
