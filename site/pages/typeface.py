"""The typeface of pages and figures, cut to the letters that they need.

`python site typeface` writes it anew from the package `font_source_sans_pro` (SIL Open Font License 1.1), whose licence text
stands beside the files. That licence keeps the name "Source" for the whole: in the files, the cut has a name of its own.
"""

from pathlib import Path

import font_source_sans_pro

FOLDER = Path(__file__).parents[1] / "static" / "typeface"
WEIGHTS = {"": 400, "Semibold": 600, "Bold": 700}  # name of the face: weight in a style sheet
LETTERS = [  # Latin with its accents, Cyrillic, punctuation, arrows and the marks of tables
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x400, 0x460),
    *range(0x2010, 0x2027),
    *map(ord, "‹›→←↑↓−×✕■□○●◆▲▼·…№"),
]
NAMES = {1: "Record Sans", 3: "Record Sans {}", 4: "Record Sans {}", 6: "RecordSans-{}", 16: "Record Sans"}


def write_typeface() -> None:
    """Writes the faces as WOFF and their licence."""
    from fontTools import subset

    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in WEIGHTS:
        source = font_source_sans_pro.font_files_ttf[f"SourceSansPro{name}"]
        options = subset.Options(flavor="woff", layout_features=["kern", "liga", "tnum"], hinting=False)
        font = subset.load_font(source, options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=LETTERS)
        cutter.subset(font)
        for entry in font["name"].names:
            if entry.nameID in NAMES:
                entry.string = NAMES[entry.nameID].format(WEIGHTS[name])
        subset.save_font(font, FOLDER / face(name), options)
    licence = (Path(font_source_sans_pro.font_directory) / "LICENSE.txt").read_text(encoding="utf-8")
    (FOLDER / "LICENSE.txt").write_text(licence, encoding="utf-8", newline="\n")


def face(name: str) -> str:
    """Name of the file of a face."""
    return f"record-sans-{WEIGHTS[name]}.woff"


def rules() -> list[str]:
    """Rules of a style sheet in `_static` that bring the faces in; text is shown at once in another until they are there."""
    return [
        f'@font-face {{ font-family: "Source Sans Pro"; font-weight: {weight}; font-display: swap; '
        f'src: url("typeface/{face(name)}") format("woff"); }}'
        for name, weight in WEIGHTS.items()
    ]
