"""Slips in what a publication is: one outlet is of one kind and state, and an address is at home with one outlet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from urllib.parse import urlsplit

import pandas as pd

from helpers.loaders.characters import in_latin

Slip = tuple[str, Hashable, str, str, str]  # table, line, column, value, problem

BESIDE = frozenset({"copy", "analysis"})  # kinds of a text, which an outlet may print beside its own
AT_HOME, SHARE = 5, 0.8  # texts, and share of them, that make a host an outlet's home
ALIKE = 4  # letters in a row that an outlet and its host, or two names of it, have in common
_SECOND = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "org"})  # under these, a domain has three labels


def find_mixed_outlets(sources: pd.DataFrame) -> Iterator[Slip]:
    """Find the sources whose kind, state or address is another than their outlet has elsewhere.

    Parameters
    ----------
    sources
        Text cells of `sources`, indexed by line number.

    Yields
    ------
    tuple
        (table, line, column, value, problem), worded to stand behind the value.
    """
    own = sources[~sources["kind"].isin(BESIDE)]
    for column in ("kind", "outlet_country"):
        yield from _minorities(own[own[column] != ""], column)
    addressed = sources[sources["url"] != ""]
    domains = addressed["url"].map(_domain)
    yield from _strangers(addressed, domains)
    yield from _outings(addressed, domains)


def _minorities(sources: pd.DataFrame, column: str) -> Iterator[Slip]:
    """Cells that differ from those of most rows of their outlet."""
    for outlet, cells in sources.groupby("outlet")[column]:
        usual, count = Counter(cells).most_common(1)[0]
        for line, value in cells[cells != usual].items() if count < len(cells) else ():
            yield "sources", line, column, value, f"is {usual} in {count} other rows of {outlet}"


def _domain(url: str) -> str:
    """The part of a host that somebody owns."""
    labels = (urlsplit(url).hostname or "").rstrip(".").split(".")
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in _SECOND and len(labels[-1]) == 2 else -2 :])


def _homes(keys: pd.Series, values: pd.Series) -> dict[str, str]:
    """{key: value} of keys that nearly always go with one value."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, value in zip(keys, values, strict=True):
        counts[key][value] += 1
    most = {key: own.most_common(1)[0] for key, own in counts.items() if own.total() >= AT_HOME}
    return {key: value for key, (value, count) in most.items() if count >= SHARE * counts[key].total()}


def _alike(one: str, other: str) -> bool:
    """Whether two names have some letters in a row in common."""
    first, second = ("".join(filter(str.isalnum, in_latin(name))) for name in (one, other))
    if min(len(first), len(second)) < ALIKE:
        return first in second or second in first
    return any(first[at : at + ALIKE] in second for at in range(len(first) - ALIKE + 1))


def _strangers(sources: pd.DataFrame, domains: pd.Series) -> Iterator[Slip]:
    """Texts under one outlet's address that bear another's name."""
    homes = _homes(domains, sources["outlet"])
    for line, outlet, domain in zip(sources.index.tolist(), sources["outlet"], domains, strict=True):
        if (usual := homes.get(domain, outlet)) != outlet and not _alike(usual, outlet):
            yield "sources", line, "outlet", outlet, f"has an address at {domain}, which is that of {usual}"


def _outings(sources: pd.DataFrame, domains: pd.Series) -> Iterator[Slip]:
    """Texts of an outlet under an address where nothing else stands, and that neither bears its name nor stands in the key."""
    owners = domains.str.split(".").str[0]
    homes, counts = _homes(sources["outlet"], owners), Counter(domains)
    for row, owner, domain in zip(sources.itertuples(), owners, domains, strict=True):
        usual = homes.get(row.outlet, owner)
        host = urlsplit(row.url).hostname or ""
        named = any(_alike(host, name) for name in (row.outlet, usual, row.source_id.split("-")[0]))
        if usual != owner and counts[domain] == 1 and row.kind != "copy" and not named:
            yield "sources", row.Index, "url", row.url, f"is not at {usual}, the address of {row.outlet}"
