# Two commands on a fresh machine with Python 3.11+ and make:
#   make brief   a brief from the bundled example
#   make test    the test-suite

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: brief test lint clean

brief: $(VENV)/.installed
	@$(BIN)/digest run configs/example.toml --now 2026-03-04T07:00:00Z

# One thread for each of two workers: torch's threads would wait for each other on two cores.
test: $(VENV)/.installed-test lint
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --no-loadscope-reorder -q

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	MYPY_NUM_WORKERS=2 $(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

# --no-compile: most of what torch installs is never imported; what is gets compiled when it is.
$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing digest into $(VENV) (a minute or two) …"
	@$(PIP) install --no-compile --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing the test tools into $(VENV) …"
	@$(PIP) install --no-compile --constraint constraints.txt --editable ".[test]"
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
