"""Prints the first finding of an executed notebook as plain text: `python site/headline.py NOTEBOOK`."""

import sys
from pathlib import Path

import nbformat


def findings(path):
    """(cell id, Markdown) of every finding that a notebook shows, in order."""
    cells = nbformat.read(Path(path), as_version=4).cells
    shown = [(cell.id, output) for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return [
        (cell, output["data"]["text/markdown"]) for cell, output in shown if "text/markdown" in output.get("data", {})
    ]


if __name__ == "__main__":
    print(findings(sys.argv[1])[0][1].replace("**", "").replace("\\", ""))
