"""How alike two readers read the same texts, in words and as a table."""

from __future__ import annotations

import pandas as pd

from helpers.analyses.coverage.double_coding import (
    CASES,
    FIELDS,
    SIMPLER,
    compute_agreement,
    count_opposites,
    count_texts,
)
from helpers.analyses.coverage.second_readings import SecondReadings
from helpers.derive.record import Record
from helpers.display.finding import Finding
from helpers.display.phrases import count, escape, number, percent, spoken


def describe_agreement(record: Record, readings: pd.DataFrame, table: pd.DataFrame) -> Finding:
    """How alike two readers read the same texts (`double_coding`)."""
    if table.empty:
        return Finding("No text was read a second time.")
    own = table.set_index("field")
    texts, exercises = count_texts(readings)
    opposites = count_opposites(readings)
    rounds = readings["round"].nunique()
    return Finding(
        "Two readers of the same texts hardly ever read the opposite of each other."
        if opposites
        else "Two readers of the same texts never read the opposite of each other.",
        "An opposite is one reading that a member came, the other that it stayed away. "
        f"They read {texts} texts on {exercises} exercises{f', in {number(rounds)} rounds,' if rounds > 1 else ''} and "
        f"coded {percent(own.at[SIMPLER, 'agreed'])} of the cases alike. Agreement beyond chance (Krippendorff's alpha: 1 is full, 0 none) is "
        f"{own.at[SIMPLER, 'alpha']:.2f}; it is {own.at[CASES, 'alpha']:.2f} if a phrase such as all member states does not count as "
        "silence, as it does in the rules of attendance.",
        f"{_word_least_sure(record, readings)}Both readers belong to one team, and most texts were read again in their opening lines only: this measures how clear the "
        "rules are, not whether they are right.",
        k=own.at[SIMPLER, "alpha"],
        n=own.at[SIMPLER, "pairs"],
        low=own.at[SIMPLER, "low"],
        high=own.at[SIMPLER, "high"],
        unit="Krippendorff's alpha of attendance",
    )


def _word_least_sure(record: Record, readings: pd.DataFrame) -> str:
    """What the readers agreed on least, in the round in which they did, and how many absences rest on it if it is the kind of list."""
    rounds = {name: compute_agreement(part).set_index("field")["alpha"] for name, part in readings.groupby("round")}
    found = [
        (alpha, field, name) for name, own in rounds.items() for field, alpha in own.items() if field in FIELDS.values()
    ]
    found = [one for one in found if pd.notna(one[0])]
    if not found:
        return ""
    alpha, least, name = min(found)
    in_round = f" in round {name}" if len(rounds) > 1 else ""
    by_list = record.held["code"] == "absent_by_list"
    rests = f", on which {count(int(by_list.sum()), 'absence')} {'rests' if by_list.sum() == 1 else 'rest'}"
    own = int((by_list & (record.held["iso3"] == record.focus)).sum())
    rests += f", {number(own)} of {escape(spoken(record.name))}" if own else ""
    rests = rests if least == FIELDS["participants_scope"] and by_list.any() else ""
    return f"Least sure is {least}, with an alpha of {alpha:.2f}{in_round}{rests}. "


def tabulate_agreement(readings: pd.DataFrame) -> pd.DataFrame:
    """Agreement in each round of double coding as a reader's table (`double_coding.compute_readings`)."""
    shown = []
    for name, part in readings.groupby("round"):
        found = compute_agreement(part).set_index("field").rename_axis("what was read")
        alike, alpha = found["agreed"].map(percent), found["alpha"].round(2)
        shown.append(pd.DataFrame({f"alike, round {name}": alike, f"alpha, round {name}": alpha}))
    return pd.concat(shown, axis=1).reset_index() if shown else pd.DataFrame(columns=["what was read"])


TWICE = "rows read twice"


def describe_second_readings(found: SecondReadings) -> Finding:
    """How alike two readers read what stands beside the exercises (`second_readings.count_second_readings`)."""
    if not found.read:
        return Finding("No vote, poll or payment was read twice.", unit=TWICE)
    return Finding(
        f"Of {found.read} rows on votes, polls, dues and staying away, two readers read {number(found.alike)} alike.",
        "The second reader had not seen the first reading and looked for sources of their own.",
        k=found.alike,
        n=found.read,
        unit=TWICE,
    )
