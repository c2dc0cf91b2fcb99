"""What a reader sees: findings in words, tables, and figures whose text output is the data that was drawn.

Importing this module in a notebook teaches the kernel to show a figure as a PNG with alt text and as plain text read
back from its artists, so that a strict comparison of outputs sees every bar, point, label and title.
"""

import hashlib
import io
import os
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
from IPython import get_ipython
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from helpers.display.finding import Finding
from helpers.display.style import CSS_NAMES


def figure_data(figure):
    """Everything drawn in a figure's axes, read back from its artists, one row a mark (frame).

    Columns: panel, kind (bar, arrow, line, point, segment, text), label, x, y, to_x, to_y, text. Coordinates are worded by
    the axes (dates as dates, named positions as names). Raises TypeError for an artist of any other kind.
    """
    rows = [row for panel, ax in enumerate(figure.axes, 1) for row in _marks(panel, ax)]
    return pd.DataFrame(rows, columns=["panel", "kind", "label", "x", "y", "to_x", "to_y", "text"])


def _marks(panel, ax):
    def at(x, y):
        return ax.format_xdata(x).strip() if ax.fmt_xdata or _dated(ax) else _number(x), ax.format_ydata(
            y
        ).strip() if ax.fmt_ydata else _number(y)

    labels = {bar: _label(group) for group in ax.containers for bar in group}  # a bar's label stands on its group
    for artist in ax.patches:
        if isinstance(artist, Rectangle):
            x, y, width, height = artist.get_x(), artist.get_y(), artist.get_width(), artist.get_height()
            yield panel, "bar", labels.get(artist, _label(artist)), *at(x, y), *at(x + width, y + height), ""
        elif isinstance(artist, FancyArrowPatch):
            yield panel, "arrow", _label(artist), "", "", "", "", f"{artist.get_linewidth():.3g} wide"
        else:
            raise _untold(artist)
    for line in ax.lines:
        for x, y in np.asarray(line.get_xydata(), float):
            yield panel, "line", _label(line), *at(x, y), "", "", ""
    for group in ax.collections:
        if isinstance(group, PathCollection):
            for x, y in group.get_offsets():
                yield panel, "point", _label(group), *at(x, y), "", "", ""
        elif isinstance(group, LineCollection):
            for (x, y), *_, (to_x, to_y) in (segment for segment in group.get_segments() if len(segment) > 1):
                yield panel, "segment", _label(group), *at(x, y), *at(to_x, to_y), ""
        else:
            raise _untold(group)
    for text in ax.texts:
        if text.get_text():
            yield (
                panel,
                "text",
                "",
                *at(*text.xy if hasattr(text, "xy") else text.get_position()),
                "",
                "",
                text.get_text(),
            )


def _untold(artist):
    """What is drawn and not told, no comparison of outputs would see."""
    return TypeError(f"show: a figure holds a {type(artist).__name__}, which `figure_data` does not tell")


def _dated(ax):
    return ax.xaxis.have_units() or "Date" in type(ax.xaxis.get_major_formatter()).__name__


def _label(artist):
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _number(value):
    return f"{float(value):.4g}"


def figure_text(figure):
    """A figure in words and numbers: its texts, its axes, then its marks by kind and label."""
    lines = [text.get_text().replace("\n", " ") for text in figure.texts]
    data = figure_data(figure)
    for panel, ax in enumerate(figure.axes, 1):
        names = [ax.get_title(loc) for loc in ("left", "center", "right")] + [ax.get_xlabel(), ax.get_ylabel()]
        lines.append(f"Panel {panel}: " + " | ".join(name.replace("\n", " ") for name in names if name))
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            seen = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
            ticks = [
                label.get_text().replace("\n", " ") for at, label in seen if low <= at <= high and label.get_text()
            ]
            if ticks:
                lines.append(f"  {axis.axis_name} axis: " + ", ".join(ticks))
        if legend := ax.get_legend():
            lines.append("  key: " + ", ".join(text.get_text() for text in legend.get_texts()))
        for (kind, label), marks in data[data["panel"] == panel].groupby(["kind", "label"], sort=False):
            told = "; ".join(_tell(mark) for mark in marks.itertuples())
            lines.append(f"  {kind}{' ' + label if label else ''}: {told}")
    return "\n".join(lines)


def _tell(mark):
    if mark.text:
        return " ".join(mark.text.split())
    place = f"{mark.x}, {mark.y}"
    return f"{place} to {mark.to_x}, {mark.to_y}" if mark.to_x or mark.to_y else place


