"""Remembers, by content, the last state of the record's own tables that was found sound, so that nine notebooks check it once.

A state is the bytes of the tables, of their descriptor and of the code that checks them. Only a checkout remembers: a package
elsewhere is checked whenever it is loaded, and so is everything by `check`. The memory may be removed at any time.
"""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

import pandas as pd

from helpers.loaders.contract import RECORD

_PROJECT = RECORD.parent
MEMORY = _PROJECT / "build" / "sound"  # one line: the state that was last found sound


def state_of(folder: str | Path) -> str:
    """Say in a digest what a check of a package depends on.

    Parameters
    ----------
    folder
        Folder of the package.

    Returns
    -------
    str
        Sixty-four digits; empty for a package whose states are not remembered.
    """
    if Path(folder).resolve() != RECORD or not (_PROJECT / "pyproject.toml").is_file():
        return ""
    digest = hashlib.sha256(f"{sys.version} {pd.__version__}".encode())
    for path in sorted([*RECORD.glob("*.csv"), *RECORD.glob("*.json"), *Path(__file__).parent.glob("*.py")]):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def is_sound(state: str) -> bool:
    """Whether a state is the one that was last found sound.

    Parameters
    ----------
    state
        As `state_of` gives it.

    Returns
    -------
    bool
    """
    try:
        return bool(state) and MEMORY.read_text(encoding="ascii") == state
    except (OSError, UnicodeDecodeError):
        return False


def remember(state: str) -> None:
    """Keep a state as the one that was last found sound; where nothing can be written, nothing is kept.

    Parameters
    ----------
    state
        As `state_of` gives it; an empty one is not kept.
    """
    if not state:
        return
    beside = MEMORY.with_name(f"{MEMORY.name}.{os.getpid()}")
    try:
        MEMORY.parent.mkdir(exist_ok=True)
        beside.write_text(state, encoding="ascii")
        beside.replace(MEMORY)
    except OSError:
        with suppress(OSError):
            beside.unlink()
