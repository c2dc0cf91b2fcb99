"""The graph of a build, and what is asked of it from a shell."""

import re
from graphlib import TopologicalSorter

import nbformat
import pytest
from support import ROOT

from helpers import __main__ as shell
from helpers.commands import build

COMMANDS = ["check", "build", "export", "changes", "append", "draft", "convert", "codebook", "refresh"]


def graph(**asked):
    return {step.name: step for step in build.steps(asked, build.folder_of(asked))}


def test_nothing_runs_before_the_data_are_checked_and_pages_come_last():
    steps = graph()
    *_, last = TopologicalSorter({name: step.after for name, step in steps.items()}).static_order()
    assert last.endswith("site")
    assert all(step.after for name, step in steps.items() if name != "check")
    notebooks = {path.stem for path in (ROOT / "notebooks").rglob("*.ipynb")}
    executed = {name for name, step in steps.items() if step.says.startswith("Executing")}
    assert {steps[name].says.removeprefix("Executing ") for name in executed} == notebooks
    assert executed | {"tables"} == set(next(step for name, step in steps.items() if name.endswith("source")).after)


def test_another_scope_is_refused_before_anything_runs_and_has_a_folder_of_its_own():
    plain, scoped = graph(), graph(SINCE="2013", CLASSES="exercise,operation", FOCUS="UZB")
    folder = ROOT / "build" / "scope_SINCE-2013_CLASSES-exercise,operation_FOCUS-UZB"
    own = {name: step for name, step in scoped.items() if name not in ("check", "tables")}
    assert all(folder in path.parents for step in own.values() for path in step.outputs)
    (scope,) = (name for name in own if name.endswith("scope"))
    assert scoped["tables"].after == (scope,)
    assert all(step.after == (scope,) for step in own.values() if step.says.startswith("Executing"))
    assert all(folder / "scope.json" in step.inputs for step in own.values() if step.says.startswith("Executing"))
    assert not any(
        "scope" in str(path) for step in plain.values() for path in (*step.inputs, *step.outputs) if path.parent != ROOT
    )
    assert not set(plain) & set(own)  # so that one does not take the other's memory


@pytest.mark.parametrize("text", ["../../etc", "a/b", "a b", "C:\\x", "$(x)", "#", "ü"])
def test_a_scope_names_a_folder_right_below_build(text):
    folder = build.folder_of({"FOCUS": text})
    assert folder.resolve().parent == ROOT / "build"
    assert not set(folder.name) & set(" /\\:$()#")


def test_a_step_depends_on_the_code_that_it_can_reach():
    steps = graph()
    commands = ROOT / "src" / "helpers" / "commands"
    for step in steps.values():
        reads_commands = any(path == commands or path in commands.parents for path in step.inputs if path != ROOT)
        assert reads_commands != step.says.startswith("Executing"), step.name


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        shell.main([command, "--help"])
    assert ended.value.code == 0
    assert f"python -m helpers {command}" in capsys.readouterr().out


def test_only_what_was_named_is_asked_of_a_build(monkeypatch):
    seen = []
    monkeypatch.setattr(build, "main", lambda asked, jobs: seen.append((asked, jobs)) or 0)
    assert shell.main(["build"]) == 0
    assert shell.main(["build", "--focus", " UZB ", "--since=2013", "--split=", "--jobs", "1"]) == 0
    assert seen == [({}, None), ({"SINCE": "2013", "FOCUS": "UZB", "SPLIT": ""}, 1)]


def test_somebody_who_stops_a_build_is_told_that_it_goes_on_from_there(monkeypatch, capsys):
    def stopped(asked, jobs):
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "main", stopped)
    assert shell.main(["build"]) == 130
    assert "goes on from there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "rows must be given as"),
        ('{"sources": 3}', "rows must be given as"),
        ("{", "Expecting"),
        ('{"sourcse": []}', "sourcse: no such table"),
        (None, "No such file"),
    ],
)
def test_rows_that_cannot_be_appended_are_refused_in_one_line(tmp_path, capsys, text, said):
    path = tmp_path / "rows.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert shell.main(["append", str(path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_appending_nothing_changes_no_file(tmp_path, capsys):
    path = tmp_path / "rows.json"
    path.write_text("{}", encoding="utf-8")
    assert shell.main(["append", str(path)]) == 0
    assert capsys.readouterr().out == "nothing to add\n"


def test_an_executed_notebook_tells_nothing_of_its_run(tmp_path, monkeypatch):
    """So that two runs give the same bytes: neither times nor the folder that it was written in."""
    notebook = tmp_path / "notebooks" / "small.ipynb"
    notebook.parent.mkdir()
    cell = nbformat.v4.new_code_cell("X = 1\nX", id="a", metadata={"tags": ["parameters"]})
    spec = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=spec), notebook)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "BUILD", tmp_path / "build")
    monkeypatch.setattr(build, "NOTEBOOKS", tmp_path / "notebooks")
    texts = []
    for _ in range(2):
        build._Execution(notebook, tmp_path / "build", None)()
        texts.append((tmp_path / "build" / "notebooks" / "small.ipynb").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "papermill" not in texts[0] and "time" not in texts[0]
    assert "'text/plain': '1'" in str(nbformat.reads(texts[0], 4).cells[0].outputs)


def test_every_file_that_pages_are_made_from_makes_them_anew():
    """A file that a page module reads from the project's root is an input of the pages: else a change of it is not seen."""
    inputs = next({path.name for path in step.inputs} for name, step in graph().items() if name.endswith(": source"))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "site").rglob("*.py")]
    read = {name for source in sources for name in re.findall(r'ROOT / "([^"/]+)"', source)}
    assert {"CHANGELOG.md", "CITATION.cff"} <= read
    assert read - {"README.md", "notebooks"} <= inputs  # the README is written, and notebooks come executed
