"""The published numbers, counted again from data/RULES.md and data/CODEBOOK.md alone. It knows nothing of the package.

Comments name the rule that a step follows. What could not be written from those two pages was mended there.
"""

import calendar
import csv
import datetime as dt
import json
from collections import Counter, defaultdict
from itertools import combinations

PHASES = ["plan", "before", "during", "after"]
KINDS = ["copy", "analysis", "press", "wire", "ministry"]
ABSENCES = ["absent_declared", "absent_reported", "absent_announced", "absent_by_list"]
CAME = {"present", "observer"}
OFF = {"cancelled", "postponed", "relocated", "merged"}


def read(folder, name):
    """The rows of a table, lists still as text."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(text):
    """A list."""
    return [one for one in text.split(";") if one]


def days(text):
    """The first and last day that an EDTF text allows."""
    first, _, last = text.partition("/")
    return one_date(first)[0], one_date(last or first)[1]


def one_date(text):
    """The same of a text without a range."""
    parts = [int(part) for part in text.rstrip("?~").split("-")]
    year, month, day = (*parts, None, None)[:3]
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day), dt.date(year, month, day)


class Record:
    """All that the two pages derive from a folder of tables."""

    def __init__(self, folder):
        """Derive the register, then the cells."""
        self.scope = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["scope"]
        self.periods = read(folder, "periods")
        sources = {row["source_id"]: row for row in read(folder, "sources")}
        self.bind(folder)
        series = {row["series_id"]: row for row in read(folder, "series")}
        self.reports = defaultdict(list)
        for row in read(folder, "reports"):
            self.reports[row["exercise_id"]].append(row | self.standing(row, sources[row["source_id"]]))
        for reports in self.reports.values():
            reports.sort(key=lambda report: report["report_id"])
            reports.sort(key=lambda report: report["rank"], reverse=True)
        self.exercises = {row["exercise_id"]: row for row in read(folder, "exercises")}
        for exercise in self.exercises.values():
            self.describe(exercise, self.reports[exercise["exercise_id"]], series[exercise["series_id"]])
        self.last_day = self.latest_day(sources, read(folder, "events"))
        self.cover()
        self.judge_all()

    def latest_day(self, sources, events):
        """What became of an exercise, rule 4: the last day of a text on the organisation itself."""
        cited = {one for row in events if row["track"] != "realignment" for one in row["source_ids"].split(";")}
        for one, exercise in self.exercises.items():
            if exercise["own"]:
                cited |= {report["source_id"] for report in self.reports[one]}
        return max(
            days(sources[one]["published_on"])[0] for one in cited if one in sources and sources[one]["published_on"]
        )

    def bind(self, folder):
        """Who is bound, rules 1 to 5."""
        self.bodies = {row["body"] for row in read(folder, "bodies") if row["binding"] == "true"}
        spells = defaultdict(list)
        for row in read(folder, "memberships"):
            if row["body"] in self.bodies and row["status"] in ("party", "member"):
                spells[row["iso3"], row["body"]].append(row)
        self.bound = [(state, *narrowest(rows)) for (state, _), rows in spells.items()]
        forces = defaultdict(list)
        for row in read(folder, "forces"):
            forces[row["force"], row["iso3"]].append(row)
        self.forces = [(force, state, *narrowest(rows)) for (force, state), rows in forces.items()]
        self.states = sorted({state for state, *_ in self.bound})

    def members(self, force, day):
        """The states that a force can expect on a day."""
        bound = {state for state, first, last in self.bound if first <= day <= last}
        if force in self.bodies:
            return bound
        return bound & {state for name, state, first, last in self.forces if name == force and first <= day <= last}

    @staticmethod
    def standing(row, source):
        """Which report is believed, rules 1 to 5."""
        late = row["phase"] in ("during", "after")
        kind = KINDS.index("ministry" if source["kind"] == "organiser" else source["kind"])
        phase = PHASES.index(row["phase"])
        said = row["said_on"] or source["published_on"]
        said_day = days(said)[0] if said else None
        seen = source["original_seen"] == "true"
        rank = (seen, late, *((kind, phase) if late else (phase, kind)), said_day or dt.date.min)
        return {"late": late, "said_day": said_day, "seen": seen, "rank": rank} | {
            "family": source["origin_id"],
            "outlet": source["outlet"],
        }

    def describe(self, exercise, reports, series):
        """What became of an exercise, rules 1 to 8."""
        exercise["own"] = exercise["organiser"] in self.bodies  # rule 10
        numbers = [part for part in exercise["exercise_id"].split("-") if part.isdigit() and len(part) == 4]
        exercise["year"] = int(numbers[-1])
        exercise["status"] = status(reports)
        for field in ("start", "end"):
            exercise[field], exercise[f"{field}_own"] = first_or_last_day(reports, field)
        exercise["start"] = exercise["start"] or days(str(exercise["year"]))
        exercise["end"] = exercise["end"] or exercise["start"]
        exercise["hosts"] = stated(reports, "hosts")
        exercise["forces"] = stated(reports, "forces") or [series["force"]]

    def cover(self):
        """Joint exercises, rules 9 and 10; what is past its date, rule 4."""
        self.parts = defaultdict(list)
        for exercise in self.exercises.values():
            if exercise["parent_id"]:
                self.parts[exercise["parent_id"]].append(exercise)
        for umbrella, parts in self.parts.items():
            whole = self.exercises[umbrella]
            held = [part for part in parts if part["status"] == "held"]
            if not held:
                continue
            hosts = whole["hosts"] if whole["status"] == "held" else []
            whole["hosts"] = [*hosts, *(host for part in held for host in part["hosts"])]
            whole["status"] = "held"
            for field, outer in (("start", min), ("end", max)):
                found = tuple(outer(part[field][side] for part in held) for side in (0, 1))
                own = [one for one in whole[f"{field}_own"] if one[0] > found[1] or one[1] < found[0]]
                if own and own[0] == whole[f"{field}_own"][0] and outer(own[0], found) == own[0]:
                    found = own.pop(0)
                whole[field] = span([found, *own])
        for exercise in self.exercises.values():
            if exercise["status"] == "planned" and exercise["end"][1] <= self.last_day:
                exercise["status"] = "unverified"

    def judge_all(self):
        """Who came, and joint exercises."""
        self.facts, self.expected, self.cells = {}, {}, {}
        for one, exercise in self.exercises.items():
            bound = set()
            for force in exercise["forces"] if exercise["own"] else []:
                bound |= self.members(force, exercise["start"][0])
            for state in self.states:
                key = one, state
                self.expected[key] = state in bound
                self.facts[key] = [self.says(report, exercise, state, state in bound) for report in self.reports[one]]
                self.judge(key)
        for umbrella, parts in self.parts.items():
            held = [part for part in parts if part["status"] == "held"]
            for state in self.states if held else []:
                self.carry(umbrella, held, state)

    @staticmethod
    def says(report, exercise, state, expected):
        """What a report says, rules 1 to 7."""
        gone = items(report["deprecated_fields"])
        lists = {
            name: [] if name in gone else items(report[name])
            for name in ("participants", "absent", "observers", "hosts")
        }
        hosting = exercise["status"] == "held" and exercise["event_type"] in (
            "exercise",
            "inspection",
            "deployment",
            "meeting",
        )
        scope = report["participants_scope"]
        if state in lists["absent"]:
            side = "absent"
        elif state in lists["hosts"] and report["late"] and hosting:
            side = "present"
        elif state in lists["participants"]:
            side = "present" if not report["list_covers"] else "jointly"
            side = "boilerplate" if scope == "boilerplate" else side
        elif state in lists["observers"]:
            side = "observer"
        elif expected and lists["participants"] and scope == "complete":
            side = "omitted"
        else:
            side = ""
        return report | {"side": side}

    def judge(self, key, more=()):
        """Who came, rules 1 to 10: sets the code of a cell."""
        exercise, facts = self.exercises[key[0]], [*self.facts[key], *more]
        if not self.expected[key]:  # rule 2
            facts = [fact for fact in facts if fact["side"] in ("present", "observer", "absent")]
        bearing = [
            fact for fact in facts if fact["seen"] and fact["side"] in ("present", "absent", "observer", "omitted")
        ]
        best = [fact for fact in bearing if fact["late"]] or bearing  # rules 4 and 5
        sides = {fact["side"] for fact in best}
        if not self.expected[key] and not sides & CAME:
            code = "not_expected"
        elif exercise["status"] in OFF:  # rule 3
            code = "not_held"
        elif exercise["status"] != "held" or not best:  # rules 3 and 6
            code = "unknown"
        elif not self.expected[key] and "present" not in sides:
            code = "observer"
        else:
            code = self.verdict(best, bearing, sides)
        self.cells[key] = {"code": code, "facts": facts}

    @staticmethod
    def verdict(best, bearing, sides):
        """Who came, rules 8 to 10."""
        if "absent" in sides and sides & CAME:
            return "conflicting"
        if "present" in sides:
            named, omitted = ([fact for fact in best if fact["side"] == side] for side in ("present", "omitted"))
            return "conflicting" if omitted and not (independent(named) and not independent(omitted)) else "present"
        if "observer" in sides:
            return "observer"
        committed = [
            fact["late"] for fact in bearing if fact["side"] == "absent" and fact["absent_by"] in ("state", "organiser")
        ]
        third = [fact["late"] for fact in bearing if fact["side"] == "absent" and fact["absent_by"] == "third_party"]
        if True in committed:
            return "absent_declared"
        if True in third:
            return "absent_reported"
        if committed:
            return "absent_announced"
        return "absent_reported" if third and not best[0]["late"] else "absent_by_list"

    def carry(self, umbrella, held, state):
        """Joint exercises, rules 1 to 4."""
        whole, keys = (umbrella, state), [(part["exercise_id"], state) for part in held]
        awaited = [key for key in keys if self.expected[key]]
        if awaited and self.exercises[umbrella]["own"]:
            self.expected[whole] = True
        answering = awaited if self.expected[whole] else keys
        came = [
            fact | {"side": "present"}
            for key in answering
            for fact in self.facts[key]
            if fact["side"] == "jointly" or (fact["side"] == "present" and self.cells[key]["code"] == "present")
        ]
        for code in ("conflicting", "observer"):
            if not came:
                came = [fact for key in answering if self.cells[key]["code"] == code for fact in self.facts[key]]
        self.judge(whole, came)
        if self.cells[whole]["code"] in ABSENCES:
            away = [fact for fact in self.cells[whole]["facts"] if fact["side"] in ("absent", "omitted")]
            for key in awaited:
                if self.cells[key]["code"] in ("unknown", *ABSENCES):
                    begins = self.exercises[key[0]]["start"][0]
                    ahead = [fact | {"late": fact["late"] and not early(fact, begins)} for fact in away]
                    self.judge(key, ahead)
        codes = [self.cells[key]["code"] for key in awaited]
        if self.expected[whole] and codes and set(codes) <= set(ABSENCES):
            if self.cells[whole]["code"] == "present":
                self.cells[whole]["code"] = "conflicting"
            elif self.cells[whole]["code"] == "unknown":
                self.cells[whole]["code"] = max(codes, key=ABSENCES.index)

    def counted(self, unit, types):
        """What is counted, rules 2 and 3: the ids of the scope's held exercises."""
        for one, exercise in self.exercises.items():
            parent = exercise["parent_id"]
            stands = one not in self.parts if unit == "component" else not (parent and self.exercises[parent]["own"])
            inside = self.scope["since"] <= exercise["year"] <= self.scope["until"] and exercise["event_type"] in types
            if stands and inside and exercise["own"] and exercise["status"] == "held":
                yield one

    def rates(self, state, unit, types):
        """How it is counted, rules 1 and 2: {window: (came, known, open)}."""
        day = dt.date.fromisoformat(self.scope["split"])
        found = {"before": Counter(), "since": Counter()}
        for one in self.counted(unit, types):
            if self.expected[one, state]:
                window = "since" if self.exercises[one]["start"][0] >= day else "before"
                code = self.cells[one, state]["code"]
                found[window]["came" if code in CAME else "away" if code in ABSENCES else "open"] += 1
        return {window: (n["came"], n["came"] + n["away"], n["open"]) for window, n in found.items()}

    def absences(self, state, unit, types):
        """The codes of a state's absences since the dividing day."""
        day = dt.date.fromisoformat(self.scope["split"])
        since = [one for one in self.counted(unit, types) if self.exercises[one]["start"][0] >= day]
        codes = Counter(self.cells[one, state]["code"] for one in since if self.expected[one, state])
        return {code: codes[code] for code in ABSENCES}

    def ties(self, unit, types):
        """How it is counted, rules 3 and 4: {(a, b): (together, known)} in the last period."""
        last = self.periods[-1]
        found = {}
        for pair in combinations(self.states, 2):
            known = together = shared = 0
            for one in self.counted(unit, types):
                if int(last["since"]) <= self.exercises[one]["year"] <= int(last["until"]):
                    codes = [self.cells[one, state]["code"] for state in pair]
                    if all(self.expected[one, state] for state in pair):
                        shared += 1
                        known += all(code in (*CAME, *ABSENCES) for code in codes)
                        together += all(code in CAME for code in codes)
            if shared:
                found[pair] = together, known
        return found

    def held(self, unit, types):
        """How it is counted, rule 5: {plan year: number held}, without the year in which the record ends."""
        years = Counter(self.exercises[one]["year"] for one in self.counted(unit, types))
        return {year: n for year, n in sorted(years.items()) if year < self.last_day.year}


