"""The page of each member, present and former, and the page that leads to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.analyses.cadence.hosting import list_hosted
from helpers.analyses.disengagement.cases import claims_on, judged_claims
from helpers.analyses.disengagement.elsewhere import count_look_ups, find_exercises_with_others
from helpers.analyses.disengagement.figures import plot_member_strip
from helpers.analyses.disengagement.status import state_of_play, steps_of, vague_day
from helpers.analyses.disengagement.steps import acts
from helpers.analyses.disengagement.text import describe_attendance, describe_status, strip_texts
from helpers.analyses.network.groups import last_known_period
from helpers.derive.codes import ABSENT, CODES, DIRECTIONS
from helpers.derive.record import Record
from helpers.display.figures import save
from helpers.display.phrases import listed, short_day, years
from pages import words
from pages.context import Context, Page
from pages.figure import Figures
from pages.front import status_line
from pages.timeline import find_points

VERDICT_ORDER = [
    "contradicted",
    "holds in part",
    "cannot be tested",
    "holds",
]  # those that a reader may be misled by first


def member_pages(context: Context, figures: Figures) -> Iterator[Page]:
    """One page a state ever bound, then the page that lists them."""
    rows = []
    judged = judged_claims(context.record)
    for state in context.states:
        record = context.focused(state)
        answer = describe_attendance(record)
        headline, status = words.markdown(answer.headline), describe_status(record)
        rows.append(
            {"code": state, "name": context.names[state], "headline": headline, "former": state in context.former}
        )
        absences = _absences(record, context)
        values = {
            "name": context.names[state],
            "code": state,
            "former": state in context.former,
            "headline": headline,
            "detail": words.markdown(" ".join(part for part in (answer.detail, answer.doubt) if part)),
            "status": status_line(status),
            "standing": words.markdown(status.headline),
            "strip": _strip(record, state, figures),
            "play": state_of_play(record).astype(object).to_dict("records"),
            "absences": absences,
            "absence_codes": [code for code in ABSENT if code in {row["code"] for row in absences}],
            "hosted": _hosted(record, state, context),
            "others": _with_others(record, state),
            "looked": count_look_ups(record),
            "points": find_points(context, state),
            "spans": _steps(record, context),
            "steps": len(steps_of(record)),
            "directions": DIRECTIONS,
            "claims": _claims(judged, state, context),
            "partners": describe_partners(record, state, context.ties),
            "votes": _rows(context, "votes", state, "day"),
            "dues": [row | {"says": word_dues(row)} for row in _rows(context, "dues", state, "year")],
            "polls": group_polls(_rows(context, "polls", state, "fieldwork_start")),
        }
        image = f"files/figures/member-{state}.png" if values["strip"] else ""
        yield Page(
            f"members/{state}", context.names[state], "member.html", values, words.bare(answer.headline), image=image
        )
    yield Page(
        "members/index",
        "Members",
        "members.html",
        {"rows": rows, "posts": list_posts(context), "organisation": context.record.organisation},
        "Each member of the organisation, present and former, and who held its posts.",
    )


def list_posts(context: Context) -> list[dict[str, Any]]:
    """Who held which of the organisation's own posts when, post by post, the latest holder first.

    Posts of a body that is the organisation's own, as its name says; that of the most holders stands first.
    """
    table = context.table("offices")
    if table.empty:
        return []
    own = table[table["body"].str.startswith(f"{context.record.organisation} ")]
    own = own.assign(kind=own["office"].str.removeprefix("Acting ").str.casefold())
    own = own.assign(
        many=own.groupby("body")["office"].transform("size"),
        holders=own.groupby(["body", "kind"])["office"].transform("size"),
        last=[max(row.end, row.as_of, row.start) for row in own.itertuples()],
    )
    order = ["many", "body", "holders", "kind", "last", "name"]
    rows = own.sort_values(order, ascending=[False, True, False, True, False, True]).to_dict("records")
    return [row | {"when": word_term(row), "publications": context.publications(row["source_ids"][:3])} for row in rows]


def word_term(row: dict[str, Any]) -> str:
    """When somebody held a post, as far as sources say: '2 May 2017 to 2 Nov 2018', 'to Nov 2023, seen in it 9 Mar 2023'."""
    start, end, seen = (words.short_day(row[what]) for what in ("start", "end", "as_of"))
    if start and end:
        return f"{start} to {end}" if start != end else start
    term = f"from {start}" if start else f"to {end}" if end else ""
    return ", ".join(part for part in (term, f"seen in it {seen}" if seen and not end else "") if part) or "not known"


def _strip(record: Record, state: str, figures: Figures) -> Markup:
    """The state's strip; nothing for one that was expected at no held exercise."""
    if record.of(state).empty:
        return Markup("")
    texts = strip_texts(record, state)
    png, metadata = save(plot_member_strip(record, state, **texts), figures.kept)
    return figures.show(png, f"member-{state}", metadata["alt"], "../")


def _absences(record: Record, context: Context) -> list[dict[str, Any]]:
    """What the state missed of all that was held, meetings and operations too, the latest first, with the evidence of each."""
    whole = context.tables["attendance"]
    missed = whole[(whole["iso3"] == record.focus) & whole["code"].isin(ABSENT) & whole["expected"]]
    own = {report.report_id: report for report in context.data["reports"].itertuples()}
    rows = []
    for cell in missed.itertuples():
        exercise = context.exercises[cell.exercise_id]
        sources = list(dict.fromkeys(own[one].source_id for one in cell.reports))
        rows.append(
            {
                "id": cell.exercise_id,
                "name": exercise["name"],
                "kind": words.plain(exercise["event_type"]),
                "day": short_day(exercise["start_earliest"]),
                "order": exercise["start_earliest"],
                "evidence": CODES[cell.code].label.removeprefix("absent").strip(", "),
                "code": cell.code,
                "grade": cell.grade,
                "reason": next((own[one].absent_reason for one in cell.reports if own[one].absent_reason), ""),
                "publications": context.publications(sources[:3]),
                "more": max(0, len(sources) - 3),
            }
        )
    return sorted(rows, key=lambda row: row["order"], reverse=True)


