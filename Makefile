# The two commands: `make demo` runs the main job, `make test` proves it. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo test prove bench bench-ledger bench-events serve clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $(STAMP)

demo: setup
	./demo/run $(BIN)/waqai

test: setup
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The bounds against every possible world, thousands of stories long.
prove: setup
	WAQAI_PROVE=$(or $(STORIES),20000) $(BIN)/pytest tests/account/test_enumeration.py

# How fast articles are read, where the time goes, and that it grows with the length and no faster.
bench: setup
	$(BIN)/python benchmarks/reading_speed.py

# How bounds and their refresh grow with the corpus; SIZES="1000 10000 100000" says how many articles.
bench-ledger: setup
	$(BIN)/python benchmarks/ledger.py --sizes $(or $(SIZES),1000 10000)

# How the graph of events grows with the corpus; SIZES as above.
bench-events: setup
	$(BIN)/python benchmarks/events.py --sizes $(or $(SIZES),1000 10000)

# The store of WAQAI_STORE, else ./waqai-store if it is there, else the demo's.
serve: setup
	$(BIN)/waqai serve --store $(or $(WAQAI_STORE),$(if $(wildcard waqai-store),waqai-store,demo-store))

clean:
	rm -rf $(VENV) dist build demo-store
