# `make demo` and `make test` are all a newcomer needs; both set up .venv themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test model bench

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip==26.3"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,neural]"
	touch $@

demo: $(READY) ## route the demo proposals, digest the demo replies, print both tables
	$(BIN)/fenban classify corpora/demo/proposals.xlsx --place county --table || test $$? -eq 3
	$(BIN)/fenban summarize corpora/demo/replies.csv --table || test $$? -eq 3

test: $(READY) ## everything CI runs: style, types, layers, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 -q

model: $(READY) ## rebuild both shipped models from corpora/, same bytes
	$(BIN)/python train.py corpora/proposals --out models/default
	$(BIN)/python train.py corpora/replies --task replies --out models/replies

bench: $(READY) ## measure start-up, throughput and memory
	$(BIN)/python -m benchmarks.speed
