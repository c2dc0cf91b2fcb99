"""A graph of steps that is carried out by content: what changed is done again, whatever the time stamps say.

doit orders the steps and runs them side by side. Its own check of files trusts an equal time stamp, takes the state of an
input after the step that read it, and is written when all is over. Here each step leaves a stamp when it is done, and writes
it last: the digests of its inputs as they were before it ran, and of its outputs as it left them. An output that was touched
since, or that a run left behind which was killed, is never taken for done; what was finished before stays done.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doit.action import BaseAction
from doit.cmd_base import TaskLoader2
from doit.doit_cmd import DoitMain
from doit.exceptions import TaskFailed
from doit.reporter import ConsoleReporter
from doit.task import Task


@dataclass(frozen=True)
class Step:
    """One step: a name, what is said when it begins, what it reads and writes, and what must be done before."""

    name: str
    work: Callable[[], str]  # writes the outputs, and returns what is to be said of them
    inputs: tuple[Path, ...]  # files, and folders with all that is in them
    outputs: tuple[Path, ...] = ()
    after: tuple[str, ...] = ()
    says: str = ""


class RefusedError(Exception):
    """A command that a step ran has failed; the text is what it said."""


def carry_out(steps: Sequence[Step], memory: Path, jobs: int) -> int:
    """Carries out the steps that are not done yet, some side by side.

    Parameters
    ----------
    steps : sequence of Step
    memory : path
        The folder of the stamps of what was done; may be removed at any time.
    jobs : int
        How many steps run at once.

    Returns
    -------
    int
        0 if every step is done, 1 if one failed; the rest is then left alone.
    """
    memory.mkdir(parents=True, exist_ok=True)
    return 1 if DoitMain(_Loader(steps, memory, jobs), config_filenames=()).run(["run"]) else 0


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps a folder to one run: another that comes meanwhile says so in one line, and waits.

    The system gives the lock back whatever becomes of the run, a kill included. (A database's lock is the one that Python
    has on every system.)

    Parameters
    ----------
    folder : path
        Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder / "lock", timeout=1, isolation_level=None)
    waiting = False
    while not lock.in_transaction:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            if not waiting:
                print(f"Another run is at work in {folder.name}/; this one waits for it.", file=sys.stderr, flush=True)
            waiting = True
    try:
        yield
    finally:
        lock.close()


def run(command: Iterable[str | Path], folder: Path, **variables: str | Path) -> str:
    """Runs a Python module or script in a folder, without a shell, and returns what it printed.

    Parameters
    ----------
    command : iterable of str or path
        Arguments of this Python, such as `-m`, `papermill`.
    folder : path
        The working folder.
    **variables
        Environment variables to be set.

    Raises
    ------
    RefusedError
        With what the command said, if it fails.
    """
    environment = os.environ | {"PYTHONUTF8": "1"} | {name: str(value) for name, value in variables.items()}
    words = [sys.executable, *map(str, command)]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise RefusedError((done.stderr or done.stdout or f"{words[1:]} failed without a word").strip())
    return done.stdout.strip()


def put(new: Path, place: Path) -> None:
    """Puts what was written beside in its place. A folder is never seen in part: its old content goes as a whole, first."""
    place.parent.mkdir(parents=True, exist_ok=True)
    old = new.with_name(f"{new.name}.old")
    if place.is_dir():
        os.replace(place, old)
    os.replace(new, place)
    shutil.rmtree(old, ignore_errors=True)


def digest(paths: Iterable[Path]) -> str:
    """A digest of the names and bytes of files, and of all files in folders but compiled ones; a path that is not there counts, too."""
    total = hashlib.sha256()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in (file for file in inside if "__pycache__" not in file.parts):
            content = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else str(file.is_dir())
            total.update(f"{path.name}/{file.relative_to(path).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


class _Stamp:
    """The stamp of a step: what its inputs and outputs were when it was last done."""

    def __init__(self, step: Step, memory: Path) -> None:
        self.step, self.inputs = step, ""
        name = re.sub(r"\W+", "-", step.name)
        self.path = memory / f"{name}-{hashlib.sha256(step.name.encode()).hexdigest()[:8]}.json"

    def holds(self) -> bool:
        """Whether inputs and outputs are what they were; keeps what the inputs are now."""
        self.inputs = digest(self.step.inputs)
        try:
            done = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return done == {"inputs": self.inputs, "outputs": digest(self.step.outputs)}

    def write(self) -> None:
        """Says that the step is done. The stamp takes its place in one move, after the outputs have taken theirs."""
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"inputs": self.inputs, "outputs": digest(self.step.outputs)}), encoding="utf-8")
        os.replace(new, self.path)


class _Work(BaseAction):
    """The work of a step as an action. doit's own for functions redirects stdout, which steps side by side share."""

    def __init__(self, step: Step, stamp: _Stamp) -> None:
        self.step, self.stamp = step, stamp
        self.task, self.result, self.values = None, None, {}
        self.out, self.err = "", ""

    def execute(self, out: Any = None, err: Any = None) -> TaskFailed | None:
        try:
            self.out = self.step.work()
            self.stamp.write()
        except (RefusedError, OSError) as error:
            return TaskFailed(str(error))
        return None


class _Reporter(ConsoleReporter):
    """A line when a step begins, what it says when it ends, and why it failed."""

    def execute_task(self, task: Task) -> None:
        if task.title():
            print(task.title(), flush=True)

    def add_success(self, task: Task) -> None:
        for action in task.actions:
            if action.out:
                print(action.out, flush=True)

    def skip_uptodate(self, task: Task) -> None:
        pass

    def add_failure(self, task: Task, fail: Any) -> None:
        if fail.report:
            begun = f"{task.title()} failed.\n" if task.title() else ""
            print(begun + fail.get_msg().strip(), file=sys.stderr, flush=True)

    def complete_run(self) -> None:
        for message in self.runtime_errors:
            print(message, file=sys.stderr)


class _Loader(TaskLoader2):
    """Hands the steps to doit as tasks."""

    def __init__(self, steps: Sequence[Step], memory: Path, jobs: int) -> None:
        super().__init__()
        self.steps, self.memory, self.jobs = steps, memory, jobs

    def load_doit_config(self) -> dict[str, Any]:
        memory = {"dep_file": ":memory:", "backend": "sqlite3"}  # doit's own, of which nothing is kept
        return memory | {"reporter": _Reporter, "num_process": self.jobs, "par_type": "thread", "verbosity": 0}

    def load_tasks(self, cmd: Any, pos_args: Any) -> list[Task]:
        tasks = []
        for step in self.steps:
            stamp = _Stamp(step, self.memory)
            work, says = _Work(step, stamp), step.says
            done, title = [stamp.holds], (lambda task, says=says: says)
            tasks.append(Task(step.name, [work], uptodate=done, task_dep=list(step.after), title=title))
        return tasks
