"""What each attendance code, grade, direction and track means, and how it is shown: defined here and nowhere else.

Figures, pages, codebook and style sheet take labels, glyphs and roles from these tables. A role is what a reader asks first
(did it come?), and decides the colour; a step towards has the colour of coming, a step away that of staying away.
"""

from typing import NamedTuple

CAME, AWAY, UNCLEAR, OUTSIDE = (
    "came",
    "away",
    "unclear",
    "outside",
)  # roles: the last were not expected, or nothing was held


class Code(NamedTuple):
    """A code: its words, its mark where colour is missing, and the role that gives its colour."""

    label: str
    meaning: str
    glyph: str
    role: str


CODES = {
    "present": Code("present", "named as taking part, with troops or staff, or host of a held exercise", "■", CAME),
    "observer": Code("observer", "named as watching only", "○", CAME),
    "absent_declared": Code(
        "absent, declared", "stayed away, as it or the organiser says during or after the exercise", "✕", AWAY
    ),
    "absent_reported": Code("absent, reported", "stayed away, as a third party says", "×", AWAY),
    "absent_announced": Code(
        "absent, announced", "stayed away, as it or the organiser said ahead and nothing said since denies", "¬", AWAY
    ),
    "absent_by_list": Code(
        "absent by list", "missing from a list of participants that is given as complete", "–", AWAY
    ),
    "conflicting": Code(
        "sources conflict",
        "named as present by one source, as absent or not in a complete list by another of the same standing",
        "◆",
        UNCLEAR,
    ),
    "unknown": Code("unknown", "no source makes it clear, or none reports that the exercise was held", "?", UNCLEAR),
    "not_held": Code("not held", "the exercise was called off, moved or merged", "/", OUTSIDE),
    "not_expected": Code("not expected", "outside the force, or not bound on the day", "·", OUTSIDE),
}
ATTENDED = tuple(name for name, code in CODES.items() if code.role == CAME)  # with troops, with staff or to watch
ABSENT = tuple(name for name, code in CODES.items() if code.role == AWAY)  # strongest first
SETTLED = (*ATTENDED, *ABSENT)  # a cell of any other code says nothing of whether the state came
GRADES = {  # best first: what a code rests on
    "A": "two or more independent sources, of two or more outlets, that somebody read, one at least during or after the exercise, none of those against it",
    "B": "less than that during or after the exercise, or more that others dispute",
    "C": "only what was said before",
    "D": "a phrase such as all member states, a list that is not complete or covers several drills, or a source that nobody read: the case stays open",
}
DIRECTIONS = {  # of a step, from the side of the state concerned
    "engage": Code("towards", "towards the organisation", "▲", CAME),
    "neutral": Code("neither", "neither", "●", UNCLEAR),
    "disengage": Code("away", "away from it", "▼", AWAY),
}
TRACKS = {  # of a step: from the barracks to the law, then context
    "exercises": "Exercises",
    "hosting": "Hosting",
    "deployments": "Deployments",
    "meetings": "Meetings",
    "signatures": "Signatures",
    "posts": "Posts",
    "dues": "Dues",
    "law": "Law",
    "statements_own": "Own statements",
    "statements_others": "Others' statements",
    "realignment": "Realignment",
    "organisation": "Organisation",
}
