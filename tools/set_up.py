"""Sets up .venv with just what requirements.lock names: `python tools/set_up.py`, on any system; again, it does nothing.

Needs Python 3.11 or newer, and a package index to install from. Packages are held to their hashes.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
# Kernels listen on this machine only; their warning that this is not encrypted helps nobody, nor does their complaint that they
# were told to stop while still tidying up after the last cell: a cell's own errors are its output.
KERNELS = "c.IPKernelApp.log_level = 50\n"


def pip(*words: str | Path) -> None:
    """Installs with pip, without build environments of its own, which would fetch what no hash holds."""
    quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([PYTHON, *quiet, *words], cwd=ROOT, check=True)


def main() -> int:
    """Sets up what is not set up yet; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (whoever runs it may have an older one)
        print("Python 3.11 or newer is needed; name it with make PYTHON=...", file=sys.stderr)
        return 1
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = VENV / ".done"
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"Setting up {VENV.name} (about a minute)", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    first = VENV / "setuptools.txt"  # one pinned package is a source archive, which setuptools must build
    first.write_text(
        re.search(r"^setuptools==.*(\n +--hash.*)+", LOCK.read_text(encoding="utf-8"), re.MULTILINE)[0] + "\n"
    )
    try:
        pip("--require-hashes", "-r", first)
        pip("--require-hashes", "--no-build-isolation", "-r", LOCK)
        pip("--no-build-isolation", "--editable", ".")
    except subprocess.CalledProcessError as error:
        return error.returncode
    (VENV / "etc" / "ipython").mkdir(parents=True, exist_ok=True)
    (VENV / "etc" / "ipython" / "ipython_kernel_config.py").write_text(KERNELS, encoding="utf-8")
    done.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
