# Two commands matter: `make demo` and `make test`. Both make .venv from uv.lock first.
SHELL := /bin/sh
PYTHON ?= python3
# `requires-python` of pyproject.toml. `make PYTHON=python3.12` takes another of these than python3.
SUPPORTED := 3.11 3.12 3.13 3.14
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
# Stops a recipe before its first command where $(PYTHON) is none of them.
CHECK_PYTHON = $(if $(filter $(SUPPORTED),$(VERSION)),,$(error $(PYTHON) is $(if $(VERSION),Python $(VERSION),not \
	there); Newsdesk needs Python $(firstword $(SUPPORTED)) to $(lastword $(SUPPORTED)): name one, as in \
	`make PYTHON=python$(firstword $(SUPPORTED))`))
UV := .tools/bin/uv
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
INDEX := $(or $(UV_DEFAULT_INDEX),$(PIP_INDEX_URL),$(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null))
ifneq ($(INDEX),)
export UV_DEFAULT_INDEX := $(INDEX)
endif
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export GX_ANALYTICS_ENABLED := false

.PHONY: demo up test core quick lint types laws contracts hostile chaos everywhere prefect telemetry clients pages services conformance format freeze reference tutorial docs dist installs hooks lock clean

demo: .venv/installed
	@$(BIN)/newsdesk demo

# A Prefect server on loopback, the deployments, automations and one worker, until Ctrl-C (UP=--port 4300).
up: .venv/installed
	@$(BIN)/newsdesk up $(UP)

test: .venv/installed
	@echo 'All tests take 25 to 45 minutes on two cores; `make quick` runs those of the rules alone.'
	$(BIN)/python -m pytest -n 2 --dist loadscope

# The tests of the main job alone, from sources to reports: a few minutes.
core: .venv/installed
	$(BIN)/python -m pytest -n 2 --dist loadscope tests/architecture tests/docs tests/schemas tests/tasks/pure \
		$(addprefix tests/tasks/,archive ingest machine/test_lock.py sources/test_source_files.py upkeep) \
		$(addprefix tests/flows/,cli/test_group.py cli/test_sources.py running test_ingest.py) \
		$(addprefix tests/system/test_,$(addsuffix .py,bad_input deployment)) \
		$(addprefix tests/warehouse/,load/test_load.py lookups reader reports tables/test_migrate.py)

quick: lint types laws
	$(BIN)/python -m pytest -n 2 tests/schemas tests/tasks/pure

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed
	$(BIN)/mypy

laws: .venv/installed contracts
	$(BIN)/python -m pytest tests/architecture

# Which room may import which (import-linter; the contracts stand in pyproject.toml).
contracts: .venv/installed
	@$(BIN)/lint-imports --no-logo

# The whole hostile site, slow cases too, few in a pair of runs beside the good publisher; minutes.
hostile: .venv/installed
	$(BIN)/python -m pytest -m hostile -n 2 --dist worksteal tests/hostile

# A backfill killed at thirty random moments, ingests at a hundred, after each of which the accounts must sum to zero;
# four writers, a maintainer and a reader at one warehouse, and kill -9
# at a hundred; minutes. The suite has the short forms.
chaos: .venv/installed
	$(BIN)/python -m pytest -m chaos tests/system/accounts/test_killed_backfill.py
	TEST_KILLS=$(or $(KILLS),100) $(BIN)/python -m pytest -s tests/warehouse/load/test_load_chaos.py \
		tests/system/accounts/test_killed_ingest.py

# Every test of the warehouse on PostgreSQL and an object store, too, not only those of its core.
everywhere: .venv/installed
	TEST_PLACES=both $(BIN)/python -m pytest tests/warehouse

# DuckDB as other people have it, each version in a venv of its own, from the package index.
CLIENTS := 1.4.5 1.5.5 2.0.1
clients: $(CLIENTS:%=.tools/clients/%/ready) .tools/clients/shell/ready

.tools/clients/%/ready: | .tools/bin/uv
	@$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" $(@D)
	@VIRTUAL_ENV=$(@D) $(UV) pip install --quiet $(if $(filter shell,$*),duckdb-cli==1.5.5,duckdb==$* pytz)
	@touch $@

# OpenTelemetry's SDK and exporter beside the API that we have, as a user would add them.
OTEL := 1.45.2
OTEL_PACKAGES := sdk==$(OTEL) proto==$(OTEL) semantic-conventions exporter-otlp-proto-http==$(OTEL) \
	exporter-otlp-proto-common==$(OTEL) exporter-otlp-common exporter-http-transport
