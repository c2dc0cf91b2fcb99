"""The typeface of all figures: how wide a text is in it, and where a line of it ends."""

import functools

import font_source_sans_pro
from matplotlib import font_manager
from matplotlib.ft2font import LoadFlags

FAMILY = "Source Sans Pro"  # SIL Open Font License 1.1
_WEIGHTS = ("", "Semibold", "Bold")
DPI = 110


def points(pixels: float) -> float:
    """A height of type or a width of line in points, as matplotlib wants it, from pixels."""
    return pixels * 72 / DPI


@functools.cache
def load_typeface() -> dict[str, str]:
    """Makes the typeface known to matplotlib, and gives its files by weight."""
    files = font_source_sans_pro.font_files_ttf
    paths = {weight: files[f"SourceSansPro{weight}"] for weight in _WEIGHTS}
    for path in paths.values():
        font_manager.fontManager.addfont(path)
    return paths


def text_width(text: str, pixels: float, weight: str = "") -> float:
    """Width of the widest line of a text in pixels at a height of type in pixels; `weight` is blank, Semibold or Bold."""
    font = font_manager.get_font(load_typeface()[weight])
    font.set_size(points(pixels), DPI)
    widths = []
    for line in text.split("\n"):
        font.set_text(line)
        widths.append(float(font.get_width_height()[0]) / 64)
    return max(widths)


NEAR = 0.1  # how far kerning and hinting take a line from the sum of its letters; of 400 texts the most was 0.07


@functools.cache
def _advance(char: str, weight: str) -> float:
    """How far a letter takes the pen, over the height of type."""
    font = font_manager.get_font(load_typeface()[weight])
    font.set_size(100, 72)
    return float(font.load_char(ord(char), LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


def _is_wider(line: str, pixels: float, width: float, weight: str) -> bool:
    """Whether a line is wider than `width` pixels; it is laid out only where the sum of its letters comes near that."""
    rough = pixels * sum(_advance(char, weight) for char in line)
    if abs(rough - width) > NEAR * width:
        return rough > width
    return text_width(line, pixels, weight) > width


def wrap(text: str, pixels: float, width: float, weight: str = "") -> str:
    """Text broken into lines that are at most `width` pixels wide at a height of type of `pixels`."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and _is_wider(longer, pixels, width, weight):
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return "\n".join(lines)
