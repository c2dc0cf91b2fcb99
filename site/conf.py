"""Sphinx settings: pages from executed notebooks, whose outputs are shown as they are."""

project = "Exercises of the CSTO"
author = "The CSTO exercise record developers"
project_copyright = "2026, the CSTO exercise record developers. Text and data CC BY 4.0"
extensions = ["myst_nb"]
html_theme = "furo"
html_title = "Exercises of the CSTO"
html_show_sphinx = False
html_static_path = ["static"]
html_css_files = ["record.css"]
html_copy_source = False
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
nb_merge_streams = True
nb_code_prompt_show = "Show code"
nb_code_prompt_hide = "Hide code"
myst_heading_anchors = 3
