"""The package keeps to the types that it declares."""

import importlib
import inspect
import os
import pkgutil
import subprocess
import sys
import typing
from pathlib import Path

import helpers

ROOT = Path(__file__).resolve().parents[1]


def test_every_module_keeps_to_its_types():
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", os.devnull], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def declared(module):
    """The functions and classes of a module, and the methods of these."""
    own = [one for _, one in inspect.getmembers(module) if getattr(one, "__module__", "") == module.__name__]
    for one in [*own, *(member for kind in own if inspect.isclass(kind) for member in vars(kind).values())]:
        one = getattr(one, "fget", None) or getattr(one, "func", None) or getattr(one, "__func__", one)
        if inspect.isfunction(inspect.unwrap(one)) or inspect.isclass(one):
            yield inspect.unwrap(one)


def test_every_annotation_means_a_type():
    """Those of a module that mypy does not look at yet are only texts until somebody reads them."""
    read = 0
    for found in pkgutil.walk_packages(helpers.__path__, "helpers."):
        if not found.name.endswith("__main__"):
            for one in declared(importlib.import_module(found.name)):
                read += len(typing.get_type_hints(one))
    assert read > 1000
