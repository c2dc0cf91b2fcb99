"""Slips of the pen: cells that the contract allows one by one and that do not go together.

What cannot be is a fault (`check_reports`). What is only unlikely is a notice (`find_slips`): `check` prints it for somebody to
look at, and a test holds the record to have none. Each rule looks at every row once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from statistics import median

import pandas as pd

from helpers.loaders import dates
from helpers.loaders.contract import CellFault
from helpers.loaders.rules_odd import find_odd
from helpers.loaders.rules_outlets import Slip, find_mixed_outlets
from helpers.loaders.rules_times import find_untimely, plan_year
from helpers.loaders.words import script_problem, stems

Tables = Mapping[str, pd.DataFrame]
Days = tuple[date, date]  # earliest and latest

CLOSE = 3  # days by which a source's key or address may differ from the day of publication
CLOSE_STEP = 1  # and a step's key from its day
VAGUE = 45  # days of the same, if the day is marked uncertain
RETOLD = 31  # days that a statement may be older than the publication that prints it
APART = 60  # days between the firsts that two publications give for one exercise
SILENCE, FEW, ENOUGH = (
    90,
    5,
    100,
)  # days without a source, sources behind such a gap, sources of a record that has no such gap
TIMES = 8  # of the other figures of an edition; TIMES_OF_ONE if there is only one other
TIMES_OF_ONE = 10
OLD_PAGE = 365  # days after which an organiser's page can carry teasers of newer texts
SAID = (
    ("sources", "published_on"),
    ("reports", "said_on"),
    ("events", "date"),
    ("claims", "said_on"),
    ("votes", "day"),
)
ON_THE_SPOT = frozenset({"during", "after"})
WHEN = {"plan": "ahead", "before": "ahead", "during": "on the spot", "after": "afterwards"}
_ID_DAY = re.compile(r"(?:^|-)((?:19|20)[0-9]{2})-?([01][0-9])?-?([0-3][0-9])?(?=-|$)")
# a year, and perhaps month and day; a single figure behind a year that ends the address counts addresses of one name
_URL_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?!-[0-9]/?$)([-/_.])([01]?[0-9])(?:\2([0-3]?[0-9]))?(?![0-9a-zA-Z])"
)
_URL_DIGITS = re.compile(r"/((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")


def check_reports(reports: pd.DataFrame, tables: Tables) -> Iterator[CellFault]:
    """Hold reports to what cannot be otherwise: days near the plan year, and nothing told as ended before it starts.

    Parameters
    ----------
    reports
        Text cells of `reports`, indexed by line number, without the rows that are faulty already.
    tables
        The text cells of all tables, `sources` among them.

    Yields
    ------
    tuple
        (line, column, value, problem) of each fault.
    """
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    for row in reports.itertuples():
        if not row.start:
            continue
        first, last = dates.parse(row.start)
        plan = plan_year(row.exercise_id)
        if plan and (last.year < plan - 1 or first.year > plan + 1):
            yield row.Index, "start", row.start, f"is more than a year from the plan year, {plan}"
        said = row.said_on or published.get(row.source_id, "")
        days = _day_of((said,)) if row.phase == "after" else None  # none if the source's cell is faulty itself
        if days and days[1] < first:
            yield row.Index, "phase", row.phase, f"cannot be: it was said on {said}, before the start, {row.start}"


def find_slips(tables: Tables, today: date) -> Iterator[Slip]:
    """Find what is allowed and yet looks like a slip of the pen.

    Parameters
    ----------
    tables
        The text cells of all tables, indexed by line number.
    today
        The day until which something can have been said, if the record logs no search.

    Yields
    ------
    tuple
        (table, line, column, value, problem), worded to stand behind the value.
    """
    yield from find_mixed_outlets(tables["sources"])
    yield from _sources(tables["sources"])
    yield from _latest(tables["sources"])
    yield from _reports(tables["reports"], tables["sources"])
    yield from _figures(tables["reports"])
    yield from _firsts(tables["reports"])
    yield from _hosts(tables["reports"])
    yield from _numbers(tables)
    yield from _parts(tables["exercises"], tables["reports"])
    yield from _steps(tables["events"])
    yield from _swapped("events", "what", tables["events"]["event_id"], tables["events"]["what"])
    addressed = (
        tables["sources"]["source_id"] + " " + tables["sources"]["url"].str.replace(r"^https?://[^/]*", "", regex=True)
    )
    yield from _swapped("sources", "title", addressed, tables["sources"]["title"])
    yield from find_untimely(tables)
    yield from find_odd(tables)
    yield from _future(tables, today)


def _day_of(parts: tuple[str | None, ...]) -> Days | None:
    """The days that a date, or a year with a month and a day, allows; nothing if they are none."""
    try:
        return dates.parse("-".join(part.zfill(2) for part in parts if part))
    except ValueError:
        return None


def _day_of_address(url: str) -> Days | None:
    """The days that an address names; that of an archive names those of a list."""
    if "/archive/" in url:
        return None
    if found := _URL_DIGITS.search(url):
        return _day_of(found.groups())
    found = _URL_DAY.search(url)
    return _day_of((found[1], found[3], found[4])) if found else None


def _apart(one: Days, other: Days) -> int:
    """Days between two spans; 0 if they meet."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def _sources(sources: pd.DataFrame) -> Iterator[Slip]:
    """The day in a source's key and in its address is the day of publication; its title is in its language's script."""
    for row in sources.itertuples():
        if problem := script_problem(row.lang, row.title):
            yield "sources", row.Index, "title", row.title, problem
        if not row.published_on:
            continue
        published = dates.parse(row.published_on)
        leeway = CLOSE if row.published_on[-1].isdigit() else VAGUE
        found = _ID_DAY.search(row.source_id)
        named = _day_of(found.groups()) if found else None
        newer = named is not None and row.kind == "organiser" and (named[0] - published[1]).days > OLD_PAGE
        if named and _apart(named, published) > leeway and not newer:
            yield "sources", row.Index, "published_on", row.published_on, f"is not the day in the key, {row.source_id}"
        printed = _day_of_address(row.url) if row.kind != "copy" else None
        if printed and _apart(printed, published) > leeway:
            yield "sources", row.Index, "url", row.url, f"names another day than published_on, {row.published_on}"


