"""The wheel carries the data, and opens the record from any folder without the checkout."""

import os
import subprocess
import sys
import zipfile

import pytest
from support import ROOT

import helpers

ASK = (
    "import helpers; r = helpers.open_record(); print(helpers.__file__, len(r.register), len(r.held), r.focus, sep='|')"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds what the wheel installs, and nothing else."""
    place = tmp_path_factory.mktemp("wheel")
    program = f"import sys; sys.path.insert(0, 'tools'); import wheel_backend; print(wheel_backend.build_wheel({str(place)!r}))"
    built = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(place / built.stdout.strip()) as wheel:
        wheel.extractall(place / "installed")
    return place / "installed"


def asked(installed, *words):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    outside = installed.parent / "elsewhere"
    outside.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *words],
        cwd=outside,
        env=environment | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_record_opens_from_anywhere(installed):
    run = asked(installed, "-c", ASK)
    assert run.returncode == 0, run.stderr
    place, *numbers = run.stdout.strip().split("|")
    record = helpers.open_record()
    assert place.startswith(str(installed))
    assert numbers == [str(len(record.register)), str(len(record.held)), record.focus]


def test_the_wheel_holds_package_and_data_and_is_marked_as_typed(installed):
    inside = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    assert {f"helpers/data/{path.name}" for path in (ROOT / "data").iterdir()} <= inside
    assert "helpers/py.typed" in inside
    assert {one.split("/")[0] for one in inside if ".dist-info" not in one} == {"helpers"}
    assert [one for one in inside if one.endswith("LICENSE-DATA")]


def test_its_commands_work_too(installed):
    run = asked(installed, "-m", "helpers", "check")
    assert run.returncode == 0, run.stderr
    assert "in order" in run.stdout
    run = asked(installed, "-m", "helpers", "export", "tables")
    assert run.returncode == 0, run.stderr
    assert (installed.parent / "elsewhere" / "tables" / "panel.csv").exists()


@pytest.mark.parametrize("command", ["build", "refresh", "codebook"])
def test_what_needs_the_checkout_says_so_in_one_line(installed, command):
    run = asked(installed, "-m", "helpers", command)
    assert run.returncode == 1
    assert run.stderr.strip() == f"{command} needs a checkout of the project; this is the package alone"


def test_building_leaves_nothing_in_the_checkout():
    assert not (ROOT / "src" / "helpers" / "data").exists()
