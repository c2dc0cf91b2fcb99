"""What each attendance code and each grade of evidence means, and how it is shown: defined here and nowhere else."""

CODES = {  # code: what it means
    "present": "named as taking part, with troops or staff, or host of a held exercise",
    "observer": "named as watching only",
    "absent_declared": "stayed away, as it or the organiser says",
    "absent_reported": "stayed away, as a third party says",
    "absent_by_list": "missing from a list of participants that is given as complete",
    "conflicting": "named as present by one source, as absent or not in a complete list by another, both during or after",
    "unknown": "no source settles it, or none reports that the exercise was held",
    "not_held": "the exercise was called off, moved or merged",
    "not_expected": "outside the force, or not bound on the day",
}


ABSENT = ("absent_declared", "absent_reported", "absent_by_list")  # strongest first


ATTENDED = ("present", "observer")  # whoever came, with troops, with staff or to watch; mode tells them apart


GRADES = {  # best first: what a cell rests on
    "A": "two or more independent families of sources, one at least during or after the exercise, none of those against it",
    "B": "one family during or after, or more that others dispute",
    "C": "only what was said before",
    "D": "a phrase such as all member states, or a list that is not complete: the cell stays unknown",
}


SETTLED = (*ATTENDED, *ABSENT)  # a cell of any other code says nothing of whether the state came
