"""How long a reader and a developer wait, as multiples of a floor measured in the same run; part of `make bench`.

The floor is the same number of notebooks with nothing in them but the imports of each: kernels start, libraries load, and
nothing is computed. Runs happen in a copy, with this environment, so that nothing here is rebuilt or overwritten.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbclient
import nbformat

ROOT = Path(__file__).parents[1]
COPIED = (
    "src",
    "data",
    "notebooks",
    "site",
    "tools",
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE-DATA",
)


def code_of(notebook):
    """The source of each code cell of a notebook (path), in order."""
    return [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]


def imports_of(notebook):
    """The import statements of a notebook, as source."""
    trees = [ast.parse(source) for source in code_of(notebook)]
    found = [node for tree in trees for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    return "\n".join(map(ast.unparse, found))


def bare(notebook, target):
    """Writes the notebook's imports, and nothing else, as an executed notebook."""
    cell = nbformat.v4.new_code_cell(imports_of(notebook), execution_count=1)
    spec = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=spec), target)


def wall(folder, *command):
    """Wall time of a command in a folder, in seconds, and whether it succeeded."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    start = time.perf_counter()
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return time.perf_counter() - start, run.returncode == 0


def copy(names, folder):
    """Copies files and folders of the project, without what was built or compiled."""
    folder.mkdir(exist_ok=True)
    for name in names:
        source, ignored = ROOT / name, shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy2(source, folder / name)


def copy_of_the_project(folder):
    """Copies what a build needs."""
    copy(COPIED, folder)
    (folder / "floor").mkdir()
    for path in sorted((folder / "notebooks").rglob("*.ipynb")):
        bare(path, folder / "floor" / path.name)


def measure():
    """{what: (seconds, floor's seconds, succeeded)} of nbval and a build, cold and warm."""
    nbval = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy_of_the_project(folder)
        cold, fine = wall(folder, *nbval, "notebooks")
        floor = min(wall(folder, *nbval, "floor")[0] for _ in range(2))
        warm, still = wall(folder, *nbval, "notebooks")
        found = {"nbval, cold": (cold, floor, fine), "nbval, warm": (warm, floor, still)}
        papermill = [sys.executable, "-m", "papermill", "--kernel", "python3", "--no-progress-bar"]
        bare_ones = [[f"floor/{p.name}", f"{p.stem}.out.ipynb"] for p in (folder / "floor").glob("*")]
        start = time.perf_counter()
        with ThreadPoolExecutor(os.cpu_count()) as side_by_side:  # as a build does
            list(side_by_side.map(lambda paths: wall(folder, *papermill, *paths), bare_ones))
        floor = time.perf_counter() - start
        for state in ("cold", "warm"):
            seconds, fine = wall(folder, sys.executable, "-m", "helpers", "build")
            found[f"build, {state}"] = (seconds, floor, fine)
        return found


def kind_of(cell):
    """What a cell spends its time on: imports and opening the record, a figure, or all else."""
    named = {"setup": "imports and opening", "open": "imports and opening"}
    drawn = any("image/png" in output.get("data", {}) for output in cell.outputs)
    return named.get(cell.id, "figures" if drawn else "all else")


def spent():
    """{kind of cell: seconds} over all notebooks, each run in a kernel of its own."""
    found = dict.fromkeys(("imports and opening", "figures", "all else"), 0.0)
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        client = nbclient.NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}})
        with client.setup_kernel():
            for place, cell in enumerate(notebook.cells):
                if cell.cell_type == "code":
                    kind, start = kind_of(cell), time.perf_counter()
                    client.execute_cell(cell, place)
                    found[kind] += time.perf_counter() - start
    return found


def main():
    """Prints the waits as multiples of their floors, and what the notebooks spend theirs on."""
    print("\nWaits, as multiples of as many notebooks with the imports alone:")
    for what, (seconds, floor, fine) in measure().items():
        print(f"  {what:16s} {seconds / floor:5.2f}   ({seconds:.0f} s here{'' if fine else '; it did not succeed'})")
    told = spent()
    parts = ", ".join(f"{kind} {seconds / sum(told.values()):.0%}" for kind, seconds in told.items())
    print(f"  Of the time in cells: {parts} ({sum(told.values()):.0f} s here).")


if __name__ == "__main__":
    main()
