"""Plants single faults in a copy of the project, and counts how many the tests catch: `make faults`, or `... NUMBER=12`.

A fault is one changed datum in a table, one changed constant or operator or dropped plotting call in a module, one altered
output, unexecuted cell or edited finding in a notebook, one changed line of a generated text. They are found by walking
syntax trees, tables and notebooks with a fixed seed, so that the list follows the project as modules come and go. Each fault is
put to the tests that mention what it is in, and if those pass to the notebooks that it can reach. Some changes alter nothing
that can be seen (a tolerance, a seed, a margin of a figure); every escape is listed with its place, to become a test or to be
judged harmless. As many faults are planted at once as there are processors, each in a copy of its own.
"""

import ast
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import wall_times

ROOT = Path(__file__).parents[1]
SEED = 20261122
PER_MODULE = 2  # faults in each module of helpers
COPIED = (
    *wall_times.COPIED,
    "examples",
    "tests",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "environment.yml",
    "LICENSE",
)
SLOW = {"notebooks", "site"}  # folders of tests that look at the whole
TIMEOUT = 600  # seconds after which a run of tests counts as having caught a hang
PLOTS = {"add_patch", "annotate", "axhline", "axvline", "bar", "barh", "hlines", "plot", "scatter"}
PLOTS |= {"add_collection", "legend", "set_title", "set_xticks", "set_yticks", "text", "vlines"}

# `text`: the whole file with the fault; `tests`: what to run first.
Fault = namedtuple("Fault", "kind place what text tests")

SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def data_faults(rng):
    """One datum of each table gives way to another value of its column."""
    for path in sorted((ROOT / "data").glob("*.csv")):
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        head, body = rows[0], rows[1:]
        column = rng.choice([at for at in range(len(head)) if len({row[at] for row in body} - {""}) > 1])
        at = rng.choice([at for at, row in enumerate(body) if row[column]])
        was = body[at][column]
        body[at][column] = rng.choice(sorted({row[column] for row in body} - {"", was}))
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([head, *body])
        what = f"row {at + 2}, {head[column]}: {was[:40]!r} -> {body[at][column][:40]!r}"
        yield Fault(
            "datum",
            path.relative_to(ROOT),
            what,
            text.getvalue(),
            ["tests/loaders/test_published_tables.py", "tests/commands/test_codebook.py"],
        )


def code_faults(rng):
    """PER_MODULE changed constants or operators in each module, and one dropped plotting call in each figure's."""
    for path in sorted((ROOT / "src" / "helpers").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        changes = [change for node in ast.walk(tree) if (change := _changed(node))]
        if path.stem.startswith("figures"):
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and _plots(node.value)]
            for node in rng.sample(calls, min(1, len(calls))):
                yield _code_fault("plotting call", path, source, node, "pass")
        for node, new in rng.sample(changes, min(PER_MODULE, len(changes))):
            yield _code_fault("code", path, source, node, new)


def _changed(node):
    """(node, new source) of a constant, comparison, calculation or condition; None of anything else."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float) and hasattr(node, "end_lineno"):
        return node, repr(node.value + 1)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        return (
            node,
            f"({ast.unparse(ast.Compare(node.left, [SWAPS[type(node.ops[0])](), *node.ops[1:]], node.comparators))})",
        )
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
        return node, f"({ast.unparse(ast.BinOp(node.left, SWAPS[type(node.op)](), node.right))})"
    if isinstance(node, ast.BoolOp):
        return node, f"({ast.unparse(ast.BoolOp(SWAPS[type(node.op)](), node.values))})"
    return None


def _plots(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PLOTS


def _code_fault(kind, path, source, node, new):
    lines = source.encode().splitlines(keepends=True)  # syntax trees count bytes
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    was = b"".join(lines)[start:end].decode()
    text = (b"".join(lines)[:start] + new.encode() + b"".join(lines)[end:]).decode()
    what = f"line {node.lineno}: {' '.join(was.split())[:60]} -> {' '.join(new.split())[:60]}"
    return Fault(kind, path.relative_to(ROOT), what, text, _tests_of(path))


def _tests_of(path):
    """Test files that import a module, its own first; of one that none imports, those of the pages, which reach it."""
    name = _module(path)
    tests = [
        test for test in (ROOT / "tests").rglob("test_*.py") if test.relative_to(ROOT / "tests").parts[0] not in SLOW
    ]
    tests = [test for test in sorted(tests) if name in _imports(test.read_text(encoding="utf-8"))]
    told = [str(test.relative_to(ROOT)) for test in sorted(tests, key=lambda test: test.stem != f"test_{path.stem}")]
    return (told or ["tests/site/test_pages.py"]) + ["tests/site/test_figures.py"] * path.stem.startswith("figures")


def _module(path):
    """The dotted name of a module."""
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def _imports(source):
    """Names of the modules of helpers that a source imports (set of dotted names)."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] == "helpers"}


def _reached():
    """{module file: notebooks (paths) that import it, if only by way of others}."""
    root = ROOT / "src" / "helpers"
    files = {_module(path): path for path in root.rglob("*.py")}
    uses = {name: _imports(path.read_text(encoding="utf-8")) & set(files) for name, path in files.items()}
    reached = {path: [] for path in files.values()}
    for notebook in notebooks():
        code = wall_times.code_of(notebook)
        seen, new = set(), _imports("\n".join(code)) & set(files)
        while new:
            seen |= new
            new = set().union(*(uses[name] for name in new)) - seen
        for name in seen:
            reached[files[name]].append(notebook)
    return reached


def notebooks():
    """All committed notebooks (paths)."""
    return sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "examples").glob("*.ipynb")])


