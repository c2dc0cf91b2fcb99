"""Single faults of a project, in seven groups, found with a fixed seed: what `make faults` plants.

They are found by walking tables, syntax trees, templates, stylesheets and settings, so that the list follows the project as
files come and go. A fault changes one place of one file as a slip of a hand would: another value of the same column, a swapped
operator, a dropped drawing call, an escape gone from a template, a digit of a hash.
"""

import ast
import csv
import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261122
GROUPS = {
    "coding slips": 42,
    "rules and constants": 42,
    "figures": 30,
    "findings": 30,
    "templates and builders": 30,
    "CSS and script": 20,
    "settings": 30,  # Makefile, workflows, locks and environment
}  # how many faults of each are planted
PLOTS = {"add_patch", "annotate", "axhline", "axvline", "bar", "barh", "hlines", "plot", "scatter"}
PLOTS |= {"add_collection", "legend", "set_title", "set_xticks", "set_yticks", "text", "vlines"}
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
SETTINGS = {  # settings of which any line that does something may go wrong, and what is no such line
    "Makefile": r"^\s*#|^$|^\.PHONY|^help:",
    "pyproject.toml": r"^\s*#|^$|^\[|^\]|^(description|keywords|authors|readme|name|version)",
    ".github/workflows/test.yml": r"^\s*#|^$|^name:|^\w+:$|^ +\w+:$|- name:",
    ".github/workflows/newest.yml": r"^\s*#|^$|^name:|^\w+:$|^ +\w+:$|- name:",
    ".github/dependabot.yml": r"^\s*#|^$",
    ".ci/run": r"^\s*#|^$",
    ".ci/environment": r"^\s*#|^$",
    "environment.yml": r"^\s*#|^$|^name:",
}


@dataclass(frozen=True)
class Fault:
    """One fault: the group, the file, what is wrong in words, and the whole file with it."""

    group: str
    place: Path
    what: str
    text: str


def faults() -> list[Fault]:
    """All faults, the same ones as long as the project is the same: of each group as many as `GROUPS` says."""
    draw = random.Random(SEED)
    found = {
        "coding slips": list(_slips(draw)),
        "rules and constants": list(_code(draw, "rules and constants", _modules("loaders", "derive", "statistics"))),
        "figures": list(_code(draw, "figures", [path for path in _modules("analyses", "display") if _draws(path)])),
        "findings": list(_code(draw, "findings", [path for path in _modules("analyses") if not _draws(path)])),
        "templates and builders": [
            *_templates(draw),
            *_code(draw, "templates and builders", sorted((ROOT / "site" / "pages").glob("*.py"))),
        ],
        "CSS and script": list(_styles()),
        "settings": list(_settings(draw)),
    }
    return [one for group, number in GROUPS.items() for one in _spread(draw, found[group], number)]


def _spread(draw: random.Random, found: list[Fault], number: int) -> list[Fault]:
    """`number` faults, each file in turn."""
    of_file: dict[Path, list[Fault]] = {}
    for fault in draw.sample(found, len(found)):
        of_file.setdefault(fault.place, []).append(fault)
    ranked = [(at, own[at]) for own in of_file.values() for at in range(len(own))]
    return [fault for _, fault in sorted(ranked, key=lambda one: one[0])][:number]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _changed(group: str, path: Path, line: int, was: str, now: str, text: str) -> Fault:
    words = f"line {line}: {' '.join(was.split())[:70]} -> {' '.join(now.split())[:70] or 'nothing'}"
    return Fault(group, path.relative_to(ROOT), words, text)


def _slips(draw: random.Random) -> Iterator[Fault]:
    """In each table: a cell takes another value of its column, two digits of a cell change places, a row goes."""
    for path in sorted((ROOT / "data").glob("*.csv")):
        head, *body = csv.reader(io.StringIO(_read(path)))
        filled = [(row, at) for row in range(len(body)) for at in range(len(head)) if body[row][at]]
        for row, at in draw.sample(filled, 2):
            others = sorted({other[at] for other in body} - {"", body[row][at]})
            if others and head[at] not in ("note", "query"):
                yield _with_cell(path, head, body, row, at, draw.choice(others))
        pairs = [
            (row, at, match.start())
            for row, at in draw.sample(filled, min(400, len(filled)))
            for match in [re.search(r"(\d)(?!\1)\d", body[row][at])]
            if match and head[at] not in ("note", "query", "url")
        ]
        for row, at, start in pairs[:1]:
            was = body[row][at]
            yield _with_cell(path, head, body, row, at, f"{was[:start]}{was[start + 1]}{was[start]}{was[start + 2 :]}")
        gone = draw.randrange(len(body))
        yield _table(path, head, body[:gone] + body[gone + 1 :], gone, ",".join(body[gone]), "")


def _with_cell(path: Path, head: list[str], body: list[list[str]], row: int, at: int, value: str) -> Fault:
    rows = [list(cells) for cells in body]
    rows[row][at] = value
    return _table(path, head, rows, row, f"{head[at]} {body[row][at]}", value)


def _table(path: Path, head: list[str], body: list[list[str]], row: int, was: str, now: str) -> Fault:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *body])
    return _changed("coding slips", path, row + 2, was, now, text.getvalue())


def _modules(*folders: str) -> list[Path]:
    return sorted(path for name in folders for path in (ROOT / "src" / "helpers" / name).rglob("*.py"))


def _draws(path: Path) -> bool:
    return path.stem.startswith("figures") or path.parent.name == "display"


