"""What the notebooks say of a frozen record is what somebody approved, so that a slip in the code changes a sentence here.

The record in `tests/fixtures/frozen` is a part of the published one that no search and no coding changes; `examples/` is
another organisation's. What is said of them stands in `tests/fixtures/approved`, and no command of the project renews it.
Whoever changes a sentence, a table or a figure on purpose reads the difference, and writes it with
`PYTHONPATH=tests python tests/notebooks/test_approved.py`.
"""

import difflib
import hashlib
import math
import re
import sys
from pathlib import Path

import matplotlib
import pytest
from IPython.display import HTML
from matplotlib.figure import Figure
from outcomes import outcomes

from helpers.display.figures import figure_svg, figure_text
from helpers.display.finding import Finding

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
APPROVED = ROOT / "tests" / "fixtures" / "approved"
FROZEN, OTHER = str(ROOT / "tests" / "fixtures" / "frozen"), str(ROOT / "examples" / "peace-mission")
SCOPES = {
    "the focal state": {"DATA": FROZEN},
    "another in joint exercises": {"DATA": FROZEN, "FOCUS": "KAZ", "UNIT": "umbrella"},
    "one that left": {"DATA": FROZEN, "FOCUS": "UZB", "GRADE": "B"},
    "another organisation": {"DATA": OTHER},
}
DRAWN = "the focal state"  # the scope whose figures are also held as drawn, for drawing takes longer than saying
SHOWN = 300  # characters of a table or figure that are kept to read; the rest is held by its digest


def told(path):
    """What a notebook says of each scope, a paragraph a cell."""
    lines = [f"drawn by matplotlib {matplotlib.__version__}"]
    for scope, parameters in SCOPES.items():
        lines.append(f"== {scope}")
        for cell, value in outcomes(path, **parameters).items():
            drawn = f" {as_drawn(value)}" if scope == DRAWN and isinstance(value, Figure) else ""
            lines.append(f"{cell}: {in_words(value)}{drawn}")
    return "\n".join(lines) + "\n"


def in_words(value):
    if isinstance(value, Finding):
        numbers = {name: getattr(value, name) for name in ("k", "n", "low", "high", "unit")}
        return f"{value.text} {[f'{k}={v:.6g}' if isinstance(v, float) else f'{k}={v}' for k, v in numbers.items() if v not in (None, '')]}"
    text = (
        figure_text(value) if isinstance(value, Figure) else re.sub("<[^>]+>", " ", getattr(value, "data", str(value)))
    )
    assert isinstance(value, (Figure, HTML)), type(value)
    text = " ".join(text.split())
    return f"{text[:SHOWN]} ... {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def as_drawn(figure):
    """Digests of a figure as it is drawn wide and on a phone, to half a point: who moves a mark or a margin looks at it.

    A half point ends where no round number lies, so that machines that differ in a number's last figure agree.
    """

    def in_steps(drawn):
        text = figure_svg(drawn, "x")
        return re.sub(r"-?[0-9]+\.[0-9]+", lambda number: str(math.floor(2 * float(number[0]) + 0.37)), text)

    digests = [hashlib.sha256(in_steps(one).encode()).hexdigest()[:8] for one in (figure, figure.narrow())]
    return f"drawn {', '.join(digests)}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_was_approved(path):
    kept = APPROVED / f"{path.stem}.txt"
    approved = kept.read_text(encoding="utf-8") if kept.exists() else ""
    before, now = approved.splitlines(), told(path).splitlines()
    if before[:1] != now[:1]:  # another matplotlib draws otherwise, and says the same
        before, now = ([re.sub(" drawn [0-9a-f, ]+$", "", line) for line in lines[1:]] for lines in (before, now))
    differs = list(difflib.unified_diff(before, now, "approved", "now", lineterm="", n=0))
    assert not differs, "\n".join(differs)


if __name__ == "__main__":
    APPROVED.mkdir(exist_ok=True)
    for one in NOTEBOOKS:
        (APPROVED / f"{one.stem}.txt").write_text(told(one), encoding="utf-8")
        print(f"wrote {one.stem}", file=sys.stderr)
