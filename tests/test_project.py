"""The project itself: one set of pins, lint, generated texts, links, and nothing of the workshop in it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from support import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".cff", ".lock", ".json", ".css", ".js", ".html", ".csv", ""}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {
        normal(name): version for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE)
    }


def asked():
    project = PYPROJECT["project"]
    wanted = [
        *project["dependencies"],
        *(item for group in project["optional-dependencies"].values() for item in group),
    ]
    return {normal(re.match(r"[A-Za-z0-9._-]+", item).group()) for item in wanted}


def conda():
    pins = {}
    for item in yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]:
        for pin in item["pip"] if isinstance(item, dict) else [item]:
            name, _, version = pin.replace("==", "=").partition("=")
            pins[normal(name)] = version
    return {name: version for name, version in pins.items() if name not in ("python>", "pip", "-e ")}


def test_the_three_lists_of_dependencies_agree():
    pins = {name: version for name, version in conda().items() if re.match(r"[a-z]", name)}
    assert set(pins) == asked()
    assert {name: locked()[name] for name in pins} == pins


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
    sys.path.insert(0, str(ROOT / "site"))
    try:
        import readme
    finally:
        sys.path.remove(str(ROOT / "site"))
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
