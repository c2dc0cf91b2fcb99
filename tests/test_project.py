"""The project itself: one set of pins, lint, generated texts, links, and nothing of the workshop in it."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import conda_environment
import pytest
import set_up
from support import ROOT

from pages import readme

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".cff", ".lock", ".json", ".css", ".js", ".html", ".csv", ""}


def test_the_conda_environment_is_written_from_the_lock():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == conda_environment.environment()
    assert set(conda_environment.asked()) <= set(conda_environment.locked())
    assert set(conda_environment.asked()) >= conda_environment.BY_PIP


def test_the_first_package_to_install_is_found_in_the_lock(monkeypatch, tmp_path):
    """Without setuptools there, a source archive could not be built, and pip would fetch one without a hash."""
    said = []
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(set_up, "pip", lambda *words: said.append([str(word) for word in words]))
    assert set_up.main() == 0
    first = (tmp_path / "setuptools.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"setuptools==\S+ \\\n( +--hash=sha256:\w+( \\)?\n)+", first)
    assert first.rstrip("\n") in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert [words[-1] for words in said] == [str(tmp_path / "setuptools.txt"), str(ROOT / "requirements.lock"), "."]
    assert set_up.main() == 0 and len(said) == 3  # it is done


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize(
    ("words", "options"),
    [
        ([], []),
        (
            ["SINCE=2013", "CLASSES=exercise, operation", "FOCUS=UZB"],
            ["--since=2013", "--classes=exercise, operation", "--focus=UZB"],
        ),
        (["FOCUS="], ["--focus="]),
        (["FOCUS=a'b; echo c"], ["--focus=a'b; echo c"]),
    ],
)
def test_make_hands_a_scope_on_as_options(words, options):
    said = subprocess.run(
        ["make", "--dry-run", "run", *words],
        cwd=ROOT,
        env=os.environ | {"UNTIL": "2001"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]
    assert shlex.split(said) == [".venv/bin/python", "-m", "helpers", "build", *options]


def test_the_lock_is_hashed_and_names_no_index():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip(), flags=re.IGNORECASE)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index" not in re.sub(r"^[a-z0-9._-]+==.*", "", text, flags=re.MULTILINE)


def test_code_passes_the_linter_and_the_formatter():
    for command in (["check", "--quiet", "."], ["format", "--check", "--quiet", "."]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_readme_quotes_the_notebooks():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.renewed(text) == text
    assert readme.FIGURE.exists()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert target.startswith("http") or (ROOT / target).exists(), target


def tracked():
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = run.stdout.split("\n") if run.returncode == 0 else []
    return [ROOT / name for name in names if name and Path(name).suffix in TEXT and (ROOT / name).exists()]


def test_no_trace_of_a_machine_or_an_index():
    forbidden = re.compile(r"(?<![\w.])/(?:work|root|farm)/|pypi\.|/simple\b|index[-]url|conda\.anaconda")
    for path in tracked():
        if path != Path(__file__):
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found, (path.name, found)


def test_helpers_are_installed_and_not_found_by_luck():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert "sys.path" not in path.read_text(encoding="utf-8")
    from importlib.metadata import version

    assert version("csto-exercises") == PYPROJECT["project"]["version"]