def _latest(sources: pd.DataFrame) -> Iterator[Slip]:
    """No few sources are months later than all others."""
    days = sorted((dates.parse(day)[0], line, day) for line, day in sources["published_on"].items() if day)
    if len(days) < ENOUGH:
        return
    tail = days[-FEW - 1 :]
    late = next((at for at, (one, two) in enumerate(pairwise(tail), 1) if (two[0] - one[0]).days > SILENCE), 0)
    for _, line, day in tail[late:] if late else ():
        yield "sources", line, "published_on", day, f"is months later than all others, the last of {tail[late - 1][2]}"


def _reports(reports: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Slip]:
    """What a publication prints was said by its day, and not long before; what is told ahead is planned."""
    known = sources.set_index("source_id")
    published, kinds = known["published_on"].to_dict(), known["kind"].to_dict()
    for row in reports.itertuples():
        if row.status == ("planned" if row.phase in ON_THE_SPOT else "held"):
            yield "reports", row.Index, "status", row.status, f"does not go with what was said {WHEN[row.phase]}"
        printed = published.get(row.source_id, "")
        if not (row.said_on and printed):
            continue
        said, day = dates.parse(row.said_on), dates.parse(printed)
        late, old = (said[0] - day[1]).days, (day[0] - said[1]).days
        if (late > 0 and not (kinds[row.source_id] == "organiser" and late > OLD_PAGE)) or old > RETOLD:
            yield "reports", row.Index, "said_on", row.said_on, f"does not go with its source, published on {printed}"
    outlets = reports["source_id"] + " " + reports["source_id"].map(known["outlet"].to_dict())
    yield from _swapped("reports", "source_id", outlets, reports["said_by"] + " " + reports["note"])


def _figures(reports: pd.DataFrame) -> Iterator[Slip]:
    """A figure of troops is not many times that of the other reports of the edition that count the same."""
    counted = reports[(reports["troops"] != "") & (reports["troops_scope"] != "contingent")]
    for (exercise, _), own in counted.groupby(["exercise_id", "troops_scope"]):
        most = [max(map(int, re.findall("[0-9]+", troops))) for troops in own["troops"]]
        for at, (line, troops) in enumerate(own["troops"].items()):
            others = most[:at] + most[at + 1 :]
            times = TIMES if len(others) > 1 else TIMES_OF_ONE
            usual = median(others) if others else most[at]
            if not usual / times < max(most[at], 1) < usual * times:
                yield "reports", line, "troops", troops, f"is far from the other figures of {exercise}, about {usual:g}"


def _firsts(reports: pd.DataFrame) -> Iterator[Slip]:
    """The first day of an edition is about the same to all who saw it."""
    seen = reports[reports["phase"].isin(ON_THE_SPOT) & reports["start"].str.fullmatch(r"[0-9-]{10}[?~]?")]
    for exercise, own in seen.groupby("exercise_id"):
        days = [dates.parse(start)[0].toordinal() for start in own["start"]]
        for at, (line, start) in enumerate(own["start"].items()):
            others = days[:at] + days[at + 1 :]
            if len(others) > 1 and abs(days[at] - median(others)) > APART:
                yield "reports", line, "start", start, f"is months from the start that others give for {exercise}"


