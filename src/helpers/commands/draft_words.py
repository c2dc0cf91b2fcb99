"""A text as sentences of words, with what the data give names to: states and series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from helpers.commands.draft_cues import FORCES, JOINS, PART_OF, PLACED, STATE_NOUNS

WORD = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]")
SENTENCE = re.compile(r"(?<=[.!?…])[\"”»]?\s+(?=[\"“«]?[^\W\d_a-zа-яё])|\n+")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
QUOTES = "\"“”«»'‘’„"
GAP = 5  # words that may stand between two states of one list
NEAR = 3  # words that may stand between a state's adjective and the troops that it describes


class Found(NamedTuple):
    """A value, and the words of the text from which it was taken."""

    value: Any
    words: str


Fields = dict[str, Found]


class Word(NamedTuple):
    """A word or mark: as it stands, as it is looked up, what its form tells, and where."""

    text: str
    lemma: str
    tense: str
    noun: bool
    start: int
    end: int


class Mention(NamedTuple):
    """Where words of the data are named in a sentence: from the word `first` to before the word `behind`."""

    kind: str  # state, adjective or series
    key: str
    first: int
    behind: int


class Run(NamedTuple):
    """States named in a row; `placed` if they tell where."""

    states: tuple[str, ...]
    first: int
    behind: int
    placed: bool


class Sentence(NamedTuple):
    """A sentence: its text, words, and what it names."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]

    def lemmas(self) -> list[str]:
        """Its words as they are looked up."""
        return [word.lemma for word in self.words]

    def find(self, phrases: Iterable[str]) -> Iterator[tuple[int, int, str]]:
        """Where phrases stand: first word, the word behind, the phrase; the longest at each place."""
        lemmas, by_length = self.lemmas(), sorted(phrases, key=lambda phrase: -len(phrase.split()))
        at = 0
        while at < len(lemmas):
            size = next(
                (n for phrase in by_length if lemmas[at : at + (n := len(phrase.split()))] == phrase.split()), 0
            )
            if size:
                yield at, at + size, " ".join(lemmas[at : at + size])
            at += size or 1

    def has(self, phrases: Iterable[str]) -> bool:
        """Whether it holds one of some phrases."""
        return next(self.find(phrases), None) is not None

    def runs(self) -> list[Run]:
        """Its states, those of one list together; an adjective counts only where troops or a republic follow."""
        found: list[Run] = []
        for one in self.mentions:
            follows = {word.lemma for word in self.words[one.behind : one.behind + NEAR]}
            if one.kind == "series" or (one.kind == "adjective" and not follows & {*FORCES, *STATE_NOUNS}):
                continue
            between = [word.lemma for word in self.words[found[-1].behind : one.first]] if found else ["."]
            if found and len(between) <= GAP and set(between) <= {*JOINS, *STATE_NOUNS, *FORCES} and between:
                last = found.pop()
                found.append(Run((*last.states, one.key), last.first, one.behind, last.placed))
            else:
                found.append(Run((one.key,), one.first, one.behind, self._placed(one.first)))
        return found

    def _placed(self, first: int) -> bool:
        """Whether what begins at a word tells where: "in X", "in the region of X"."""
        before = [word.lemma for word in self.words[max(0, first - 4) : first]]
        while before and before[-1] in {"the", "of", *STATE_NOUNS}:
            before.pop()
        return bool(before) and (before[-1] in PLACED or before[-1] in PART_OF)


class Lexicon:
    """What finds the names of states and series in a text, by their lemmas."""

    def __init__(self, data: Mapping[str, pd.DataFrame]) -> None:
        import ahocorasick

        self._names: Any = ahocorasick.Automaton()
        states, series = data["countries"], data["series"]
        for row in states.to_dict("records"):
            self._add("state", row["iso3"], [row["name"], row["name_ru"], *row["aliases"]])
            self._add("adjective", row["iso3"], row["adjectives"])
        for row in series.to_dict("records"):
            self._add("series", row["series_id"], [row["name"], row["name_ru"], *row["aliases"]])
        self._names.make_automaton()

    def _add(self, kind: str, key: str, names: Iterable[str]) -> None:
        for name in filter(None, names):
            phrase = " ".join(word.lemma for word in words_of(name))
            self._names.add_word(f" {phrase} ", (kind, key, len(phrase.split()), name.isupper()))

    def sentences(self, text: str) -> list[Sentence]:
        """The sentences of a text, with what they name."""
        found = []
        for part in filter(None, (part.strip() for part in SENTENCE.split(text))):
            words = tuple(words_of(part))
            found.append(Sentence(part, words, tuple(self._mentions(words))))
        return found

    def _mentions(self, words: tuple[Word, ...]) -> Iterator[Mention]:
        line, at = " ", {}
        for number, word in enumerate(words):
            at[len(line) - 1] = number
            line += word.lemma + " "
        busy = 0
        hits = [(at[self._begin(line, end, value[2])], *value) for end, value in self._names.iter(line)]
        for first, kind, key, size, capitals in sorted(hits, key=lambda hit: (hit[0], -hit[3])):
            if first >= busy and (
                words[first].text.isupper() or not capitals
            ):  # a short name in capitals may be a word
                busy = first + size
                yield Mention(kind, key, first, busy)

    @staticmethod
    def _begin(line: str, end: int, size: int) -> int:
        """Where a phrase of `size` words that ends with the blank at `end` begins."""
        for _ in range(size):
            end = line.rfind(" ", 0, end)
        return end


def words_of(text: str) -> Iterator[Word]:
    """The words and marks of a text."""
    for match in WORD.finditer(text):
        lemma, tense, noun = _looked_up(match[0])
        yield Word(match[0], lemma, tense, noun, match.start(), match.end())


@cache
def _looked_up(word: str) -> tuple[str, str, bool]:
    """A word as it is looked up, and, of inflected ones, its tense and whether it is a noun."""
    small = word.lower()
    if CYRILLIC.search(small):
        found = _morphology().parse(small)[0]
        return found.normal_form, str(found.tag.tense or ""), found.tag.POS == "NOUN"
    return small, "", False


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def short(text: str) -> str:
    """The words behind a field, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:157] + "..."
