"""Living figures: the SVG that a run kept, inline, wide and for a phone, with its files to take away."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from html import unescape
from pathlib import Path

from markupsafe import Markup, escape

from helpers.display.figures import figure_id

# What matplotlib writes and a page has no use for: metadata, a style for everything, a window of its own for each link.
_NOISE = re.compile(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>| target=\"_blank\"|<defs>\s*</defs>", re.DOTALL)
_TO_PAGE = re.compile(r'href="(?=[a-z]+/[^":]*\.html)')
_LONG_NUMBER = re.compile(r"(\d+\.\d\d)\d+")
_GROUP = re.compile(r'<g id="[^"]*-text_\d+">\s*(?:<text.*?</text>\s*)+</g>', re.DOTALL)
_TEXT = re.compile(  # size, foot (as a place or as a shift), words
    r'<text style="[^"]*font-size: ([\d.]+)px[^"]*"(?: x="[^"]*" y="([\d.]+)")?(?: transform="(?:translate\([\d.-]+ ([\d.-]+)\)|[^"]*)")?>'
    r"(.*?)</text>",
    re.DOTALL,
)
_VIEW = re.compile(r'viewBox="([^"]+)"')
SUFFIXES = {".svg": "SVG", ".png": "PNG", ".csv": "its data (CSV)"}


class Figures:
    """The figures of a run: the folder in which it kept them, and the folder of files that the pages offer."""

    def __init__(self, kept: Path, files: Path) -> None:
        self.kept, self.files = kept, files / "figures"
        self.files.mkdir(parents=True, exist_ok=True)

    def show(self, png: bytes, title: str, alt: str, root: str = "", above: Collection[str] = ()) -> Markup:
        """Copies the files of the figure with these PNG bytes, named `title`, and returns the figure as HTML.

        Parameters
        ----------
        png
            Bytes of the output, by which its files are found.
        title
            Name of the files, unique among figures.
        alt
            What the figure says, for who does not see it.
        root
            The way from the page up to the site's root.
        above
            Sentences that stand above it on the page: a title that says the same is not shown again.

        Raises
        ------
        FileNotFoundError
            In one line, if the run that drew the figure did not keep it.
        """
        path = self.kept / figure_id(png)
        for suffix in SUFFIXES:
            if not path.with_suffix(suffix).exists():
                raise FileNotFoundError(
                    f"{title}: its run kept no {path.name}{suffix}; execute it with HELPERS_FIGURES={self.kept}"
                )
        wide = path.with_suffix(".svg").read_text(encoding="utf-8")
        (self.files / f"{title}.svg").write_text(_tidy(wide, "../../"), encoding="utf-8")
        for suffix in (".png", ".csv"):
            shutil.copyfile(path.with_suffix(suffix), self.files / f"{title}{suffix}")
        narrow = path.with_suffix(".narrow.svg")
        phone = narrow.read_text(encoding="utf-8") if narrow.exists() else ""
        return self._html(title, hide_title(wide, above), hide_title(phone, above), alt, root)

    def _html(self, title: str, wide: str, phone: str, alt: str, root: str) -> Markup:
        drawn = _tidy(wide, root)
        if phone:
            drawn = f'<div class="wide">{drawn}</div><div class="phone">{_tidy(phone, root)}</div>'
        said = (
            '<p class="pointed" aria-hidden="true">Point at or tap a mark for what it stands for.</p>'
            if "mark" in wide
            else ""
        )
        links = " · ".join(
            f'<a href="{root}files/figures/{escape(title)}{suffix}">{words}</a>' for suffix, words in SUFFIXES.items()
        )
        links += f' · <a href="{root}rules.html">the rules</a>'
        cite = f'<button type="button" class="cite-this" data-what="{escape(alt)}" hidden>cite this figure</button>'
        below = f'<figcaption>{said}<p class="downloads">{links}{cite}</p></figcaption>'
        return Markup(f'<figure class="living" id="figure-{escape(title)}">{drawn}{below}</figure>')


def hide_title(svg: str, above: Collection[str]) -> str:
    """An SVG without the title that stands above it already, and without the room of it; its label keeps the words.

    Parameters
    ----------
    svg
        Text of the SVG.
    above
        Sentences in plain words, without a full stop.
    """
    texts = [(group, _TEXT.findall(group[0])) for group in _GROUP.finditer(svg)]
    at = next(
        (at for at, (_, lines) in enumerate(texts) if " ".join(unescape(line[-1]) for line in lines) in above), None
    )
    if at is None:
        return svg
    group, lines = texts[at]
    top, low = _top(lines[0]), float(lines[-1][1] or lines[-1][2])
    below = [_top(other[0]) for _, other in texts if other and _top(other[0]) > low]
    if not below:
        return svg
    cut = min(below) - top
    x, y, width, height = (float(part) for part in _VIEW.search(svg)[1].split())
    rest = svg.replace(group[0], "")
    return _VIEW.sub(f'viewBox="{x:g} {y + cut:g} {width:g} {height - cut:g}"', rest, count=1)


def _top(line: tuple[str, ...]) -> float:
    """Where a line of text begins: its foot less its size."""
    size, foot, shifted, _ = line
    return float(foot or shifted) - float(size)


def _tidy(svg: str, root: str) -> str:
    """An SVG fit for a page: on few lines, with addresses from where it stands, at two decimal places."""
    bare = _NOISE.sub("", svg[svg.index("<svg") :])
    bare = _TO_PAGE.sub(f'href="{root}', bare)
    return _LONG_NUMBER.sub(r"\1", re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", bare)))
