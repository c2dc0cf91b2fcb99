"""What the record rests on: sources by year, kind and language, recall against official counts, effort, disputes, cut-offs."""

import pandas as pd

from helpers.derive.codes import SETTLED
from helpers.derive.reports import ON_THE_SPOT
from helpers.loaders import dates
from helpers.statistics.intervals import wilson

FAMILY_STEPS = {1: "one", 2: "two", 3: "three or more"}  # independent families behind an exercise
CATCH_ALL = "other"  # the series of editions that belong to no named one: nobody can look for it by name
CELL_STEPS = ["A", "B", "C", "conflicting", "unknown"]  # a cell of grade D is unknown by rule


def by_year(record, search_log, since, until):
    """Coverage year by year (frame, every plan year): reported exercises, their families and reports, cells, look-ups.

    Columns: exercises, held, one, two, three or more (exercises by number of families), after (exercises with a report
    from after the event), reports; A, B, C, conflicting, unknown (expected cells of held exercises); look_ups and
    empty_look_ups, a look-up for a span of years counted once in each.
    """
    years = pd.RangeIndex(since, until + 1, name="year")
    families = record.register["families"].clip(upper=max(FAMILY_STEPS)).map(FAMILY_STEPS)
    table = pd.DataFrame(
        {
            "exercises": record.register.groupby("year").size(),
            "held": record.register[record.register["status"] == "held"].groupby("year").size(),
            "after": record.register[record.register["after_reports"] > 0].groupby("year").size(),
            "reports": record.register.groupby("year")["reports"].sum(),
        }
    )
    looks = _look_ups_by_year(search_log)
    parts = [
        table,
        pd.crosstab(record.register["year"], families).reindex(columns=list(FAMILY_STEPS.values())),
        pd.crosstab(record.held["year"], cell_step(record.held)).reindex(columns=CELL_STEPS),
        looks.groupby("year").agg(look_ups=("hits", "size"), empty_look_ups=("hits", lambda hits: (hits == 0).sum())),
    ]
    return pd.concat([part.reindex(years) for part in parts], axis=1).fillna(0).astype(int)


def cell_step(cells):
    """How firmly each cell is settled (series): its grade, or conflicting, or unknown."""
    settled = cells["code"].isin(SETTLED)
    return cells["grade"].where(settled, "unknown").mask(cells["code"] == "conflicting", "conflicting")


def _look_ups_by_year(search_log):
    spans = dates.bounds(search_log["year"])
    dated = search_log.assign(first=spans["earliest"].dt.year, last=spans["latest"].dt.year).dropna(subset="first")
    years = [range(int(first), int(last) + 1) for first, last in zip(dated["first"], dated["last"], strict=True)]
    return dated.assign(year=years).explode("year").astype({"year": int})


def shares(record):
    """The headline shares as a frame: what, k, n, low, high (Wilson)."""
    done = record.register[record.register["status"] == "held"]
    counts = [
        ("held exercises with two or more independent families", (done["families"] >= 2).sum(), len(done)),
        ("held exercises with a report from after the event", (done["after_reports"] > 0).sum(), len(done)),
        ("held exercises whose first and last day are known to the day", _dated(done).sum(), len(done)),
        ("expected cells that are settled", record.held["code"].isin(SETTLED).sum(), len(record.held)),
        ("expected cells of grade A", (cell_step(record.held) == "A").sum(), len(record.held)),
        ("expected cells on which sources conflict", (record.held["code"] == "conflicting").sum(), len(record.held)),
    ]
    table = pd.DataFrame(counts, columns=["what", "k", "n"])
    low, high = wilson(table["k"], table["n"])
    return table.assign(low=low, high=high)


def _dated(register):
    return (register["start_earliest"] == register["start_latest"]) & (
        register["end_earliest"] == register["end_latest"]
    )


def publications(sources, reports):
    """Publications behind a register's reports by language and kind (frame: lang, one column a kind, outlets, homes, all)."""
    used = sources[sources["source_id"].isin(reports["source_id"])]
    table = pd.crosstab(used["lang"], used["kind"])
    extra = used.groupby("lang").agg(
        outlets=("outlet", "nunique"), homes=("outlet_country", lambda homes: homes[homes != ""].nunique())
    )
    table = table.join(extra).assign(all=table.sum(axis=1))
    return table.sort_values(["all", "outlets"], ascending=False).reset_index()


def homes(sources, reports):
    """Publications, outlets and families by home state of the outlet (frame, most first); the organisation itself is blank."""
    used = sources[sources["source_id"].isin(reports["source_id"])]
    table = used.groupby("outlet_country").agg(
        publications=("source_id", "size"), outlets=("outlet", "nunique"), families=("origin_id", "nunique")
    )
    return table.sort_values("publications", ascending=False, kind="stable").reset_index()


