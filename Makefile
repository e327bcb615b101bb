# The commands of the guide. `make help` lists them.
# CLINIC=path/to/other.yml before or after a command takes another clinic's file.

PYTHON ?= python3
BIN := .venv/bin
# Material's notice about MkDocs 2 says what requirements.txt pins and why; once is enough.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help serve site test new-clinic check words due scores audit schema published pictures

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s%s\n", $$1, $$2 }' Makefile

serve: .venv/site.done ## show the guide on http://127.0.0.1:8000, new at each save
	$(BIN)/python -m mkdocs serve

site: .venv/site.done ## build the guide into site/, strictly
	$(BIN)/python -m mkdocs build

new-clinic: .venv/site.done ## ask the questions of the clinic file, and write it to own/clinic.yml
	$(BIN)/python -m guide new

check: .venv/site.done ## say what is wrong, contradictory, past due or still an example, and build nothing
	$(BIN)/python -m guide check

test: .venv/test.done ## run every check
	$(BIN)/python tests/install_browser.py
	$(BIN)/python tests/install_checker.py
	$(BIN)/python tests/install_types.py
	$(BIN)/python -m pytest -n auto tests

words: .venv/site.done ## find claims we never make: make words FILES="leaflet.txt page.html"
	$(BIN)/python -m guide words $(FILES)

due: .venv/site.done ## list what must be looked at again, seen from today
	$(BIN)/python -m guide due

scores: .venv/site.done ## check the two readers' marks and print the scores
	$(BIN)/python -m guide scores

audit: .venv/audit.done ## build the guide, then print reading grades, every score, and how the search does beside two others
	$(BIN)/python tests/install_browser.py
	$(BIN)/python -m mkdocs build --quiet
	$(BIN)/python -m guide audit
	$(BIN)/python tests/search/audit.py

schema: .venv/site.done ## write data/clinic.schema.json anew from the model
	$(BIN)/python -m guide schema

published: .venv/site.done ## add what the guide publishes to data/published.txt, which never loses an address
	$(BIN)/python -m mkdocs build --quiet
	$(BIN)/python -m guide published

pictures: .venv/test.done ## take the pictures of the README anew
	$(BIN)/python tests/install_browser.py
	$(BIN)/python tests/pictures.py

.venv/site.done: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5) and "This needs Python 3.11.5 or newer: make PYTHON=python3.12 serve")'
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

.venv/audit.done: requirements-audit.txt .venv/test.done
	$(BIN)/python -m pip install --quiet -r requirements-audit.txt
	touch $@

.venv/test.done: requirements-test.txt .venv/site.done
	$(BIN)/python -m pip install --quiet -r requirements-test.txt
	touch $@
