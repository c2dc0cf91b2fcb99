"""Words of a text, so that a title and an address, or a key and its text, can be compared."""

import re

from helpers.loaders.characters import has_script, in_latin, script_of

STEM = 5  # letters by which two forms of a word are taken for one
_WORD = re.compile(r"[a-z]{4,}")
_LATIN = frozenset({"az", "cs", "de", "en", "es", "et", "fr", "it", "lt", "lv", "nl", "pl", "pt", "ro", "tr", "vi"})
SCRIPTS = {  # of languages that are written in one; others are passed over
    **dict.fromkeys(("be", "bg", "ky", "mk", "ru", "tg", "uk"), "Cyrillic"),
    **dict.fromkeys(_LATIN, "Latin"),
    "el": "Greek",
    "hy": "Armenian",
}
OWN_SCRIPTS = frozenset({"ar", "fa", "he", "hi", "ja", "ka", "ko", "zh"})  # languages that are written in none of these


def stems(text: str) -> set[str]:
    """Find the stems of the longer words of a text, Cyrillic ones by their sound.

    Parameters
    ----------
    text
        Any text, an address or a key.

    Returns
    -------
    set of str
    """
    return {word[:STEM] for word in _WORD.findall(in_latin(text))}


def script_problem(lang: str, title: str) -> str:
    """Find whether a title is in another script than its language is written in.

    Parameters
    ----------
    lang
        ISO 639-1 code of the text.
    title
        Its title; in brackets, it is a description by the record's own words.

    Returns
    -------
    str
        The problem, worded to stand behind the title; empty if there is none.
    """
    wanted, found = SCRIPTS.get(lang, ""), script_of(title)
    own_words = title.startswith("[") and found == "Latin"
    return (
        f"is in {found} letters, and lang is {lang}" if wanted and found not in ("", wanted) and not own_words else ""
    )


def lacks_script(lang: str, text: str) -> bool:
    """Whether a text has letters, and none of the script that its language (ISO 639-1) is written in."""
    wanted = SCRIPTS.get(lang, "" if lang in OWN_SCRIPTS else None)
    return wanted is not None and any(map(str.isalpha, text)) and not has_script(text, wanted)
