"""Another scope from a shell: refused in one line before anything is written, or written with its label."""

import json

import pytest

from helpers.commands import scope
from helpers.derive.record import open_record

ASKED = {"SINCE": "2013", "CLASSES": "exercise", "UNIT": "umbrella", "GRADE": "B", "FOCUS": "UZB"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"SINCE": "1999", "UNTIL": "1999", "CLASSES": "operation"}, "no exercise of class operation is left"),
        ({"SINCE": "2013", "UNTIL": "2010"}, "SINCE is 2013, which is after UNTIL, 2010"),
        ({"FOCUS": "FRA"}, "'FRA', which was never bound"),
        ({"FOCUS": "uzb"}, "'uzb', which was never bound"),
        ({"FOCUS": ""}, "FOCUS is ''"),
        ({"UNIT": "drill"}, "UNIT is 'drill', which is not one of component, umbrella"),
        ({"GRADE": "F"}, "GRADE is 'F', which is not one of A, B, C"),
        ({"CLASSES": "exercise,parade"}, "'parade', which is not one of"),
        ({"CLASSES": ""}, "CLASSES is ''"),
        ({"SINCE": "20x"}, "SINCE is '20x', which is no year"),
        ({"SPLIT": "2022-13-01"}, "SPLIT is '2022-13-01', which is no day"),
        ({"SPLIT": "9.3.2022"}, "SPLIT is '9.3.2022', which is no day"),
        ({"WHO": "UZB"}, "'WHO' is not one of SINCE, UNTIL"),
        ({"SINCE": "2100", "UNTIL": "2100"}, "no exercise"),
    ],
)
def test_an_impossible_scope_is_refused_in_one_line_and_leaves_nothing_behind(tmp_path, asked, said):
    with pytest.raises(ValueError, match="scope: ") as caught:
        scope.write(asked, tmp_path / "build" / "scope")
    assert said in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_possible_scope_is_written_with_its_label(tmp_path):
    said = scope.write(ASKED, tmp_path / "build" / "scope")
    wanted = {"SINCE": 2013, "CLASSES": ["exercise"], "UNIT": "umbrella", "GRADE": "B", "FOCUS": "UZB"}
    written = json.loads((tmp_path / "build" / "scope" / "scope.json").read_text(encoding="utf-8"))
    assert written == wanted
    assert open_record(written).scope == open_record(ASKED).scope
    label = (tmp_path / "build" / "scope" / "label.txt").read_text(encoding="utf-8")
    assert said in label
    assert all(word in label for word in ("2013–", "umbrella", "grade B", "Uzbekistan"))


def test_a_state_cannot_bring_markup_to_the_pages(tmp_path, monkeypatch):
    record = open_record()
    names = record.data["countries"].assign(name="<b>&")
    monkeypatch.setattr(
        scope, "open_record", lambda asked: type(record).of_scope(record.data | {"countries": names}, record.scope)
    )
    scope.write({}, tmp_path)
    assert "&lt;b&gt;&amp;" in (tmp_path / "label.txt").read_text(encoding="utf-8")