def _hosts(reports: pd.DataFrame) -> Iterator[Slip]:
    """A host of an edition is one of those that the other reports name."""
    for exercise, own in reports[reports["hosts"] != ""].groupby("exercise_id"):
        named = [set(hosts.split(";")) for hosts in own["hosts"]]
        count = Counter(state for hosts in named for state in hosts)
        for (line, value), hosts in zip(own["hosts"].items(), named, strict=True):
            if len(named) > 2 and all(count[state] == 1 for state in hosts):
                yield "reports", line, "hosts", value, f"is named by no other report of {exercise}"


def _numbers(tables: Tables) -> Iterator[Slip]:
    """The numbers of an exercise's reports run on; one that was retired may be lacking."""
    reports, retired = tables["reports"], tables["retired"]
    gone = set(retired.loc[retired["table"] == "reports", "retired_id"])
    for exercise, own in reports.groupby("exercise_id"):
        numbers: dict[str, list[tuple[int, Hashable, str]]] = defaultdict(list)
        for line, name in own["report_id"].items():
            stem, number = name[:-2], name[-2:]
            numbers[stem].append((int(number), line, name))
            if stem.rstrip("abcdefghijklmnopqrstuvwxyz") != f"{exercise}." and not stem.startswith(f"{exercise}."):
                yield "reports", line, "report_id", name, f"is not a report of {exercise}"
        for stem, found in numbers.items():
            last = 0
            for number, line, name in sorted(found, key=lambda one: one[0]):
                if any(f"{stem}{lacking:02d}" not in gone for lacking in range(last + 1, number)):
                    yield "reports", line, "report_id", name, f"leaves a gap in the numbers, after {last:02d}"
                last = number


def _parts(exercises: pd.DataFrame, reports: pd.DataFrame) -> Iterator[Slip]:
    """A part is of the year of its joint exercise, and who is said to miss the whole is not named at a part."""
    parent = {
        name: joint for name, joint in zip(exercises["exercise_id"], exercises["parent_id"], strict=True) if joint
    }
    for line, name, joint in exercises[["exercise_id", "parent_id"]].itertuples():
        if joint and plan_year(joint) != plan_year(name):
            yield "exercises", line, "parent_id", joint, f"is of another plan year than its part, {name}"
    told = reports[reports["phase"].isin(ON_THE_SPOT) & (reports["participants_scope"] != "boilerplate")]
    came: dict[str, dict[str, str]] = defaultdict(dict)
    for name, report, participants in told[["exercise_id", "report_id", "participants"]].itertuples(index=False):
        came[parent.get(name, "")].update(dict.fromkeys(filter(None, participants.split(";")), report))
    for line, name, absent in reports[["exercise_id", "absent"]].itertuples():
        both = [state for state in absent.split(";") if name and state and state in came.get(name, {})]
        if both:
            yield "reports", line, "absent", absent, f"names {both[0]}, which {came[name][both[0]]} names at a part"


def _steps(events: pd.DataFrame) -> Iterator[Slip]:
    """The day in a step's key is its day; what takes effect later may have the day of the act in its key."""
    for row in events.itertuples():
        found = _ID_DAY.match(row.event_id)
        named = _day_of(found.groups()) if found else None
        if named and row.date_kind != "effect" and _apart(named, dates.parse(row.date)) > CLOSE_STEP:
            yield "events", row.Index, "date", row.date, f"is not the day in the key, {row.event_id}"


def _swapped(table: str, column: str, keys: pd.Series, texts: pd.Series) -> Iterator[Slip]:
    """Of two neighbouring rows, each text has more words of its own key than of the other's."""
    named, said = [stems(key) for key in keys], [stems(text) for text in texts]
    for at, (line, text) in enumerate(list(texts.items())[:-1]):
        own = len(named[at] & said[at]), len(named[at + 1] & said[at + 1])
        other = len(named[at] & said[at + 1]), len(named[at + 1] & said[at])
        if other[0] > own[0] and other[1] > own[1]:
            yield table, line, column, text, "fits the next row better, and the next row's fits this one"


def _future(tables: Tables, today: date) -> Iterator[Slip]:
    """Nothing was said, and nothing held, after the last search."""
    searched = [dates.parse(day)[0] for day in tables["search_log"]["searched_on"] if day]
    end, word = (max(searched), "the last search") if searched else (today, "today")
    reports, events = tables["reports"], tables["events"]
    held = reports.loc[reports["status"] == "held", "start"]
    columns = [(name, column, tables[name][column]) for name, column in SAID if name not in ("events", "sources")]
    columns += [("reports", "start", held), ("events", "date", events.loc[events["date_kind"] != "effect", "date"])]
    columns += [("sources", "published_on", tables["sources"]["published_on"])] if searched else []
    for name, column, days in columns:
        for line, day in days.items():
            if day and dates.parse(day)[0] > end:
                yield name, line, column, day, f"lies after {word}, {end}"
