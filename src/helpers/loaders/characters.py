"""What the text of a cell may be made of: one line of visible characters, each in its one spelling, that nothing obeys.

Text from anywhere is copied into cells, and from there into spreadsheets, pages and figures. What looks like one text and is
another would be counted twice; what no reader sees could say anything.

References
----------
Davis, M. and Suignard, M. Unicode Technical Standard 39: Unicode Security Mechanisms (confusable characters, mixed scripts).
"""

import re
import unicodedata
from functools import cache

MAX_LENGTH = 2000  # characters; three times the longest text of the record
MAX_DIGITS = 15  # of one number: more cannot be a count, and a spreadsheet rounds them
MAX_MARKS = 3  # accents on one letter; no language of the sources has more

# A spreadsheet runs a cell that starts so; some also strip quotation marks, and split a row at semicolons.
_FORMULA = frozenset("=+-@−＝＋－＠﹢﹣﹦﹫")
_QUOTES = "'\"’ "
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
# What most cells are, told at one look: ASCII that starts with a letter or a digit, is no address, has no number that is too
# long, and holds no `"`, `;`, `<` or `>`.
_PLAIN = re.compile(
    rf"(?!(?i:https?:))(?!.*[0-9]{{{MAX_DIGITS + 1}}})[A-Za-z0-9(\[](?:[ !#-:=?-~]{{0,{MAX_LENGTH - 2}}}[!#-:=?-~])?"
)
# Drawn as nothing, though Unicode counts them as letters, marks and symbols: fillers, joiners, selectors of a variant.
_BLANK = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_PLAIN_KINDS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No"})  # letters and digits
_ENCLOSED = re.compile(r"[\u249c-\u24e9\uff01-\uff5e\U0001f110-\U0001f189]")  # signs that are drawn as letters
_OVERLAY = re.compile(r"[\u0335-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5\u20e6\u20eb]")
_PHONETIC = re.compile(
    r"[\u0250-\u0258\u025a-\u02af\u1d00-\u1dbf]"
)  # small capitals and the like; \u0259 is Azerbaijani
_MARKS = re.compile(
    rf"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{{{MAX_MARKS + 1}}}"
)
_LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_OTHERS = {"Cyrillic": r"\u0400-\u052f", "Greek": r"\u0370-\u03ff", "Armenian": r"\u0531-\u0587"}
_BESIDE = "".join(_OTHERS.values())
_PAIR = re.compile(rf"[{_LATIN}][{_BESIDE}]|[{_BESIDE}][{_LATIN}]")
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_RARE = re.compile(rf"[^\u0000-\u02ff{_BESIDE}\u1e00-\u1eff\u2000-\u2bff]")
# Drawn like Latin letters, and no language of any press.
_UNUSED = frozenset({"CHEROKEE", "COPTIC", "LISU", "DESERET", "OSAGE", "GOTHIC", "CARIAN", "LYCIAN", "LYDIAN", "OLD"})
_BESIDE_LATIN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "MODIFIER", "COMBINING"})
_LETTERS = {
    name: frozenset(filter(re.compile(f"[{own}]").match, map(chr, range(0x600)))) for name, own in _OTHERS.items()
}
_SCRIPTS = {name: re.compile(f"[{letters}]") for name, letters in {"Latin": _LATIN, **_OTHERS}.items()}
# Letters of the other scripts that are drawn like a Latin one, with or without an accent, and those Latin ones.
_ALIKE = {
    "Cyrillic": ("АВЕЅІЈКМНОРСТУХҮԌԚԜаесорухѕіјһԁԛԝѵӏԍ", "ABESIJKMHOPCTYXYGQWaecopyxsijhdqwvlg"),
    "Greek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορτυχ", "ABEZHIKMNOPTYXayiknoptux"),
    "Armenian": ("ՕՏՍԼօուսհցգզյլ", "OSULonuuhgqqjl"),
}
_TO_LATIN = str.maketrans(dict(pair for theirs, latin in _ALIKE.values() for pair in zip(theirs, latin, strict=False)))
_SOUNDS = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіў",
            [
                "a",
                "b",
                "v",
                "g",
                "d",
                "e",
                "e",
                "zh",
                "z",
                "i",
                "i",
                "k",
                "l",
                "m",
                "n",
                "o",
                "p",
                "r",
                "s",
                "t",
                "u",
                "f",
                "kh",
                "ts",
                "ch",
                "sh",
                "shch",
                "",
                "y",
                "",
                "e",
                "yu",
                "ya",
                "i",
                "u",
            ],
            strict=True,
        )
    )
)


