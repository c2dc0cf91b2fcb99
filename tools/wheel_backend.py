"""Builds the package with its data, so that `helpers.open_record()` works wherever it is installed.

In a checkout `data/` lies beside `src/`, where people edit it; in a wheel it lies inside the package. This builds what flit
builds, from a copy of the project in which it lies there already. An editable install needs no copy: it reads `data/` itself.
"""

import contextlib
import shutil
import tempfile
from pathlib import Path

from flit_core import buildapi
from flit_core.buildapi import build_editable, build_sdist

__all__ = ["build_editable", "build_sdist", "build_wheel"]
PARTS = ["pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA"]


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Builds a wheel into a folder and returns its name; called by pip and others in the project's root."""
    root, wanted = Path.cwd(), Path(wheel_directory).resolve()
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for name in PARTS:
            shutil.copyfile(root / name, copy / name)
        shutil.copytree(root / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(root / "data", copy / "src" / "helpers" / "data", ignore=shutil.ignore_patterns(".*"))
        with contextlib.chdir(copy):
            return buildapi.build_wheel(str(wanted), config_settings, metadata_directory)
