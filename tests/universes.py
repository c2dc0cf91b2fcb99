"""A small record with a clean break, and the universes that robustness is tested on."""

import numpy as np
from support import MEMBERS, exercise, frames, report

from helpers.analyses.robustness import findings, multiverse
from helpers.derive.register import derive_register

FIVE, SIX = ";".join(MEMBERS[1:]), ";".join(MEMBERS)


SPLIT = "2022-09-13"


PLAN = {"programme_id": "p", "kind": "plan", "said_by": "X", "said_on": "2015-01-01", "counts": "exercises"}


def small_record(**more):
    """Eleven editions and an umbrella of two: all six came until 2021, five since; a staff talk, a dispute, a gap."""
    years = range(2015, 2026)
    editions = [exercise(f"interaction-{year}") for year in years]
    editions += [exercise("combat-2024", "combat")]
    editions += [exercise(f"{part}-2024", part, parent_id="combat-2024") for part in ("rubezh", "barrier")]
    editions += [exercise("talks-2024", "interaction", **{"event_type": "staff_event"})]
    told = []
    for year in years:
        came = SIX if year < 2022 else FIVE
        when = {"start": f"{year}-10-01", "end": f"{year}-10-05"}
        told.append(report(f"interaction-{year}", 1, "press", "after", participants=came, **when))
        told.append(report(f"interaction-{year}", 2, "wire", participants=came, **when))
    told[2] = told[2] | {"participants_scope": "partial", "participants": FIVE}
    told[3] = told[3] | {"participants_scope": "partial", "participants": FIVE}
    told.append(report("interaction-2018", 3, "ministry", participants=FIVE, absent="ARM", absent_by="organiser"))
    told.append(report("rubezh-2024", 1, "press", participants=FIVE, start="2024-06-01"))
    told.append(report("barrier-2024", 1, "organiser", participants=FIVE, start="2024-06-02"))
    told.append(report("talks-2024", 1, "press", participants=SIX, start="2024-03-01"))
    named = [f"interaction-{year}" for year in years if year % 2]
    plans = [
        PLAN | {"programme_id": "p1", "period": "2015/2025", "source_ids": "wire", "exercise_ids": ";".join(named)},
        PLAN
        | {"programme_id": "p2", "period": "2015/2025", "source_ids": "press;wire", "exercise_ids": "interaction-2024"},
    ]
    sources = [
        {"source_id": name, "outlet": name, "kind": kind, "title": name, "url": f"https://example.org/{name}"}
        | {"published_on": "2030-01-01", "lang": lang, "origin_id": name, "original_seen": "true"}
        for name, kind, lang in [("organiser", "organiser", "ru"), ("ministry", "ministry", "ru"), ("wire", "wire", "ru"), ("press", "press", "en")]
    ]  # fmt: skip
    series = [{"series_id": name, "name": name.title(), "force": "CSTO"} for name in ("interaction", "combat", "rubezh", "barrier")]  # fmt: skip
    periods = [
        {"since": since, "until": until, "why": "Words."}
        for since, until in [("2000", "2018"), ("2019", "2021"), ("2022", "2026")]
    ]
    tables = {
        "periods": periods,
        "exercises": editions,
        "reports": told,
        "sources": sources,
        "series": series,
        "programmes": plans,
    }
    tables |= more
    return frames(tables.pop("exercises"), tables.pop("reports"), **tables)


def grid_of(data, focus="ARM", since=2015, unit="component", grade="C", classes=("exercise",)):
    setting = multiverse.setting_of(data, focus, SPLIT, since, 2025)
    return multiverse.grid_of(data, derive_register(data), setting, list(classes), unit, grade), setting


def universe_of(values, **more):
    """A universe of one edition a year from 2012, one row an edition, one column a member."""
    values = np.array(values, float)
    count = len(values)
    years = np.arange(2012, 2012 + count)
    fields = dict(
        ids=np.array([f"x-{year}" for year in years]),
        umbrella=np.array([f"x-{year}" for year in years]),
        year=years,
        day=np.array([f"{year}-10-01" for year in years], "datetime64[D]"),
        held=np.ones(count, bool),
        promised=np.ones(count, bool),
        value=values,
        expected=np.ones(values.shape, bool),
        states=tuple(MEMBERS[: values.shape[1]]),
        focus="ARM",
        split=np.datetime64("2018-01-01"),
        turn=2018,
        since=2012,
        last_year=2012 + count - 1,
    )
    return findings.Universe(**(fields | more))


STOPPED = universe_of([[1, 1, 1]] * 6 + [[0, 1, 1]] * 6)
