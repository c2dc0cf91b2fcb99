"""Drafts who came, where, how many and when, from the sentences of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from helpers.commands import draft_cues as cues
from helpers.commands.draft_words import CYRILLIC, Fields, Found, Run, Sentence, short

NEAR = 15  # words between a verb and its subject


def attendance_of(sentences: Sequence[Sentence]) -> Fields:
    """Who is said to have come and who to have stayed away; a state of which both are said is left out."""
    came: dict[str, str] = {}
    away: dict[str, str] = {}
    for sentence in sentences:
        if sentence.has(cues.WATCH):
            continue
        runs = [run for run in sentence.runs() if not run.placed]
        missed = _away(sentence, runs)
        for side, found in ((away, missed), (came, _came(sentence, [run for run in runs if run not in missed]))):
            for state in (state for run in found for state in run.states):
                side.setdefault(state, sentence.text)
    both = came.keys() & away.keys()
    return _list("participants", came, both) | _list("absent", away, both)


def _list(name: str, said: Mapping[str, str], without: Iterable[str]) -> Fields:
    states = [state for state in said if state not in set(without)]
    words = " / ".join(dict.fromkeys(short(said[state]) for state in states))
    return {name: Found(states, words)} if states else {}


def _away(sentence: Sentence, runs: Sequence[Run]) -> list[Run]:
    """States that a sentence says stayed away."""
    found = []
    for first, behind, _ in sentence.find({*cues.AWAY, *cues.CAME}):
        if _verdict(sentence, first, behind) == "away":
            found += _nearest(runs, first, behind, backward=True)
    return found


def _verdict(sentence: Sentence, first: int, behind: int) -> str:
    """What a verb says of its subject: came, away, or nothing, as where a refusal is denied."""
    lemmas = sentence.lemmas()
    if " ".join(lemmas[first:behind]) in cues.AWAY:
        return "away"
    around = [*range(max(0, first - 6), first), *range(behind, min(behind + 4, len(lemmas)))]
    if refused := [at for at in around if lemmas[at] in cues.REFUSED]:
        return "" if {*lemmas[max(0, refused[0] - 3) : refused[0]]} & cues.NOT else "away"
    before, after = lemmas[max(0, first - 3) : first], lemmas[behind : behind + 3]
    denied = {*before} & cues.NOT or ({*after[:2]} & cues.NOT and CYRILLIC.search("".join(after)))
    return "away" if denied else "came"


def _came(sentence: Sentence, runs: Sequence[Run]) -> list[Run]:
    """States that a sentence says came."""
    found = []
    for _, behind, _ in sentence.find(cues.LIST_FOLLOWS):
        found += [run for run in runs if behind <= run.first <= behind + 8][:1]
    for first, behind, phrase in sentence.find(cues.CAME):
        if phrase != "участие" and _verdict(sentence, first, behind) == "came":
            found += _nearest(runs, first, behind, backward=not CYRILLIC.search(phrase))
            if phrase in cues.TOGETHER:
                found += [run for run in runs if behind <= run.first <= behind + 4][:1]
    engaged = sentence.has(cues.EVENT) or found or sentence.has({*cues.CAME, *cues.FROM})
    for _, behind, _ in sentence.find(cues.FORCES) if engaged else ():
        near = [run for run in runs if behind <= run.first <= behind + 6]
        if {word.lemma for word in sentence.words[max(0, behind - 6) : behind]} & cues.OFFICE:
            continue
        between = {word.lemma for word in sentence.words[behind : near[0].first]} if near else set()
        if near and between <= {*cues.JOINS, *cues.FORCES, *cues.STATE_NOUNS}:
            found += near[:1]
    return list(dict.fromkeys(found))


def _nearest(runs: Sequence[Run], first: int, behind: int, backward: bool) -> list[Run]:
    """The run next to a verb: before it, or else behind it, or the other way round."""
    before = [run for run in runs if first - NEAR <= run.behind <= first][-1:]
    after = [run for run in runs if behind <= run.first <= behind + NEAR][:1]
    return (before or after) if backward else (after or before)


def hosts_of(sentences: Sequence[Sentence]) -> Fields:
    """The state in which it is said to be, if sentences about the exercise name one only."""
    said: dict[str, str] = {}
    for sentence in sentences:
        runs = sentence.runs()
        placed = [run for run in runs if run.placed]
        for first, behind, _ in sentence.find(cues.HOSTS):
            placed += _nearest([run for run in runs if not run.placed], first, behind, backward=True)
        for state in (state for run in placed for state in run.states):
            said.setdefault(state, sentence.text)
    return _list("hosts", said, ()) if len(said) == 1 else {}


def troops_of(near: Sequence[Sentence], told: Sequence[Sentence]) -> Fields:
    """How many came in all, if the text gives one number."""
    numbers: dict[str, str] = {}
    for sentence in [*told, *(one for one in near if one not in told)]:
        for at, word in enumerate(sentence.words):
            if word.text[:1].isdecimal() and (number := _number(sentence, at)):
                numbers.setdefault(number, sentence.text)
    if len(numbers) != 1:
        return {}
    (number, words), *_ = numbers.items()
    return {"troops": Found(number, short(words))}


def _number(sentence: Sentence, at: int) -> str:
    """A number of persons as the contract writes it; empty if what stands there is none."""
    lemmas = sentence.lemmas()
    digits = re.sub(r"[ \u00a0]|[.,](?=\d{3}$)", "", sentence.words[at].text).replace(",", ".")
    value, behind = float(digits), at + 1
    if lemmas[behind : behind + 1] and lemmas[behind] in cues.THOUSAND:
        value, behind = value * 1000, behind + 1 + (lemmas[behind + 1 : behind + 2] == ["."])
    if not set(lemmas[behind : behind + 2]) & {*cues.TROOPS} or value != int(value) or value < 2:
        return ""
    before = " ".join(lemmas[max(0, at - 2) : at])
    plain = str(int(value))
    if _ends(before, cues.MORE):
        return f"{plain}+"
    return f"~{plain}" if _ends(before, cues.ABOUT) else f"<{plain}" if _ends(before, cues.UP_TO) else plain


def _ends(text: str, phrases: Iterable[str]) -> bool:
    return any(re.search(rf"\b{phrase}$", text) for phrase in phrases)


def phase_of(sentences: Sequence[Sentence]) -> Fields:
    """When the text was written, relative to the exercise, and the status that follows."""
    kinds: list[tuple[int, str, str]] = []
    off = next((one.text for one in sentences if one.has(cues.CALLED_OFF)), "")
    for sentence in sentences:
        for rank, (phase, phrases) in enumerate(cues.PHASES_EN):
            if sentence.has(phrases):
                kinds.append((rank, phase, sentence.text))
        kinds += [(rank, phase, sentence.text) for rank, phase in _tenses(sentence)]
    if not kinds:
        return {"status": Found("cancelled", short(off))} if off else {}
    _, phase, words = min(kinds)
    held = "held" if phase in ("during", "after") else "planned"
    status = Found("cancelled", short(off)) if off else Found(held, short(words))
    return {"phase": Found(phase, short(words)), "status": status}


def _tenses(sentence: Sentence) -> Iterable[tuple[int, str]]:
    """What the tense of inflected verbs tells, with its rank among `PHASES_EN`."""
    for word, behind in zip(sentence.words, [*sentence.words[1:], None], strict=True):
        if behind and behind.noun and behind.lemma not in cues.EVENT:
            continue  # it is that noun's verb
        if word.tense == "past" and word.lemma in cues.OVER:
            yield 0, "after"
        elif (word.tense == "past" and word.lemma in cues.BEGUN) or (
            word.tense == "pres" and word.lemma in cues.RUNNING
        ):
            yield 1, "during"
        elif word.tense == "past" and word.lemma in cues.TOLD:
            yield 2, "after"
        elif word.tense == "futr" and word.lemma in cues.COMING:
            yield 3, "before"
        elif word.tense == "pres" and word.lemma in cues.MEANT:
            yield 4, "plan"