def _code(draw: random.Random, group: str, paths: list[Path]) -> Iterator[Fault]:
    """In each module: numbers, comparisons, calculations, conditions, words in tables, drawing calls."""
    for path in paths:
        source = _read(path)
        tree = ast.parse(source)
        changes = [change for node in ast.walk(tree) if (change := _slip_of(node))]
        for node, new in draw.sample(changes, min(8, len(changes))):
            lines = source.encode().splitlines(keepends=True)  # syntax trees count bytes
            start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
            end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
            whole = source.encode()
            text = (whole[:start] + new.encode() + whole[end:]).decode()
            yield _changed(group, path, node.lineno, whole[start:end].decode(), new, text)


def _slip_of(node: ast.AST) -> tuple[ast.expr | ast.stmt, str] | None:
    """(node, its new source) of what a hand can slip at; None of anything else."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node, repr(node.value + 1)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        swapped = ast.Compare(node.left, [SWAPS[type(node.ops[0])](), *node.ops[1:]], node.comparators)
        return node, f"({ast.unparse(swapped)})"
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
        return node, f"({ast.unparse(ast.BinOp(node.left, SWAPS[type(node.op)](), node.right))})"
    if isinstance(node, ast.BoolOp):
        return node, f"({ast.unparse(ast.BoolOp(SWAPS[type(node.op)](), node.values))})"
    if (
        isinstance(node, ast.Dict)
        and len(node.values) > 1
        and all(isinstance(v, ast.Constant) for v in node.values[:2])
    ):
        first, second, *rest = node.values  # two words, glyphs or colours change places
        if ast.dump(first) == ast.dump(second):
            return None
        return node, ast.unparse(ast.Dict(node.keys, [second, first, *rest]))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        return (node, "pass") if node.value.func.attr in PLOTS else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "escape" and node.args:
        return node, f"str({ast.unparse(node.args[0])})"
    return None


def _templates(draw: random.Random) -> Iterator[Fault]:
    """In each template: an escape gone, two values swapped, a condition turned, a line dropped."""
    for path in sorted((ROOT / "site" / "templates").glob("*")):
        lines = _read(path).splitlines(keepends=True)
        for at, line in enumerate(lines):
            values = re.findall(r"\{\{.*?\}\}", line)
            slips = []
            if "|md" in line.replace(" ", "") or values:
                slips.append(re.sub(r" ?\| ?md(?= ?\}\}| ?\|)", "|safe", line, count=1) if "md" in line else "")
            if len(values) > 1:
                slips.append(
                    line.replace(values[0], "\0", 1).replace(values[1], values[0], 1).replace("\0", values[1], 1)
                )
            if found := re.search(r"\{% if (.*?) %\}", line):
                slips.append(line.replace(found[0], f"{{% if not ({found[1]}) %}}", 1))
            if values and "{%" not in line:
                slips.append("\n")
            for new in {slip for slip in slips if slip and slip != line}:
                yield _changed(
                    "templates and builders", path, at + 1, line, new, "".join([*lines[:at], new, *lines[at + 1 :]])
                )


def _styles() -> Iterator[Fault]:
    """Each declaration of the stylesheet gone; in the script, an operator turned or a statement gone."""
    for path in sorted((ROOT / "site" / "static").glob("record.*")):
        text = _read(path)
        if path.suffix == ".css":
            cuts = [(match, "") for match in re.finditer(r"[a-z-]+: [^;{}]+;", text)]
        else:
            turned = {"===": "!==", "!==": "===", "&&": "||", "||": "&&", " < ": " >= ", " > ": " <= ", "true": "false"}
            cuts = [(match, turned[match[0]]) for match in re.finditer("|".join(map(re.escape, turned)), text)]
            cuts += [(match, "\n") for match in re.finditer(r"^ +[\w.]+\([^\n]*\);\n", text, re.MULTILINE)]
        for match, new in cuts:
            line = text.count("\n", 0, match.start()) + 1
            yield _changed(
                "CSS and script", path, line, match[0], new, text[: match.start()] + new + text[match.end() :]
            )


def _settings(draw: random.Random) -> Iterator[Fault]:
    """Each setting: a line gone or its last digit another; in the locks, a digit of a hash or of a version, or a hash gone.

    Of the locks only pip can say that a hash is none of its package's; it then installs nothing.
    """
    for name, idle in SETTINGS.items():
        path = ROOT / name
        lines = _read(path).splitlines(keepends=True)
        for at, line in enumerate(lines):
            if re.search(idle, line.rstrip("\n")):
                continue
            digit = re.search(r"\d(?=\D*$)", line.partition(" # ")[0])
            slips = ["\n" if name == "Makefile" else ""]
            slips += [f"{line[: digit.start()]}{(int(digit[0]) + 1) % 10}{line[digit.end() :]}"] if digit else []
            for new in slips:
                yield _changed("settings", path, at + 1, line, new, "".join([*lines[:at], new, *lines[at + 1 :]]))
    for name in ("requirements.lock", "requirements-test.lock"):
        text = _read(ROOT / name)
        for pattern in (r"(?<===)\d+", r"(?<=sha256:)[0-9a-f]", r" *--hash=\S+ ?\\?\n"):
            match = draw.choice(list(re.finditer(pattern, text)))
            new = "" if "hash" in pattern else str((int(match[0], 16) + 1) % 10)
            line = text.count("\n", 0, match.start()) + 1
            yield _changed(
                "settings", ROOT / name, line, match[0], new, text[: match.start()] + new + text[match.end() :]
            )
