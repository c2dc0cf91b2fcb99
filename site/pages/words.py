"""Words and marks that several pages share. Values of the data stay text: templates escape them."""

import calendar

import pandas as pd

from helpers.analyses.cadence.troops import word_troops
from helpers.derive.codes import ABSENT, ATTENDED, CODES

GROUPS = {  # what a reader asks first: several codes at once
    "came": ("came, to take part or to watch", ATTENDED),
    "absent": ("stayed away, on any evidence", ABSENT),
    "expected": ("was expected", [code for code in CODES if code != "not_expected"]),
}
FORCES = {  # the package names the forces; what they are called is said here
    "CSTO": "all members",
    "CRRF": "Collective Rapid Reaction Force",
    "PKF": "peacekeeping force",
    "CRDF-CA": "Central Asian rapid deployment force",
    "RGF-EE": "East European regional group",
    "RGF-C": "Caucasian regional group",
}
AHEAD = "to take part"  # of those whom a report from before the exercise names
FIELDS = {  # columns of a report that tell what it says, in the order of a sentence
    "status": "status",
    "start": "first day",
    "end": "last day",
    "hosts": "host",
    "sites": "place",
    "forces": "force",
    "participants": "took part",
    "staff_only": "staff only",
    "observers": "observers",
    "absent": "absent",
    "absent_reason": "reason given",
    "troops": "persons",
}


def states(data: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Names of states by code."""
    return data["countries"].set_index("iso3")["name"].to_dict()


def plain(code: str) -> str:
    """A code word of the contract as a reader's word: staff_event is 'staff event'."""
    return code.replace("_", " ")


def day(edtf: str) -> str:
    """An EDTF date in words: 2024-10-01 is '1 October 2024', 2012-08? 'August 2012 (uncertain)'."""
    if "/" in edtf:
        return " to ".join(day(part) for part in edtf.split("/"))
    bare = edtf.rstrip("?~")
    year, month, date = [*bare.split("-"), "", ""][:3]
    words = " ".join(
        part for part in (date.lstrip("0"), calendar.month_name[int(month)] if month else "", year) if part
    )
    if edtf.endswith("~"):
        return f"about {words}"
    return f"{words} (uncertain)" if edtf.endswith("?") else words


def days(start: str, end: str) -> str:
    """First and last day in words, once if they are the same."""
    return day(start) if start == end else f"{day(start)} to {day(end)}"


def persons(coded: str, scope: str) -> str:
    """A number of persons as coded, in words: ~600 of a joint total is 'about 600 (several drills together)'."""
    whose = {"exercise": "", "joint": " (several drills together)", "contingent": " (one state's)"}
    return word_troops(coded) + whose.get(scope, "")


def link(url: str) -> str:
    """An address that a page may link to, or nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def publications(ids: tuple[str, ...], sources: pd.DataFrame) -> list[dict[str, str]]:
    """What a page tells of these publications; `sources` is indexed by source_id."""
    rows = sources.loc[list(ids)].reset_index().to_dict("records")
    return [row | {"link": link(row["url"])} for row in rows]
