# Two commands matter: `make run` starts Liaison, `make test` checks everything. Both set up what they need.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --no-input
PACKAGES := coordination messaging calendar_sync notifications tests

# The machine's Node when it is recent enough, else the one of a wheel, installed in the virtual environment.
NODE_IS_RECENT := $(shell command -v npm >/dev/null 2>&1 && node -e \
	'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
	>/dev/null 2>&1 && echo yes)
NODE := $(if $(NODE_IS_RECENT),,$(VENV)/.node)
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix frontend
FRONTEND := $(shell find frontend/src frontend/public frontend/scripts -type f 2>/dev/null) \
	$(wildcard frontend/*.json frontend/*.ts frontend/*.js frontend/*.cjs frontend/index.html)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test bench lint format api sbom lock clean \
	check-lint check-types check-imports check-compose check-frontend check-api debian-packages

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "  %-14s %s\n", $$1, $$2 }'

run: $(VENV)/.run frontend/dist/.built ## start Liaison with its demo centre; PORT= changes the port
	@LIAISON_DEMO="$${LIAISON_DEMO-1}" exec $(BIN)/liaison up --port $(PORT) --end-with-parent

test: ## set up for tests, and run every check
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=line lint check-frontend check-api frontend/dist/.built
	$(BIN)/python -m pytest tests/stories --reruns 1
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/stories

lint: check-lint check-types check-imports check-compose ## style, types, import contracts, compose.yaml

bench: $(VENV)/.test ## measure the sockets of a server of its own; prints a table, writes bench-results/
	$(BIN)/python -m tests.load

format: $(VENV)/.test ## write the code in the one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

api: $(VENV)/.run frontend/node_modules/.installed ## write the OpenAPI document and the types made from it
	$(BIN)/liaison openapi frontend/openapi.json
	$(NPM) run --silent api

sbom: $(VENV)/.test frontend/node_modules/.installed ## write the bills of materials (CycloneDX) of the server and of the browser's part to sbom/
	@mkdir -p sbom
	$(BIN)/cyclonedx-py requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible --output-file sbom/server.cdx.json
	$(NPM) sbom --sbom-format cyclonedx --omit dev --package-lock-only > sbom/browser.cdx.json

lock: ## write requirements/*.txt again from pyproject.toml (needs uv)
	.ci/lock

clean: ## remove what the set-up and the checks made; the data in var/ stays
	rm -rf $(VENV) frontend/node_modules frontend/dist sbom test-results bench-results *.egg-info
	rm -rf .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) -name __pycache__ -prune -exec rm -rf {} +

# Checks

check-lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: $(VENV)/.test
	$(BIN)/mypy

check-imports: $(VENV)/.test
	$(BIN)/lint-imports

check-compose: $(VENV)/.test
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml

check-frontend: frontend/node_modules/.installed
	$(NPM) run --silent types
	$(NPM) run --silent lint
	$(NPM) run --silent test

check-api: $(VENV)/.run frontend/node_modules/.installed
	@mkdir -p .cache
	@$(BIN)/liaison openapi .cache/openapi.json
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npx --no-install openapi-typescript ../.cache/openapi.json \
		--output ../.cache/schema.d.ts --alphabetize --root-types=false >/dev/null
	@cmp .cache/openapi.json frontend/openapi.json && cmp .cache/schema.d.ts frontend/src/api/schema.d.ts \
		|| { echo "liaison: the generated API types are out of date: make api" >&2; exit 1; }
	@echo "The generated API types are current."

# Set-up: each step leaves a stamp and is repeated when what it depends on is newer.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "liaison: Python 3.11 or newer is needed, and $(PYTHON) is missing or older." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "liaison: Python's venv module is missing; on Debian: apt install python3-venv" >&2; exit 1; }
	@echo "Making the virtual environment …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.txt pyproject.toml
	@echo "Installing the Python packages (about a minute the first time) …"
	@$(PIP) install --require-hashes --quiet --progress-bar on -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --quiet --editable .
	@touch $@

# python-ldap is built from source: the Debian packages come first.
$(VENV)/.test: $(VENV)/.run requirements/test.txt | debian-packages
	@echo "Installing the tools of the tests …"
	@$(PIP) install --require-hashes --quiet --progress-bar on -r requirements/test.txt
	@touch $@

$(VENV)/.node: $(VENV)/.made requirements/node.txt
	@echo "Installing Node.js in the virtual environment (this machine has none from 20.19 on) …"
	@$(PIP) install --require-hashes --quiet --progress-bar on -r requirements/node.txt
	@touch $@

frontend/node_modules/.installed: $(NODE) frontend/package-lock.json
	@echo "Installing the frontend's packages …"
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/.built: frontend/node_modules/.installed $(FRONTEND)
	@echo "Building the frontend …"
	@$(NPM) run --silent build
	@touch $@

debian-packages:
	@.ci/debian-packages chromium slapd gcc python3-dev libldap-dev libsasl2-dev
