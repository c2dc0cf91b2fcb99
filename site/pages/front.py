"""The front page: the finding, its picture, how sure it is, and three answers more; and the brief, which says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.analyses.cadence import measures, promises
from helpers.analyses.cadence.text import describe_pace, word_pace
from helpers.analyses.cadence.text_promises import describe_promises
from helpers.analyses.disengagement.days import split_reason
from helpers.analyses.disengagement.figures import plot_who_came
from helpers.analyses.disengagement.steps import by_year
from helpers.analyses.disengagement.text import (
    describe_attendance,
    describe_evidence,
    describe_status,
    who_came_texts,
)
from helpers.analyses.disengagement.text_steps import describe_steps
from helpers.analyses.network.text import describe_ties
from helpers.analyses.network.text_network import describe_open_cases
from helpers.derive.record import Record
from helpers.display.figures import save
from helpers.display.finding import Finding, findings_in
from helpers.display.phrases import capital, day, escape, listed, of_all
from pages import words
from pages.context import Context, Page
from pages.figure import Figures

_ESSENCE = re.compile(  # of a part of the status line, what it comes down to: a verb, or what there is not
    r"\b(?:(?:[Nn]o|[Nn]ot)(?: (?!under\b|and\b|to\b)\w+){1,3}|(?:will|would) leave|[Ff]rozen|[Nn]otice(?=,)|[Dd]enied|[Ss]uspended|[Ll]eft|[Rr]eturned)"
)
PICTURE = "who-came"  # name of the picture's files
ORDER = "ways"  # id of the cell that says in which order the focal state's ways of taking part broke
MOST_YEARS = 5  # whose counts a card shows one by one
REVERSAL = "reversal"  # id of the cell that says what it takes to reverse the answer: it takes minutes to compute
ANSWERS = {
    "network": "The network",
    "disengagement": "Step by step",
    "cadence": "The calendar",
    "robustness": "What it would take",
}


def notebook_of(notebooks: list[dict[str, str]], word: str) -> str:
    """Address of the notebook whose name holds a word; blank if there is none."""
    return next((f"{one['name']}.html" for one in notebooks if word in one["name"]), "")


def front_pages(context: Context, executed: Path, notebooks: list[dict[str, str]], figures: Figures) -> Iterator[Page]:
    """The front page and the one-page brief."""
    record = context.record
    png, alt = draw_picture(record, figures)
    answer = describe_attendance(record)
    reversal = _said(executed, notebooks, REVERSAL)
    sure = (
        describe_evidence(record).headline,
        answer.doubt,
        reversal.headline if reversal else "",
        why_the_day(record),
    )
    shared: dict[str, Any] = {
        "headline": words.markdown(answer.headline.rstrip(".")),
        "detail": words.markdown(answer.detail),
        "status": status_line(describe_status(record)),
        "sure": [words.markdown(part) for part in sure if part],
        "robust": notebook_of(notebooks, "robustness"),
        "cards": list(_cards(record, notebooks)),
        "reach": word_reach(record, context.searched_to),
        "introduction": words.markdown(introduce(record)),
    }
    plain = words.bare(f"{answer.headline} {answer.detail}")
    members = [(one, context.names[one]) for one in context.states if one not in context.former]
    former = [(one, context.names[one]) for one in context.states if one in context.former]
    yield Page(
        "index",
        words.bare(answer.headline).rstrip("."),
        "index.html",
        shared | {"picture": figures.show(png, PICTURE, alt), "members": members, "former": former},
        plain,
    )
    yield Page(
        "brief",
        f"Brief: {words.bare(answer.headline).rstrip('.')}",
        "brief.html",
        shared | {"picture": figures.show(png, "brief", alt), "promise": _promise(record)},
        plain,
    )


def _said(executed: Path, notebooks: list[dict[str, str]], cell: str) -> Finding | None:
    """The finding that a cell shows, in whichever notebook has it."""
    return next(
        (said[cell] for one in notebooks if cell in (said := findings_in(executed / f"{one['name']}.ipynb"))), None
    )


def why_the_day(record: Record) -> str:
    """Why the counts begin where they do, as a sentence."""
    reason, since = split_reason(record), f"We count from {day(record.split)}"
    if not reason:
        return f"{since}, a day for which the record has no reason."
    return f"{since}, for what happened that day: {escape(reason)}."


def draw_picture(record: Record, figures: Figures) -> tuple[bytes, str]:
    """PNG bytes and alternative text of the picture of who came, without its title, which is the page's own."""
    texts = who_came_texts(record)
    png, metadata = save(plot_who_came(record, **(texts | {"title": ""})), figures.kept)
    return png, f"{texts['title']}. {metadata['alt']}"


