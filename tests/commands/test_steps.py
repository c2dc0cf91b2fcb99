"""Steps are carried out by content: what changed is done again, whatever time stamps say, and what was cut short is not done."""

import os
from collections import Counter

import pytest

from helpers.commands.steps import RefusedError, Step, carry_out, digest, put, run


class Kitchen:
    """A small graph in a folder: two drafts from one source, side by side, and a book from both."""

    def __init__(self, folder):
        self.folder, self.done, self.cut = folder, Counter(), None
        self.source = folder / "a source"
        self.source.write_text("one")

    def _writes(self, name, inputs):
        def work():
            self.done[name] += 1
            text = "+".join(path.read_text() for path in inputs)
            new = self.folder / f".{name}"
            new.write_text(text)
            if self.cut == name:
                raise KeyboardInterrupt
            put(new, self.folder / name)
            return ""

        return work

    def cook(self, jobs=2):
        self.done.clear()
        drafts = tuple(self.folder / name for name in ("draft 1", "draft 2"))
        steps = [
            Step(
                path.name, self._writes(path.name, [self.source]), (self.source,), (path,), says=f"Writing {path.name}"
            )
            for path in drafts
        ]
        book = self.folder / "book"
        steps.append(Step("book", self._writes("book", drafts), drafts, (book,), tuple(step.name for step in steps)))
        return carry_out(steps, self.folder / "memory" / "steps.db", jobs)


@pytest.fixture
def kitchen(tmp_path):
    return Kitchen(tmp_path)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_a_second_run_does_nothing(kitchen, capsys, jobs):
    assert kitchen.cook(jobs) == 0
    assert (kitchen.folder / "book").read_text() == "one+one"
    assert sorted(capsys.readouterr().out.splitlines()) == ["Writing draft 1", "Writing draft 2"]
    assert kitchen.cook(jobs) == 0
    assert not kitchen.done
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("stamp", [0, None, 4_000_000_000], ids=["older", "equal", "newer"])
def test_a_changed_input_is_seen_whatever_its_time_stamp(kitchen, stamp):
    kitchen.cook()
    was = kitchen.source.stat()
    kitchen.source.write_text("two")
    os.utime(kitchen.source, ns=(was.st_atime_ns, was.st_mtime_ns if stamp is None else stamp * 10**9))
    kitchen.cook()
    assert (kitchen.folder / "book").read_text() == "two+two"


def test_a_new_time_stamp_alone_is_no_change(kitchen):
    kitchen.cook()
    os.utime(kitchen.source, (0, 0))
    kitchen.cook()
    assert not kitchen.done


def test_an_output_that_was_touched_or_removed_is_made_again_and_what_rests_on_it_only_if_it_differs(kitchen):
    kitchen.cook()
    (kitchen.folder / "draft 1").write_text("scribble")
    kitchen.cook()
    assert kitchen.done == {"draft 1": 1}
    (kitchen.folder / "book").unlink()
    kitchen.cook()
    assert kitchen.done == {"book": 1}
    assert (kitchen.folder / "book").read_text() == "one+one"


@pytest.mark.parametrize("cut", ["draft 1", "book"])
def test_what_was_cut_short_is_not_taken_for_done(kitchen, cut):
    kitchen.cook()
    kitchen.source.write_text("two")
    kitchen.cut = cut
    with pytest.raises(KeyboardInterrupt):
        kitchen.cook(1)
    kitchen.cut = None
    kitchen.cook()
    assert kitchen.done[cut] == 1
    assert (kitchen.folder / "book").read_text() == "two+two"


@pytest.mark.parametrize("cut", ["draft 1", "book"])
def test_a_change_that_is_taken_back_after_a_cut_leaves_the_old_result(kitchen, cut):
    kitchen.cook()
    kitchen.source.write_text("two")
    kitchen.cut = cut
    with pytest.raises(KeyboardInterrupt):
        kitchen.cook(1)
    kitchen.cut = None
    kitchen.source.write_text("one")
    kitchen.cook()
    assert [(kitchen.folder / name).read_text() for name in ("draft 1", "draft 2", "book")] == ["one", "one", "one+one"]


def test_an_input_that_changes_while_a_step_runs_is_read_again_next_time(kitchen):
    def work():
        (kitchen.folder / "copy").write_text(kitchen.source.read_text())
        kitchen.source.write_text("edited meanwhile")
        return ""

    step = Step("copy", work, (kitchen.source,), (kitchen.folder / "copy",))
    carry_out([step], kitchen.folder / "steps.db", 1)
    assert (kitchen.folder / "copy").read_text() == "one"
    carry_out([step], kitchen.folder / "steps.db", 1)
    assert (kitchen.folder / "copy").read_text() == "edited meanwhile"


def test_a_step_that_fails_stops_what_rests_on_it_and_says_why(tmp_path, capsys):
    def fails():
        raise RefusedError("scope: 'FRA' was never bound")

    reached = []
    steps = [Step("scope", fails, ()), Step("pages", lambda: reached.append(1) or "", (), after=("scope",))]
    assert carry_out(steps, tmp_path / "steps.db", 2) == 1
    assert capsys.readouterr() == ("", "scope: 'FRA' was never bound\n")
    assert not reached


def test_commands_need_no_shell(tmp_path):
    folder = tmp_path / "a $HOME 'b\" # ü"
    folder.mkdir()
    code = "import sys, os; print(os.getcwd(), sys.argv[1], os.environ['PLACE'])"
    place = '$(echo x) `y` "z"'
    assert run(["-c", code, "a b;c"], folder, PLACE=place) == f"{folder} a b;c {place}"
    with pytest.raises(RefusedError, match="no such thing"):
        run(["-c", "import sys; sys.exit('no such thing')"], folder)


def test_a_digest_tells_names_bytes_and_absence_and_skips_compiled_files(tmp_path):
    seen = {digest([tmp_path])}
    for name, text in [("a", ""), ("a", "x"), ("b/c", "x")]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        seen.add(digest([tmp_path]))
    seen.add(digest([tmp_path / "nowhere"]))
    assert len(seen) == 5
    before = digest([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x")
    assert digest([tmp_path]) == before
