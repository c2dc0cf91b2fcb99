"""What the notebook on robustness says of things left out, wrong cases, and the press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.analyses.robustness.reversals import Reversal
from helpers.analyses.robustness.sensitivity import LEFT_OUT, MOST_ERRORS
from helpers.analyses.robustness.wording import name_findings
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, escape, listed, number

NAMED = 3  # things of a kind that a sentence can name


def describe_left_out(record: Record, found: Sequence[Reversal], left: pd.DataFrame) -> Finding:
    """Whether any one source, exercise or year carries a finding (`sensitivity.leave_one_out`)."""
    things = left.drop_duplicates(["kind", "left_out"])
    if things.empty:
        return Finding("There is no finding that could hang on one source, exercise or year.")
    sizes = things["kind"].value_counts()
    tried = listed(count(int(sizes[kind]), kind) for kind in LEFT_OUT if kind in sizes)
    fallen = left[left["reversed"]].drop_duplicates(["kind", "left_out"])
    if fallen.empty:
        detail = f"By turn we left out {tried}."
        headline = "Leaving out any one source, exercise or year reverses no finding."
    else:
        many = len(fallen)
        headline = f"{number(many).capitalize()} of {len(things):,} sources, exercises and years {'reverses' if many == 1 else 'reverse'} a finding when left out."
        claims, answers = name_findings(record), {one.question: one.answer for one in found}
        hit = [f"*{claims[name, answers[name]]}*" for name in left.loc[left["reversed"], "question"].unique()]
        detail = f"{'That is' if many == 1 else 'Those are'} {listed(_name_fallen(record, fallen))}; what falls is {listed(hit)}."
    return Finding(
        headline,
        detail,
        "An error that many relay shows only if all go back to one origin.",
        k=len(fallen),
        n=len(things),
        unit="things left out by turn that reverse a finding",
    )


def _name_fallen(record: Record, fallen: pd.DataFrame) -> list[str]:
    """Outlets, exercises and years by name, the first few of each kind; origins by number."""
    names = record.whole_register.set_index("exercise_id")["name"]
    parts = []
    for kind, part in fallen.groupby("kind", sort=False):
        if kind == "origin":
            parts.append(count(len(part), "origin"))
            continue
        few = [escape(names.get(one, one)) for one in part["left_out"].head(NAMED)]
        few += [f"{number(len(part) - NAMED)} more"] if len(part) > NAMED else []
        parts.append(f"the {kind}{'s' if len(part) > 1 else ''} {listed(few)}")
    return parts


def describe_errors(
    record: Record, found: Sequence[Reversal], needed: Mapping[str, int | None], even: Mapping[str, int | None]
) -> Finding:
    """How many wrong cases it takes.

    Parameters
    ----------
    record, found
        The record and its findings.
    needed, even
        `sensitivity.count_errors_needed` until a finding is in doubt, and until it falls in half of the draws.
    """
    if not found:
        return Finding("There is no finding that wrong cases could put in doubt.")
    claims = name_findings(record)
    first = [one for one in found if needed.get(one.question)]
    if not first:
        return Finding(
            f"No finding is in doubt even if {MOST_ERRORS} cases in a hundred are wrong.", n=len(found), unit="findings"
        )
    weakest = min(first, key=lambda one: needed[one.question] or 0)
    errors, half = needed[weakest.question], even.get(weakest.question)
    own = next((one for one in found if one.question == "since"), None)
    detail = f"The weakest finding is *{claims[weakest.question, weakest.answer]}*"
    detail += (
        f"; with {number(half)} in a hundred it falls in half of the draws."
        if half
        else "; it never falls in half of the draws."
    )
    if own is not None and own is not weakest:
        detail += f" *{claims[own.question, own.answer]}* {_say_own(needed.get('since'), even.get('since'))}."
    return Finding(
        f"{count(errors or 0, 'wrong case').capitalize()} in a hundred {'is' if errors == 1 else 'are'} enough to put one finding in doubt.",
        detail,
        "Errors are planted one by one, while real ones come in clumps, all cases of one report at a time.",
        k=errors,
        n=100,
        unit="wrong cases that put a finding in doubt",
    )


def _say_own(needed: int | None, half: int | None) -> str:
    if needed is None:
        return f"bears more than {MOST_ERRORS}"
    return f"is in doubt from {number(needed)} on" + (
        f", and falls in half of the draws at {number(half)}" if half else ""
    )


def caption_errors(found: Sequence[Reversal], needed: Mapping[str, int | None]) -> dict[str, str]:
    """Around the picture of wrong cases."""
    first = min((errors for errors in needed.values() if errors), default=None)
    title = (
        f"The weakest of {number(len(found))} findings is in doubt at {count(first or 0, 'wrong case')} in a hundred"
    )
    title = title if first else f"Every finding bears {MOST_ERRORS} wrong cases in a hundred"
    return {
        "title": title,
        "subtitle": "Wrong cases in a hundred, planted at random. Full colour: the finding stands nearly always; "
        "pale: it falls now and then; empty: it falls more often than not.",
    }


def describe_reporting(record: Record, table: pd.DataFrame) -> Finding:
    """Whether absences are better reported than attendance (`sensitivity.compare_reporting`)."""
    rows = table.set_index("which")
    if len(rows) < 3:
        return Finding("There are too few absences to compare how well they are reported.")
    away, others, before = (rows.at[which, "sources"] for which in ("absence", "attendance of others", "before"))
    name = escape(record.name)
    return Finding(
        "Absences are not better reported than attendance."
        if away <= others
        else "Absences are better reported than attendance.",
        f"An absence of {name} rests on {away:.1f} independent sources on average, an attendance of others in the same time on {others:.1f}, if joint exercises count once.",
        f"Before that day its own cases rested on {before:.1f}.",
    )
