"""Another scope: what a notebook's parameters are, and whether anything is left of a scope before it is run.

`main(notebook, scope_json, "SINCE=2013", ...)` checks the values against the record and writes them for
papermill, beside a label for every page. What cannot be run is refused in one line.
"""

import ast
import html
import json
import sys
from datetime import date
from pathlib import Path

from helpers.derive.attendance import derive_attendance
from helpers.derive.register import derive_register
from helpers.derive.scope import drawing_order, select
from helpers.loaders.contract import DataError
from helpers.loaders.tables import load

PAGE_HEAD = "<span style='white-space: normal; font-size: 0.8rem; line-height: 1.2'>{}</span>"  # the theme keeps an announcement on one line otherwise


def code_cells(notebook):
    """(cell id, source, tags) of each code cell of a notebook (path), in order."""
    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    return [(c["id"], "".join(c["source"]), c["metadata"].get("tags", [])) for c in cells if c["cell_type"] == "code"]


def parameters(notebook):
    """{name: value} of a notebook's cell tagged `parameters`."""
    values = {}
    for _, source, tags in code_cells(notebook):
        if "parameters" in tags:
            exec(source, {}, values)
    return values


def outcomes(notebook, **changed):
    """{cell id: value of its last line} of a notebook's cells run in this process, with some parameters changed.

    Without a kernel, a page or a picture it costs a tenth of an execution, and says what an execution would say.
    """
    values, names = {}, {}
    for cell, source, tags in code_cells(notebook):
        body = ast.parse(source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell, "exec"), names)
        if "parameters" in tags:
            names |= changed
        if last:
            values[cell] = eval(compile(ast.Expression(last.value), cell, "eval"), names)
    return values


def scope_of(words, defaults):
    """The defaults with the values of NAME=VALUE words, each read as its default's kind; lists are separated by commas.

    Raises ValueError in one line for a name without default, a year that is no number or a day that is none.
    """
    scope = dict(defaults)
    for word in words:
        name, _, text = word.partition("=")
        if name not in defaults:
            raise ValueError(f"scope: {name!r} is not one of {', '.join(defaults)}")
        scope[name] = _value(name, text, defaults[name])
    return scope


def _value(name, text, default):
    if isinstance(default, list):
        return [item.strip() for item in text.split(",")]
    if isinstance(default, int) and not text.isdecimal():
        raise ValueError(f"scope: {name} is {text!r}, which is no year")
    if name == "SPLIT":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"scope: SPLIT is {text!r}, which is no day such as 2022-09-13") from None
    return int(text) if isinstance(default, int) else text


def check(data, scope):
    """Raises ValueError in one line if the record leaves nothing to look at in a scope."""
    record = derive_register(data)
    cells = derive_attendance(data, record)
    chosen = {name.lower(): scope[name] for name in ("SINCE", "UNTIL", "CLASSES", "UNIT", "GRADE")}
    register, cells = select(record, cells, **chosen)
    drawing_order(cells, scope["FOCUS"])
    if not (register["status"] == "held").any():
        raise ValueError(f"scope: none of the {len(register)} exercises that are left is reported as held")


def label(data, scope):
    """What a run covers, in words for the head of each page."""
    name = data["countries"].set_index("iso3").at[scope["FOCUS"], "name"]
    return (
        f"Scope: plan years {scope['SINCE']}–{scope['UNTIL']}; {', '.join(scope['CLASSES']).replace('_', ' ')}; unit "
        f"{scope['UNIT']}; evidence of grade {scope['GRADE']} or better; {name} looked at, before and since {scope['SPLIT']}. "
        "Register, timeline, steps, claims and downloads are of the whole record."
    )


def main(notebook, place, *words):
    """Writes the scope as JSON to `place` and its label beside it; returns the exit code."""
    try:
        scope, data = scope_of(words, parameters(notebook)), load()
        check(data, scope)
    except (ValueError, DataError) as error:
        print(error, file=sys.stderr)
        return 1
    text = label(data, scope)
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    Path(place).with_name("label.txt").write_text(PAGE_HEAD.format(html.escape(text)) + "\n", encoding="utf-8")
    Path(place).write_text(json.dumps(scope) + "\n", encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
