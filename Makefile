# Médiane. `make` alone lists what can be done; each target sets up all it needs.
.DEFAULT_GOAL := help
.PHONY: help demo demo-data test test-fast check bench setup packages

PORT ?= 8000
DATA ?= .data
BIN := .venv/bin
TESTS ?= tests

help: ## cette liste
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## toute l’application sur cette machine (PORT=8000, DATA=.data)
	@exec $(BIN)/python -m mediane demo --port "$(PORT)" --data "$(DATA)"

demo-data: setup ## les données de la démonstration, sans l’ouvrir (DATA=.data)
	@exec $(BIN)/python -m mediane demo --data "$(DATA)" --only-data

test: check packages ## tout vérifier : 30 minutes au plus
	$(BIN)/pytest -n 2 -m "not browser" $(TESTS)
	MEDIANE_TEST_POSTGRES="$$(.ci/setup postgres)" $(BIN)/pytest -n 2 -m "not browser and not slow" --ignore-glob="*/rules" $(TESTS)
	$(BIN)/pytest -n 2 -m browser $(TESTS)

test-fast: check ## tout sauf les parcours au navigateur et les essais lents : 5 minutes au plus
	$(BIN)/pytest -n 2 -m "not browser and not slow" $(TESTS)

check: setup ## format, règles d’écriture, types, étages
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## mesurer les temps de réponse sur des dossiers inventés
	$(BIN)/python -m bench

setup: ## installer ce qu’il faut dans ce dossier (fait par les autres au besoin)
	@.ci/setup environment

packages:
	@.ci/setup packages
