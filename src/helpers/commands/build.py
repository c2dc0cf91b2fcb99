"""Builds what readers see: checks the data, executes every notebook, exports the tables, renders the pages.

Another scope goes the same way into a folder of its own under `build/`, and every page says in its head what it covers.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat

from helpers.commands import scope
from helpers.commands.steps import RefusedError, Step, alone, carry_out, put, run
from helpers.display.finding import findings_in
from helpers.loaders.contract import RECORD

ROOT = RECORD.parent
BUILD = ROOT / "build"
START = "00_start_here.ipynb"  # the notebook whose first finding is printed
SITE = ROOT / "site"
CODE = ROOT / "src" / "helpers"
NOTEBOOKS = ROOT / "notebooks"
ANALYSIS = tuple(path for path in sorted(CODE.glob("*/")) if path.name != "commands")  # what notebooks use
DATA = tuple(sorted([*RECORD.glob("*.csv"), *RECORD.glob("*.json")]))


def main(asked: Mapping[str, str], jobs: int | None = None) -> int:
    """Does what is not done yet, and names the page to open.

    Parameters
    ----------
    asked : mapping
        What differs from the scope of the notebooks, {NAME: text}; empty for the record's own scope.
    jobs : int, optional
        How many notebooks run at once; by default as many as there are processors.

    Returns
    -------
    int
        The exit code.
    """
    out = folder_of(asked)
    with alone(BUILD):
        shutil.rmtree(BUILD / ".new", ignore_errors=True)  # what a run left there that was killed
        if failed := carry_out(steps(asked, out), BUILD / "done", jobs or os.cpu_count() or 1):
            return failed
    print(f"\n{next(iter(findings_in(out / 'notebooks' / START).values())).as_plain()}")
    print(f"\nRead it: {out / 'site' / 'index.html'}")
    return 0


def folder_of(asked: Mapping[str, str]) -> Path:
    """The folder of a scope: `build`, or one under it that is named after what differs."""
    if not asked:
        return BUILD
    return BUILD / "_".join(["scope", *(re.sub(r"[^\w,.-]", "-", f"{name}-{text}") for name, text in asked.items())])


def steps(asked: Mapping[str, str], out: Path) -> list[Step]:
    """The graph: check, then the scope if one is asked for, notebooks and tables side by side, then the pages."""
    own, chosen = str(out.relative_to(BUILD)), out / "scope.json"
    notebooks = sorted(NOTEBOOKS.rglob("*.ipynb"))
    lock = ROOT / "requirements.lock"
    read = (*DATA, CODE, lock)
    words = [f"{name}={text}" for name, text in asked.items()]
    graph = [Step("check", _check, read)]
    ready: tuple[str, ...] = ("check",)
    if asked:
        label = out / "label.txt"
        graph.append(Step(f"{own}: scope", lambda: _scope(asked, out), read, (chosen, label), ready))
        ready = (f"{own}: scope",)
    executed = []
    for path in notebooks:
        targets = (out / "figures" / path.stem, out / "notebooks" / path.relative_to(NOTEBOOKS))
        inputs = (path, *DATA, *ANALYSIS, CODE / "__init__.py", lock, *((chosen,) if asked else ()))
        work = _Execution(path, out, chosen if asked else None)
        graph.append(Step(f"{own}: {path.stem}", work, inputs, targets, ready, f"Executing {path.stem}"))
        executed.append(graph[-1])
    tables = BUILD / "tables"
    graph.append(Step("tables", lambda: _tables(tables), read, (tables,), ready, "Exporting build/tables"))
    inputs = (*(path for step in executed for path in step.outputs), tables, *read, SITE)
    inputs += tuple(
        ROOT / name for name in ("data/CODEBOOK.md", "data/RULES.md", "CHANGELOG.md", "CITATION.cff", "LICENSE-DATA")
    )
    before = tuple(step.name for step in graph[-1:] + executed)
    gathered, pages, shown = out / "source", out / "site", out.relative_to(ROOT).as_posix()
    graph.append(Step(f"{own}: source", lambda: _gather(notebooks, out), inputs, (gathered,), before))
    after, read = (f"{own}: source",), (gathered, SITE, *read)
    graph.append(Step(f"{own}: site", lambda: _render(out, words), read, (pages,), after, f"Rendering {shown}/site"))
    return graph


def _new(name: str) -> Path:
    """An empty folder for what a step writes, beside its place. No other run has it, not even one that outlived its parent."""
    (BUILD / ".new").mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=BUILD / ".new"))


def _check() -> str:
    return run(["-m", "helpers", "check"], ROOT)


def _scope(asked: Mapping[str, str], out: Path) -> str:
    """Refuses a scope that cannot be or leaves nothing, and writes it for papermill with its label for the pages."""
    folder = _new("scope")  # the scope's own folder is not there until it is known to hold something
    try:
        said = scope.write(asked, folder)
    except ValueError as error:
        raise RefusedError(str(error)) from None
    for name in ("label.txt", "scope.json"):
        put(folder / name, out / name)
    return said


class _Execution:
    """Executes one notebook, with its figures kept in a folder of its own."""

    def __init__(self, notebook: Path, out: Path, scope: Path | None) -> None:
        self.notebook, self.out, self.scope = notebook, out, scope

    def __call__(self) -> str:
        name = self.notebook.stem
        folder = _new(name)
        (folder / "figures").mkdir()
        executed = folder / self.notebook.name
        options = [
            "--cwd",
            self.notebook.parent.relative_to(ROOT),
            "--kernel",
            "python3",
            "--no-progress-bar",
            "--log-level",
            "ERROR",
        ]
        options += ["-f", str(self.scope.relative_to(ROOT))] if self.scope else []
        places = [path.relative_to(ROOT) for path in (self.notebook, executed)]
        try:
            run(["-m", "papermill", *options, *places], ROOT, HELPERS_FIGURES=folder / "figures")
        except RefusedError as error:  # what the notebook said, without what papermill went through
            raise RefusedError(str(error).partition("PapermillExecutionError: ")[2].strip() or str(error)) from None
        _forget_the_run(executed)
        put(folder / "figures", self.out / "figures" / name)
        put(executed, self.out / "notebooks" / self.notebook.relative_to(NOTEBOOKS))
        return ""


def _forget_the_run(executed: Path) -> None:
    """Takes out of a notebook what papermill notes of places and times, so that the same run gives the same bytes."""
    notebook = nbformat.read(executed, as_version=nbformat.NO_CONVERT)
    for part in (notebook, *notebook.cells):
        part.metadata.pop("papermill", None)
        part.metadata.pop("execution", None)
    nbformat.write(notebook, executed)


def _tables(place: Path) -> str:
    folder = _new("tables")
    run(["-m", "helpers", "export", folder / "tables"], ROOT)
    put(folder / "tables", place)
    return ""


def _gather(notebooks: list[Path], out: Path) -> str:
    """Writes what Sphinx renders, from the notebooks of this build and no other."""
    folder = _new("source")
    for path in notebooks:
        shutil.copytree(out / "figures" / path.stem, folder / "figures", dirs_exist_ok=True)
        own = Path("notebooks") / path.relative_to(NOTEBOOKS)
        (folder / own).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(out / own, folder / own)
    places = (folder / "notebooks", BUILD / "tables", folder / "figures", folder / "source")
    run([SITE, "assemble", *places], ROOT)
    put(folder / "source", out / "source")
    shutil.rmtree(folder)
    return ""


def _render(out: Path, words: list[str]) -> str:
    folder = _new("site")
    label = []
    if words:
        announcement = (out / "label.txt").read_text(encoding="utf-8").strip()
        label = ["-D", f"html_title=Scope: {' '.join(words)}", "-D", f"html_theme_options.announcement={announcement}"]
    quiet = ["-q", "-W", "--keep-going", "-c", SITE, "-d", folder / "doctrees"]
    run(["-m", "sphinx", *quiet, *label, out / "source", folder / "site"], ROOT)
    put(folder / "site", out / "site")
    shutil.rmtree(folder)
    return ""


def interrupted() -> int:
    """What is said when somebody stops a build; returns the exit code."""
    print("\nInterrupted. What was finished is kept; the same command goes on from there.", file=sys.stderr)
    return 130
