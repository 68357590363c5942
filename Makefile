# Each target makes the environment it needs (.venv) and needs nothing but Python 3.11+, make and a package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test soak lint format picture docs clean

# The founding case: load the shipped facts into a fresh ledger and print the brief as known on 16 November 2022, 09:00.
demo: $(VENV)/.core
	@$(BIN)/stakeline demo

# Lint, types, house contracts and all tests, with seeded slices of the long random ones. Under ten minutes on two cores.
test: lint
	$(BIN)/pytest -n 2 --dist worksteal

# The long random tests, whole (named soak in the test list). Takes longer; quote its last lines.
soak: $(VENV)/.dev
	$(BIN)/pytest -n 2 --dist worksteal -m soak --soak

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Write the layout that lint expects.
format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.core: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --editable '.[dev,bench]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Draw the README's picture again.
picture: $(VENV)/.core
	$(BIN)/python docs/pictures/make.py

# Write the generated pages of the documentation again.
docs: $(VENV)/.core
	$(BIN)/python docs/generate.py
