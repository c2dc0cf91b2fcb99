# Short names for what python -m helpers and tools/ do; CONTRIBUTING.md says how to go without make.
PYTHON ?= python3
PY := .venv/bin/python
# A scope named on the command line (make run SINCE=2013 FOCUS=UZB) is handed on as options of build.
quoted = '$(subst ','\'',$(strip $(1)))'
asked = $(if $(filter command,$(firstword $(origin $(1)))),--$(2)=$(call quoted,$($(1))))
SCOPE = $(foreach pair,SINCE:since UNTIL:until CLASSES:classes UNIT:unit GRADE:grade FOCUS:focus SPLIT:split,$(call \
  asked,$(firstword $(subst :, ,$(pair))),$(lastword $(subst :, ,$(pair)))))
AS_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)# JupyterLab must be told that whoever runs it may, as in a container
.PHONY: help run test lab refresh check changes bench faults audit lock clean environment test-environment

help: ## list these commands
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18
run: environment ## execute every notebook, export the tables, render the pages; with SINCE=, FOCUS= ... of another scope
	@$(PY) -m helpers build $(SCOPE)
test: test-environment ## unit tests, strict nbval, hygiene, data, lint
	$(PY) -m pytest
lab: test-environment ## open JupyterLab on the project, with the start notebook shown
	$(PY) -m jupyterlab --ServerApp.root_dir=. --ServerApp.default_url=/lab/tree/notebooks/00_start_here.ipynb $(AS_ROOT)
refresh: test-environment ## re-execute the committed notebooks in place, and what is generated from them
	$(PY) -m helpers refresh
check: environment ## validate data/ only
	@$(PY) -m helpers check
changes: environment ## say in plain words what the last change to data/ does; BEFORE=folder compares with another
	@$(PY) -m helpers changes $(if $(BEFORE),$(call quoted,$(BEFORE)))
bench: test-environment ## measure loading, deriving and executing side by side
	$(PY) tools/bench.py
faults: test-environment ## plant single faults in a copy and report the share that the tests catch; NUMBER= and GROUP= plant some
	$(PY) tools/plant_faults.py $(if $(GROUP),$(call quoted,$(NUMBER)) $(call quoted,$(GROUP)),$(NUMBER))
audit: environment ## list the licences of what is installed, and known weaknesses where advisories can be reached
	$(PYTHON) -m venv build/audit && build/audit/bin/python -m pip install --quiet pip-audit pip-licenses
	build/audit/bin/python -m piplicenses --python=$(PY) --order=license
	build/audit/bin/python -m pip_audit --requirement requirements-test.lock --disable-pip --progress-spinner=off
lock: ## renew both locks and environment.yml from pyproject.toml
	$(PYTHON) tools/lock.py
clean: ## remove what was built, the environment included
	rm -rf build .venv .pytest_cache .ruff_cache .hypothesis .mypy_cache
environment:
	@$(PYTHON) tools/set_up.py
test-environment:
	@$(PYTHON) tools/set_up.py test
