"""Sphinx settings: pages from executed notebooks, whose outputs are shown as they are, and from the assembled record."""

import json

project = "Exercises of the CSTO"
author = "The CSTO exercise record developers"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["extra", "static"]
default_role = "code"  # docstrings put code between single backquotes
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_google_docstring = False
toc_object_entries = False  # else the navigation of every page is made from every function
add_module_names = False
python_use_unqualified_type_names = True
html_theme = "furo"
html_title = "Exercises of the CSTO"
html_show_sphinx = False
templates_path = ["theme"]
html_static_path = ["static"]
html_css_files = ["codes.css", "record.css"]
html_js_files = [("record.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_theme_options = {"top_of_page_buttons": []}
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
nb_merge_streams = True
nb_code_prompt_show = "Show code"
nb_code_prompt_hide = "Hide code"
myst_heading_anchors = 3


def setup(app):
    """Takes from the assembled folder what only the record knows, and leaves out what says nothing."""
    app.connect("config-inited", of_the_record)
    app.connect("autodoc-skip-member", says_nothing)


def of_the_record(app, config):
    """The last lines of every page, the colours of codes, and the files to take away, which keep their names."""
    known = json.loads((app.srcdir / "settings.json").read_text(encoding="utf-8"))
    config.copyright = (
        f"2026, {author}. Text and data CC BY 4.0. Sources to {known['last_day']}; data version {known['version']}"
    )
    config.html_static_path.append(str(app.srcdir / "static"))
    config.html_extra_path.append(str(app.srcdir / "extra"))


def says_nothing(app, what, name, member, skip, options):
    """Whether a member's only words are those that Python gives to each field of a named tuple."""
    return True if (getattr(member, "__doc__", None) or "").startswith("Alias for field number") else None
