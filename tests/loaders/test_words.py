"""Words of texts in other alphabets and forms."""

from helpers.loaders.words import STEM, stems


def test_two_forms_of_a_word_have_one_stem_and_short_words_none():
    assert stems("drills drilling of a drill") == {"drill"[:STEM]}
    assert stems("exercise exercises") == {"exerc"}
    assert stems("учения учений") == stems("ucheniya")
    assert stems("one, two") == set()
