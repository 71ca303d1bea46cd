SHELL := /bin/bash
PYTHON ?= python3
V := .venv
PY := $(V)/bin/python
COMPILE = $(PY) -m uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate $(UPGRADE) pyproject.toml
# production's settings with nothing behind them: enough for checks that open no connection
DEPLOYED = DJANGO_SETTINGS_MODULE=portal.settings.production SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=portal.example DATABASE_URL=postgres://meridian_app@/meridian REDIS_URL=redis://127.0.0.1:6379/0 $(PY)
.PHONY: demo demo-reset test check fast browser install messages lock

# The portal with its story on this machine; with DATABASE_URL and REDIS_URL set, on those servers.
demo: $(V)/.installed
	@exec $(PY) -m portal.demo.run

demo-reset: $(V)/.installed
	@exec $(PY) -m portal.demo.run --reset

test: $(V)/.installed browser
	@$(PY) -m pytest -n 2

# what the journeys need from the system: looked for, installed where that may be done, else said in one line
browser: $(V)/.installed
	@$(PY) -m tests.chromium

# everything that must hold before a change lands
check: fast browser
	@$(PY) -m mypy
	@$(V)/bin/lint-imports --no-logo
	@$(V)/bin/djlint --quiet --lint templates
	@$(DEPLOYED) manage.py check --deploy --fail-level WARNING
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	@$(PY) -m pytest -n 2

# what the pre-commit hook runs
fast: $(V)/.installed
	@$(PY) -m ruff format --check
	@$(PY) -m ruff check

install: $(V)/.installed

# Every package is checked against its hash; nothing has to be on the machine but Python.
$(V)/.installed: requirements-dev.lock uv.lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11) and "Meridian needs Python 3.11 or newer: set PYTHON=…")'
	@echo "Installing into $(V)…"
	@test -x $(PY) || $(PYTHON) -m venv $(V)
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r uv.lock.txt
	@$(PY) -m uv pip sync -q --require-hashes --python $(PY) requirements-dev.lock uv.lock.txt
	@touch $@

# what is marked for translation, gathered into locale/ (needs GNU gettext), and what was said there compiled
messages: $(V)/.installed
	@$(PY) -m django makemessages --settings portal.settings.test --locale es --locale fr --locale pt --no-location --no-obsolete --ignore .venv
	@$(PY) -m django compilemessages --settings portal.settings.test --ignore .venv

# `make lock` after a change in pyproject.toml; `make lock UPGRADE=--upgrade` for newer indirect packages
lock: $(V)/.installed
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -o requirements-dev.lock
	$(PY) -m uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate $(UPGRADE) --group bootstrap -o uv.lock.txt
