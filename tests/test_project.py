"""The project itself: one set of pins, lint, generated texts, links, and nothing of the workshop in it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
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


def test_lint_and_format():
    for command in (["check", "--quiet", "."], ["format", "--check", "--quiet", "."]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_readme_quotes_the_notebooks():
    from pages import readme

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


def test_modules_keep_to_the_layers():
    """loaders, register and attendance import no analysis; analyses neither loaders nor figures; figures only style."""
    allowed = {
        "dates": set(),
        "intervals": set(),
        "contract": {"dates"},
        "loaders": {"dates", "contract"},
        "membership": {"dates"},
        "register": {"dates", "membership"},
        "attendance": {"membership", "register"},
        "scope": {"attendance", "register"},
        "network": {"intervals", "attendance"},
        "disengagement": {"dates", "attendance", "intervals", "membership", "register"},
        "exact": {"intervals"},
        "cadence": {"dates", "exact", "intervals"},
        "season": set(),
        "lives": {"cadence", "exact"},
        "hosts": {"intervals", "nullmodels"},
        "sizes": {"register"},
        "due": {"dates", "intervals", "lives"},
        "show": set(),
    }
    for name, may in allowed.items():
        text = (ROOT / "src" / "helpers" / f"{name}.py").read_text(encoding="utf-8")
        used = set(re.findall(r"^from helpers\.(\w+) import", text, re.MULTILINE))
        used |= {
            n.strip() for line in re.findall(r"^from helpers import (.+)", text, re.MULTILINE) for n in line.split(",")
        }
        assert used <= may, (name, used - may)
    for path in (ROOT / "src" / "helpers" / "figures").glob("*.py"):
        assert set(re.findall(r"^from (helpers[\w.]*) import", path.read_text(encoding="utf-8"), re.MULTILINE)) <= {
            "helpers.figures"
        }


# What may read files, draw or run by itself; every other module takes frames and returns frames.
ENTRY_POINTS = {"__init__", "changes", "check", "codebook", "export", "loaders", "record", "rerun", "show"}


def test_analyses_read_no_file_and_draw_nothing():
    for path in (ROOT / "src" / "helpers").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.stem not in ENTRY_POINTS:
            used = re.findall(r"^\s*from helpers(?:\.(\w+))? import (.+)|^\s*import (matplotlib)", text, re.MULTILINE)
            names = {name.strip() for found in used for part in found for name in part.split(",")}
            assert not names & {"loaders", "figures", "words", "matplotlib", "export"}, path.name


def test_no_module_has_outgrown_itself():
    for path in (ROOT / "src" / "helpers").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 260, path.name


def test_helpers_are_installed_and_not_found_by_luck():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert "sys.path" not in path.read_text(encoding="utf-8")
    from importlib.metadata import version

    assert version("csto-exercises") == PYPROJECT["project"]["version"]
