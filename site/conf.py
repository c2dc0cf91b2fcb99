"""Sphinx settings: pages from executed notebooks, whose outputs are shown as they are, and from the assembled record."""

from helpers.derive.register import cutoff
from helpers.display.phrases import day
from helpers.loaders.contract import read_package
from helpers.loaders.tables import DATA, load

VERSION = read_package(DATA)["version"]
LAST_DAY = day(cutoff(load()["sources"]))

project = "Exercises of the CSTO"
author = "The CSTO exercise record developers"
project_copyright = (
    f"2026, the CSTO exercise record developers. Text and data CC BY 4.0. Sources to {LAST_DAY}; data version {VERSION}"
)
language = "en"
extensions = ["myst_nb"]
exclude_patterns = ["extra"]
html_theme = "furo"
html_title = "Exercises of the CSTO"
html_show_sphinx = False
templates_path = ["theme"]
html_static_path = ["static"]
html_css_files = ["record.css"]
html_js_files = [("record.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_theme_options = {"top_of_page_buttons": []}
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
nb_merge_streams = True
nb_code_prompt_show = "Show code"
nb_code_prompt_hide = "Hide code"
myst_heading_anchors = 3


def setup(app):
    """The files to take away keep their names: they are copied as they are."""
    app.connect("config-inited", lambda app, config: config.html_extra_path.append(str(app.srcdir / "extra")))
