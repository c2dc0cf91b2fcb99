"""Settings do what they are for: no command, check or right is lost by a slip in a file that no code reads."""

import os
import re
import shlex
import shutil
import subprocess
import tomllib

import faults
import pytest
import yaml
from support import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SET_UP, PY = ["python3", "tools/set_up.py"], ".venv/bin/python"
ROOT_ALONE = "--allow-root"  # JupyterLab asks the system's administrator for it
AUDIT = "build/audit/bin/python"
MAKE = {  # what each short name does, as make itself says it
    "run": [SET_UP, [PY, "-m", "helpers", "build"]],
    "test": [[*SET_UP, "test"], [PY, "-m", "pytest"]],
    "lab": [
        [*SET_UP, "test"],
        [
            PY,
            "-m",
            "jupyterlab",
            "--ServerApp.root_dir=.",
            "--ServerApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
        ],
    ],
    "refresh": [[*SET_UP, "test"], [PY, "-m", "helpers", "refresh"]],
    "check": [SET_UP, [PY, "-m", "helpers", "check"]],
    "changes": [SET_UP, [PY, "-m", "helpers", "changes"]],
    "changes BEFORE=a b'c": [SET_UP, [PY, "-m", "helpers", "changes", "a b'c"]],
    "bench": [[*SET_UP, "test"], [PY, "tools/bench.py"]],
    "faults": [[*SET_UP, "test"], [PY, "tools/plant_faults.py"]],
    "faults NUMBER=12": [[*SET_UP, "test"], [PY, "tools/plant_faults.py", "12"]],
    "faults GROUP=coding slips": [[*SET_UP, "test"], [PY, "tools/plant_faults.py", "", "coding slips"]],
    "lock": [["python3", "tools/lock.py"]],
    "clean": [["rm", "-rf", "build", ".venv", ".pytest_cache", ".ruff_cache", ".hypothesis", ".mypy_cache"]],
    "audit": [
        SET_UP,
        [
            "python3",
            "-m",
            "venv",
            "build/audit",
            "&&",
            AUDIT,
            "-m",
            "pip",
            "install",
            "--quiet",
            "pip-audit",
            "pip-licenses",
        ],
        [AUDIT, "-m", "piplicenses", f"--python={PY}", "--order=license"],
        [
            AUDIT,
            "-m",
            "pip_audit",
            "--requirement",
            "requirements-test.lock",
            "--disable-pip",
            "--progress-spinner=off",
        ],
    ],
}