def is_plain(value: str) -> bool:
    """Whether a text is sound at one look, as most are: no address, and nothing that `problem_of_text` has to look into."""
    return _PLAIN.fullmatch(value) is not None


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
    if dressed := next((char for char in dict.fromkeys(value) if char > "\u00ff" and _is_dressed(char)), ""):
        plain = unicodedata.normalize("NFKC", dressed)
        return f"holds {dressed} (U+{ord(dressed):04X}), which looks like {plain}; type the plain character"
    if not unicodedata.is_normalized("NFC", value):
        return "is not NFC (an accent stands apart from its letter, or the like); retype it"
    if unicodedata.combining(value[0]) or _MARKS.search(value):
        return f"holds accents without a letter, or more than {MAX_MARKS} on one; only visible text is allowed"
    if found := _OVERLAY.search(value) or _PHONETIC.search(value):
        code = f"U+{ord(found[0]):04X}, {unicodedata.name(found[0], 'without a name').lower()}"
        return f"holds {found[0].strip()} ({code}), a form that looks like another letter; retype it"
    if "\ufffd" in value:
        return "holds the sign for a character that was lost (U+FFFD); look it up in the source and type it"
    return "" if value.isascii() else _problem_of_scripts(value) or _problem_of_disguise(value)


@cache
def _is_dressed(char: str) -> bool:
    """Whether a character is another form of one that every keyboard has: full-width, mathematical, a ligature, encircled."""
    plain = unicodedata.normalize("NFKC", char)
    is_letter = unicodedata.category(char) in _PLAIN_KINDS or _ENCLOSED.match(char) is not None
    return is_letter and plain != char and plain.strip("()").isascii()


def _problem_of_disguise(value: str) -> str:
    """Which words of another script can be read as Latin ones and stand where no other word of that script does, or an empty text."""
    characters = frozenset(value)
    for name, (theirs, _) in _ALIKE.items():
        found = characters & _LETTERS[name]
        if not found or not found <= set(theirs):  # one letter that Latin lacks tells the script
            continue
        own = [word for word in _WORD.findall(value) if _SCRIPTS[name].search(word)]
        letters = "".join(own)
        is_short_form = name == "Cyrillic" and letters.isupper()  # such as the Russian for PRC
        is_disguise = set(letters) <= set(theirs) and not is_short_form
        has_latin = _ASCII_LETTER.search(value) is not None
        if is_disguise and (has_latin or (len(own) > 1 and len(letters) > 7)):
            return f"holds {name} letters that look like Latin ones in the word {own[0]!r}; retype it in one alphabet"
    return ""


def _problem_of_rare_scripts(value: str) -> str:
    """Which script that no press uses a text holds, or mixes into a Latin word, or an empty text."""
    for word in _WORD.findall(value):
        scripts = {unicodedata.name(char, "?").split(" ")[0] for char in word if _RARE.match(char)} - _BESIDE_LATIN
        if rare := scripts & _UNUSED:
            return f"holds {min(rare).capitalize()} letters, which look like Latin ones; retype it"
        if scripts and _SCRIPTS["Latin"].search(word):
            return (
                f"mixes Latin and {min(scripts).capitalize()} letters in the word {word!r}; retype it in one alphabet"
            )
    return ""


def _problem_of_scripts(value: str) -> str:
    """Which word of a text mixes the letters of two scripts that look alike, or an empty text."""
    if _RARE.search(value) and (problem := _problem_of_rare_scripts(value)):
        return problem
    for word in _WORD.findall(value) if _PAIR.search(value) else ():
        letters = [char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char)]
        inside = {name: own for name, script in _SCRIPTS.items() if (own := {c for c in letters if script.match(c)})}
        for name in sorted(inside.keys() & _ALIKE.keys()) if "Latin" in inside else ():
            theirs, latin = _ALIKE[name]
            if inside[name] <= set(theirs) or inside["Latin"] <= set(latin):
                return f"mixes Latin and {name} letters that look alike in the word {word!r}; retype it in one alphabet"
    return ""


def outlines(name: str) -> set[str]:
    """Find the forms under which a name is met again: as it is drawn, and as it sounds.

    Parameters
    ----------
    name
        Such as the name of an outlet.

    Returns
    -------
    set of str
        Latin letters and digits in small letters, without accents and signs: what the letters look like, and what Cyrillic
        ones stand for.
    """
    drawn = name.translate(_TO_LATIN).replace("ı", "i").replace("І", "I")
    return {_letters(drawn.casefold()), _letters(in_latin(name))}


def in_latin(text: str) -> str:
    """Write a text in small Latin letters, Cyrillic ones by their sound.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
    """
    return text.casefold().translate(_SOUNDS)


def has_script(text: str, script: str) -> bool:
    """Whether a text has a letter of a script (`script_of`), or, if it is blank, of any other."""
    if script:
        return _SCRIPTS[script].search(text) is not None
    return any(char.isalpha() and not any(own.match(char) for own in _SCRIPTS.values()) for char in text)


def script_of(text: str) -> str:
    """Find the script that most letters of a text are of: Latin, Cyrillic, Greek or Armenian; blank if of none of them.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
    """
    counts = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    others = sum(map(str.isalpha, text)) - sum(counts.values())
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] > others else ""


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if char.isalnum())


def _named(char: str) -> str:
    """A hidden character in words."""
    plain = {"\n": "a line break", "\r": "a line break", "\t": "a tab", "\x00": "a zero byte"}
    kind = {"Cc": "a control character", "Zs": "a special space"}.get(unicodedata.category(char), "a hidden character")
    name = unicodedata.name(char, "")
    return plain.get(char) or f"{kind} (U+{ord(char):04X}{', ' + name.lower() if name else ''})"
