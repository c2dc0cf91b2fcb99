"""Values that look like markup, formats or formulas are planted in every free column: they are shown, and never obeyed.

The contract refuses some of them; findings, tables and figures must not rely on that, so they are planted behind it.
"""

import io
import itertools
import re

import numpy as np
import pytest
from IPython.display import HTML
from matplotlib.figure import Figure
from outcomes import outcomes
from support import ROOT

from helpers.derive import record
from helpers.display.figures import figure_text
from helpers.display.finding import Finding
from helpers.loaders import remembered
from helpers.loaders.contract import EDTF, read_package
from helpers.loaders.tables import load

PACKAGES = {"data": ROOT / "data", "example": ROOT / "examples" / "peace-mission"}
NOTEBOOKS = sorted([*(ROOT / "notebooks").rglob("*.ipynb"), ROOT / "examples" / "peace_mission.ipynb"])
PLANT = (
    "{name.__class__} } { %s $\\frac{$ **bold** `code` [link](javascript:x) <script>alert(1)</script> <img src=x> _under_ "
    "~~gone~~ | # \n\n```{include} /etc/passwd\n```\n{{ 7 * 7 }}"
)
OBEYED = {  # what a reader's program would obey, once what is escaped is taken out
    "a tag": r"<(script|img)",
    "a link": r"\]\(javascript",
    "bold": r"\*\*bold\*\*",
    "code": r"`code`",
    "a directive": r"```",
    "a formula": r"\$\\?\\?frac|\$",
    "a format that was filled in": r"<class|&lt;class",
    "a substitution": r"\{\{",
}
SHORT = (
    "{name.__class__}",
    "}",
    "{",
    "$\\frac{$",
    "**bold**",
    "`code`",
    "[l](javascript:x)",
    "<script>",
    "<img src=x>",
    "a\nb",
    "{{ 7 }}",
    "_",
)
READ = {  # text columns that are compared with one another or read as a number
    ("claims", "value"),
    ("double_coding", "first"),
    ("double_coding", "second"),
    ("double_coding", "resolved"),
    ("quotations", "row_key"),
    ("article_facts", "row_key"),
    ("article_facts", "column"),
}


def free_columns(package):
    """The columns that any text may stand in, as (table, column, most characters or None, whether it is a list)."""
    for resource in package["resources"]:
        schema = resource["schema"]
        keys = {*schema["primaryKey"], *(key["fields"][0] for key in schema.get("foreignKeys", []))}
        for field in schema["fields"]:
            limited = {"enum", "pattern"} & field.get("constraints", {}).keys()
            limited |= {"itemEnum", "itemReference"} & field.keys()
            text = field["type"] in ("string", "list") and field.get("rdfType") != EDTF
            if text and not limited and field["name"] not in keys and (resource["name"], field["name"]) not in READ:
                yield (
                    resource["name"],
                    field["name"],
                    field.get("constraints", {}).get("maxLength"),
                    field["type"] == "list",
                )


def planted(folder):
    """The tables of a package with the plant behind each text of each free column; in a name, short ones in turn."""
    data = load(folder)
    for table, column, most, is_list in free_columns(read_package(folder)):
        if is_list:
            data[table][column] = data[table][column].map(lambda items: tuple(f"{item} {PLANT}" for item in items))
        elif most:
            plants = itertools.cycle(SHORT)
            data[table][column] = [f"{text[: most - 18]} {next(plants)}" for text in data[table][column]]
        else:
            data[table][column] = [f"{text} {PLANT}" if text else text for text in data[table][column]]
    return data


@pytest.fixture(scope="module")
def tables():
    return {name: planted(folder) for name, folder in PACKAGES.items()}


@pytest.fixture(
    params=[(path, name) for path in NOTEBOOKS for name in PACKAGES], ids=lambda one: f"{one[0].stem}-{one[1]}"
)
def shown(request, tables, monkeypatch):
    """What a notebook shows of the planted tables."""
    path, name = request.param
    monkeypatch.setattr(remembered, "state_of", lambda folder: "")
    monkeypatch.setattr(record, "load", lambda folder: {table: rows.copy() for table, rows in tables[name].items()})
    monkeypatch.chdir(path.parent)
    scope = {} if name == "data" and path.parent.name == "notebooks" else {"DATA": PACKAGES[name]}
    if scope:
        scope |= {"SINCE": None, "UNTIL": None, "CLASSES": None, "FOCUS": None, "SPLIT": None}
    return {cell: value for cell, value in outcomes(path, **scope).items() if value is not None}


def obeyed(text):
    """What of a Markdown or HTML text would be obeyed."""
    bare = re.sub(r"\\[^\w\s]", "", text)
    return [what for what, pattern in OBEYED.items() if re.search(pattern, bare)]


def test_a_notebook_shows_planted_values_and_obeys_none(shown):
    assert shown
    wrong = []
    for cell, value in shown.items():
        if isinstance(value, Finding):
            wrong += [(cell, what) for what in obeyed(value.text)]
            assert "<class" not in value.as_plain()
        elif isinstance(value, HTML):
            wrong += [
                (cell, what) for what in ("a tag", "a format that was filled in") if re.search(OBEYED[what], value.data)
            ]
        elif isinstance(value, Figure):
            value.savefig(io.BytesIO(), format="svg")
            assert "<class" not in figure_text(value)
            wrong += [
                (cell, "a formula")
                for text in value.findobj(lambda one: hasattr(one, "get_parse_math"))
                if text.get_parse_math() and "$" in text.get_text()
            ]
    assert not wrong


def test_the_plant_is_in_what_is_looked_at(tables):
    """So that the tests above do not pass because nothing was planted."""
    columns = {name: set(free_columns(read_package(folder))) for name, folder in PACKAGES.items()}
    assert len(columns["data"]) > 60
    for table, column in [("shocks", "why"), ("sources", "title"), ("reports", "absent_reason")]:
        assert (table, column, None, False) in columns["data"]
        texts = tables["data"][table][column]
        assert np.mean([PLANT in text for text in texts if text]) == 1
    for table in ("countries", "series"):
        assert all(any(name.endswith(plant) for name in tables["data"][table]["name"]) for plant in SHORT)
