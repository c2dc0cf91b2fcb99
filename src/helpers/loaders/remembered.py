"""Keeps what was made of the record's own tables, by content, so that nine notebooks check and derive them once.

A state is the bytes of the tables, of their descriptor, and of the code that checks and derives. Only a checkout remembers: a
package elsewhere is checked and derived whenever it is opened, and the tables always by `load` and `check`. What is kept lies in
a file beside what was built, is written by this module alone, and may be removed at any time.
"""

import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from helpers.loaders.contract import RECORD

_PROJECT = RECORD.parent
MEMORY = _PROJECT / "build" / "remembered"  # a line with the state, one with the digest of what follows, and that
CODE = (
    "loaders",
    "derive",
    "statistics",
)  # folders of code that what is kept depends on: the frames', and all below it
Made = TypeVar("Made")


def state_of(folder: str | Path) -> str:
    """Say in a digest what the frames of a package depend on.

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
    digest = hashlib.sha256(f"{sys.version} {np.__version__} {pd.__version__}".encode())
    helpers = Path(__file__).parents[1]
    code = [path for name in CODE for path in (helpers / name).glob("*.py")]
    for path in sorted([*RECORD.glob("*.csv"), *RECORD.glob("*.json"), *code]):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.parent.name} {path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def made_once(folder: str | Path, make: Callable[[], Made]) -> Made:
    """What is made of a package, made anew only if the package or the code is another than last time.

    Parameters
    ----------
    folder
        Folder of the package.
    make
        Makes it, from nothing but the package.

    Returns
    -------
    Made
        What `make` gives, or an equal copy of its own.
    """
    state = state_of(folder)
    if state and (kept := _recalled(state)) is not None:
        return kept
    made = make()
    if state and state_of(folder) == state:  # else a table was saved meanwhile: what was read may be neither
        _keep(state, made)
    return made


def _recalled(state: str) -> Any:
    """What was kept of a state; None if that is another one's, or not whole."""
    try:
        known, digest, kept = MEMORY.read_bytes().split(b"\n", 2)
    except (OSError, ValueError):
        return None
    whole = known == state.encode() and digest == hashlib.sha256(kept).hexdigest().encode()
    return pickle.loads(kept) if whole else None  # nosec: a file of our own, beside code that runs anyway


def _keep(state: str, made: object) -> None:
    """Keep what was made of a state in place of what was kept before; where nothing can be written, nothing is kept."""
    kept = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
    beside = MEMORY.with_name(f"{MEMORY.name}.{os.getpid()}")
    try:
        MEMORY.parent.mkdir(exist_ok=True)
        beside.write_bytes(b"\n".join([state.encode(), hashlib.sha256(kept).hexdigest().encode(), kept]))
        beside.replace(MEMORY)
    except OSError:
        with suppress(OSError):
            beside.unlink()
