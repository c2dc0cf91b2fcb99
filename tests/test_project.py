"""The project itself: one set of pins, lint, generated texts, links, and nothing of the workshop in it."""

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path

import conda_environment
import pytest
import set_up
import yaml
from support import ROOT

from pages import readme

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".cff", ".lock", ".json", ".css", ".js", ".html", ".csv", ""}


def test_the_conda_environment_is_written_from_the_lock():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == conda_environment.environment()
    assert set(conda_environment.asked()) <= set(conda_environment.locked())
    assert set(conda_environment.asked()) >= conda_environment.BY_PIP


@pytest.fixture
def set_up_in(monkeypatch, tmp_path):
    """Setting up in an empty folder: what pip is asked for, call by call."""
    said = []
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(set_up, "pip", lambda *words: said.append(Path(str(words[-1])).name))
    return said


def test_the_first_package_to_install_is_found_in_the_lock(set_up_in, tmp_path):
    """Without setuptools there, a source archive could not be built, and pip would fetch one without a hash."""
    assert set_up.main("test") == 0
    first = (tmp_path / "setuptools.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"setuptools==\S+ \\\n( +--hash=sha256:\w+( \\)?\n)+", first)
    assert first.rstrip("\n") in (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    assert set_up_in == ["setuptools.txt", "requirements-test.lock", ""]


def test_what_only_tests_need_is_installed_only_for_them(set_up_in):
    for kind, asked in [
        ("", ["requirements.lock", ""]),
        ("", []),
        ("test", ["setuptools.txt", "requirements-test.lock", ""]),
        ("test", []),
        ("", []),  # it is part of the other
    ]:
        set_up_in.clear()
        assert set_up.main(kind) == 0
        assert set_up_in == asked


def test_the_environment_finds_the_code_by_a_path_from_itself(set_up_in, monkeypatch, tmp_path):
    """So that a checkout may be copied with it, and lie under a name that the locale cannot write."""
    monkeypatch.setattr(set_up, "ROOT", tmp_path / "Übungen")
    monkeypatch.setattr(set_up, "VENV", tmp_path / "Übungen" / ".venv")
    packages = tmp_path / "Übungen" / ".venv" / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "helpers.pth").write_text("somewhere else", encoding="utf-8")
    set_up.install_helpers()
    said = (packages / "helpers.pth").read_text(encoding="ascii").strip()
    assert not Path(said).is_absolute()
    assert (packages / said).resolve() == (tmp_path / "Übungen" / "src").resolve()


def test_a_set_up_that_was_cut_short_is_not_done(set_up_in, monkeypatch):
    def cut(*words):
        raise subprocess.CalledProcessError(2, "pip")

    with monkeypatch.context() as patched:
        patched.setattr(set_up, "pip", cut)
        assert set_up.main() == 2
    assert set_up.main() == 0
    assert set_up_in == ["requirements.lock", ""]


def test_the_readers_lock_is_part_of_the_other_and_at_most_half_of_it():
    locks = [pins(ROOT / name) for name in ("requirements.lock", "requirements-test.lock")]
    assert locks[0].items() <= locks[1].items()
    assert len(locks[0]) <= len(locks[1]) / 2
    assert not locks[0].keys() & TESTING
    assert locks[1].keys() >= TESTING
    reader, tests = (hashes(ROOT / name) for name in ("requirements.lock", "requirements-test.lock"))
    assert (
        reader.items() <= tests.items()
    )  # a digit that changed in either is seen; in what tests alone need, pip sees it


# What `make run` must not install: tools of tests and editors; krippendorff is under the GPL.
TESTING = {"pytest", "nbval", "playwright", "hypothesis", "ruff", "mypy", "krippendorff", "jupyterlab", "statsmodels"}


def pins(lock):
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {conda_environment.normal(name): version for name, version in found}


def hashes(lock):
    """The hashes of each package in a lock."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.IGNORECASE)
    return {entry.partition("=")[0]: frozenset(re.findall(r"sha256:(\w{64})\b", entry)) for entry in entries}


def test_nothing_that_a_reader_installs_is_under_the_gpl_alone():
    """The licences that the installed packages name; one that leaves a choice, as docutils does, has another beside it."""
    for name in pins(ROOT / "requirements.lock"):
        try:
            about = metadata(name)
        except PackageNotFoundError:  # of another system
            continue
        named = [about.get("License-Expression") or "", *(about.get_all("Classifier") or [])]
        licences = [text for text in named if text and (text == named[0] or text.startswith("License ::"))]
        copyleft = [text for text in licences if re.search(r"\bA?GPL|GNU (Affero )?General Public", text)]
        assert not copyleft or len(licences) > len(copyleft), (name, licences)


@pytest.mark.parametrize(
    ("folders", "extras"),
    [(["src"], ["pages", "draft"]), (["src", "site", "tests", "tools"], ["pages", "draft", "test"])],
)
def test_every_package_that_is_imported_is_declared(folders, extras):
    project = PYPROJECT["project"]
    items = [*project["dependencies"], *(one for name in extras for one in project["optional-dependencies"][name])]
    declared = {conda_environment.normal(re.match(r"[A-Za-z0-9._-]+", item)[0]) for item in items}
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "examples" not in path.parts]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    own = {
        path.name.removesuffix(".py")
        for folder in ("src", "site", "tests", "tools")
        for path in (ROOT / folder).rglob("*")
    }
    roots = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - own
    homes = packages_distributions()
    foreign = {conda_environment.normal(home) for root in roots for home in homes.get(root, [root])}
    assert foreign <= declared, foreign - declared


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


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_is_hashed_and_names_no_index(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
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


HOSTED = {
    f"../../{page}" for page in ("deployments", "releases", "issues/new/choose")
}  # of whoever hosts the repository


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert target.startswith("http") or target in HOSTED or (ROOT / target).exists(), target


def test_the_readme_leads_to_pages_releases_and_issues():
    targets = set(re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert targets >= HOSTED


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
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        assert "sys.path" not in path.read_text(encoding="utf-8")
    from importlib.metadata import version

    assert version("csto-exercises") == PYPROJECT["project"]["version"]


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PUBLISH = {  # jobs that may write; they run nothing that comes from a checkout
    ("pages", "deploy"): {"pages": "write", "id-token": "write"},
    ("release", "publish"): {"contents": "write", "actions": "write"},
}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_actions_by_commit_with_least_rights(path):
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)(?: # (\S+))?", text)
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) and version for action, version in used), used
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert job["permissions"] == PUBLISH.get((path.stem, name), {"contents": "read"})
        checkouts = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
        assert not (checkouts and (path.stem, name) in PUBLISH)
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]  # nobody's words become a command
    assert "secrets." not in text