def make(*words):
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHON", "BEFORE", "NUMBER", "GROUP", "MAKEFLAGS")
    }
    return subprocess.run(["make", *words], cwd=ROOT, env=clean, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("asked", MAKE)
def test_a_short_name_does_what_it_is_for(asked):
    target, _, variable = asked.partition(" ")
    said = make("--dry-run", target, *([variable] if variable else []))
    assert [[word for word in shlex.split(line) if word != ROOT_ALONE] for line in said.splitlines()] == MAKE[asked]
    assert not (ROOT / target).exists()  # a file of that name would keep make from doing it


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_alone_lists_every_short_name():
    listed = dict(re.findall(r"^  make (\w+) +(\S.*)$", make(), re.MULTILINE))
    assert set(listed) == {asked.partition(" ")[0] for asked in MAKE} | {"help"}
    assert make() == make("help")
    assert "make: command silent" not in make("check", "--dry-run")


def test_one_pytest_runs_every_test_strictly():
    options = PYPROJECT["tool"]["pytest"]["ini_options"]
    assert options["testpaths"] == ["tests", "notebooks", "examples"]
    assert options["filterwarnings"] == ["error:::helpers"]
    assert {"tests", "site", "tools"} == set(options["pythonpath"])
    needed = {
        "--nbval",
        "--nbval-kernel-name=python3",
        "--import-mode=importlib",
        "--strict-markers",
        "--dist=loadscope",
    }
    assert needed <= set(options["addopts"])
    assert not [word for word in options["addopts"] if re.search(r"lax|no:|--ignore|deselect|-k\b|-m\b|sanitize", word)]
    (timeout,) = (
        int(word.partition("=")[2]) for word in options["addopts"] if word.startswith("--nbval-cell-timeout=")
    )
    assert timeout >= 60


def test_what_the_tests_are_run_with_is_declared():
    """The plugins that pytest's options are of, and what tests import."""
    asked = {re.match(r"[A-Za-z0-9._-]+", one)[0] for one in PYPROJECT["project"]["optional-dependencies"]["test"]}
    assert {"pytest", "pytest-xdist", "nbval"} <= asked
    assert "-n2" in PYPROJECT["tool"]["pytest"]["ini_options"]["addopts"]


def test_an_action_has_one_commit_wherever_it_is_used():
    paths = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    used = set(re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (v[0-9.]+)\n", "".join(path.read_text() for path in paths)))
    assert len(used) == len({action for action, *_ in used})


def test_the_linter_and_the_type_checker_keep_their_rules():
    ruff, mypy = PYPROJECT["tool"]["ruff"], PYPROJECT["tool"]["mypy"]
    assert set(ruff["lint"]["select"]) >= {"E", "F", "W", "I", "B", "C4", "D", "N", "PD", "RUF", "SIM", "UP"}
    assert ruff["extend-exclude"] == ["build"]
    assert ruff["line-length"] == 120
    assert len(ruff["lint"]["ignore"]) <= 10
    assert mypy["packages"] == ["helpers"] and mypy["disallow_untyped_defs"] and mypy["warn_unused_ignores"]


def test_a_push_is_tested_as_a_whole_on_every_python():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    assert {"push", "pull_request"} <= set(workflow[True])  # YAML reads the word on as true
    job = workflow["jobs"]["test"]
    pythons = job["strategy"]["matrix"]["python"]
    assert pythons == ["3.11", "3.12", "3.13"]
    assert PYPROJECT["project"]["requires-python"] == f">={pythons[0]}"
    assert f"Python {pythons[0]} or newer" in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert not job["strategy"]["fail-fast"]
    python = next(step for step in job["steps"] if "setup-python" in step.get("uses", ""))
    assert python["with"]["python-version"] == "${{ matrix.python }}"
    ran = [step["run"].strip() for step in job["steps"] if "run" in step]
    again = '! make run | grep -E "^(Executing|Exporting|Rendering)|in order"'
    assert ran == ["make test", "bash .ci/environment", "make run", again]
    kept = job["steps"][-1]
    assert kept["uses"].startswith("actions/upload-artifact@")
    assert kept["with"] == {"name": "site", "path": "build/site"} and kept["if"] == "matrix.python == '3.13'"
    assert job["timeout-minutes"] == 60 and "continue-on-error" not in job
    assert job["runs-on"] == "ubuntu-latest"


def test_the_newest_versions_are_tried_every_week():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "newest.yml").read_text(encoding="utf-8"))
    assert workflow[True]["schedule"] == [{"cron": "17 4 * * 1"}] and "workflow_dispatch" in workflow[True]
    job = workflow["jobs"]["newest"]
    assert job["continue-on-error"] and job["timeout-minutes"] == 60 and job["runs-on"] == "ubuntu-latest"
    assert job["steps"][-1] == {"run": "bash .ci/newest"}
    assert job["steps"][-2]["with"] == {"python-version": "3.13"}


def test_the_addresses_of_sources_are_asked_every_week_and_the_table_is_kept():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "newest.yml").read_text(encoding="utf-8"))
    asks, keeps = workflow["jobs"]["addresses"]["steps"][-2:]
    assert asks["run"].startswith("python tools/check_addresses.py addresses.csv")
    assert keeps["uses"].startswith("actions/upload-artifact@")
    assert workflow["jobs"]["addresses"]["timeout-minutes"] == 120
    assert keeps["with"] == {"name": "addresses", "path": "addresses.csv"}


def test_actions_and_packages_are_kept_new():
    settings = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))
    assert settings["version"] == 2
    asked = {one["package-ecosystem"]: (one["directory"], one["schedule"]["interval"]) for one in settings["updates"]}
    assert asked == {"github-actions": ("/", "weekly"), "pip": ("/", "monthly")}
    assert settings["updates"][1]["groups"] == {"packages": {"patterns": ["*"]}}


SCRIPTS = {  # what each script cannot do without, in this order
    ".ci/run": ["set -euo pipefail", "cd ", "python3-venv make", "chromium fonts", "make test", "bash .ci/environment", "make run", "second=$(make run)", 'grep -E "^(Executing|Exporting|Rendering)|in order" <<< "$second"', "git diff --exit-code -- notebooks data README.md", 'echo "1 passed, 0 failed"\n'],
    ".ci/environment": ["set -euo pipefail", "cd ", "fresh=build/environment", "rm -rf", "python3 -m venv", "import yaml", "dependencies", "for pin in", "startswith", "print(pin", "PY\n", 'pip install --quiet --disable-pip-version-check -r', "--no-deps --no-build-isolation --editable .", "-m pytest --nbval notebooks"],
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_of_continuous_integration_does_all_it_is_for(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    at = 0
    for words in SCRIPTS[name]:
        assert words in text[at:], words
        at = text.index(words, at)
    assert subprocess.run(["bash", "-n", ROOT / name], check=False).returncode == 0


def test_faults_of_every_group_are_found_and_change_one_file_each():
    found = faults.faults()
    assert len(found) >= 200
    assert {fault.group for fault in found} == set(faults.GROUPS)
    assert found == faults.faults()
    assert len({fault.text for fault in found}) > 0.98 * len(found)
    for fault in found:
        assert fault.text != (ROOT / fault.place).read_text(encoding="utf-8"), fault.what
