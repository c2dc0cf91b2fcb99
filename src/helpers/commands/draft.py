"""Drafts the fields of a report from a text in English or with Cyrillic letters, each beside the words it was taken from.

Nothing is written. A field that a text does not settle stays blank: a wrong value costs more than a missing one.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.commands import draft_cues as cues
from helpers.commands.append_template import template
from helpers.commands.draft_days import days_of
from helpers.commands.draft_fields import attendance_of, hosts_of, phase_of, troops_of
from helpers.commands.draft_words import CYRILLIC, QUOTES, Fields, Found, Lexicon, Mention, Sentence, short
from helpers.loaders.contract import DataError
from helpers.loaders.tables import load

FIELDS = ("series", "year", "start", "end", "hosts", "participants", "absent", "troops", "phase", "status")
YEAR = re.compile(r"^\W{0,3}((?:19|20)\d\d)\b")  # behind a series' name
REACH = 4  # sentences behind one that names an exercise that may still speak of it


def main(file: Path, folder: Path) -> int:
    """Prints a filled template with the words behind each field; returns the exit code."""
    try:
        text, data = file.read_text(encoding="utf-8-sig"), load(folder)
        print(template(folder, as_template(read_text(text, data), data, text)), end="")
    except ImportError as error:
        print(f"a draft needs the extra `draft` ({error.name} is not installed)", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"{file.name}: not UTF-8; save the file as UTF-8", file=sys.stderr)
        return 1
    except (DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def as_template(fields: Fields, data: Mapping[str, pd.DataFrame], text: str) -> dict[str, dict[str, tuple[Any, str]]]:
    """Arrange drafted fields as `append_template.template` takes them.

    Parameters
    ----------
    fields
        What `read_text` gives.
    data
        The loaded tables.
    text
        The text, whose script tells its language.

    Returns
    -------
    dict
        {section: {column: (value, the words it was taken from)}}.
    """
    report = {name: (one.value, f"From: {one.words}") for name, one in fields.items() if name not in ("series", "year")}
    exercise: dict[str, tuple[Any, str]] = {}
    if "series" in fields and "year" in fields:
        series, year = fields["series"], fields["year"]
        key = f"{series.value}-{year.value}"
        on_record = key in set(data["exercises"]["exercise_id"])
        known = "on record" if on_record else "not on record; name its organiser"
        exercise["exercise_id"] = (key, f"From: {series.words} / {year.words} ({known})")
        exercise |= {} if on_record else {"series_id": (series.value, f"From: {series.words}")}
    letters = [c for c in text if c.isalpha()]
    cyrillic = sum(bool(CYRILLIC.match(c)) for c in letters) > len(letters) / 2
    return {
        "source": {"lang": ("ru" if cyrillic else "en", "From: its letters")},
        "exercise": exercise,
        "report": report,
    }


def read_text(text: str, data: Mapping[str, pd.DataFrame]) -> Fields:
    """Draft the fields of a report.

    Parameters
    ----------
    text
        A publication, of any length.
    data
        The loaded tables: names of states and series come from there.

    Returns
    -------
    dict
        {field: Found} of the fields that the text settles, of `FIELDS`.
    """
    sentences = Lexicon(data).sentences(text)
    named = _series(sentences)
    chosen = named.get("series")
    own = _own(sentences, chosen.value if chosen else "")
    told = _telling(own)
    if not chosen and _is_torn(sentences):
        return named
    near = [one for at, one in enumerate(own) if any(other in told for other in own[max(0, at - REACH) : at + 1])]
    fields = named | days_of(near, told, named["year"].value if "year" in named else _only_year(text))
    if "year" not in fields and (day := fields.get("start") or fields.get("end")):
        fields["year"] = Found(int(day.value[:4]), day.words)
    fields |= attendance_of(near) | hosts_of(told) | troops_of(near, told) | phase_of(told)
    return {name: fields[name] for name in FIELDS if name in fields}


def _series(sentences: Sequence[Sentence]) -> Fields:
    """The series that is named most often, if it stands out, and the year behind its name."""
    counts: Counter[str] = Counter()
    years: dict[str, Counter[int]] = {}
    words: dict[str, str] = {}
    for sentence in sentences:
        for one in [m for m in sentence.mentions if m.kind == "series"]:
            year = YEAR.match(sentence.text[sentence.words[one.behind - 1].end :])
            if year or _quoted(sentence, one):
                counts[one.key] += 1
                words.setdefault(one.key, sentence.text)
                years.setdefault(one.key, Counter()).update([int(year[1])] if year else [])
    found: Fields = {}
    best = counts.most_common(2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        key = best[0][0]
        found["series"] = Found(key, short(words[key]))
        years = {key: years[key]}
    every = {year for own in years.values() for year in own}
    if len(every) == 1:
        found["year"] = Found(every.pop(), short(words[next(key for key, own in years.items() if own)]))
    return found


def _is_torn(sentences: Sequence[Sentence]) -> bool:
    """Whether a text names several series, never all in one sentence: which of them it tells of is then not clear."""
    named = [{m.key for m in one.mentions if m.kind == "series" and _is_name(one, m)} for one in sentences]
    every = set().union(*named)
    return len(every) > 1 and every not in named


def _is_name(sentence: Sentence, one: Mention) -> bool:
    """Whether a series is meant, and not a common word: its name stands in quotation marks or before a year."""
    return _quoted(sentence, one) or bool(YEAR.match(sentence.text[sentence.words[one.behind - 1].end :]))


def _quoted(sentence: Sentence, one: Mention) -> bool:
    """Whether a name stands between quotation marks."""
    before = sentence.words[one.first - 1].text if one.first else ""
    behind = sentence.text[sentence.words[one.behind - 1].end :]
    return before in QUOTES and bool(before) and bool(re.match(rf"[^{QUOTES}]{{0,9}}[{QUOTES}]", behind))


def _own(sentences: Sequence[Sentence], series: str) -> list[Sentence]:
    """Sentences that may speak of the chosen series: those behind one that names another exercise do not, until it is named."""
    kept, mine = [], True
    for one in sentences:
        named = {m.key for m in one.mentions if m.kind == "series" and _is_name(one, m)}
        mine = not series or series in named or (mine and not named and not _names_another(one))
        if mine and (series in named or not one.has(cues.OTHER_TIME)):
            kept.append(one)
    return kept


def _names_another(sentence: Sentence) -> bool:
    """Whether a sentence names an exercise that is in no table: two capitals before the word, or a quoted name behind it."""
    known = {at for m in sentence.mentions for at in range(m.first, m.behind)}
    for at, word in enumerate(sentence.words):
        if word.lemma not in cues.EVENT:
            continue
        before, after = sentence.words[max(0, at - 2) : at], sentence.words[at + 1 : at + 3]
        capitals = len(before) == 2 and all(one.text[:1].isupper() and one.text[1:].islower() for one in before)
        quoted = len(after) == 2 and after[0].text in QUOTES and after[1].text[:1].isupper()
        if (capitals and not known & {at - 1, at - 2}) or (quoted and at + 2 not in known):
            return True
    return False


def _telling(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Sentences that name an exercise, and those behind them that go on with "it"."""
    found: list[Sentence] = []
    for at, one in enumerate(sentences):
        names = one.has(cues.EVENT) or any(m.kind == "series" and _is_name(one, m) for m in one.mentions)
        goes_on = at and sentences[at - 1] in found and one.words and one.words[0].lemma in cues.IT
        if names or goes_on:
            found.append(one)
    return found


def _only_year(text: str) -> int | None:
    """The year that a text names, if it names one only."""
    years = set(re.findall(r"\b((?:19|20)\d\d)\b", text))
    return int(years.pop()) if len(years) == 1 else None
