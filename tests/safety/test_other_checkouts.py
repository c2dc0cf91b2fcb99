"""A copied or renamed checkout works on its own code and data, or says in one line what to do."""

import os
import shutil
import subprocess
import sys
import venv

import pytest
import set_up
from support import ROOT

NAMES = ["a plain name", "with 'quotes' and \"more\"", "$HOME `x` #1", "Übungen ОДКБ"]


@pytest.fixture(params=NAMES)
def copy(request, tmp_path):
    """A checkout of another name, with no environment."""
    folder = tmp_path / request.param
    for name in ("src", "data", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(*words, folder, **more):
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONUTF8", "LC_ALL")}
    return subprocess.run(words, cwd=folder, env=clean | more, capture_output=True, text=True, check=False)


CHECK = ("-m", "helpers", "check")


def test_the_code_of_another_checkout_is_refused_in_one_line(copy):
    said = run(sys.executable, *CHECK, folder=copy, PYTHONPATH=str(ROOT / "src"))
    (line,) = said.stderr.splitlines()
    assert said.returncode == 1 and said.stdout == ""
    assert line == f"{copy} would be run with the code and data of {ROOT}; run python tools/set_up.py in it once"
    (copy / "notebooks").mkdir()
    notebook = run(sys.executable, "-c", "import helpers", folder=copy / "notebooks", PYTHONPATH=str(ROOT / "src"))
    assert notebook.stderr.splitlines()[-1].startswith(f"ImportError: {copy} would be run")


def test_an_environment_that_was_copied_with_its_checkout_finds_the_copy(copy, tmp_path, monkeypatch):
    """And under a locale that cannot write the folder's name, without git, and with no home folder."""
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    venv.create(copy / ".venv", symlinks=os.name != "nt")
    (own,) = (copy / ".venv").glob("**/site-packages")
    (own / "others.pth").write_text(packages, encoding="utf-8")
    (own / "helpers.pth").touch()
    monkeypatch.setattr(set_up, "ROOT", copy)
    monkeypatch.setattr(set_up, "VENV", copy / ".venv")
    monkeypatch.setattr(set_up, "pip", lambda *words: None)
    set_up.install_helpers()
    moved = copy.with_name(f"{copy.name}, moved")
    shutil.copytree(copy, moved, symlinks=True)
    python = moved / set_up.PYTHON.relative_to(ROOT)
    (moved / "data" / "shocks.csv").write_text("year;why\n", encoding="utf-8")
    nowhere = {"LC_ALL": "POSIX", "HOME": str(tmp_path / "none" / "such"), "PATH": ""}
    said = run(str(python), *CHECK, folder=moved, **nowhere)
    assert said.stderr.splitlines()[0].startswith("shocks.csv, line 1: the columns are separated by semicolons")
    shutil.copy(ROOT / "data" / "shocks.csv", moved / "data")
    said = run(str(python), *CHECK, folder=moved, **nowhere)
    assert (said.returncode, said.stderr) == (0, "")
    assert "in order" in said.stdout
