"""Another scope: refused in one line before anything runs, or carried out by every notebook in whole sentences."""

import pytest
from support import ROOT

from helpers.commands import rescope

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
START = ROOT / "notebooks" / "00_start_here.ipynb"
DEFAULTS = rescope.parameters(START)
SCOPES = {  # one without the member looked at, one without an umbrella, one with other classes
    "gone": ["SINCE=2013", "CLASSES=exercise", "UNIT=umbrella", "GRADE=B", "FOCUS=UZB"],
    "early": ["UNTIL=2005", "FOCUS=KGZ"],
    "operations": ["CLASSES=operation,staff_event", "FOCUS=BLR", "SINCE=2018"],
}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["SINCE=2030"], "no exercise of class exercise is left between 2030 and 2026"),
        (["SINCE=2013", "UNTIL=2010"], "no exercise"),
        (["FOCUS=FRA"], "'FRA' was never bound"),
        (["FOCUS=uzb"], "'uzb' was never bound"),
        (["FOCUS="], "'' was never bound"),
        (["UNIT=drill"], "'drill' is not one of component, umbrella"),
        (["GRADE=F"], "'F' is not one of A, B, C"),
        (["CLASSES=exercise,parade"], "'parade' is not one of"),
        (["CLASSES="], "'' is not one of"),
        (["SINCE=20x"], "SINCE is '20x', which is no year"),
        (["SPLIT=2022-13-01"], "SPLIT is '2022-13-01', which is no day"),
        (["WHO=UZB"], "'WHO' is not one of SINCE, UNTIL"),
        (["SINCE=2100", "UNTIL=2100"], "no exercise"),
    ],
)
def test_an_impossible_scope_is_refused_in_one_line(tmp_path, capsys, words, said):
    assert rescope.main(START, tmp_path / "build" / "scope.json", *words) == 1
    caught = capsys.readouterr()
    assert said in caught.err
    assert len(caught.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_scope_of_plans_alone_is_refused(data):
    planned = data | {"reports": data["reports"].assign(phase="plan", status="planned")}
    with pytest.raises(ValueError, match="exercises that are left is reported as held"):
        rescope.check(planned, DEFAULTS)


def test_a_possible_scope_is_written_with_its_label(tmp_path):
    tmp_path = tmp_path / "build" / "scope"
    assert rescope.main(START, tmp_path / "scope.json", *SCOPES["gone"]) == 0
    asked = {"SINCE": 2013, "CLASSES": ["exercise"], "UNIT": "umbrella", "GRADE": "B", "FOCUS": "UZB"}
    assert rescope.json.loads((tmp_path / "scope.json").read_text()) == DEFAULTS | asked
    label = (tmp_path / "label.txt").read_text(encoding="utf-8")
    assert all(word in label for word in ("2013–", "umbrella", "grade B", "Uzbekistan"))


def test_a_state_cannot_bring_markup_to_the_pages(tmp_path, data, monkeypatch):
    states = data["countries"].assign(name="<b>&")
    monkeypatch.setattr(rescope, "load", lambda: data | {"countries": states})
    assert rescope.main(START, tmp_path / "scope.json") == 0
    assert "&lt;b&gt;&amp;" in (tmp_path / "label.txt").read_text(encoding="utf-8")
