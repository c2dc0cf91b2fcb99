"""Renews requirements.lock from pyproject.toml, and environment.yml from both: `python tools/lock.py`, which is `make lock`.

Every entry has its hashes and none an address. `--keep` adds what is new and changes no other version.
"""

import subprocess
import sys
import venv
from pathlib import Path

import conda_environment

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "build" / "lock"  # an environment for uv alone
OPTIONS = ["--all-extras", "--universal", "--fork-strategy", "fewest", "--python-version", "3.11", "--generate-hashes"]
OPTIONS += ["--no-annotate", "--no-header", "--quiet", "--output-file", "requirements.lock"]


def main(*words: str) -> int:
    """Writes both files; returns the exit code."""
    venv.create(TOOL, with_pip=True)
    python = next(path for path in (TOOL / "Scripts" / "python.exe", TOOL / "bin" / "python") if path.exists())
    renew = [] if "--keep" in words else ["--upgrade"]
    for command in (["pip", "install", "--quiet", "uv"], ["uv", "pip", "compile", "pyproject.toml", *OPTIONS, *renew]):
        if failed := subprocess.run([python, "-m", *command], cwd=ROOT, check=False).returncode:
            return failed
    text = conda_environment.environment()
    (ROOT / "environment.yml").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
