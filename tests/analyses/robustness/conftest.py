"""Fixtures of this folder."""

import pytest
from universes import grid_of, small_record

from helpers.analyses.robustness import multiverse


@pytest.fixture(scope="module")
def small():
    return small_record()


@pytest.fixture(scope="module")
def explored(small):
    grid, setting = grid_of(small)
    return multiverse.explore(small, grid, setting), grid, setting


@pytest.fixture(scope="module")
def published(data):
    grid, setting = grid_of(data, since=2000)
    return multiverse.explore(data, grid, setting), grid, setting