telemetry: .tools/telemetry/$(OTEL).ready

.tools/telemetry/$(OTEL).ready: | .tools/bin/uv
	@$(UV) pip install --quiet --no-deps --python "$$(command -v $(PYTHON))" --target $(@D) \
		$(OTEL_PACKAGES:%=opentelemetry-%) googleapis-common-protos protobuf
	@touch $@

# What looks at pages in a browser: axe-core and a list of strings, pinned by the lock beside the package file.
pages: .tools/pages/ready

.tools/pages/ready: tests/support/pages/tools/package.json tests/support/pages/tools/package-lock.json
	@mkdir -p $(@D) && cp $^ $(@D) && npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.tools/bin/uv:
	@$(CHECK_PYTHON)$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv

# What an installation survives: kills, sleep, a lost network, collisions; several machines and workers; its other
# forms; the wheel alone. Real servers, half an hour.
prefect: NEEDED := redis-server:redis-server
prefect: services .venv/installed
	$(BIN)/python -m pytest -m prefect tests/flows tests/system

# What some tests need beside us, as Debian's packages, where it is missing and we may install it: PostgreSQL,
# Chromium for our pages and for pictures of the Prefect UI (below ARTEFACTS, else var/artefacts), npm for what looks at
# our pages there, and for `make prefect` Redis.
services:
	@missing=; \
	test -n "$$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" || missing="$$missing postgresql"; \
	test -n "$$(command -v chromium || command -v google-chrome)" || missing="$$missing chromium"; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	for each in $(NEEDED); do command -v "$${each%%:*}" >/dev/null || missing="$$missing $${each##*:}"; done; \
	if test -z "$$missing"; then :; \
	elif command -v apt-get >/dev/null && test "$$(id -u)" = 0; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $$missing; \
	else echo "missing:$$missing, and no right to install: their tests are skipped" >&2; fi

# Other projects' test files, fetched as source distributions from the package index; never committed.
conformance: .venv/installed
	$(BIN)/python -m tests.conformance.run

# The pages of docs/reference, from the code; and the outputs of docs/tutorial, from a run.
reference: .venv/installed
	$(BIN)/python -m docs._generate

tutorial: .venv/installed
	$(BIN)/python -m docs._generate tutorial

# The site of docs/, into build/site; fails where a link leads nowhere or a page would ask another host for anything.
# Look at it with `python3 -m http.server --bind 127.0.0.1 --directory build/site`: the search needs a server.
docs: .venv/installed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

# Write the columns of newly declared fields into a numbered migration; twice writes nothing.
freeze: .venv/installed
	$(BIN)/python -m warehouse.tables.freeze

# The wheel in empty environments: the oldest and the newest pip install it, and the demo runs there.
installs: .venv/installed
	PYTHON=$(PYTHON) .ci/install

# The wheel and the source archive, into dist/; their version is the tag's.
dist: .venv/installed
	$(BIN)/python -m hatchling build

# Run ruff, mypy and the import contracts before each commit.
hooks: .venv/installed
	$(BIN)/pre-commit install

format: .venv/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# uv comes from pip. The lock names no index: `uv export` turns it into pinned, hashed requirements,
# and those are installed from whatever index this machine is configured for.
.venv/installed: uv.lock pyproject.toml .venv/of-python-$(VERSION)
	@$(UV) export --quiet --frozen --all-extras --no-emit-project --format requirements-txt --output-file .venv/requirements.txt
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --compile-bytecode --require-hashes -r .venv/requirements.txt
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --compile-bytecode --no-deps --no-build-isolation --editable .
	@touch $@

# A .venv of another Python than $(PYTHON) is made anew.
.venv/of-python-$(VERSION): | .tools/bin/uv
	@$(CHECK_PYTHON)test "$$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>&1)" = $(VERSION) \
		|| $(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv
	@touch $@

# Resolve again, then take the index's hosts out of the lock (see docs/decisions/0001-lock-names-no-index.md).
lock: | .tools/bin/uv
	$(UV) lock $(LOCK_OPTIONS)
	sed -i -E -e 's#(registry = ")https?://[^/"]+#\1https://package-index.invalid#' \
	          -e 's#(url = ")https?://[^/"]+#\1https://package-index.invalid#' uv.lock

clean:
	rm -rf .venv .tools build dist .mypy_cache .ruff_cache .hypothesis
