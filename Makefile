# Everything starts here. Set-up happens by itself, once, in .venv; `make` alone lists the targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: help demo test lint soak bench docs lock clean system

PYTHON ?= python3
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
PYTEST := .venv/bin/python -m pytest
READY := .venv/.ready

# On a CI machine a missing component is a failure, not a skipped test (tests/support.py).
ifdef CI
export ZXNET_REQUIRE_ALL := 1
endif

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## the whole journey on this machine
	.venv/bin/zxnet demo

test: $(READY) system ## all tests (ARGS="-k word" narrows them)
	$(PYTEST) -n 2 $(ARGS)

lint: $(READY) ## style, types, shell scripts, hygiene
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	@tools/system-packages.sh shellcheck
	git ls-files -co --exclude-standard .ci/run '*.sh' ':!tests/golden' | xargs shellcheck
	.venv/bin/python tools/hygiene.py

soak: $(READY) system ## the tests again, with long runs and large inputs
	ZXNET_SOAK=1 $(PYTEST) -n 2 $(ARGS)

bench: $(READY) ## measure: every bench/*.py in turn
	for script in bench/*.py; do .venv/bin/python "$$script"; done

docs: $(READY) ## regenerate the reference pages
	.venv/bin/python tools/docs.py

# Known versions stay unless UPGRADE=1. uv resolves once for every supported Python and platform, and lives
# in a scratch environment; dev.txt is held to the versions that runtime.txt has.
COMPILE = "$$scratch/bin/uv" pip compile --quiet pyproject.toml --all-extras --universal --python-version 3.11 \
	--generate-hashes --no-annotate --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)
lock: ## re-resolve requirements/*.txt (UPGRADE=1 for newer versions)
	scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	$(PYTHON) -m venv "$$scratch" && "$$scratch/bin/pip" install --quiet uv && \
	$(COMPILE) --output-file requirements/runtime.txt && \
	$(COMPILE) --group dev --constraints requirements/runtime.txt --output-file requirements/dev.txt

clean: ## remove all that make and the tools made
	rm -rf .venv build dist .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

system:
	@tools/system-packages.sh

# Two stamps: a changed lock makes .venv anew, a changed pyproject.toml only re-links the package.
.venv/.locked: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "zxnet needs Python 3.11 or newer: make PYTHON=python3.x")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/system-packages.sh python3-venv
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r $<
	@touch $@

$(READY): .venv/.locked pyproject.toml
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
