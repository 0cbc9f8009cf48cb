# One file of commands. `make` alone lists them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready-$(shell cat requirements-dev.lock pyproject.toml tools/fetch_assets.py 2>/dev/null | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help setup run test check assets bench noise mutation docs lock clean

help: ## List what can be done
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Install what the product needs into .venv

# The stamp is named after what it was made from, so a second run, or one without a network, has nothing to do.
$(STAMP):
	@sh tools/setup "$(PYTHON)" "$(VENV)" "$(STAMP)"

run: setup ## Start the whole product with demo data; Ctrl-C stops it
	@exec $(BIN)/mash up --demo

test: setup ## Run every test, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

check: setup ## Format, lint, types, import contracts, house rules, generated documents
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy config models workflow notifications flows web cli
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/architecture tests/docs

assets: setup ## Fetch the look of the pages again, where there was no npm or no network
	@$(BIN)/python -m tools.fetch_assets

bench: setup ## Measure, as ratios to a floor measured in the same run
	@$(BIN)/python -m tools.bench

noise: setup ## Count what the product says to people who do their work well
	@$(BIN)/python -m tools.noise

mutation: setup ## Spoil every rule in place after place, and count what no truth table notices
	@$(BIN)/python -m tools.mutation

docs: setup ## Write the generated documents anew
	@$(BIN)/python -m workflow.compiled
	@$(BIN)/ruff format -q workflow/transitions.py
	@$(BIN)/python -m cli.docs

lock: setup ## Resolve the dependencies anew into the lock files
	@sh tools/lock "$(BIN)/python"

clean: ## Remove what was installed and what the demo wrote
	rm -rf $(VENV) var web/static/govuk .mypy_cache .ruff_cache .hypothesis mutants
