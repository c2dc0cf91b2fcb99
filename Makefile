# The commands of the project. The same steps without make stand in CONTRIBUTING.md.
PYTHON ?= python3
MAKEFLAGS += --jobs=$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) # notebooks are executed side by side
VENV := .venv
PY := $(VENV)/bin/python
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))
EXAMPLES := $(sort $(wildcard examples/*.ipynb))
# A scope named on the command line (make run SINCE=2013 FOCUS=UZB) goes into a folder of its own under build/.
NAMES := SINCE UNTIL CLASSES UNIT GRADE FOCUS SPLIT
SCOPE := $(strip $(foreach name,$(NAMES),$(if $(filter command,$(firstword $(origin $(name)))),'$(name)=$(strip $($(name)))')))
none :=
OUT := build$(if $(SCOPE),/scope_$(subst $(none) $(none),_,$(subst /,-,$(subst =,-,$(subst ',,$(SCOPE))))))
ASKED := $(if $(SCOPE),$(OUT)/scope.json)
LABEL = $(if $(ASKED),-D "html_title=Scope: $(subst ',,$(SCOPE))" -D "html_theme_options.announcement=$$(cat $(OUT)/label.txt)")
EXECUTED := $(NOTEBOOKS:notebooks/%=$(OUT)/notebooks/%)
CODE := $(wildcard src/helpers/*.py src/helpers/*/*.py)
DATA := $(wildcard data/*.csv data/*.json)
PAGES := data/CODEBOOK.md $(wildcard site/*.py site/pages/*.py site/static/* site/templates/* site/theme/*.html site/theme/*/*) CITATION.cff LICENSE-DATA
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test lab site refresh check changes bench faults audit lock clean

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: $(OUT)/site/index.html build/tables/.done ## execute every notebook, export the tables, render the pages; with SINCE=, FOCUS= ... of another scope
	@echo; $(PY) -c 'import sys; from helpers.display.finding import findings_in; print(next(iter(findings_in(sys.argv[1]).values())).as_plain())' $(OUT)/notebooks/00_start_here.ipynb
	@echo; echo "Read it: $(CURDIR)/$(OUT)/site/index.html"

test: $(VENV)/.done ## unit tests, strict nbval, hygiene, data, lint
	$(PY) -m pytest

lab: $(VENV)/.done ## open JupyterLab on the start notebook
	$(VENV)/bin/jupyter lab notebooks/00_start_here.ipynb

site: $(OUT)/site/index.html ## render the pages only

refresh: $(VENV)/.done build/data.ok ## re-execute the committed notebooks in place, and what is generated from them
	$(PY) -m helpers.codebook
	$(VENV)/bin/jupyter nbconvert --config site/refresh.py --to notebook --execute --inplace $(NOTEBOOKS) $(EXAMPLES)
	$(PY) site readme

check: $(VENV)/.done ## validate data/ only
	@$(PY) -m helpers.check

changes: $(VENV)/.done ## say in plain words what the last change to data/ does; BEFORE=folder compares with another
	@$(PY) -m helpers.changes $(BEFORE)

bench: $(VENV)/.done ## measure loading, deriving and executing side by side
	$(PY) tests/bench.py

faults: $(VENV)/.done ## plant single faults in a copy and report the share that the tests catch; NUMBER= plants a sample
	$(PY) tests/faults.py $(NUMBER)

audit: $(VENV)/.done ## list the licences of what is installed, and known weaknesses where advisories can be reached
	$(PYTHON) -m venv build/audit && build/audit/bin/python -m pip install --quiet pip-audit pip-licenses
	build/audit/bin/pip-licenses --python=$(PY) --order=license
	build/audit/bin/pip-audit --requirement requirements.lock --disable-pip --progress-spinner=off

lock: ## renew requirements.lock from pyproject.toml
	$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile pyproject.toml --all-extras --universal --fork-strategy fewest --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet --upgrade --output-file requirements.lock

clean: ## remove what was built, the environment included
	rm -rf build $(VENV) .pytest_cache .ruff_cache .hypothesis

$(VENV)/.done: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with make PYTHON=...")'
	@echo "Setting up $(VENV) (about a minute)"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@mkdir -p build # setuptools first: one pinned package is a source archive, and a build of its own would fetch one unhashed
	@sed -n '/^setuptools==/,/[^\\]$$/p' requirements.lock > build/setuptools.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r build/setuptools.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-build-isolation -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(VENV)/etc/ipython # kernels listen on this machine only; their warning that this is not encrypted helps nobody, nor
	@# does their complaint that they were told to stop while still tidying up after the last cell: a cell's own errors are its output
	@echo 'c.IPKernelApp.log_level = 50' > $(VENV)/etc/ipython/ipython_kernel_config.py
	@touch $@

build/data.ok: $(DATA) $(CODE) | $(VENV)/.done
	@mkdir -p build
	@$(PY) -m helpers.check
	@touch $@

$(OUT)/scope.json: notebooks/00_start_here.ipynb $(DATA) $(CODE) $(VENV)/.done | build/data.ok
	@$(PY) -m helpers.rerun $< $@ $(SCOPE)

$(OUT)/notebooks/%.ipynb: notebooks/%.ipynb $(DATA) $(CODE) $(VENV)/.done $(ASKED) | build/data.ok
	@mkdir -p $(OUT)/notebooks $(OUT)/figures
	@echo "Executing $*"
	@HELPERS_FIGURES=$(CURDIR)/$(OUT)/figures $(VENV)/bin/papermill --cwd notebooks --kernel python3 --no-progress-bar --log-level ERROR $(ASKED:%=-f %) $< $@

build/tables/.done: $(DATA) $(CODE) | build/data.ok $(ASKED) # nothing runs before the scope is known to hold something
	@echo "Exporting build/tables"
	@rm -rf build/tables # a table that is no longer derived must not stay
	@$(PY) -m helpers.export build/tables
	@touch $@

$(OUT)/site/index.html: $(EXECUTED) $(PAGES) build/tables/.done
	@echo "Rendering $(OUT)/site"
	@rm -rf $(OUT)/site # a page whose exercise is gone must not stay
	@$(PY) site assemble $(OUT)/notebooks build/tables $(OUT)/figures $(OUT)/source
	@$(VENV)/bin/sphinx-build -q -W --keep-going -c site -d $(OUT)/doctrees $(LABEL) $(OUT)/source $(OUT)/site
	@touch $@
