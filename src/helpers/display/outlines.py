"""Coasts and borders to draw a map on. `outlines.json` beside this file says where they come from and what they cover."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any

import numpy as np

COAST, BORDER = "coast", "border"  # kinds of line


@functools.cache
def _outlines() -> dict[str, Any]:
    return json.loads(files("helpers.display").joinpath("outlines.json").read_text(encoding="utf-8"))


def bounds() -> tuple[float, float, float, float]:
    """West, south, east and north end of what the outlines cover, in degrees."""
    west, south, east, north = _outlines()["bbox"]
    return west, south, east, north


def lines(kind: str) -> list[np.ndarray]:
    """The lines of a kind, each an array of longitudes and latitudes."""
    shapes = [shape["geometry"] for shape in _outlines()["features"] if shape["properties"]["kind"] == kind]
    return [np.array(line) for shape in shapes for line in shape["coordinates"]]


def covers(longitude: Any, latitude: Any) -> Any:
    """Whether places lie on what the outlines cover; those without coordinates (NaN) do not."""
    west, south, east, north = bounds()
    return (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
