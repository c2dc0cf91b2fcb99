"""Sets up .venv with just what a lock names: `python tools/set_up.py`, on any system; again, it does nothing.

`requirements.lock` is what building the pages needs; with the word `test`, `requirements-test.lock` adds what tests and editors
need. A checkout that was copied or renamed with its .venv is made to use its own code. Needs Python 3.11 or newer, and a package
index to install from. Packages are held to their hashes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"": ROOT / "requirements.lock", "test": ROOT / "requirements-test.lock"}
# Kernels listen on this machine only; their warning that this is not encrypted helps nobody, nor does their complaint that they
# were told to stop while still tidying up after the last cell: a cell's own errors are its output.
KERNELS = "c.IPKernelApp.log_level = 50\n"


def pip(*words: str | Path) -> None:
    """Installs with pip, without build environments of its own, which would fetch what no hash holds."""
    quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([PYTHON, *quiet, *words], cwd=ROOT, check=True)


def install_packages(lock: Path) -> None:
    """Installs what a lock names."""
    first = re.search(r"^setuptools==.*(\n +--hash.*)+", lock.read_text(encoding="utf-8"), re.MULTILINE)
    if first:  # a source archive is built with it
        (VENV / "setuptools.txt").write_text(first[0] + "\n", encoding="utf-8")
        pip("--require-hashes", "-r", VENV / "setuptools.txt")
    pip("--require-hashes", "--no-build-isolation", "-r", lock)


def main(kind: str = "") -> int:
    """Sets up what is not set up yet; returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (whoever runs it may have an older one)
        print("Python 3.11 or newer is needed; name it with make PYTHON=...", file=sys.stderr)
        return 1
    (ROOT / "build").mkdir(exist_ok=True)
    alone = sqlite3.connect(ROOT / "build" / "set-up.lock", timeout=3600)  # a second run waits, and finds it done
    try:
        alone.execute("BEGIN EXCLUSIVE")
        return _set_up(kind)
    except subprocess.CalledProcessError as error:
        return error.returncode
    finally:
        alone.close()


def _set_up(kind: str) -> int:
    wanted = {name: hashlib.sha256(lock.read_bytes()).hexdigest() for name, lock in LOCKS.items()}
    package = [hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(), str(ROOT)]
    done = VENV / ".done"
    try:
        found = json.loads(done.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    whole = found.get("test") == wanted["test"]  # holds what building needs, too, in the same versions
    ready = PYTHON.exists() and (whole or (not kind and found.get("") == wanted[""]))
    if ready and found.get("package") == package:
        return 0
    done.unlink(missing_ok=True)
    if not ready:
        print(f"Setting up {VENV.name} (about a minute)", flush=True)
        if not PYTHON.exists():
            venv.create(VENV, with_pip=True, clear=True)
        install_packages(LOCKS[kind])
    pip("--no-build-isolation", "--editable", ".")
    (VENV / "etc" / "ipython").mkdir(parents=True, exist_ok=True)
    (VENV / "etc" / "ipython" / "ipython_kernel_config.py").write_text(KERNELS, encoding="utf-8")
    kept = {name: wanted[name] for name in LOCKS if name == kind or (ready and found.get(name) == wanted[name])}
    done.write_text(json.dumps(kept | {"package": package}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