def narrowest(rows):
    """Who is bound, rule 2."""
    first = max((days(row["start"])[1] for row in rows if row["start"]), default=dt.date.min)
    return first, min((days(row["end"])[0] for row in rows if row["end"]), default=dt.date.max)


def stating(reports, field):
    """The reports that state a field, best first."""
    return [report for report in reports if report[field] and field not in items(report["deprecated_fields"])]


def stated(reports, field):
    """The list that the best report gives."""
    return next((items(report[field]) for report in stating(reports, field)), [])


def status(reports):
    """What became of an exercise, rules 2 and 3."""
    said = [report for report in stating(reports, "status") if report["seen"]]
    knowing = [report["status"] for report in said if report["late"]]
    if knowing:
        return "cancelled" if knowing[0] == "postponed" and "cancelled" in knowing else knowing[0]
    if not said:
        return "planned"
    last = max(said, key=lambda r: (r["said_day"] or dt.date.min, PHASES.index(r["phase"]), r["report_id"]))["status"]
    return last if last in OFF else "planned"


def first_or_last_day(reports, field):
    """What became of an exercise, rules 5 and 6: the days that it can be, and those given during or after."""
    said = [(report, *days(report[field])) for report in stating(reports, field)]
    if not said:
        return None, []
    best, earliest, latest = said[0]
    inside = [one for one in said if earliest <= one[1] and one[2] <= latest]
    _, earliest, latest = min(inside, key=lambda one: one[2] - one[1])
    rivals = [
        (first, last)
        for report, first, last in said
        if report["late"] and report["seen"] and (last < earliest or first > latest)
    ]
    every = [(earliest, latest), *rivals]
    return span(every), every if best["late"] else []


def span(every):
    """From the earliest day to the latest."""
    return min(first for first, _ in every), max(last for _, last in every)


def independent(facts):
    """Two families and two outlets."""
    return min(len({fact["family"] for fact in facts}), len({fact["outlet"] for fact in facts})) >= 2


def early(fact, begins):
    """Whether it was said before the part began."""
    return fact["said_day"] is not None and fact["said_day"] < begins
