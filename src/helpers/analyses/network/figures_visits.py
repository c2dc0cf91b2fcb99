"""Figure of who visited whom."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from helpers.analyses.network.figures import draw_squares, name_rows_and_columns
from helpers.analyses.network.groups import by_name
from helpers.derive.record import Record
from helpers.display import style
from helpers.display.phrases import count


def _visit_cells(visits: pd.DataFrame, states: list[str], record: Record, label: str) -> pd.DataFrame:
    """One square a host and a guest, with the number of visits."""
    paid = visits.groupby(["host", "guest"]).size()
    rows = []
    for host in states:
        for guest in states:
            if host == guest:
                continue
            n = int(paid.get((host, guest), 0))
            own = record.focus in (host, guest)
            fill = style.PAPER if not n else style.BLUE if own else style.PALE_BLUE
            names = [record.names.get(state, state) for state in (guest, host)]
            title = f"{names[0]} came to {count(n, 'exercise')} in {names[1]}, {label[0].lower()}{label[1:]}"
            rows.append((host, guest, fill, str(n), title, "visits" if n else "no visit"))
    return pd.DataFrame(rows, columns=["row", "column", "fill", "text", "title", "label"])


@style.responsive
def plot_visits(
    visits: pd.DataFrame, parts: dict[str, pd.DataFrame], record: Record, title: str, subtitle: str, footer: str
) -> Figure:
    """Draw who visited whom: hosts in rows, guests in columns, a grid for each of two times.

    Parameters
    ----------
    visits
        As `visits.compute_visits` gives them.
    parts
        {when in words: rows of `visits`}.
    record
        The record of the same scope.
    title, subtitle, footer
        Texts.

    Returns
    -------
    Figure
    """
    narrow = style.layout().narrow
    states = by_name(record, {*visits["host"], *visits["guest"]} & {*visits["guest"], record.focus} | {record.focus})
    side, pitch = (32, 40) if narrow else (38, 46)
    one = len(states) * pitch
    rows, columns = (len(parts), 1) if narrow else (1, len(parts))
    gap = 96 if narrow else 0
    height = one * rows + gap * (rows - 1)
    look = dict(left=92, right=34, gap=gap) if narrow else dict(left=112, right=60, side_gap=70)
    figure, grid = style.sheet(height, title, subtitle, footer, rows=rows, columns=columns, top=88, bottom=4, **look)
    for at, (ax, (label, part)) in enumerate(zip(grid.flat, parts.items(), strict=True)):
        draw_squares(ax, _visit_cells(part, states, record, label), states, record, side)
        name_rows_and_columns(ax, states, record, slanted=True, rows=narrow or at == 0)
        ax.set_title(label, loc="left", size=style.points(style.layout().text), weight="bold", color=style.INK, pad=8)
    return figure
