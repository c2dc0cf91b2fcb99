"""The pages of the code: one a stage, each a list of its modules, which Sphinx fills from their docstrings and types."""

import ast
from pathlib import Path

import helpers

PACKAGE = Path(helpers.__file__).parent
STAGES = ("loaders", "derive", "statistics", "display", "analyses", "commands")  # as data flow


def write_api(folder: Path) -> None:
    """Writes one page a stage and a page that leads to them.

    That page alone is in the navigation: every page of the site would else be made with the headings of all modules.
    """
    folder.mkdir(parents=True)
    for stage in STAGES:
        (folder / f"{stage}.md").write_text(_stage(stage), encoding="utf-8")
    rows = "\n".join(f"- [{stage.capitalize()}]({stage}.md): {_summary(PACKAGE / stage)}" for stage in STAGES)
    text = f"""# The code, stage by stage

Data flow one way through the package `helpers`. Notebooks open the record with `helpers.open_record` and join what the
stages give.

{rows}
"""
    (folder / "index.md").write_text(text, encoding="utf-8")


def _stage(stage: str) -> str:
    parts = ["---\norphan: true\n---\n", f"# {stage.capitalize()}\n", _module(f"helpers.{stage}", members=False)]
    for path in sorted(
        (PACKAGE / stage).rglob("*.py"), key=lambda path: path.relative_to(PACKAGE).with_suffix("").parts
    ):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        if path.stem == "__init__":
            name = name.removesuffix(".__init__")
            if name != stage:
                parts += [f"## {name.removeprefix(f'{stage}.')}\n", _module(f"helpers.{name}", members=False)]
        elif not path.stem.startswith("_"):
            level = "#" * (name.count(".") + 1)
            parts += [f"{level} {name.removeprefix(f'{stage}.')}\n", _module(f"helpers.{name}", members=True)]
    return "\n".join(parts)


def _module(name: str, *, members: bool) -> str:
    lines = [f".. automodule:: {name}", *(["   :members:"] if members else [])]
    return "\n".join(["```{eval-rst}", *lines, "```", ""])


def _summary(folder: Path) -> str:
    """The first line of what a stage says of itself."""
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    return said.split("\n")[0]
