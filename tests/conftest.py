"""What all tests share: the published record, and a loud word where no browser was found."""

import os

import pytest
from browser import CHROMIUM
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.loaders.tables import load

# else a make that a test starts under `make test` would speak as an inner one, and name its folders
for inherited in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(inherited, None)

settings.register_profile("untimed", deadline=None)  # no test may fail because the machine is busy
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def data():
    """The published tables."""
    return load()


@pytest.fixture(scope="session")
def record(data):
    """The published record's register and cells."""
    register = derive_register(data)
    return register, derive_attendance(data, register)


class PagesTogether(LoadScopeScheduling):
    """A module or notebook on one worker, and all modules that open the pages on one: the pages are built once."""

    def _split_scope(self, nodeid):
        return "tests/site" if nodeid.startswith("tests/site/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    """Hands the tests to workers as `PagesTogether` says."""
    return PagesTogether(config, log)


def pytest_terminal_summary(terminalreporter):
    """Says loudly that the pages were not tested in a browser, where there is none."""
    if CHROMIUM is None:
        words = (
            "NOT TESTED: no page was opened in a browser, for no chromium was found (Debian: apt-get install chromium)"
        )
        terminalreporter.write_line(words, red=True, bold=True)
