"""What the text of a cell may be made of: one line of visible characters, each in its one spelling, that nothing obeys.

Text from anywhere is copied into cells, and from there into spreadsheets, pages and figures. What looks like one text and is
another would be counted twice; what no reader sees could say anything.

References
----------
Davis, M. and Suignard, M. Unicode Technical Standard 39: Unicode Security Mechanisms (confusable characters, mixed scripts).
"""

import re
import unicodedata

MAX_LENGTH = 2000  # characters; three times the longest text of the record
MAX_MARKS = 3  # accents on one letter; no language of the sources has more

# A spreadsheet runs a cell that starts so; some also strip quotation marks, and split a row at semicolons.
_FORMULA = frozenset("=+-@−＝＋－＠﹢﹣﹦﹫")
_QUOTES = "'\"’ "
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
# Drawn as nothing, though Unicode counts them as letters, marks and symbols: fillers, joiners, selectors of a variant.
_BLANK = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_DRESSED = re.compile(r"[\uff01-\uff5e\U0001d400-\U0001d7ff]")  # full-width and mathematical copies of ASCII
_MARKS = re.compile(rf"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{{{MAX_MARKS + 1}}}")
_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_OTHERS = {"Cyrillic": r"\u0400-\u052f", "Greek": r"\u0370-\u03ff", "Armenian": r"\u0531-\u0587"}
_BESIDE = "".join(_OTHERS.values())
_PAIR = re.compile(rf"[{_LATIN}][{_BESIDE}]|[{_BESIDE}][{_LATIN}]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {name: re.compile(f"[{letters}]") for name, letters in {"Latin": _LATIN, **_OTHERS}.items()}
# Letters of the other scripts that are drawn like a Latin one, with or without an accent, and those Latin ones.
_ALIKE = {
    "Cyrillic": ("АВЕЅІЈКМНОРСТУХҮԌԚԜаесорухѕіјһԁԛԝѵӏԍ", "ABESIJKMHOPCTYXYGQWaecopyxsijhdqwvlg"),
    "Greek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορτυχ", "ABEZHIKMNOPTYXayiknoptux"),
    "Armenian": ("ՕՏՍԼօուսհցգզյլ", "OSULonuuhgqqjl"),
}


def problem_of_text(value: str) -> str:
    """Find what is wrong with a text, whatever its column.

    Parameters
    ----------
    value
        Text of a cell, not blank.

    Returns
    -------
    str
        The problem, worded to stand behind the value; empty if there is none.
    """
    if len(value) > MAX_LENGTH:
        return f"has {len(value):,} characters; {MAX_LENGTH:,} are the most"
    if any(part.lstrip(_QUOTES)[:1] in _FORMULA for part in value.split(";")) and not _NUMBER.fullmatch(value):
        return "starts like a spreadsheet formula (= + - @, also behind a quotation mark or a semicolon); put a word before it"
    if "<" in value and _MARKUP.search(value):
        return "holds markup; only plain text is allowed"
    if value != value.strip():
        return "has a space before or behind it"
    return "" if value.isascii() and value.isprintable() else _problem_of_characters(value)


def _problem_of_characters(value: str) -> str:
    """What is wrong with the characters of a text, or an empty text."""
    if not value.isprintable() or _BLANK.search(value):
        hidden = next(char for char in value if not char.isprintable() or _BLANK.match(char))
        return f"holds {_named(hidden)}; only one line of visible characters is allowed"
    if found := _DRESSED.search(value):
        plain = unicodedata.normalize("NFKC", found[0])
        return f"holds {found[0]} (U+{ord(found[0]):04X}), which looks like {plain}; type the plain character"
    if not unicodedata.is_normalized("NFC", value):
        return "is not NFC (an accent stands apart from its letter, or the like); retype it"
    if unicodedata.combining(value[0]) or _MARKS.search(value):
        return f"holds accents without a letter, or more than {MAX_MARKS} on one; only visible text is allowed"
    return "" if value.isascii() else _problem_of_scripts(value)


def _problem_of_scripts(value: str) -> str:
    """Which word of a text mixes the letters of two scripts that look alike, or an empty text."""
    for word in _WORD.findall(value) if _PAIR.search(value) else ():
        letters = [char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char)]
        inside = {name: own for name, script in _SCRIPTS.items() if (own := {c for c in letters if script.match(c)})}
        for name in sorted(inside.keys() & _ALIKE.keys()) if "Latin" in inside else ():
            theirs, latin = _ALIKE[name]
            if inside[name] <= set(theirs) or inside["Latin"] <= set(latin):
                return f"mixes Latin and {name} letters that look alike in the word {word!r}; retype it in one alphabet"
    return ""


def _named(char: str) -> str:
    """A hidden character in words."""
    plain = {"\n": "a line break", "\r": "a line break", "\t": "a tab", "\x00": "a zero byte"}
    kind = {"Cc": "a control character", "Zs": "a special space"}.get(unicodedata.category(char), "a hidden character")
    name = unicodedata.name(char, "")
    return plain.get(char) or f"{kind} (U+{ord(char):04X}{', ' + name.lower() if name else ''})"