def _hosted(record: Record, state: str, context: Context) -> list[tuple[str, str]]:
    """(id, name) of what it hosted, the latest first."""
    table = list_hosted(record.register)
    own = table[table["iso3"] == state].sort_values("start_earliest", ascending=False)
    return [(one, context.listed[one]) for one in own["exercise_id"]]


def _with_others(record: Record, state: str) -> list[dict[str, Any]]:
    """The state's exercises with others, the latest first."""
    rows = find_exercises_with_others(record, state).iloc[::-1].to_dict("records")
    return [
        row
        | {
            "day": vague_day(row["start_earliest"], row["start_latest"]),
            "with": listed(sorted(record.names[one] for one in row["partners"])),
        }
        for row in rows
    ]


def _steps(record: Record, context: Context) -> list[tuple[str, list[dict[str, Any]]]]:
    """The state's acts towards and away, and what is quoted, by period, the latest first; those before the first period come last."""
    spans = [*record.periods.values(), (0, min(first for first, _ in record.periods.values()) - 1)]
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    done = set(acts(record)["event_id"])
    for step in steps_of(record).to_dict("records"):
        span = next((one for one in spans if one[0] <= step["earliest"].year <= one[1]), max(spans))
        quotes = context.quotations.get(("events", step["event_id"]), [])
        if step["event_id"] not in done and not quotes:
            continue
        found[span].append(step | {"publications": context.publications(step["source_ids"][:3]), "quotes": quotes})
    return [
        (years(*span) if span[0] else f"before {span[1] + 1}", rows)
        for span, rows in sorted(found.items(), reverse=True)
    ]


def _claims(judged: pd.DataFrame, state: str, context: Context) -> list[tuple[str, list[dict[str, Any]]]]:
    """(verdict, claims on the state or on the whole organisation that it fits, the latest first) of each verdict."""
    own = claims_on(judged, state).iloc[::-1].to_dict("records")
    rows = [row | {"publications": context.publications([row["source_id"]])} for row in own]
    by_verdict = [(verdict, [row for row in rows if row["verdict"] == verdict]) for verdict in VERDICT_ORDER]
    return [(verdict, found) for verdict, found in by_verdict if found]


def word_dues(row: dict[str, Any]) -> str:
    """What a speaker says of a contribution, as in 'Assessed 53.2 million roubles, 10% of the budget; not paid'."""
    assessed, owed = (words.money(row[what], row["currency"]) for what in ("assessed", "owed"))
    share = f"{row['share']}% of the budget" if row["share"] != "" else ""
    charge = ", ".join(part for part in (f"assessed {assessed}" if assessed else "", share) if part)
    paid = {"yes": "paid", "no": "not paid", "part": "paid in part"}.get(row["paid"], "")
    said = "; ".join(part for part in (charge, paid, f"owes {owed}" if owed else "") if part)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def group_polls(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a question of a poll, with its answers and their shares: 'yes 34%; no 31%; partly 35%'."""
    polls: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        polls[row["poll_id"]].append(row)
    return [
        answers[0] | {"answers": "; ".join(f"{one['answer']} {words.poll_share(one['share'])}" for one in answers)}
        for answers in polls.values()
    ]


def describe_partners(record: Record, state: str, ties: pd.DataFrame) -> str:
    """With whom the state came together most and least often in the last period that sources know of; blank if with none."""
    period = last_known_period(record, ties) if len(ties) else ""
    if not period:
        return ""
    own = ties[(ties["period"] == period) & ((ties["a"] == state) | (ties["b"] == state)) & (ties["occasions"] > 0)]
    if own.empty:
        return ""
    own = own.assign(other=own["a"].where(own["a"] != state, own["b"]), rate=own["together"] / own["occasions"])
    span = period.replace("-", "–")
    best, least = own[own["rate"] == own["rate"].max()], own[own["rate"] == own["rate"].min()]
    if not best["together"].sum():
        return f"In {span} it came together with none of {_names(record, own)}."
    if len(own) == 1:
        return f"In {span} it came together with {_names(record, own)} alone ({_share(own)})."
    if len(best) == len(own):
        return f"In {span} it came together with each of {_names(record, best)} equally often ({_share(best)})."
    return (
        f"In {span} it came together most often with {_names(record, best)} ({_share(best)}), "
        f"least often with {_names(record, least)} ({_share(least)})."
    )


def _names(record: Record, ties: pd.DataFrame) -> str:
    return listed(sorted(record.names[one] for one in ties["other"]))


def _share(ties: pd.DataFrame) -> str:
    first = ties.iloc[0]
    each = " each" if len(ties) > 1 and len(set(ties["occasions"])) == 1 else ""
    return f"{first['together']:.0f} of {first['occasions']:.0f}{each}"


def _rows(context: Context, table: str, state: str, order: str) -> list[dict[str, Any]]:
    """Rows of a table on one state, the latest first, with their publications."""
    found = context.table(table)
    if found.empty:
        return []
    own = found[found["iso3"] == state].sort_values(order, ascending=False, kind="stable")
    rows = []
    for row in own.astype(object).where(own.notna(), "").to_dict("records"):
        rows.append(row | {"publications": context.publications(row["source_ids"][:2])})
    return rows
