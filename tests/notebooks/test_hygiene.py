"""What nbval cannot see: hygiene of the committed notebooks, and that nbval does fail when a datum or a mark changes."""

import ast
import re

import nbformat
import pytest
from support import ROOT

NOTEBOOKS = sorted([*(ROOT / "notebooks").rglob("*.ipynb"), *(ROOT / "examples").glob("*.ipynb")])
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|tmp|usr|Users|work|opt)/|[A-Z]:\\\\|0x[0-9a-f]{8,}")
EXEMPT = re.compile(r"NBVAL_|nbval-(?:ignore|skip|raises)", re.IGNORECASE)
SAVED = "saved by an editor, or run there in part: run `make refresh`"
A_RESULT = re.compile(r"\d+ ?%|\b\d+ of \d+\b|\bn ?= ?\d+")  # a number that only a computation may write


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell.outputs]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


def test_the_notebooks_that_others_link_to_exist():
    assert {"00_start_here", "02_country_exercise_network", "03_disengagement", "04_exercise_cadence"} <= {
        p.stem for p in NOTEBOOKS
    }


def test_a_notebook_is_valid_and_names_the_plain_kernel(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec"}, SAVED


def test_every_cell_ran_once_in_order(path):
    assert [cell.execution_count for cell in cells(path, "code")] == list(range(1, len(cells(path, "code")) + 1)), SAVED


def test_no_warning_no_error_nothing_printed_on_the_side(path):
    assert not [output for output in outputs(path) if output.output_type in ("error", "stream")]


def test_no_trace_of_a_machine(path):
    assert not MACHINE.findall(re.sub(r'"image/png": ".*?"', "", path.read_text(encoding="utf-8")))


def test_no_cell_is_exempt_from_the_strict_comparison(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert not EXEMPT.search(cell.source)
        assert not [tag for tag in cell.metadata.get("tags", []) if EXEMPT.search(tag)]


def test_cells_are_small_and_define_nothing(path):
    for cell in cells(path, "code"):
        body = [one for one in ast.parse(cell.source).body if not isinstance(one, ast.Import | ast.ImportFrom)]
        assert sum(one.end_lineno - one.lineno + 1 for one in body) <= 12, cell.id  # imports are folded away
        assert not re.search(r"^\s*(def|class|lambda)\b|sys\.path|%|^!", cell.source, re.MULTILINE), cell.id


def test_only_the_parameters_stand_open_before_the_answer(path):
    """What a notebook must load first is folded away in JupyterLab, so that the answer is on the first screen."""
    for cell in cells(path, "code"):
        if any("text/markdown" in output.get("data", {}) for output in cell.outputs):
            break
        open_ = not cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert open_ == ("parameters" in cell.metadata.get("tags", [])), cell.id


def test_one_parameters_cell_before_all_others(path):
    tagged = [at for at, cell in enumerate(cells(path, "code")) if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == [0]


def test_prose_quotes_no_result(path):
    for cell in cells(path, "markdown"):
        text = cell.source.replace("95 %", "").replace("at 95 %", "")
        assert not A_RESULT.search(text), cell.source


def test_the_first_output_of_a_notebook_is_a_sentence(path):
    said = [output for output in outputs(path) if output.get("data")]
    assert "text/markdown" in said[0]["data"]


def test_a_notebook_says_what_it_cannot_show(path):
    assert any(cell.source.startswith("## What this cannot show") for cell in cells(path, "markdown"))


def test_every_figure_says_what_it_shows(path):
    for output in outputs(path):
        if "image/png" in output.get("data", {}):
            assert len(output.metadata["image/png"]["alt"]) > 40
            assert "<Figure size" not in output.data["text/plain"]
            assert len(output.data["text/plain"].splitlines()) > 5


def test_tables_shown_in_notebooks_have_thirty_rows_at_most(path):
    for output in outputs(path):
        if (
            "text/html" in output.get("data", {}) and "record-long" not in output.data["text/html"]
        ):  # those scroll in place
            assert output.data["text/html"].count("<tr") <= 31