def figure_png(figure):
    """PNG bytes of a figure, and the output metadata that carries its alt text."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    width, height = figure.canvas.get_width_height()
    return buffer.getvalue(), {"alt": figure.get_label(), "width": width, "height": height}


def figure_id(png):
    """The name (text) under which a figure with these PNG bytes is kept: whoever holds the output finds its files."""
    return hashlib.sha256(png).hexdigest()[:16]


def save(figure, folder):
    """Keeps a figure in a folder, its files named by its `figure_id`; returns what `figure_png` does.

    Files: SVG for a page (`.svg`), the same drawn for a phone (`.narrow.svg`, if the figure can be), PNG, and CSV of its data.
    """
    png, metadata = figure_png(figure)
    path = Path(folder) / figure_id(png)
    path.with_suffix(".svg").write_text(figure_svg(figure, path.name), encoding="utf-8")
    if hasattr(figure, "narrow"):
        narrow = figure_svg(figure.narrow(), f"{path.name}-narrow")
        path.with_suffix(".narrow.svg").write_text(narrow, encoding="utf-8")
    path.with_suffix(".png").write_bytes(png)
    figure_data(figure).to_csv(path.with_suffix(".csv"), index=False, lineterminator="\n")
    return png, metadata


SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


def figure_svg(figure, name):
    """A figure as SVG text that a page can hold inline.

    Colours of the style become custom properties of the page, which its dark mode sets anew; marks given to `style.link` get a
    title that a pointer and a screen reader find, a place in the order of the tab key, and their address. `name` keeps the
    identifiers of several figures on a page apart, and the same figure gives the same text.
    """
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(buffer.getvalue())
    root.set("role", "group" if getattr(figure, "marks", None) else "img")
    root.set("aria-label", figure.get_label())
    root.attrib.pop("width"), root.attrib.pop("height")
    _link_marks(root, getattr(figure, "marks", []))
    _keep_apart(root, name)
    text = ElementTree.tostring(root, encoding="unicode")
    for colour, variable in CSS_NAMES.items():
        text = text.replace(f": {colour}", f": var({variable}, {colour})")
    return text + "\n"


def _link_marks(root, marks):
    """Turns the keys that `style.link` left in an SVG into addresses and titles."""
    for anchor in root.iter(f"{{{SVG}}}a"):
        key = anchor.attrib.pop(f"{{{XLINK}}}href", "")
        if not key.startswith("mark-"):
            continue
        said, address = marks[int(key.removeprefix("mark-"))]
        if address:
            anchor.set("href", address)
        else:
            anchor.set("tabindex", "0")
        anchor.set("class", "mark")
        anchor.set("aria-label", said)
        title = ElementTree.Element(f"{{{SVG}}}title")
        title.text = said
        anchor.insert(0, title)


def _keep_apart(root, name):
    """Makes identifiers unique to a figure, and the references to them."""
    known = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        for attribute, value in list(element.attrib.items()):
            if attribute == "id":
                element.set("id", f"{name}-{value}")
            elif value.startswith("#") and value[1:] in known:
                element.set(attribute, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                element.set(attribute, value.replace("url(#", f"url(#{name}-"))


def drawn(plot, *given, missing, **words):
    """The figure that `plot` draws of what is given, or the sentence `missing` as a finding if the first thing given is empty.

    Parameters
    ----------
    plot
        A plotting function; it takes `given` and, by name, `words`.
    *given
        Frames and whatever else it draws; the first decides whether there is anything to draw.
    missing
        What a reader is told in place of an empty figure.
    **words
        Title, subtitle and footer.
    """
    first = given[0]
    return plot(*given, **words) if len(getattr(first, "register", first)) else Finding(missing)


def _shown_png(figure):
    """`figure_png`; a run that names a folder in HELPERS_FIGURES, as `make run` does, keeps the figure's files there."""
    folder = os.environ.get("HELPERS_FIGURES")
    return save(figure, folder) if folder else figure_png(figure)


def register_formatters(shell):
    """Teaches a kernel's shell to show a Figure as a PNG with alternative text and as its data in plain text."""
    formatters = shell.display_formatter.formatters
    formatters["text/plain"].for_type(Figure, lambda figure, printer, cycle: printer.text(figure_text(figure)))
    formatters["image/png"].for_type(Figure, _shown_png)


if get_ipython() is not None:
    register_formatters(get_ipython())
