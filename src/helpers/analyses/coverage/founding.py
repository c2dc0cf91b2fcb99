"""The founding articles: every fact in them, the value that carries it today, and the facts that cannot both stand."""

from collections.abc import Mapping, Sequence

import pandas as pd


def trace_facts(data: Mapping[str, pd.DataFrame], keys: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The facts of the founding articles and what the values that carry them say today.

    Parameters
    ----------
    data
        The tables as coded, by name.
    keys
        The columns of each table's primary key (`loaders.tables.primary_keys`).

    Returns
    -------
    DataFrame
        The table article_facts with a column `says` (text).

    Raises
    ------
    KeyError
        If a fact points at no row.
    """
    table = data["article_facts"]
    rows = {
        name: dict(zip(data[name][list(keys[name])].astype(str).agg("|".join, axis=1), data[name].index, strict=True))
        for name in table["table"].unique()
    }
    carriers = zip(table["table"], table["row_key"], table["column"], strict=True)
    return table.assign(says=[_as_text(data[name].at[rows[name][key], column]) for name, key, column in carriers])


def _as_text(value: object) -> str:
    return ";".join(value) if isinstance(value, tuple) else str(value)
