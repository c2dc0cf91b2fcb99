"""Notebook pages: outputs as they are, code folded, and below each figure its files to take away."""

import base64
import shutil
from pathlib import Path

import nbformat

from helpers.display.figures import figure_id
from helpers.display.finding import MIME

SUFFIXES = (".svg", ".png", ".csv")


def prepare(notebook: nbformat.NotebookNode, name: str, kept: Path, files: Path) -> nbformat.NotebookNode:
    """Folds the code of every cell, hands on the alt text of figures, and offers each figure's files below it.

    A cell that shows nothing is folded together with the next one that does, so that an answer does not stand below five
    closed lids. `kept` is the folder in which the run kept its figures, `files` that of the files to take away.
    """
    cells, silent = [], []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            cells += [_folded(silent), cell] if silent else [cell]
            silent = []
            continue
        silent.append(cell)
        if not cell.outputs:
            continue
        shown, silent = _folded(silent), []
        cells.append(shown)
        for output in shown.outputs:
            output.get("data", {}).pop(MIME, None)  # a page shows the text, and has no words for what programs read
            if "image/png" in output.get("data", {}):
                shown.metadata["mystnb"] = {"image": {"alt": output["metadata"]["image/png"]["alt"]}}
                links = offer(base64.b64decode(output["data"]["image/png"]), f"{name}-{shown.id}", kept, files)
                cells.append(nbformat.v4.new_markdown_cell(links, id=f"{shown.id}-files"))
    notebook.cells = cells + ([_folded(silent)] if silent else [])
    return notebook


def _folded(cells):
    """One cell with the code of all, closed, and the outputs of the last."""
    last = cells[-1]
    last.source = "\n\n".join(cell.source for cell in cells)
    last.metadata["tags"] = sorted({*last.metadata.get("tags", []), "hide-input"})
    return last


def offer(png: bytes, title: str, kept: Path, files: Path) -> str:
    """Copies the three files of the figure with these PNG bytes and returns links to them (HTML).

    Raises FileNotFoundError in one line if the run that drew the figure did not keep it.
    """
    (files / "figures").mkdir(parents=True, exist_ok=True)
    links = []
    for suffix in SUFFIXES:
        source = kept / f"{figure_id(png)}{suffix}"
        if not source.exists():
            raise FileNotFoundError(f"{title}: its run kept no {source.name}; execute it with HELPERS_FIGURES={kept}")
        shutil.copyfile(source, files / "figures" / f"{title}{suffix}")
        words = {".csv": "its data (CSV)"}.get(suffix, suffix[1:].upper())
        links.append(f'<a href="files/figures/{title}{suffix}">{words}</a>')
    return f'<p class="downloads">This figure as {links[0]}, {links[1]}, or {links[2]}</p>'
