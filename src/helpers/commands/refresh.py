"""Writes anew what is committed and generated: the codebook, the notebooks with their outputs, the README."""

import subprocess
import sys

from helpers.loaders.contract import RECORD

ROOT = RECORD.parent


def main() -> int:
    """Checks the data first; stops at the first step that fails and returns its exit code."""
    notebooks = sorted(
        path.relative_to(ROOT) for name in ("notebooks", "examples") for path in (ROOT / name).rglob("*.ipynb")
    )
    execute = ["nbconvert", "--config", "site/refresh.py", "--to", "notebook", "--execute", "--inplace"]
    for words in (
        ["-m", "helpers", "check"],
        ["-m", "helpers", "codebook"],
        ["-m", *execute, *map(str, notebooks)],
        ["site", "readme"],
    ):
        if failed := subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode:
            return failed
    return 0
