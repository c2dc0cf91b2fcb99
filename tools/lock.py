"""Renews both locks from pyproject.toml, and environment.yml from all three: `python tools/lock.py`, which is `make lock`.

`requirements.lock` is what `make run` needs, `requirements-test.lock` that and what tests and editors need, in the same
versions. Every entry has its hashes and none an address. `--keep` adds what is new and changes no other version.
"""

import subprocess
import sys
import venv
from pathlib import Path

import conda_environment

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "build" / "lock"  # an environment for uv alone
OPTIONS = ["--universal", "--fork-strategy", "fewest", "--python-version", "3.11", "--generate-hashes"]
OPTIONS += ["--no-annotate", "--no-header", "--quiet"]
READER = ["--extra", "pages", "--output-file", "requirements.lock"]
TESTS = ["--all-extras", "--constraint", "requirements.lock", "--output-file", "requirements-test.lock"]


def main(*words: str) -> int:
    """Writes the three files; returns the exit code."""
    venv.create(TOOL, with_pip=True)
    python = next(path for path in (TOOL / "Scripts" / "python.exe", TOOL / "bin" / "python") if path.exists())
    compiled = ["uv", "pip", "compile", "pyproject.toml", *OPTIONS, *([] if "--keep" in words else ["--upgrade"])]
    for command in (["pip", "install", "--quiet", "uv"], [*compiled, *READER], [*compiled, *TESTS]):
        if failed := subprocess.run([python, "-m", *command], cwd=ROOT, check=False).returncode:
            return failed
    text = conda_environment.environment()
    (ROOT / "environment.yml").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