def status_line(status: Finding) -> Markup:
    """The status line: what was said, notice, effect, in each part what it comes down to strong."""
    parts = status.detail.rstrip(".").split(" · ")
    return words.markdown(" · ".join(_ESSENCE.sub(r"**\g<0>**", part, count=1) for part in parts))


def introduce(record: Record) -> str:
    """What the organisation is, in a sentence: its name in full, and who belongs to it on the last day of the record."""
    bodies = record.data["bodies"].set_index("body")["name"]
    members = record.members
    if record.organisation not in bodies or not members:
        return ""
    named = listed(sorted(escape(record.names[one]) for one in members))
    full = escape(bodies[record.organisation])
    return f"The {full} ({escape(record.organisation)}) is a military alliance of {named}."


def word_reach(record: Record, searched_to: pd.Timestamp) -> str:
    """How far the sources reach, as a line without a full stop, and that nothing is known of the time since."""
    reach = f"Our latest source on the {escape(record.organisation)} is of {day(*record.last_days)}"
    if searched_to <= record.last_day:
        return reach
    return f"{reach}; what happened since is not known, though we searched to {day(searched_to)}"


def _cards(record: Record, notebooks: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Question, number, two sentences and link of each of the three answers."""
    ties = describe_ties(record)
    share = capital(of_all(ties.low, 1, "exercise")) if ties.low is not None else ""
    yield _card("Who trains with whom?", share, "came", ties, notebooks, "network", _open_cases(record))
    steps, years = describe_steps(record), by_year(record)
    if len(years):
        away = years["away"].sum() >= years["towards"].sum()
        counts = years["away" if away else "towards"]
        question = f"How did {record.name} step away?" if away else f"What steps did {record.name} take?"
        yield _card(question, word_course(counts), "away" if away else "came", steps, notebooks, "disengagement")
    pace = measures.compute_pace(record)
    told = describe_pace(record, pace, measures.compare_periods(pace))
    yield _card("How often do they train?", word_pace(pace), "", told, notebooks, "cadence")


def word_course(counts: pd.Series) -> str:
    """The course of a count by year from two years before its peak to the last with any; of many, those two and the peak."""
    most, last = counts.idxmax(), counts[counts > 0].index.max() if counts.any() else counts.index[-1]
    before = max(most - 2, counts.index[0])
    every = last - before < MOST_YEARS
    return " → ".join(
        str(counts[year]) for year in (range(before, last + 1) if every else sorted({before, most, last}))
    )


def _open_cases(record: Record) -> str:
    """What weakens the answer on who trains with whom, in a sentence; blank if sources are clear about every case."""
    found = describe_open_cases(record)
    return found.headline if found.k else ""


def _card(
    question: str,
    figure: str,
    role: str,
    finding: Finding,
    notebooks: list[dict[str, str]],
    word: str,
    doubt: str = "",
) -> dict[str, Any]:
    text = f"{finding.headline} {words.first_sentence(finding.detail)}"
    return {
        "question": question,
        "figure": figure,
        "role": role,
        "text": words.markdown(f"{text} {doubt}".strip()),
        "link": notebook_of(notebooks, word),
        "words": ANSWERS[word],
    }


def _promise(record: Record) -> Markup:
    told = describe_promises(record, promises.list_promises(record))
    return words.markdown(f"{told.headline} {told.detail}")


def answers_page(executed: Path, notebooks: list[dict[str, str]]) -> Page:
    """The page that leads to the notebooks, with what each says first, or in which order the steps came."""
    rows = []
    for one in notebooks:
        said = findings_in(executed / f"{one['name']}.ipynb")
        lead = said.get(ORDER) or next(iter(said.values()), Finding(""))
        rows.append(one | {"first": words.markdown(lead.headline, one["root"]), "methods": "/" in one["name"]})
    return Page(
        "answers", "Answers", "answers.html", {"notebooks": rows}, "Every finding, with its evidence and its doubts."
    )
