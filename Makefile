# The verbs of daily work. A fresh machine needs Python 3.11 or later, git and make; the rest is made here.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TODAY ?=
DAY := $(if $(TODAY),--today $(TODAY),)
N ?= 1000
RIVALS ?= bench/sites/rivals

.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: $(READY) ## install what is pinned and build the site into public/
	$(BIN)/gongkai build $(DAY)

check: $(READY) ## check the site, write nothing
	$(BIN)/gongkai check $(DAY)

serve: $(READY) ## preview with live reload on this machine
	$(BIN)/gongkai serve

publish: $(READY) ## put the site on the web host named in site.yaml
	$(BIN)/gongkai publish $(TARGET)

test: build ## build the site and run the whole test suite
	$(BIN)/python -m pytest -n auto

lint: $(READY) ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## put the code in its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(READY) ## a picture of each kind of page, on a phone and at a desk, in screenshots/
	$(BIN)/python -m tests.browser.screenshots screenshots

accessibility: $(READY) ## every accessibility rule on every kind of page, in every mode at every width
	npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund
	AXE_EVERYWHERE=1 $(BIN)/python -m pytest -n 2 tests/browser/test_modes.py

bench: $(READY) ## measure builds of N generated documents beside other generators (make bench N=1000)
	test -d $(RIVALS) || $(BIN)/python -m bench.rivals $(RIVALS)
	$(BIN)/python -m bench.compare --documents $(N) --rivals $(RIVALS)

bench-instructions: $(READY) ## count the CPU instructions a document costs (KEEP=--renew: hold the tests to them)
	$(BIN)/python -m bench.instructions $(KEEP)

bench-links: $(READY) ## compare link checkers on a folder of N pages (lychee and linkchecker where installed)
	$(BIN)/python -m bench.links --pages $(N)

wheel: $(READY) ## the wheel, with templates and rule pages inside
	$(BIN)/python -m build --wheel --outdir dist

lock: $(READY) ## renew requirements.lock from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --all-build-deps --allow-unsafe \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --all-extras \
	  --output-file requirements.lock pyproject.toml

clean: ## remove what was made here
	rm -rf .venv public dist

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更高版本 (Python 3.11 or later is needed)")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

.PHONY: help build check serve publish test lint format screenshots accessibility bench bench-instructions bench-links wheel lock clean