def notebook_faults(rng):
    """In each notebook an altered output, an unexecuted cell and an edited finding."""
    for path in notebooks():
        place = path.relative_to(ROOT)
        tests = ["tests/notebooks/test_hygiene.py", "-k", f"not nbval and {path.stem}"]
        for kind, edit in [("stale output", _stale), ("unexecuted cell", _unexecuted), ("edited finding", _edited)]:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            cell = edit(notebook, rng)
            text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
            yield Fault(kind, place, f"cell {cell}", text, tests)


def _with(notebook, mime):
    return [
        (cell, output["data"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for output in cell["outputs"]
        if mime in output.get("data", {})
    ]


def _stale(notebook, rng):
    cell, data = rng.choice(
        [(c, d) for c, d in _with(notebook, "text/plain") if re.search(r"\d", "".join(d["text/plain"]))]
    )
    told = "".join(data["text/plain"])
    at = rng.choice([match.start() for match in re.finditer(r"\d", told)])
    data["text/plain"] = (told[:at] + str((int(told[at]) + 1) % 10) + told[at + 1 :]).splitlines(keepends=True)
    return cell["id"]


def _unexecuted(notebook, rng):
    cell = rng.choice([cell for cell in notebook["cells"] if cell["cell_type"] == "code" and cell["outputs"]])
    cell["execution_count"], cell["outputs"] = None, []
    return cell["id"]


def _edited(notebook, rng):
    cell, data = rng.choice(_with(notebook, "text/markdown"))
    words = "".join(data["text/markdown"]).split(" ")
    at = rng.choice([at for at, word in enumerate(words) if word.isalpha()])
    words[at] = words[at][::-1] + "x"
    data["text/markdown"] = " ".join(words).splitlines(keepends=True)
    return cell["id"]


def text_faults(rng):
    """One line of each generated text."""
    for name, tests in [
        ("README.md", "tests/test_project.py"),
        ("data/CODEBOOK.md", "tests/commands/test_codebook.py"),
    ]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines(keepends=True)
        generated = [at for at, line in enumerate(lines) if line.startswith("| ") and re.search(r"\d", line)]
        at = rng.choice(generated)
        digit = rng.choice([match.start() for match in re.finditer(r"\d", lines[at])])
        lines[at] = lines[at][:digit] + str((int(lines[at][digit]) + 1) % 10) + lines[at][digit + 1 :]
        yield Fault("generated text", Path(name), f"line {at + 1}", "".join(lines), [tests])


def every_fault():
    """All faults, the same ones as long as the project is the same."""
    rng = random.Random(SEED)
    return [fault for find in (data_faults, code_faults, notebook_faults, text_faults) for fault in find(rng)]


def sample(faults, number):
    """`number` faults, of as many kinds and places as it allows."""
    rng = random.Random(SEED)
    faults = rng.sample(faults, len(faults))
    seen = Counter()
    ranked = []
    for fault in faults:
        seen[fault.kind] += 1
        ranked.append((seen[fault.kind], fault.kind, fault))
    return [fault for *_, fault in sorted(ranked, key=lambda row: row[:2])][:number]


def failures(folder, *what):
    """What pytest says of the tests that fail in a copy; an empty text if all pass."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *what]
    try:
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return "no end in sight"
    return (run.stdout + run.stderr)[-2000:] or "failed" if run.returncode else ""


def _told(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


def caught(folder, fault, reached):
    """Whether the tests fail with the fault in place; the copy is as before afterwards."""
    path = folder / fault.place
    before = path.read_text(encoding="utf-8")
    path.write_text(fault.text, encoding="utf-8")
    try:
        if failures(folder, "-p", "no:nbval", "-o", "addopts=--import-mode=importlib", *fault.tests):
            return True
        if fault.kind == "generated text":
            return False
        told = (
            [str(fault.place)]
            if fault.place.suffix == ".ipynb"
            else _told(reached.get(ROOT / fault.place, notebooks()))
        )
        return bool(told) and bool(failures(folder, "-n0", *told))
    finally:
        path.write_text(before, encoding="utf-8")


def main(number=None):
    """Plants the faults and prints the share caught; returns 1 if the tests fail without any."""
    faults, reached = every_fault(), _reached()
    chosen = sample(faults, int(number)) if number else faults
    print(f"{len(faults)} faults found in the project; {len(chosen)} are planted.", flush=True)
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(workers) as pool:
        folders = Queue()
        for at in range(workers):
            wall_times.copy(COPIED, Path(place, str(at)))
            folders.put(Path(place, str(at)))
        control = sorted({test for fault in chosen for test in fault.tests if test.startswith("tests/")})
        folder = folders.get()
        wrong = failures(folder, *control, *_told(notebooks()))
        folders.put(folder)
        if wrong:
            print(f"{wrong}\nThe tests fail without any fault; nothing can be said.")
            return 1

        def plant(fault):
            folder = folders.get()
            try:
                return caught(folder, fault, reached)
            finally:
                folders.put(folder)

        counts = Counter()
        for fault, found in zip(chosen, pool.map(plant, chosen), strict=True):
            counts[fault.kind, found] += 1
            words = "." if found else f"\n  escaped: {fault.kind} in {fault.place}, {fault.what}\n"
            print(words, end="", flush=True)
    print(f"\n{sum(n for (_, found), n in counts.items() if found)} of {len(chosen)} caught.")
    for kind in dict.fromkeys(fault.kind for fault in faults):
        print(f"  {kind:16s} {counts[kind, True]:3d} of {counts[kind, True] + counts[kind, False]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
