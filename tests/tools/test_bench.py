"""The bench runs: what is measured by hand and seldom breaks unseen when a signature changes."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from browser import in_browser
from support import ROOT

from helpers.loaders.tables import load


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import bench

    monkeypatch.setattr(bench, "REPEATS", 1)
    yield bench
    sys.modules.pop("bench")


def test_the_record_is_enlarged_and_its_derivation_timed(bench):
    data = load()
    one, two = bench.derivation_costs(data, (1, 2))
    assert one[2] == [1, 1, 1]
    assert (two[0], two[1]) == (2, 2 * one[1])
    assert all(ratio > 0 for ratio in two[2])


def test_simulations_count_what_they_promise(bench):
    assert set(bench.coverage(records=20)) == {"independent", "umbrellas of three"}
    assert all(0 <= share <= 1 for share in bench.coverage(records=20).values())
    assert bench.false_positives(records=2, chains=50) in (0, 0.5, 1)


@in_browser
def test_pages_are_timed_in_the_browser(bench, tmp_path):
    (tmp_path / "one.html").write_text("<p>A page.</p>", encoding="utf-8")
    with ThreadPoolExecutor(1) as aside:  # other tests may keep a browser open in this thread
        assert aside.submit(bench.pages_ready, tmp_path, ["one"]).result()["one"] > 0
