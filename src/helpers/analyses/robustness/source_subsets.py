"""Source subsets: the record as it would stand without some publications, derived again only where they had a say."""

from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.derive.attendance import assemble_attendance, find_circumstances, judge_reports
from helpers.derive.membership import bound_spells, states_ever_bound
from helpers.derive.register import assemble_register, summarise_reports
from helpers.derive.reports import reports_by_exercise

OFFICIAL = {"organiser", "ministry"}
FEWEST_REPORTS = 10  # an outlet or a language with fewer carries few cells; every family is left out by turn elsewhere
ALL_SOURCES, OFFICIAL_ONLY = "all sources", "organiser and ministries only"
GROUPS = {"lang": "without language {}", "outlet": "without {}"}  # column of sources: words of its levels
KINDS = {"lang": "without one language", "outlet": "without one outlet"}

# Copies of an exercise are derived by the thousand, and many have the same reports: each different case is judged once.
CASES = 4096
_summarise = lru_cache(CASES)(summarise_reports)
_judge = lru_cache(CASES)(judge_reports)


def levels(data, register, since, until, classes):
    """{level: ids of the publications that it leaves out}: none, all but official ones, each outlet, each language.

    Outlets and languages count if at least FEWEST_REPORTS reports of own editions of the scope are theirs, most first.
    """
    inside = register["year"].between(since, until) & register["event_type"].isin(classes)
    own = register.loc[inside & register["is_own"], "exercise_id"]
    sources = data["sources"]
    used = data["reports"].loc[data["reports"]["exercise_id"].isin(own), ["source_id"]].merge(sources, on="source_id")
    found = {
        ALL_SOURCES: frozenset(),
        OFFICIAL_ONLY: frozenset(sources.loc[~sources["kind"].isin(OFFICIAL), "source_id"]),
    }
    for column, words in reversed(GROUPS.items()):
        counts = used[column].value_counts()
        for name in sorted(counts.index[counts >= FEWEST_REPORTS], key=lambda one: (-counts[one], one)):
            found[words.format(name)] = frozenset(sources.loc[sources[column] == name, "source_id"])
    return found


def kind_of(level):
    """What kind of choice a level is: those that leave out one outlet, or one language, are of one kind."""
    kinds = (KINDS[column] for column, words in GROUPS.items() if level.startswith(words.format("")))
    return next(kinds, level)


def lists_muted(by_exercise):
    """The reports (`reports.reports_by_exercise`) with every list of participants read as partial, so that an omission proves nothing."""
    return {
        exercise: [
            report._replace(participants_scope="partial") if report.participants_scope == "complete" else report
            for report in reports
        ]
        for exercise, reports in by_exercise.items()
    }


READINGS = {  # what a list of participants that is given as complete may prove
    "complete lists show absence": lambda by_exercise: by_exercise,
    "lists show no absence": lists_muted,
}


def derive(data, by_exercise, readings=tuple(READINGS)):
    """The register and, by reading of lists, the cells of a record as (register, {reading: cells}).

    `by_exercise` stands in for the reports of `data`: {exercise_id: its reports, best first}.
    """
    register = assemble_register(data, {one: _summarise(tuple(reports)) for one, reports in by_exercise.items()})
    spells = bound_spells(data)
    states, circumstances = states_ever_bound(spells), find_circumstances(register, spells)
    cells = {}
    for name in readings:
        reports = READINGS[name](by_exercise)
        judged = {one: _judge(tuple(reports[one]), given, states) for one, given in circumstances.items()}
        cells[name] = assemble_attendance(register, states, judged)
    return register, cells


def copied(data, subsets):
    """A copy of every exercise that a subset changes: (tables, reports, {number of subset: ids changed}).

    `subsets` is {name: ids of the publications left out}; `reports` are as of `reports.reports_by_exercise`. Deriving the copies in
    one run costs a fraction of deriving each subset's record: what a subset does not change is taken from the first, which
    must leave nothing out. An id of copy n reads n~id; reports are ranked once, and a copy takes those that are left. A
    publication changes the exercises that it reports, those that a programme names which no other publication carries, and
    the parts of the same umbrellas. All publications stay listed: how far the record has been followed does not depend on
    whom one believes.
    """
    subsets = list(subsets.values())
    pairs = [(number, one) for number, left_out in enumerate(subsets) for one in left_out]
    pairs = pd.DataFrame(pairs, columns=["copy", "source_id"]).astype({"copy": int, "source_id": object})
    named, lost = _programmes(data["programmes"], pairs)
    parent = data["exercises"]["parent_id"]
    exercises = data["exercises"].assign(root=parent.where(parent != "", data["exercises"]["exercise_id"]))
    told = data["reports"][["exercise_id", "source_id"]].merge(pairs, on="source_id")
    spoken = pd.concat([told, named.merge(lost, on="programme_id")])[["copy", "exercise_id"]].drop_duplicates()
    roots = spoken.merge(exercises[["exercise_id", "root"]], on="exercise_id")[["copy", "root"]]
    roots = pd.concat([exercises[["root"]].assign(copy=0), roots]).drop_duplicates()
    exercises = exercises.merge(roots, on="root").drop(columns="root")
    keys = exercises[["copy", "exercise_id"]]
    named = named.merge(keys, on="exercise_id").merge(lost.assign(lost=True), on=["copy", "programme_id"], how="left")
    tables = {
        "exercises": _renamed(exercises, ["exercise_id", "parent_id"]),
        "programmes": _renamed(named[named["lost"].isna()], ["exercise_id"]).assign(
            exercise_ids=lambda t: [(one,) for one in t["exercise_id"]]
        ),
    }
    ranked = reports_by_exercise(data)
    by_exercise = {
        f"{number}{MARK}{one}": [report for report in ranked[one] if report.source_id not in subsets[number]]
        for number, one in keys.itertuples(index=False)
    }
    changed = {number: set(ids) for number, ids in keys.groupby("copy")["exercise_id"]}
    return data | tables, by_exercise, changed


def _programmes(programmes, pairs):
    """Every programme by edition that it names, and (copy, programme_id) of those all of whose publications a copy leaves out."""
    carriers = programmes[["programme_id", "source_ids"]].explode("source_ids")
    carriers = carriers.rename(columns={"source_ids": "source_id"}).astype(object).merge(pairs, on="source_id")
    gone = carriers.groupby(["copy", "programme_id"]).size().rename("gone").reset_index()
    total = gone["programme_id"].map(programmes.set_index("programme_id")["source_ids"].map(len))
    named = programmes.explode("exercise_ids").rename(columns={"exercise_ids": "exercise_id"})
    return named.dropna(subset="exercise_id"), gone.loc[gone["gone"] == total, ["copy", "programme_id"]]


def _renamed(table, columns):
    """The rows with their ids marked as those of their copy; a blank stays blank."""
    mark = table["copy"].astype(str) + MARK
    return table.assign(**{name: (mark + table[name]).where(table[name] != "", "") for name in columns})


MARK = "~"  # no id of the record holds it


def original(ids):
    """Ids of copies as (number of the copy, id in the record), two arrays."""
    parts = [one.split(MARK, 1) for one in ids]
    return np.array([int(number) for number, _ in parts], int), np.array([name for _, name in parts], str)
