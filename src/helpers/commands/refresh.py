"""Writes anew what is committed and generated: the codebook and the rules, the notebooks with their outputs, the README."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.commands.steps import alone
from helpers.loaders.contract import RECORD

ROOT = RECORD.parent
AT_ONCE = 2  # notebooks executed side by side; more of them want more memory than a small machine has
EXECUTE = ["-m", "nbconvert", "--config", "site/refresh.py", "--to", "notebook", "--execute", "--inplace"]


def main() -> int:
    """Checks the data first; stops at the first step that fails and returns its exit code."""
    with alone(ROOT / "build"):  # no build may read what is half written
        return _refresh()


def _refresh() -> int:
    return _run("-m", "helpers", "check") or _run("-m", "helpers", "codebook") or _execute() or _run("site", "readme")


def notebooks() -> list[Path]:
    """Every committed notebook, those of methods and of the examples too, from the root of the repository."""
    return sorted(
        path.relative_to(ROOT) for name in ("notebooks", "examples") for path in (ROOT / name).rglob("*.ipynb")
    )


def _execute() -> int:
    """Executes the notebooks; each is written when it is done, and one that fails stays as it was."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return next(filter(None, pool.map(lambda path: _run(*EXECUTE, str(path)), notebooks())), 0)


def _run(*words: str) -> int:
    return subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode
