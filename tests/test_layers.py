"""Modules keep to the floors of the house, read no file on the way, and stay small."""

import ast
from graphlib import TopologicalSorter

import pytest
from support import ROOT

SOURCE = ROOT / "src"
# Floor by folder, the lowest first; folders on one floor know nothing of each other. What stands in none is the entrance.
FLOORS = [{"loaders", "statistics"}, {"derive"}, {"display"}, {"analyses"}, {"analyses.robustness", "commands"}]
LONGEST = 300  # lines of a module
OPENS = "helpers.derive.record"  # the one module above the loaders that has tables read


def name_of(path):
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in sorted((SOURCE / "helpers").rglob("*.py"))}


def imported(path):
    """Names of all modules that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & MODULES.keys() or {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


IMPORTS = {name: imported(path) for name, path in MODULES.items()}


def folder_of(module):
    """The folder that decides the floor of a module, such as `derive` or `analyses.network`."""
    first, *rest = module.split(".")[1:] or [""]
    return f"analyses.{rest[0]}" if first == "analyses" and rest else first


def floor_of(folder):
    named = [floor for floor, folders in enumerate(FLOORS) if folder in folders]
    return named[0] if named else FLOORS.index({"analyses"}) if folder.startswith("analyses.") else len(FLOORS)


@pytest.mark.parametrize("module", IMPORTS)
def test_a_module_imports_from_lower_floors_and_its_own_folder_alone(module):
    own = folder_of(module)
    for used in {folder_of(name) for name in IMPORTS[module] if name.split(".")[0] == "helpers"} - {own}:
        may = "commands" if own == "commands" else ""  # commands use all but the entrance
        assert floor_of(used) < floor_of(own) or (may and floor_of(used) == floor_of(own)), (module, used)


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter(IMPORTS).prepare()  # raises CycleError, which names them


@pytest.mark.parametrize("module", IMPORTS)
def test_figures_alone_draw_and_analyses_read_no_file(module):
    draws = module.split(".")[-1].startswith("figures") or module.startswith("helpers.display")
    assert draws or not {name for name in IMPORTS[module] if name.split(".")[0] == "matplotlib"}
    if folder_of(module).split(".")[0] in ("derive", "display", "statistics", "analyses") and module != OPENS:
        assert not IMPORTS[module] & {"helpers.loaders.tables", "helpers.loaders.append"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_not_outgrown_itself(module):
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= LONGEST
