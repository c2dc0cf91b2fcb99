"""The look that all figures share, and the marks that mean the same thing everywhere."""

import textwrap

from matplotlib.figure import Figure

from helpers.derive.codes import AWAY, CAME, OUTSIDE, UNCLEAR

WIDTH = 8.6  # inches: the width of a notebook's text at DPI, and still legible on a phone
DPI = 110

INK, MUTED, FAINT, PAPER = "#1a1a1a", "#5c5c5c", "#d9d9d9", "#ffffff"
# Okabe and Ito's palette, safe for colour-blind readers.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#d55e00",
    "#cc79a7",
    "#56b4e9",
    "#f0e442",
)

ROLES = {CAME: BLUE, AWAY: RED, UNCLEAR: MUTED, OUTSIDE: FAINT}  # the colour of each role of an attendance code

# What each attendance code looks like. Shape alone tells them apart; colour only helps.
CODE_MARKS = {
    "present": dict(marker="s", facecolor=ROLES[CAME], edgecolor=ROLES[CAME]),
    "observer": dict(marker="o", facecolor=PAPER, edgecolor=ROLES[CAME]),
    "absent_declared": dict(marker="X", facecolor=ROLES[AWAY], edgecolor=ROLES[AWAY]),
    "absent_reported": dict(marker="x", facecolor=ROLES[AWAY]),
    "absent_by_list": dict(marker="_", facecolor=ROLES[AWAY]),
    "conflicting": dict(marker="d", facecolor=YELLOW, edgecolor=INK),
    "unknown": dict(marker="$?$", facecolor=MUTED, edgecolor=MUTED),
    "not_held": dict(marker="$/$", facecolor=MUTED, edgecolor=MUTED),
    "not_expected": dict(marker=".", facecolor=FAINT, edgecolor=FAINT),
}

FATE_MARKS = {  # what became of an edition: fill and hatch
    "held": ("held", dict(facecolor=BLUE, edgecolor=BLUE)),
    "planned": ("planned", dict(facecolor=PAPER, edgecolor=BLUE, linestyle="--")),
    "unverified": ("unverified", dict(facecolor=PAPER, edgecolor=MUTED, hatch="....")),
    "postponed": ("postponed", dict(facecolor=PAPER, edgecolor=ORANGE, hatch="////")),
    "relocated": ("relocated", dict(facecolor=PAPER, edgecolor=ORANGE, hatch="\\\\\\\\")),
    "merged": ("merged", dict(facecolor=PAPER, edgecolor=ORANGE, hatch="||||")),
    "cancelled": ("cancelled", dict(facecolor=PAPER, edgecolor=RED, hatch="xxxx")),
}


def sheet(
    height, title, subtitle, footer, *, rows=1, columns=1, left=0.9, right=0.25, bottom=0.55, gap=0.5, top=0.1, **axes
):
    """A figure with its title, subtitle and footer set, and its axes: (Figure, array of Axes, rows x columns).

    Lengths are inches. The title states the finding, the subtitle the measure and n, the footer sources and doubts;
    together they are the figure's alt text.
    """
    title, subtitle, footer = (
        textwrap.fill(text, width) for text, width in [(title, 72), (subtitle, 108), (footer, 122)]
    )
    head = 0.12 + 0.25 * len(title.splitlines()) + 0.19 * len(subtitle.splitlines()) + 0.12 + top
    foot = 0.14 + 0.16 * len(footer.splitlines())
    figure = Figure(figsize=(WIDTH, height + head + foot + bottom), dpi=DPI, facecolor=PAPER)
    total = figure.get_figheight()
    figure.set_label(" ".join(" ".join([title, subtitle, footer]).split()))
    y = 1 - 0.12 / total
    figure.text(0.012, y, title, size=13, weight="bold", color=INK, va="top", linespacing=1.15)
    y -= 0.25 * len(title.splitlines()) / total
    figure.text(0.012, y, subtitle, size=10, color=MUTED, va="top", linespacing=1.15)
    figure.text(0.012, 0.06 / total, footer, size=8.5, color=MUTED, va="bottom", linespacing=1.15)
    grid = figure.subplots(
        rows,
        columns,
        squeeze=False,
        gridspec_kw=dict(
            left=left / WIDTH,
            right=1 - right / WIDTH,
            bottom=(foot + bottom) / total,
            top=1 - head / total,
            hspace=gap * rows / height if rows > 1 else 0,
            wspace=gap * columns / WIDTH if columns > 1 else 0,
        ),
        **axes,
    )
    for ax in grid.flat:
        plain(ax)
    return figure, grid


def plain(ax):
    """Takes away what does not carry data."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(FAINT)
    ax.tick_params(colors=INK, labelsize=9.5, length=3, color=FAINT)
    ax.set_axisbelow(True)


def name_x(ax, names):
    """Tells the figure's text output which name each whole x position stands for; a shift from it is shown as a number."""
    ax.fmt_xdata = lambda x: _named(x, names)


def name_y(ax, names):
    """As `name_x`, for y."""
    ax.fmt_ydata = lambda y: _named(y, names)


def _named(at, names):
    near = round(at)
    if not 0 <= near < len(names):
        return f"{at:.4g}"
    return names[near] if abs(at - near) < 0.005 else f"{names[near]} {at - near:+.2f}"


def key(ax, handles, *, columns, y, length=2.0):
    """A legend in one line below the axes, for marks that cannot be labelled in place."""
    ax.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, y),
        ncols=columns,
        frameon=False,
        fontsize=9,
        handletextpad=0.5,
        handlelength=length,
        columnspacing=1.1,
        borderaxespad=0,
    )
