"""A cell is one line of visible characters, each in its one spelling, that no program obeys."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.loaders.addresses import is_address
from helpers.loaders.cells import problem_of
from helpers.loaders.characters import MAX_LENGTH, is_plain, outlines, problem_of_text
from helpers.loaders.tables import load

HIDDEN = {
    "line break": "a\nb",
    "carriage return": "a\rb",
    "line separator": "a\u2028b",
    "tab": "a\tb",
    "zero byte": "a\x00b",
    "escape": "a\x1b[31mb",
    "C1 control": "a\x85b",
    "zero-width space": "The Herald\u200b",
    "zero-width joiner": "a\u200db",
    "word joiner": "a\u2060b",
    "byte order mark": "\ufeffa",
    "left-to-right mark": "a\u200eb",
    "override": "a\u202eb",
    "isolate": "a\u2067b",
    "soft hyphen": "a\u00adb",
    "invisible separator": "a\u2063b",
    "invisible times": "a\u2062b",
    "tag": "a\U000e0041b",
    "variation selector": "a\ufe0fb",
    "another variation selector": "a\U000e0100b",
    "Mongolian selector": "a\u180bb",
    "grapheme joiner": "a\u034fb",
    "Hangul filler": "a\u3164b",
    "half-width filler": "\uffa0",
    "Braille blank": "\u2800",
    "no-break space": "a\u00a0b",
    "thin space": "a\u2009b",
    "private use": "a\ue000b",
    "noncharacter": "a\ufffeb",
    "half a pair": "a\ud800b",
    "a whole title of zero-width spaces": "\u200b" * 12,
    "a whole title of tags": "".join(chr(0xE0000 + ord(char)) for char in "Nothing to see"),
}


@pytest.mark.parametrize("value", HIDDEN.values(), ids=HIDDEN)
def test_what_no_reader_sees_is_refused_by_its_name(value):
    problem = problem_of_text(value)
    assert "only one line of visible characters" in problem or "space before or behind" in problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+7 900",
        "-2+3",
        "-1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "−1+1",
        "- 1+1",
        "'=1",
        '"=1',
        "x;=1+1",
        "x; @y",
    ],
)
def test_a_formula_is_refused_in_any_disguise(value):
    assert "formula" in problem_of_text(value)


@pytest.mark.parametrize(
    "value", ["-71.25", "-7", "a-1", "a = b", "R&D", "'Rubezh' begins", '"Indestructible"', "x; y"]
)
def test_a_number_below_zero_and_a_sign_in_a_sentence_are_no_formula(value):
    assert problem_of_text(value) == ""


@pytest.mark.parametrize(
    ("value", "script"),
    [
        ("The Her\u0430ld", "Cyrillic"),
        ("Her\u03bfld", "Greek"),
        ("Hera\u0578d", "Armenian"),
        ("\u0421STO", "Cyrillic"),
        ("\u0421овет C\u043eвета", "Cyrillic"),
        ("напряж\u00ebнности", "Cyrillic"),
        ("p\u0430ypal and more", "Cyrillic"),
    ],
)
def test_a_word_of_two_alphabets_that_look_alike_is_named(value, script):
    assert f"mixes Latin and {script} letters" in problem_of_text(value)


def test_letters_bear_the_accents_of_any_language_and_no_more():
    assert problem_of_text("x\u0331\u0323\u030bb") == ""
    assert "accents" in problem_of_text("x\u0331\u0323\u030b\u030ab")


@pytest.mark.parametrize("value", ["Ｔｉｔｌｅ", "𝐓𝐢𝐭𝐥𝐞 of bold letters", "２０２４"])
def test_letters_in_another_dress_are_refused(value):
    assert "looks like" in problem_of_text(value)


DISGUISED = {
    "a whole title of Cyrillic": (
        "Соре ехро: РОССОРЕ",
        "Cyrillic letters that look like Latin ones in the word 'Соре'",
    ),
    "a word of Cyrillic": ("Соса drill", "Cyrillic letters that look like Latin ones in the word 'Соса'"),
    "a word of Greek": ("ΑΒΕ drill", "Greek letters that look like Latin ones in the word 'ΑΒΕ'"),
    "Cherokee": ("ᎪᏴᏟ", "Cherokee letters, which look like Latin ones"),
    "Cherokee in a word": ("Ꭺbc", "Cherokee letters"),
    "Coptic": ("Herⲟld", "Coptic letters"),
    "Lisu": ("ꓮbc", "Lisu letters"),
    "Georgian in a word": ("Herალd", "mixes Latin and Georgian letters in the word 'Herალd'"),
    "a ligature": ("ﬁne", "ﬁ (U+FB01), which looks like fi"),
    "a Roman number": ("Louis Ⅳ", "(U+2163), which looks like IV"),
    "a letter in a ring": ("Ⓐ drill", "(U+24B6), which looks like A"),
    "a letter in brackets": ("⒜ drill", "(U+249C), which looks like (a)"),
    "a small capital": ("ᴀbc", "(U+1D00, latin letter small capital a), a form that looks like another letter"),
    "a phonetic a": ("pɑper", "(U+0251, latin small letter alpha)"),
    "a phonetic g": ("ɡood", "(U+0261, latin small letter script g)"),
    "a long s": ("ſo", "(U+017F), which looks like s"),
    "a lost character": ("Her\ufffdld", "a character that was lost (U+FFFD)"),
    "a stroke through a letter": ("a\u0335b", "U+0335, combining short stroke overlay"),
}


@pytest.mark.parametrize(("value", "said"), DISGUISED.values(), ids=DISGUISED)
def test_what_looks_like_other_letters_is_named(value, said):
    assert said in problem_of_text(value)
    assert problem_of_text(value).isprintable()


@pytest.mark.parametrize(
    ("one", "other"), [("TASS", "ТАСС"), ("MIR 24", "Mir24"), ("Zvezda", "Звезда"), ("TACC", "ТАСС"), ("ırna", "IRNA")]
)
def test_two_spellings_of_a_name_meet_in_an_outline(one, other):
    assert outlines(one) & outlines(other)


def test_two_names_have_no_outline_in_common():
    assert not outlines("TASS") & outlines("Interfax")
    assert not outlines("News.ru") & outlines("NEWSru.com")


@pytest.mark.parametrize(
    "value",
    [
        "ТАСС",
        "СССР и НАТО",
        "Soʻz va oʻquv",
        "Azərbaycan ordusu, yıl",
        "m² in 2024",
        "Сосна",
        "Воздушный мост — «Канал»",
        "Т-72Б3М and Su-30СМ",
        "ՀԱՊԿ․ զորավարժանքներ",
        "Übungen",
        "Łódź",
        "КНР in China",
        "漢字",
        "مرحبا",
        "½ of №3",
        "€5",
    ],
)
def test_words_of_many_alphabets_pass(value):
    assert problem_of_text(value) == ""


def test_an_accent_typed_apart_is_refused_and_the_same_text_in_one_piece_is_not():
    apart = unicodedata.normalize("NFD", "Société")
    assert problem_of_text("Société") == ""
    assert "is not NFC" in problem_of_text(apart)
    assert "accents" in problem_of_text("q" + "\u0323\u0332\u0347\u0353")
    assert "accents" in problem_of_text("\u0338a")


def test_a_text_has_an_end():
    assert problem_of_text("x" * MAX_LENGTH) == ""
    assert f"{MAX_LENGTH:,} are the most" in problem_of_text("x" * (MAX_LENGTH + 1))


def test_no_cell_of_the_record_is_refused(data):
    texts = {
        text for table in data.values() for column in table for text in table[column] if isinstance(text, str) and text
    }
    assert len(texts) > 10_000
    assert not {text: problem for text in texts if (problem := problem_of_text(text))}


@given(st.text(alphabet=st.one_of(st.characters(max_codepoint=0x7F), st.sampled_from("йаé=＝;<\u200b")), max_size=12))
@example("http://10.0.0.1/")
@example("HTTPS://u:p@example.org")
@example("x 1234567890123456")
@example("x;=1")
@example("x ")
def test_what_is_plain_at_one_look_is_sound_when_looked_into(value):
    """The short way may say less than the long one, and never something else."""
    if is_plain(value):
        assert problem_of({"name": "x", "type": "string"}, value) == ""
        assert problem_of_text(value) == "" and not is_address(value) and not re.search("[0-9]{16}", value)


def test_most_cells_of_the_record_are_plain():
    values = [value for table in load().values() for column in table for value in table[column].unique()]
    texts = [value for value in values if isinstance(value, str) and value]
    assert sum(map(is_plain, texts)) > 0.7 * len(texts)
