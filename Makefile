# Parasol. `make help` lists what can be done.
.POSIX:

VENV = .venv
BIN = $(VENV)/bin
# A variable of some machines that makes every process compile Wagtail anew is taken out of each command.
CLEAN_ENV = unset PYTHONDONTWRITEBYTECODE; umask 022;

.PHONY: help setup run test lint format bench gallery lock clean
help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.runtime ## create .venv and install what the site needs

run: $(VENV)/.runtime ## start the site with its own PostgreSQL; PORT=8001 for another port
	@$(CLEAN_ENV) STOP_WITH_PID=$$PPID exec $(BIN)/python -m campaign_site.run

test: $(VENV)/.dev ## run all tests; ARGS="tests/petitions -x" for some of them
	@$(CLEAN_ENV) exec $(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev ## check format, style, types, templates, layers, migrations and production settings
	@$(CLEAN_ENV) exec sh bin/lint

format: $(VENV)/.dev ## rewrite the code in the house format
	@$(CLEAN_ENV) exec sh bin/format

bench: $(VENV)/.dev ## measure the site against what the machine can do
	@$(CLEAN_ENV) exec $(BIN)/python -m bench

gallery: $(VENV)/.dev ## photograph every page and state in every look into docs/gallery, and judge them
	@$(CLEAN_ENV) exec $(BIN)/python -m tests.gallery $(ARGS)

lock: $(VENV)/.dev ## choose and lock the newest allowed versions of every dependency
	@$(CLEAN_ENV) exec sh bin/lock

clean: ## remove .venv and caches; data under var/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(CLEAN_ENV) exec sh bin/create-venv $(VENV)

$(VENV)/.runtime: requirements.txt $(BIN)/python
	@echo "Installing the locked dependencies…"
	@$(CLEAN_ENV) $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing the locked development tools…"
	@$(CLEAN_ENV) $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
