"""Numbers, days and names as they stand in a sentence."""

import pytest

from helpers.display import phrases


def test_shares_and_spans_have_no_space_before_the_sign_and_print_equal_ends_once():
    assert phrases.share(14, 15) == "14 of 15 (93%)"
    assert phrases.share(0, 0) == "none expected"
    assert phrases.span(0.694, 0.99) == "69–99%"
    assert phrases.span(0.996, 1) == "100%"
    assert phrases.span(float("nan"), 1) == "not known"
    assert phrases.between(20, 20) == "20"
    assert phrases.years(2022, 2025) == "2022–25"
    assert phrases.years(1999, 2001) == "1999–2001"


@pytest.mark.parametrize(
    ("k", "n", "words"),
    [
        (0, 20, "none of the exercises"),
        (20, 20, "every exercise"),
        (1, 20, "hardly any of the exercises"),
        (2, 20, "fewer than half of the exercises"),
        (9, 20, "fewer than half of the exercises"),
        (10, 20, "most of the exercises"),
        (17, 20, "most of the exercises"),
        (18, 20, "nearly every exercise"),
    ],
)
def test_so_many_of_so_many_has_one_word_at_each_step(k, n, words):
    assert phrases.of_all(k, n, "exercise") == words


def test_small_numbers_are_words_and_large_ones_have_commas():
    assert [phrases.number(n) for n in (0, 1, 10, 11, 1347, 2.75)] == ["no", "one", "ten", "11", "1,347", "2.8"]
    assert phrases.count(1, "exercise") == "one exercise"
    assert phrases.count(2, "series", "series") == "two series"
    assert [phrases.all_of(*pair) for pair in ((0, 20), (20, 20), (35, 36))] == ["none of 20", "all 20", "35 of 36"]


def test_a_p_is_never_nought_and_at_its_floor_says_at_most():
    assert phrases.p_value(0.0004) == "p < 0.001"
    assert phrases.p_value(1 / 2001, floor=1 / 2001) == "p at most 0.0005"
    assert phrases.p_value(0.04) == "p = 0.040"
    assert phrases.p_value(0.1) == "p = 0.10"


def test_a_probability_is_said_in_words_at_its_ends():
    assert phrases.probability(0, 0.0001) == "practically none"
    assert phrases.probability(0.9999, 1) == "practically certain"
    assert phrases.probability(0.12, 0.121) == "0.12"
    assert phrases.probability(0.12, 0.3) == "0.12–0.30"


def test_a_comparison_whose_interval_holds_one_is_about_as_often():
    assert phrases.times(1.4, 0.9, 2.1) == "about as often"
    assert phrases.times(2.0, 1.2, 3.0) == "twice as often"
    assert phrases.times(1.4, 1.1, 2.1) == "1.4 times as often"


def test_days_are_unbroken_in_tables_and_months_stand_in_prose():
    assert phrases.day("2022-09-13") == "13 September 2022"
    assert phrases.month("2022-09-13") == "September 2022"
    assert phrases.short_day("2022-09-26") == "26\u00a0Sep\u00a02022"
    assert phrases.short_day(None) == ""


def test_names_are_listed_and_escaped():
    assert phrases.listed([]) == ""
    assert phrases.listed(["A"]) == "A"
    assert phrases.listed(["A", "B", "C"]) == "A, B and C"
    assert phrases.possessive("Cyprus") == "Cyprus'"
    bad = "<img src=x>\n*a* [b](c) `d` | {name.__class__} $x$"
    safe = phrases.escape(bad)
    assert "<" not in safe.replace("\\<", "") and "\n" not in safe
    assert r"\*a\* \[b\]\(c\)" in safe
    assert r"\{name.\_\_class\_\_\}" in safe


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-11", None, "11 March 2026"),
        ("2026-03-11", "2026-03-11", "11 March 2026"),
        ("2021-08-01", "2021-08-31", "August 2021"),
        ("2021-01-01", "2021-12-31", "2021"),
    ],
)
def test_a_day_is_as_exact_as_it_is_known(first, last, words):
    assert phrases.day(first, last) == words
    assert phrases.dated(first, last or first) == f"{'on' if words[0] == '1' else 'in'} {words}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(("Aland", "Aland"), ("Ireland", "Ireland"), ("United States", "the United States")),
        *(("Netherlands", "the Netherlands"), ("Philippines", "the Philippines"), ("Czech Republic", "the Czech Republic")),
        *(("United Arab Emirates", "the United Arab Emirates"), ("Marshall Islands", "the Marshall Islands")),
    ],
)  # fmt: skip
def test_a_state_has_its_article_inside_a_sentence(name, words):
    assert phrases.spoken(name) == words
    assert phrases.capital(words)[0].isupper() and phrases.capital("") == ""
