"""Plants single faults in a copy of the project, and counts how many the tests catch: `make faults`, `... NUMBER=12 GROUP=figures`.

What is generated is renewed first, as whoever made the fault would do: so no comparison of a committed output with the code's
catches anything, and nbval is left out. Each fault is put to the tests of its group, those that see most first. Some change
nothing that can be seen (a tolerance, a margin); every escape is printed with its place, to become a test or to be judged
harmless. A test that caught a fault is then run without any, and does not count if it fails there too. As many faults are
planted at once as there are processors, each in a copy of its own. `tools/faults.py` finds them.
"""

import ast
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import Queue

import pytest
import wall_times
from faults import GROUPS, ROOT, Fault, faults

COPIED = sorted(
    {
        *wall_times.COPIED,
        "examples",
        "tests",
        "README.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "environment.yml",
    }
    | {
        "requirements-test.lock",
        "SECURITY.md",
        ".github",
        ".ci",
        ".gitignore",
        ".zenodo.json",
        ".binder",
        ".devcontainer",
    }
)
APPROVED = "tests/notebooks/test_approved.py::test_a_notebook_says_what_was_approved"  # of the notebooks that a module bears on
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
TESTS = {  # of each group, those that see most first, besides the tests that import the module or name the file
    "coding slips": [
        "tests/loaders/test_published_tables.py",
        "tests/loaders",
        "tests/derive",
        "tests/analyses",
        "tests/commands",
    ],
    "rules and constants": [
        APPROVED,
        "tests/test_types.py",
        "tests/derive",
        "tests/statistics",
        "tests/loaders",
    ],
    "figures": [
        APPROVED,
        "tests/test_types.py",
        "tests/display",
        "tests/analyses",
        "tests/notebooks/test_figures_shown.py",
    ],
    "findings": [
        APPROVED,
        "tests/test_types.py",
        "tests/analyses",
        "tests/display",
        "tests/notebooks/test_other_scopes.py",
        "tests/safety",
    ],
    "templates and builders": ["tests/site/test_approved_pages.py", "tests/test_types.py", "tests/site"],
    "CSS and script": ["tests/site/test_approved_style.py", "tests/site"],
    "settings": ["tests/test_settings.py", "tests/test_project.py", "tests/test_types.py"],
}
RENEWED = {  # how what is generated from a file follows it
    "data": ["-m", "helpers", "codebook"],
    "pyproject.toml": ["tools/conda_environment.py"],
    "requirements-test.lock": ["tools/conda_environment.py"],
}
KEPT = {  # folders of a build that a fault in a folder leaves as they are; the tests take them from a run without any fault
    "site/static": "notebooks figures tables source site",
    "site": "notebooks figures tables",
}
TIMEOUT = 1800  # seconds after which a run of tests counts as having caught a hang: the longest takes half of it
# Libraries that nearly every test needs: a process that has them is copied for each run of tests, the project's own code not.
SHARED = [
    "plant_faults",
    "pandas",
    "networkx",
    "matplotlib.figure",
    "scipy.stats",
    "nbformat",
    "hypothesis",
    "frictionless",
]
OPTIONS = [
    "-q",
    "-x",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:nbval",
    "-o",
    "addopts=--import-mode=importlib --strict-markers",
]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """Runs Python in a copy, with the code of the copy."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


def run_tests(folder: Path, *words: str, parts: str | None = None) -> tuple[int | None, str]:
    """The exit code of pytest in a copy, None if it took longer than TIMEOUT, and what it said.

    If `parts` are given, the tests of pages take these folders of the build that lies beside the copy, and leave one there if
    there is none.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(SHARED)
    said = folder.with_name(f"{folder.name}.said")
    child = context.Process(target=_run_tests_here, args=(folder, words, said, parts))
    child.start()
    child.join(TIMEOUT)
    if child.exitcode is None:
        child.kill()
        child.join()
        return None, ""
    return child.exitcode, said.read_text(encoding="utf-8", errors="replace")


def _run_tests_here(folder: Path, words: tuple[str, ...], said: Path, parts: str | None) -> None:
    """Runs pytest in this process, which is a copy of one that knows SHARED; what it says goes to a file."""
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ |= {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    if parts is not None:
        os.environ |= {"KEPT_BUILD": str(folder.with_name("build")), "KEPT_PARTS": parts}
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder / "src"))
    os.chdir(folder)
    code = int(pytest.main(list(words)))
    sys.stdout.flush()
    os._exit(code)


def tests_for(fault: Fault) -> tuple[list[str], list[str]]:
    """What a fault is put to: the tests of its file that stand in the same folder of tests, or have its name, and what sees
    most of its group; then all others that may see it.
    """
    place = fault.place
    name = ".".join(place.with_suffix("").parts[1:]) if place.suffix == ".py" else place.name
    mirror = ROOT / "tests" / "/".join(place.parent.parts[2:])  # of src/helpers
    paths, same = sorted((ROOT / "tests").rglob("test_*.py")), f"test_{place.stem}"
    own = [path for path in paths if name in _mentioned(path) or path.stem == same]
    near = [path for path in own if path.parent == mirror or path.stem == same]
    first, *others = TESTS[fault.group]
    firsts = (
        [first] if first != APPROVED else [f"{APPROVED}[{path.stem}]" for path in NOTEBOOKS if name in _reached(path)]
    )
    return (
        [*(str(path.relative_to(ROOT)) for path in near), *firsts],
        [*(str(path.relative_to(ROOT)) for path in own if path not in near), *others],
    )


