"""The page data/RULES.md, every rule from report to number, from the docstrings of `derive`; `codebook` writes it.

A rule stands once, in the docstring of the module that carries it out, so that the page cannot say anything else.
"""

import importlib.util
import inspect
import re
from collections.abc import Iterator
from importlib import import_module

CHAPTERS = {  # module of `derive`: heading, in the order in which a reader needs them
    "membership": "Who is bound",
    "reports": "Which report is believed",
    "statements": "What a report says",
    "register": "What became of an exercise, when and where",
    "places": "Places",
    "cells": "Who came",
    "umbrellas": "Joint exercises",
    "scope": "What is counted, and how",
}

HEAD = """# Rules

Every rule from a report to a number, in the order in which they apply. Generated from the docstrings of `helpers.derive`;
change those and run `make refresh`. What each column means stands in the [codebook](CODEBOOK.md). These two pages are enough
to count again: a script written from them alone, which knows nothing of this code, is among the tests.
"""

RULE = re.compile(r"^(\d+)\. ", re.MULTILINE)


def rules_page() -> str:
    """The page as Markdown: a heading a chapter, a numbered rule a paragraph, each with an anchor such as `cells-3`."""
    return "\n".join([HEAD, *(_chapter(name, heading) for name, heading in CHAPTERS.items() if _exists(name))])


def rules_of(name: str) -> dict[int, str]:
    """The numbered rules in the docstring of a module of `derive`.

    Parameters
    ----------
    name
        Name of the module, such as `cells`.

    Returns
    -------
    dict
        {number: the rule on one line}.

    Raises
    ------
    ValueError
        If the numbers do not run from 1.
    """
    _, *parts = RULE.split(_docstring(name))
    rules = {int(number): " ".join(text.split()) for number, text in _pairs(parts)}
    if list(rules) != list(range(1, len(rules) + 1)):
        raise ValueError(f"the rules of {name} are numbered {', '.join(map(str, rules))}")
    return rules


def _pairs(parts: list[str]) -> Iterator[tuple[str, str]]:
    return zip(parts[::2], parts[1::2], strict=True)


def _exists(name: str) -> bool:
    return importlib.util.find_spec(f"helpers.derive.{name}") is not None


def _docstring(name: str) -> str:
    return inspect.getdoc(import_module(f"helpers.derive.{name}")) or ""


def _chapter(name: str, heading: str) -> str:
    lead = " ".join(RULE.split(_docstring(name))[0].split())
    rules = [f'<a id="{name}-{number}"></a>{number}. {text}\n' for number, text in rules_of(name).items()]
    return "\n".join([f'<a id="{name}"></a>\n\n## {heading}\n\n{lead}\n', *rules])
