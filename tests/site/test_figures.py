"""Figures look as committed."""

import base64
import io

import nbformat
import numpy as np
from browser import pictures
from PIL import Image

from helpers.display import figures as show

DRIFT = (
    0.5  # root mean square of 255 levels: processors round the edges of letters differently, a moved line gives more
)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), float)


def test_figures_look_as_committed(drawn):
    """What the text of a figure does not tell, such as sizes, widths and margins, its pixels do."""
    for path, figures in drawn.items():
        committed = {
            cell.id: output["data"]["image/png"] for cell, output in pictures(nbformat.read(path, as_version=4))
        }
        assert set(committed) == set(figures)
        for cell, figure in figures.items():
            was, now = pixels(base64.b64decode(committed[cell])), pixels(show.figure_png(figure)[0])
            assert was.shape == now.shape, (path.name, cell)
            assert np.sqrt(((was - now) ** 2).mean()) < DRIFT, (path.name, cell)