def _reached(path: Path) -> set[str]:
    """Modules of the project that a notebook imports, and all that those import."""
    reached, ahead = set(), set(_mentioned(path))
    while ahead:
        name = ahead.pop()
        files = [ROOT / "src" / f"{name.replace('.', '/')}{end}" for end in (".py", "/__init__.py")]
        if name not in reached and (found := [one for one in files if one.is_file()]):
            reached.add(name)
            ahead |= _mentioned(found[0])
    return reached


@cache
def _mentioned(path: Path) -> frozenset[str]:
    """Modules that a file of code or a notebook imports, and names of files in its texts."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(re.findall(r"[\w./-]+", node.value))
    return frozenset(found)


def find_catcher(folder: Path, fault: Fault, tests: Collection[str], failing: Collection[str] = ()) -> str:
    """The first test that fails with the fault in place and what is generated renewed; blank if none does.

    Parameters
    ----------
    folder
        A copy of the project, which is as before afterwards.
    fault
        What is planted.
    tests
        Files and names of tests, in the order in which they are tried.
    failing
        Tests that fail without any fault, and are left out.
    """
    kept = {path: path.read_bytes() for path in (folder / fault.place, *(folder / name for name in GENERATED))}
    deselected = [word for name in failing for word in ("--deselect", name)]
    try:
        (folder / fault.place).write_text(fault.text, encoding="utf-8")
        if renewal := RENEWED.get(fault.place.parts[0]):
            run(folder, *renewal)  # what stops it stops the tests, too
        place = fault.place.as_posix()
        parts = next((parts for start, parts in KEPT.items() if place.startswith(f"{start}/")), None)
        code, said = run_tests(folder, *OPTIONS, *deselected, *tests, parts=parts)
        return "" if code in (0, 5) else next(iter(failures(said)), NO_TEST)
    except subprocess.TimeoutExpired:
        return NO_TEST
    finally:
        for path, content in kept.items():
            path.write_bytes(content)


def failures(said: str) -> list[str]:
    """The tests that a run says failed, each without its parameters, or the files that could not be read."""
    found = re.findall(r"^(?:FAILED|ERROR) ([^\s\[]+)", said, re.MULTILINE)
    return sorted(set(found))


MET = "the tests that are nearest", "all others that may see them"
ESCAPED = "not caught yet", "escaped"
NO_TEST = "stopped the tests, or made them hang"  # counts as caught
GENERATED = ("data/CODEBOOK.md", "environment.yml")


def sample(found: list[Fault], number: int) -> list[Fault]:
    """`number` faults, each group in turn."""
    seen: Counter[str] = Counter()
    ranked = []
    for fault in found:
        seen[fault.group] += 1
        ranked.append((seen[fault.group], fault))
    return [fault for _, fault in sorted(ranked, key=lambda one: one[0])][:number]


def main(number: str = "", group: str = "") -> int:
    """Plants the faults, or some of them, and prints the share caught of each group, and each escape."""
    found = [fault for fault in faults() if group in ("", fault.group)]
    chosen = sample(found, int(number)) if number else found
    print(f"{len(found)} faults found in the project; {len(chosen)} are planted.", flush=True)
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(workers) as pool:
        folders: Queue[Path] = Queue()
        for at in range(workers):
            wall_times.copy(COPIED, Path(place, str(at)))
            folders.put(Path(place, str(at)))

        def plant(fault: Fault, stage: int, failing: Collection[str]) -> str:
            tests = tests_for(fault)[stage]
            folder = folders.get()
            try:
                return find_catcher(folder, fault, tests, failing) if tests else ""
            finally:
                folders.put(folder)

        caught_by: dict[Fault, str] = {}

        def put(faults: list[Fault], failing: Collection[str] = ()) -> None:
            for stage, met in enumerate(MET):  # what the nearest tests let through waits until all have met theirs
                print(f"\n{len(faults)} meet {met}:", flush=True)
                names = pool.map(lambda fault, stage=stage: plant(fault, stage, failing), faults)
                for fault, name in zip(faults, names, strict=True):
                    caught_by[fault] = name
                    told = {"": ESCAPED[stage], NO_TEST: NO_TEST}.get(name)
                    print(f"\n  {told}: {fault.place}, {fault.what}\n" if told else ".", end="", flush=True)
                faults = [fault for fault in faults if not caught_by[fault]]

        if any(fault.place.parts[0] == "site" for fault in chosen):  # leaves a build beside the copies
            run_tests(Path(place, "0"), *OPTIONS, "tests/site/test_pages.py", parts="")
        put(chosen)
        # A test that caught a fault must pass without any: those that do not are left out, and their faults planted again.
        folder = folders.get()
        names = sorted(set(caught_by.values()) - {"", NO_TEST})
        said = run_tests(folder, *[word for word in OPTIONS if word != "-x"], *names)[1] if names else ""
        folders.put(folder)
        failing = failures(said)
        for name in failing:
            print(f"\n  fails without any fault, and is left out: {name}", flush=True)
        if failing:
            put([fault for fault, name in caught_by.items() if name in failing], failing)
    counts = Counter((fault.group, bool(name)) for fault, name in caught_by.items())
    print(f"\n{sum(n for (_, caught), n in counts.items() if caught)} of {len(chosen)} caught.")
    for name in GROUPS:
        if planted := counts[name, True] + counts[name, False]:
            print(f"  {name:24s} {counts[name, True]:3d} of {planted}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
