"""Gathers what Sphinx renders: `python site/assemble.py NOTEBOOKS TABLES SOURCE_FOLDER`.

Outputs are taken as they are. Code is folded, and each figure's alt text moves to where the renderer reads it.
"""

import shutil
import sys
from pathlib import Path

import nbformat

SITE = Path(__file__).parent
ROOT = SITE.parent


def prepare(notebook):
    """Folds the code of every cell and hands on the alt text of figures."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), "hide-input"})
        for output in cell.outputs:
            alt = output.get("metadata", {}).get("image/png", {}).get("alt")
            if alt:
                cell.metadata["mystnb"] = {"image": {"alt": alt}}
    return notebook


def copy_if_changed(source, target):
    """Copies a file unless the target already holds the same bytes, so that an unchanged page is not rendered again."""
    if not target.exists() or target.read_bytes() != source.read_bytes():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def main(executed, tables, source):
    """Fills `source` with the front page, the codebook, the derived tables and the prepared notebooks."""
    source.mkdir(parents=True, exist_ok=True)
    copy_if_changed(SITE / "index.md", source / "index.md")
    copy_if_changed(ROOT / "data" / "CODEBOOK.md", source / "codebook.md")
    for path in sorted(tables.glob("*.csv")):
        copy_if_changed(path, source / "tables" / path.name)
    for path in sorted(executed.glob("*.ipynb")):
        text = nbformat.writes(prepare(nbformat.read(path, as_version=4)))
        target = source / path.name
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
