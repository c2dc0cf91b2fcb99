"""Two members side by side, as the data have them."""

from itertools import combinations

from browser import DESK, in_browser

from helpers import open_record
from helpers.derive.codes import ABSENT, ATTENDED


def kind(code):
    return "came" if code in ATTENDED else "stayed away" if code in ABSENT else "not clear"


READ = """() => Object.fromEntries(Array.from(document.querySelectorAll("#pair table"), t => [t.getAttribute("aria-label"),
  Array.from(t.tBodies[0].rows, r => Array.from(r.cells, c => c.textContent).concat(r.querySelector("a")?.getAttribute("href") ?? []))]))"""


@in_browser
def test_any_pair_is_as_the_record_has_it(site, visit):
    record = open_record()
    held = record.held.assign(kind=record.held["code"].map(kind))
    wide = held.pivot(index="exercise_id", columns="iso3", values="kind")
    years = held.drop_duplicates("exercise_id").set_index("exercise_id")["year"]
    one = visit(viewport=DESK)
    page = one.go(site / "compare.html")
    for a, b in combinations(wide.columns, 2):
        page.select_option("[name=a]", a)
        page.select_option("[name=b]", b)
        both = wide[[a, b]].dropna()
        found = page.evaluate(READ)
        if both.empty:
            assert found == {}
            continue
        counts = [
            [str(int(((both[a] == x) & (both[b] == y)).sum())) for y in ("came", "stayed away", "not clear")]
            for x in ("came", "stayed away", "not clear")
        ]
        assert [row[1:] for row in found["Three by three"]] == counts, (a, b)
        clear = both[(both != "not clear").all(axis=1)]
        together = int((clear == "came").all(axis=1).sum())
        assert page.locator("#pair .lead").inner_text().endswith(f"they came together to {together}.")
        for year, expected, known, met in found["Together by year"]:
            own = clear[years[clear.index] == int(year)]
            assert int(expected) == (years[both.index] == int(year)).sum()
            assert int(known) == len(own)
            assert int(met) == (own == "came").all(axis=1).sum()
        differ = clear[clear[a] != clear[b]]
        listed = found.get("Where they differed", [])
        assert {row[-1] for row in listed} == {f"exercises/{one_}.html" for one_ in differ.index}
        for row in listed:
            own = row[-1].removeprefix("exercises/").removesuffix(".html")
            assert row[1].removesuffix(", host") == wide.at[own, a]
            assert row[2].removesuffix(", host") == wide.at[own, b]
    assert one.complaints == []


@in_browser
def test_a_pair_has_an_address(site, visit):
    one = visit(viewport=DESK)
    page = one.go(site / "compare.html", "a=KGZ&b=TJK")
    assert page.locator("#pair .lead").inner_text().startswith("Kyrgyzstan and Tajikistan were both expected at")
    page = one.go(site / "compare.html", "a=BLR")
    assert page.input_value("[name=a]") == "BLR"
    assert page.input_value("[name=b]") != "BLR"
    page = one.go(site / "compare.html", "a=XXX&b=<b>")
    assert page.locator("#pair h2").count() > 0
    assert one.complaints == []
