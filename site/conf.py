"""Sphinx settings: pages from executed notebooks, and around the assembled pages of the record."""

import json

project = "Exercises of the CSTO"
author = "The CSTO exercise record developers"
language = "en"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["extra", "static", "pages"]
default_role = "code"  # docstrings put code between single backquotes
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_google_docstring = False
toc_object_entries = False  # else the list of sections is made from every function
add_module_names = False
python_use_unqualified_type_names = True
suppress_warnings = ["toc.not_included"]  # the bar on top leads everywhere; there is no tree of pages
html_theme = "furo"
html_title = "Exercises of the CSTO"
html_show_sphinx = False
html_favicon = "static/favicon.svg"
templates_path = ["theme"]
html_static_path = ["static"]
html_css_files = ["codes.css", "record.css"]
html_js_files = [("record.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_theme_options = {
    "top_of_page_buttons": [],
    "light_css_variables": {
        "font-stack": '"Source Sans Pro", system-ui, sans-serif',
        "color-brand-primary": "#1c559c",
        "color-brand-content": "#1c559c",
        "color-brand-visited": "#1c559c",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8fbdf2",
        "color-brand-content": "#8fbdf2",
        "color-brand-visited": "#8fbdf2",
    },
}
nb_execution_mode = "off"
nb_render_markdown_format = "commonmark"  # of outputs; the builder has made HTML of them already
nb_merge_streams = True
myst_heading_anchors = 3


def setup(app):
    """Takes from the assembled folder what only the record knows, and leaves out what says nothing."""
    app.connect("config-inited", take_settings)
    app.connect("html-collect-pages", collect_pages)
    app.connect("html-page-context", add_context)
    app.connect("autodoc-skip-member", says_nothing)


def take_settings(app, config):
    """The last lines of every page, its address, the colours of codes, and the files to take away, which keep their names."""
    known = json.loads((app.srcdir / "settings.json").read_text(encoding="utf-8"))
    config.root_doc = known["notebooks"][0]["name"] if known["notebooks"] else "codebook"
    config.copyright = (
        f"2026, {author}. Text and data CC BY 4.0. Sources to {known['last_day']}; data version {known['version']}"
    )
    config.html_baseurl = known["base_url"]
    config.html_context |= known
    config.html_static_path.append(str(app.srcdir / "static"))
    config.html_extra_path.append(str(app.srcdir / "extra"))


def collect_pages(app):
    """The pages of the record, which are HTML already and only lack the frame that all pages share."""
    for page in json.loads((app.srcdir / "pages.json").read_text(encoding="utf-8")):
        body = (app.srcdir / "pages" / f"{page['path']}.html").read_text(encoding="utf-8")
        yield page["path"], page | {"body": body}, "page.html"


def add_context(app, pagename, templatename, context, doctree):
    """What the frame of a page needs beside its body."""
    base = app.config.html_baseurl
    context["pageurl"] = f"{base}{pagename}.html" if base and pagename != "404" else ""
    context["root"] = "../" * pagename.count("/")
    notebooks = context["notebooks"]
    at = next((at for at, one in enumerate(notebooks) if one["name"] == pagename), None)
    context["is_notebook"] = at is not None
    if at is not None:
        context["earlier"] = notebooks[at - 1] if at else None
        context["later"] = notebooks[at + 1] if at + 1 < len(notebooks) else None
        context.setdefault("description", notebooks[at]["description"])
    context.setdefault("description", f"{context.get('title', '')}: {project}")
    context.setdefault("sections", [])
    context.setdefault("image", "")


def says_nothing(app, what, name, member, skip, options):
    """Whether a member's only words are those that Python gives to each field of a named tuple."""
    return True if (getattr(member, "__doc__", None) or "").startswith("Alias for field number") else None
