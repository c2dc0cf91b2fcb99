import near_duplicates
import pandas as pd


def publications(*rows):
    return pd.DataFrame(rows, columns=["source_id", "title", "published_on", "origin_id"])


COPY = publications(
    ("a", "CSTO troops begin exercise in Kazakhstan", "2024-09-26", "wire"),
    ("b", "CSTO troops begin exercise in Kazakhstan!", "2024-09-27", "own"),
    ("c", "CSTO troops end exercise in Kazakhstan", "2024-09-27", "c"),
    ("d", "CSTO troops begin exercise in Kazakhstan", "2024-10-26", "d"),
    ("e", "CSTO exercise", "2024-09-26", "e"),
    ("f", "CSTO exercise", "2024-09-26", "f"),
    ("g", "[CSTO troops begin exercise in Kazakhstan]", "2024-09-26", "g"),
)


def test_copies_are_found_and_updates_later_and_short_headlines_are_not():
    pairs = near_duplicates.find_near_identical(COPY, at_least=near_duplicates.SIMILAR)
    assert pairs[["a", "b", "one_family"]].to_numpy().tolist() == [["a", "b", False]]
    assert pairs.at[0, "alike"] == 1
    assert pairs.at[0, "days"] == 1


def test_four_words_are_a_text_and_three_a_topic():
    told = publications(
        ("a", "CSTO drill in Balykchy", "2024-09-26", "a"),
        ("b", "CSTO drill in Balykchy", "2024-09-26", "b"),
        ("c", "CSTO drill Balykchy", "2024-09-26", "c"),
        ("d", "CSTO drill Balykchy", "2024-09-26", "d"),
    )
    assert near_duplicates.find_near_identical(told)[["a", "b"]].to_numpy().tolist() == [["a", "b"]]


def test_less_alike_pairs_are_listed_for_the_reader():
    assert set(near_duplicates.find_near_identical(COPY)["b"]) == {"b", "c"}


def test_near_identical_publications_of_the_record_are_one_family(data):
    pairs = near_duplicates.find_near_identical(data["sources"], at_least=near_duplicates.SIMILAR)
    assert len(pairs) > 0
    assert pairs.loc[~pairs["one_family"], ["a", "b"]].to_numpy().tolist() == []
