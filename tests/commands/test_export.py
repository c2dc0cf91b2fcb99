"""Derived tables have the columns that their descriptor names."""

import json

import pandas as pd

from helpers.commands import export
from helpers.loaders.tables import DATA


def test_derived_tables_have_the_documented_columns(tmp_path, data):
    tables = export.derived_tables(data)
    assert set(tables) == {"register", "attendance", "ties", "events"}
    export.write(tables, tmp_path)
    derived = json.loads((DATA / "derived.json").read_text(encoding="utf-8"))["resources"]
    documented = {resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in derived}
    for name in tables:
        assert pd.read_csv(tmp_path / f"{name}.csv", nrows=1).columns.tolist() == documented[name]
