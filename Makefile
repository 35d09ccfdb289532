# Tandem: everything a fresh machine with python3 (3.11 to 3.13), make and git needs. `make help` lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
DEMO ?= 1
INSTANCE_DIR ?= $(CURDIR)/instance
ARGS ?=
N ?= 100000
WORKERS ?= 2
KILLS ?= 40

RUN := .venv/bin
TEST := .venv-test/bin
CATALOGUES := $(wildcard matchmaker/translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)

export UV_PYTHON_DOWNLOADS := never
export PYTHONUTF8 := 1
# A machine that forbids Python to keep what it compiled makes every process of the suite compile all libraries anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: export PORT := $(PORT)
run: export DEMO := $(DEMO)
run: export INSTANCE_DIR := $(INSTANCE_DIR)
run: export BASE_URL ?= http://127.0.0.1:$(PORT)
run: .venv/.synced messages-compiled static-compressed ## Install, migrate, load demo data, serve on http://127.0.0.1:8000 (PORT=... for another)
	@exec $(RUN)/python -m scripts.start

.PHONY: test
test: .venv-test/.synced messages-compiled static-compressed ## Run all tests (ARGS="-k name" for some)
	@$(TEST)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

.PHONY: check
check: .venv-test/.synced messages-compiled ## Run the quick part: style, types, import contracts, templates
	@$(TEST)/pytest -q tests/architecture -m "not data" $(ARGS)

.PHONY: format
format: .venv-test/.synced ## Bring the Python files into the common form
	@$(TEST)/ruff check --fix .
	@$(TEST)/ruff format .

.PHONY: coverage
coverage: .venv-test/.synced messages-compiled ## Run all tests but the journeys and print the branches they leave out
	@rm -f .coverage .coverage.*
	@$(TEST)/coverage run -m pytest -m "not browser" $(ARGS)
	@$(TEST)/coverage combine --quiet
	@$(TEST)/coverage report

.PHONY: reset
reset: ## Remove the demo database, index, uploads: the next make run starts afresh
	@if [ -e "$(INSTANCE_DIR)/tandem.sqlite3" ] || [ -e "$(INSTANCE_DIR)/demo-secret" ]; then rm -rf -- "$(INSTANCE_DIR)"; fi
	@echo "Starting afresh: no data in $(INSTANCE_DIR)"

.PHONY: bench
bench: .venv-test/.synced messages-compiled ## Measure the CPU time of a directory page against a bare Flask application
	@$(TEST)/python -m bench.directory_page $(ARGS)

.PHONY: bench-places
bench-places: .venv-test/.synced messages-compiled ## Measure 200 clients for the last places (ARGS=--without-lock shows the check)
	@$(TEST)/python -m bench.places $(ARGS)

.PHONY: bench-participants
bench-participants: .venv-test/.synced messages-compiled ## Measure the staff pages of a trip of 500 applications and 500 letters in one job
	@$(TEST)/python -m bench.participants $(ARGS)

.PHONY: bench-search
bench-search: .venv-test/.synced ## Measure search and matching at N invented firms (ARGS=--databases compares the search)
	@$(TEST)/python -m bench.search $(N) $(ARGS)
	@$(TEST)/python -m bench.matching $(N)

.PHONY: bench-http
bench-http: .venv-test/.synced messages-compiled ## Measure directory pages over HTTP, 8 clients, N invented firms in the database
	@$(TEST)/python -m bench.directory_http $(N) $(ARGS)

.PHONY: bench-kills
bench-kills: .venv-test/.synced messages-compiled ## Kill indexer and web workers KILLS times under updates, then compare
	@$(TEST)/python -m bench.kills $(KILLS) $(ARGS)

.PHONY: bench-day
bench-day: .venv-test/.synced messages-compiled ## Measure the timetable of a B2B day against its goals (ARGS="--cp-sat 60" for a rival)
	@$(TEST)/python -m bench.day $(ARGS)

.PHONY: bench-repairs
bench-repairs: .venv-test/.synced messages-compiled ## Measure repairs of a running B2B day through the services, 100 x 100 firms
	@$(TEST)/python -m bench.day_repairs $(ARGS)

.PHONY: browser
browser: ## Install Chromium for the browser journeys (as root), or say what to install
	@scripts/browser

.PHONY: messages
messages: .venv-test/.synced ## Collect the visible strings into the catalogues and compile them
	@scripts/extract-messages messages.pot $(TEST)
	@for language in tr ru; do \
	    po=matchmaker/translations/$$language/LC_MESSAGES/messages.po; \
	    if [ -f $$po ]; then $(TEST)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date \
	        -i messages.pot -o $$po -l $$language; \
	    else $(TEST)/pybabel -q init -i messages.pot -o $$po -l $$language; fi || exit 1; \
	done
	@rm -f messages.pot
	@$(MAKE) --no-print-directory messages-compiled

.PHONY: messages-compiled
messages-compiled: $(COMPILED)

%.mo: %.po
	@python=$(RUN)/pybabel; [ -x $$python ] || python=$(TEST)/pybabel; $$python -q compile -i $< -o $@

.PHONY: static-compressed
static-compressed:
	@python=$(RUN)/python; [ -x $$python ] || python=$(TEST)/python; \
	    $$python -m whitenoise.compress --quiet --no-brotli static woff2 png gz

.PHONY: lock
lock: .venv-test/.synced ## Renew the three lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	@scripts/lock $(ARGS)

.PHONY: reference
reference: .venv-reference/.synced ## Rebuild the stored reference data from its packages
	@.venv-reference/bin/python -m matchmaker.reference.build $(ARGS)

.venv/.synced: requirements.lock
	@scripts/environment .venv $<

.venv-test/.synced: requirements-test.lock
	@scripts/environment .venv-test $<

.venv-reference/.synced: requirements-reference.lock
	@scripts/environment .venv-reference $<
