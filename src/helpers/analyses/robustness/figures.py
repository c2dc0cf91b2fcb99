"""The two pictures of robustness: findings by choices, and how many wrong cases each finding bears."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from helpers.analyses.robustness.choices import Grid, list_other_levels
from helpers.analyses.robustness.reversals import FALLS, STANDS, UNCLEAR, Reversal
from helpers.analyses.robustness.sensitivity import MOST_ERRORS
from helpers.analyses.robustness.wording import HEADS, format_short, name_findings, plain
from helpers.derive.record import Record
from helpers.display import lettering, style
from helpers.display.phrases import day

LOOKS = {STANDS: (style.BLUE, style.PAPER), FALLS: (style.RED, style.PAPER), UNCLEAR: (style.PAPER, style.INK)}
FIRST = "as in the other notebooks"


@style.responsive
def plot_choices(
    found: Sequence[Reversal], judged: pd.DataFrame, grid: Grid, record: Record, title: str, subtitle: str
) -> Figure:
    """Squares: each finding under each single choice, with its number (`reversals.judge`)."""
    now = style.layout()
    rows = [((), FIRST)] + [((choice,), choice[1]) for choice in list_other_levels(grid)]
    heads = [HEADS[one.question, one.answer] for one in found]
    left, head, step = (132, 92, 25) if now.narrow else (300, 44, 30)
    footer = (
        f"Sources to {day(*record.last_days)}. Data: reports.csv, programmes.csv. All combinations: methods/multiverse."
    )
    names = [lettering.wrap(text, now.small, left - 16) if now.narrow else text for _, text in rows]
    deep = [step + 12 * name.count("\n") for name in names]
    figure, axes = style.sheet(sum(deep), title, subtitle, footer, left=left, right=12, bottom=4, top=head)
    ax = axes[0, 0]
    tops = [sum(deep[:at]) for at in range(len(deep))]
    cells = {(row.question, row.changes): row for row in judged.itertuples()}
    claims = name_findings(record)
    for at, (changes, text) in enumerate(rows):
        for x, one in enumerate(found):
            cell = cells.get((one.question, changes))
            if cell is None:
                continue
            face, ink = LOOKS[cell.standing]
            size, tall = dict(width=0.92, height=deep[at] - 3), tops[at] + 1.5
            edge = style.FAINT if cell.standing == UNCLEAR else face
            (bar,) = ax.bar(
                x - 0.46, bottom=tall, align="edge", color=face, edgecolor=edge, label=cell.standing, **size
            )
            number = format_short(one.question, cell.value)
            style.link(bar, f"{plain(claims[one.question, one.answer])} ({text}): {number}, {cell.standing}")
            how = dict(ha="center", va="center", color=ink, size=style.points(11 if now.narrow else now.small))
            style.label(ax, x, tops[at] + deep[at] / 2, number, **how)
    for x, text in enumerate(heads):
        small = style.points(now.small)
        if now.narrow:
            style.label(ax, x, -4, text, rotation=90, ha="center", va="bottom", size=small)
            continue
        for line, part in enumerate(reversed(lettering.wrap(text, now.small, 78).split("\n"))):
            style.label(ax, x, -7 - 15 * line, part, ha="center", va="baseline", size=small)
    middles = [top + tall / 2 for top, tall in zip(tops, deep, strict=True)]
    ax.set_yticks(middles, names)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.set(xlim=(-0.5, len(found) - 0.5), ylim=(sum(deep), 0))
    style.name_x(ax, heads)
    ax.fmt_ydata = lambda y: next(
        (text for (_, text), top, tall in zip(rows, tops, deep, strict=True) if y < top + tall), ""
    )
    return figure


@style.responsive
def plot_errors(
    found: Sequence[Reversal],
    needed: Mapping[str, int | None],
    even: Mapping[str, int | None],
    record: Record,
    title: str,
    subtitle: str,
) -> Figure:
    """Bars: up to how many wrong cases in a hundred a finding stands nearly always, and up to how many more often than not.

    Takes `sensitivity.count_errors_needed` for both lines.
    """
    now = style.layout()
    ranked = sorted(found, key=lambda one: (-(needed[one.question] or MOST_ERRORS + 1), -(even[one.question] or 99)))
    claims = name_findings(record)
    names = [plain(claims[one.question, one.answer]) for one in ranked]
    left = 12 if now.narrow else 420
    names = names if now.narrow else [lettering.wrap(name, now.small, left - 16) for name in names]
    step = 52 if now.narrow else 34
    footer = f"Sources to {day(*record.last_days)}. Data: reports.csv."
    figure, axes = style.sheet(
        step * len(ranked), title, subtitle, footer, left=left, right=90 if now.narrow else 110, bottom=26
    )
    ax = axes[0, 0]
    for at, one in enumerate(ranked):
        first, half = (ends[one.question] or MOST_ERRORS + 1 for ends in (needed, even))
        low = at + (0.08 if now.narrow else -0.3)
        tall = 0.3 if now.narrow else 0.6
        ax.barh(low, first - 1, color=style.BLUE, label="stands nearly always", height=tall, align="edge")
        if half > first:
            ax.barh(
                low,
                half - first,
                left=first - 1,
                color=style.PALE_BLUE,
                label="falls now and then",
                height=tall,
                align="edge",
            )
        said = f"more than {MOST_ERRORS}" if needed[one.question] is None else f"in doubt at {first}"
        small = style.points(now.small)
        style.label(ax, half - 0.8, low + tall / 2, said, va="center", size=small)
        if now.narrow:
            style.label(ax, 0, low - 0.04, lettering.wrap(names[at], now.small, 330), va="bottom", size=small)
    ax.set_yticks([] if now.narrow else range(len(ranked)), [] if now.narrow else names)
    ax.set_xticks([0, 5, 10, 15, 20])
    low = -0.7 if now.narrow else -0.5
    ax.set(xlim=(0, MOST_ERRORS), ylim=(len(ranked) - 0.5, low))
    style.name_y(ax, names)
    return figure
