"""A small record to try choices on, and universes made by hand."""

import numpy as np
from support import MEMBERS, exercise, frames, report

from helpers.analyses.robustness.findings import Universe
from helpers.derive.record import Record
from helpers.derive.scope import Scope

FIVE, SIX = ";".join(MEMBERS[1:]), ";".join(MEMBERS)
SPLIT = "2022-09-13"
SCOPE = Scope(since=2015, until=2025, classes=("exercise",), unit="component", grade="C", focus="ARM", split=SPLIT)


def small_data(**more):
    """Eleven exercises and a joint one of two: all six came until 2021, five since; a dispute, a gap, three programmes."""
    years = range(2015, 2026)
    exercises = [exercise(f"interaction-{year}") for year in years] + [exercise("combat-2024", "combat")]
    exercises += [exercise(f"{part}-2024", part, parent_id="combat-2024") for part in ("rubezh", "barrier")]
    told = []
    for year in years:
        when = {"start": f"{year}-10-01", "end": f"{year}-10-05", "participants": SIX if year < 2022 else FIVE}
        told.append(report(f"interaction-{year}", 1, "press", "after", **when))
        told.append(report(f"interaction-{year}", 2, "wire", speaker="official" if year != 2020 else "", **when))
    for at in (2, 3):
        told[at] |= {"participants_scope": "partial", "participants": FIVE}
    told.append(report("interaction-2018", 3, "ministry", participants=FIVE, absent="ARM", absent_by="organiser"))
    told.append(report("rubezh-2024", 1, "press", participants=FIVE, start="2024-06-01"))
    told.append(report("barrier-2024", 1, "organiser", participants=FIVE, start="2024-06-02"))
    named = ";".join(f"interaction-{year}" for year in years if year % 2)
    plan = {"kind": "plan", "said_by": "X", "said_on": "2015-01-01", "counts": "exercises", "period": "2015/2025"}
    programmes = [
        plan | {"programme_id": "p1", "source_ids": "wire", "exercise_ids": named},
        plan | {"programme_id": "p2", "source_ids": "press;wire", "exercise_ids": "interaction-2024"},
    ]
    sources = [
        {"source_id": name, "outlet": name, "kind": kind, "title": name, "url": f"https://example.org/{name}"}
        | {"published_on": "2030-01-01", "lang": "en", "origin_id": name, "original_seen": "true"}
        for name, kind in [("organiser", "organiser"), ("ministry", "ministry"), ("wire", "wire"), ("press", "press")]
    ]
    series = [
        {"series_id": name, "name": name.title(), "force": "CSTO"}
        for name in ("interaction", "combat", "rubezh", "barrier")
    ]
    spans = [("2000", "2018"), ("2019", "2021"), ("2022", "2026")]
    periods = [{"since": since, "until": until, "why": "Words."} for since, until in spans]
    tables = dict(periods=periods, sources=sources, series=series, programmes=programmes) | more
    return frames(tables.pop("exercises", exercises), tables.pop("reports", told), **tables)


def small_record(**scope):
    """The small record as a Record."""
    return Record.of_scope(small_data(), SCOPE.__class__(**(SCOPE.__dict__ | scope)))


def universe_of(values, **more):
    """A universe of one exercise a year from 2012, one row an exercise, one column a member."""
    values = np.array(values, float)
    count = len(values)
    years = np.arange(2012, 2012 + count)
    fields = dict(
        ids=np.array([f"x-{year}" for year in years]),
        joint=np.array([f"x-{year}" for year in years]),
        year=years,
        day=np.array([f"{year}-10-01" for year in years], "datetime64[D]"),
        held=np.ones(count, bool),
        promised=np.ones(count, bool),
        value=values,
        expected=np.ones(values.shape, bool),
        states=tuple(MEMBERS[: values.shape[1]]),
        focus="ARM",
        split=np.datetime64("2018-01-01"),
        earlier=2012,
        turn=2018,
        last_year=2012 + count - 1,
    )
    return Universe(**(fields | more))


STOPPED = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 6)
