"""Writes environment.yml from pyproject.toml and requirements-test.lock: `python tools/conda_environment.py`, part of `make lock`."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# The same environment for conda users: conda env create -f environment.yml
# Written by make lock: every pin is the version in requirements-test.lock, so that executed outputs agree to the letter.
name: csto-exercises
channels:
  - conda-forge
  - nodefaults
dependencies:
"""
BY_PIP = {  # conda-forge has one as playwright-python, in older versions; no recipe of the others was found in November 2026
    "axe-playwright-python",
    "edtf",
    "font-source-sans-pro",
    "krippendorff",
    "playwright",
    "pymorphy3",
}


def normal(name: str) -> str:
    """A package's name in its one spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """{package: version} of the lock."""
    text = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    return {
        normal(name): version for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE)
    }


def asked() -> list[str]:
    """The packages that pyproject.toml names, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    return sorted({normal(re.match(r"[A-Za-z0-9._-]+", item)[0]) for item in wanted})


def environment() -> str:
    """The text of environment.yml."""
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    pins, names = locked(), asked()
    lines = [
        f"  - python{python}",
        *(f"  - {name}={pins[name]}" for name in names if name not in BY_PIP),
        "  - pip",
        "  - pip:",
    ]
    lines += [f"      - {name}=={pins[name]}" for name in names if name in BY_PIP]
    return HEAD + "\n".join([*lines, "      - -e ."]) + "\n"


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8")