def recall(programmes, parts, umbrellas, last_year):
    """Official counts of all exercises of a period against the record (frame, by period and day of the statement).

    Takes the registers of one scope in both units, since a statement rarely says which it counts, and the last whole year of
    sources: a later plan would be compared with editions that the record has from that very plan. Columns: period,
    said_by, said_on, kind, announced, components and umbrellas (editions in the record, whatever became of them),
    held_components, held_umbrellas, recall (the closer unit's editions / announced, at most 1).
    """
    rows = []
    for row in programmes[programmes["counts"] == "exercises"].itertuples():
        first, last = (day.year for day in dates.parse(row.period))
        if last > last_year:
            continue
        found = {}
        for name, register in {"components": parts, "umbrellas": umbrellas}.items():
            own = register[register["year"].between(first, last)]
            found |= {name: len(own), f"held_{name}": int((own["status"] == "held").sum())}
        best = min((found["components"], found["umbrellas"]), key=lambda n: abs(n - row.count))
        told = {"period": row.period, "said_by": row.said_by, "said_on": row.said_on, "kind": row.kind}
        rows.append(told | {"announced": row.count} | found | {"recall": min(1.0, best / row.count)})
    columns = ["period", "said_by", "said_on", "kind", "announced", "components", "umbrellas"]
    columns += ["held_components", "held_umbrellas", "recall"]
    return pd.DataFrame(rows, columns=columns).sort_values(["period", "said_on"]).reset_index(drop=True)


def effort(search_log, register, since, until):
    """Look-ups year by year: by language, empty ones, and the series looked for among those alive.

    A named series is alive from its first to its last edition in the register, years without one included. Columns: year,
    look_ups, ru, en, other, empty, alive, looked_for (of these), not_looked_for.
    """
    looks = _look_ups_by_year(search_log)
    language = looks["lang"].where(looks["lang"].isin(["ru", "en"]), "other")
    counts = pd.crosstab(looks["year"], language).reindex(columns=["ru", "en", "other"], fill_value=0)
    counts.insert(0, "look_ups", counts.sum(axis=1))
    counts["empty"] = looks[looks["hits"] == 0].groupby("year").size()
    life = register[register["series_id"] != CATCH_ALL].groupby("series_id")["year"].agg(["min", "max"])
    rows = []
    for year in range(since, until + 1):
        alive = set(life.index[(life["min"] <= year) & (life["max"] >= year)])
        missing = alive - set(looks.loc[looks["year"] == year, "series_id"])
        told = {"alive": len(alive), "looked_for": len(alive - missing), "not_looked_for": tuple(sorted(missing))}
        rows.append({"year": year} | told)
    table = pd.DataFrame(rows).set_index("year")
    return counts.reindex(table.index).fillna(0).astype(int).join(table).reset_index()


def disputed(record):
    """Expected cells of held exercises that sources dispute, with what each side says (frame, by exercise and state).

    Columns: exercise_id, name, iso3, code, grade, present, watching, away (source ids of those who say so), left_out (source
    ids of lists given as complete that lack the state). A promise before the event is no dispute of what then happened.
    """
    reports = record.data["reports"].set_index("report_id")
    open_to_doubt = record.held[(record.held["against"].map(len) > 0) | (record.held["code"] == "conflicting")]
    rows = [_sides(cell, reports) for cell in open_to_doubt.itertuples()]
    columns = ["exercise_id", "name", "iso3", "code", "grade", *SIDES]
    table = pd.DataFrame(rows, columns=columns)
    apart = (table[SIDES].map(len) > 0).sum(axis=1) > 1
    return table[apart].sort_values(["exercise_id", "iso3"]).reset_index(drop=True)


SIDES = ["present", "watching", "away", "left_out"]


def _sides(cell, reports):
    sides = {side: [] for side in SIDES}
    for report in reports.loc[[*cell.reports, *cell.against]].itertuples():
        if report.phase in ON_THE_SPOT:
            sides[_side(report, cell.iso3)].append(report.source_id)
    told = {
        "exercise_id": cell.exercise_id,
        "name": cell.name,
        "iso3": cell.iso3,
        "code": cell.code,
        "grade": cell.grade,
    }
    return told | {side: tuple(dict.fromkeys(ids)) for side, ids in sides.items()}


def _side(report, state):
    if state in report.absent:
        return "away"
    if state in report.participants or state in report.hosts:
        return "present"
    return "watching" if state in report.observers else "left_out"


def cut_offs(data):
    """The last day that each table speaks from (frame: table, rows, column, last_day).

    A table without dates of its own is as old as the latest publication that its rows cite.
    """
    published = dates.bounds(data["sources"].set_index("source_id")["published_on"])["earliest"]
    rows = []
    for name, table in data.items():
        if name in LAST_SAID:
            column = LAST_SAID[name]
            last = dates.bounds(table[column])["earliest"].max()
        else:
            column = next((column for column in ("source_ids", "source_id") if column in table.columns), "")
            last = published.reindex(table[column].explode().dropna()).max() if column else pd.NaT
        rows.append({"table": name, "rows": len(table), "column": column, "last_day": last})
    return pd.DataFrame(rows)


# Events and programmes may speak of days to come: their sources tell how far they have been followed.
LAST_SAID = {"sources": "published_on", "search_log": "searched_on"}


def facts(data, keys):
    """The facts of the founding articles and what the carrying cells say today (frame, by fact_id).

    `keys` gives each table's primary key. Columns: fact_id, fact, table, row_key, column, says, contradicts, note.
    Raises KeyError if a fact points at no row.
    """
    table = data["article_facts"]
    rows = {
        name: dict(zip(data[name][keys[name]].astype(str).agg("|".join, axis=1), data[name].index, strict=True))
        for name in table["table"].unique()
    }
    carriers = zip(table["table"], table["row_key"], table["column"], strict=True)
    return table.assign(says=[_flat(data[name].at[rows[name][key], column]) for name, key, column in carriers])


def _flat(value):
    return ";".join(value) if isinstance(value, tuple) else str(value)
