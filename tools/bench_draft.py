"""Measures drafts against what texts say: `python tools/bench_draft.py [FOLDER of the founding articles]`.

Of each field: the share of values that a draft has right, that it lacks, and that it has wrong; wrong is worse than missing.
The texts and what they say stand in tests/fixtures/draft. Twelve were seen while the reading was written, eight were not, and
eight harder ones were written to mislead it: its first reading of those had 68% right and 12% wrong, which was then mended.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from helpers.commands.draft import FIELDS, read_text
from helpers.loaders.tables import load

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests" / "fixtures" / "draft"
KINDS = ("right", "missing", "wrong")
SEEN, HELD_OUT = 12, 20  # numbers of the last text of each kind


def values_of(value):
    """The values of a field: the items of a list, or the one value; none if it is blank."""
    return set(value) if isinstance(value, list) else {value} - {"", None}


def compare(drafted, gold):
    """Counter of (field, right, missing or wrong) of one text."""
    counts = Counter()
    for field in FIELDS:
        said, wanted = values_of(drafted[field].value) if field in drafted else set(), values_of(gold[field])
        wrong = said - wanted
        replaced = wrong and not isinstance(gold[field], list)  # a wrong value is not missing too
        counts[field, "right"] += len(said & wanted)
        counts[field, "missing"] += 0 if replaced else len(wanted - said)
        counts[field, "wrong"] += len(wrong)
    return counts


def measure(texts, data):
    """The sum of `compare` over (text, gold) pairs."""
    return sum((compare(read_text(text, data), gold) for text, gold in texts), Counter())


def table(counts):
    """Lines of a table: a row a field, and all fields together."""
    lines = [f"{'field':13} {'n':>4} {'right':>7} {'missing':>8} {'wrong':>6}"]
    for field in (*FIELDS, "all"):
        own = [sum(counts[f, kind] for f in FIELDS if field in (f, "all")) for kind in KINDS]
        lines.append(
            f"{field:13} {sum(own):4} "
            + " ".join(f"{n / max(sum(own), 1):{w}.0%}" for n, w in zip(own, (7, 8, 6), strict=True))
        )
    return lines


def pairs(gold, folder, names):
    """(text, gold) of texts by name; a name may be the beginning of a file's."""
    return [(next(folder.glob(f"{name}*.txt")).read_text(encoding="utf-8"), gold[name]) for name in names]


def main(*folder):
    """Prints one table for each group of texts."""
    gold, data = json.loads((TEXTS / "gold.json").read_text(encoding="utf-8")), load()
    names = list(gold["texts"])
    groups = [
        ("Texts seen while the reading was written", pairs(gold["texts"], TEXTS, names[:SEEN])),
        ("Texts held out", pairs(gold["texts"], TEXTS, names[SEEN:HELD_OUT])),
        ("Harder texts", pairs(gold["texts"], TEXTS, names[HELD_OUT:])),
    ]
    if folder:
        groups.append(("Founding articles", pairs(gold["articles"], Path(folder[0]), gold["articles"])))
    for title, texts in groups:
        print("\n".join([f"{title} ({len(texts)})", *table(measure(texts, data)), ""]))


if __name__ == "__main__":
    main(*sys.argv[1:])
