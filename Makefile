# Everything runs in .venv, which is built from the project's own metadata.

PYTHON ?= python3
BIN := .venv/bin
TORCH := torch==2.13.0
# Tests in as many processes as there are processors, up to four: more would compile the same
# kernels at the same time.
TESTS := --numprocesses auto --maxprocesses 4 --dist worksteal

# Bytecode is kept whatever the environment says: a process takes a second longer to start without.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test compare bench check lint package mutants clean

run: .venv/demo
	$(BIN)/minigrad demo

test: .venv/test
	$(BIN)/python -m pytest $(TESTS)

compare: .venv/compare
	$(BIN)/python -m compare

bench: .venv/bench
	$(BIN)/python -m bench --charts bench-charts --json bench-steps.json
	$(BIN)/python -m bench.operations --charts bench-charts --json bench-operations.json

lint: .venv/check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The wheel and the sdist; the wheel is tested in an environment and a folder of its own, with the
# tests that the sdist carries and no source beside them, and its types are read by a user's script.
package: .venv/package .venv/check
	rm -rf dist .venv/installed .venv/outside
	$(BIN)/python -m build --outdir dist . > .venv/build.log || (cat .venv/build.log && false)
	$(PYTHON) -m venv .venv/installed
	.venv/installed/bin/python -m pip install --quiet "$$(echo dist/*.whl)[demo,test]"
	mkdir .venv/outside && tar -xzf dist/*.tar.gz --strip-components 1 -C .venv/outside
	rm -r .venv/outside/minigrad .venv/outside/pytest_minigrad.py
	cd .venv/outside && ../installed/bin/pytest $(TESTS) --ignore=tests/bench --ignore=tests/compare tests
	cd .venv/outside && ../installed/bin/pytest $(TESTS) --pyargs minigrad
	cd .venv/outside && ../bin/mypy --strict --config-file= \
		--python-executable ../installed/bin/python tests/typing/script.py

# All of it, with PyTorch beside us; the second round of tests with the instructions that every
# x86-64 has, the third with array bounds checked.
check: lint package .venv/compare .venv/demo .venv/test
	$(BIN)/python -m pytest $(TESTS)
	$(BIN)/python -m pytest $(TESTS) -m slow
	NUMBA_CPU_NAME=generic $(BIN)/python -m pytest $(TESTS)
	NUMBA_BOUNDSCHECK=1 $(BIN)/python -m pytest $(TESTS) tests/ops tests/optim tests/nn
	$(BIN)/python -m compare
	$(BIN)/python -m bench --quick
	$(BIN)/python -m bench.operations --quick

# So many changes of minigrad, chosen at random and made one at a time in a clone of what is
# committed: which of them do the tests let live? A quarter of an hour for which test calls what,
# then some ten seconds for each that is killed and a minute for each that lives, of one processor
# that does nothing else. AFTER leaves out those that were tried before.
MUTANTS ?= 300
AFTER ?= 0
mutants: export PATH := $(CURDIR)/.venv/bin:$(PATH)
mutants: export MINIGRAD_CACHE_DIR := $(CURDIR)/.venv/mutated-kernels
mutants: export HYPOTHESIS_PROFILE := ci
mutants: .venv/mutation
	rm -rf .venv/mutated .venv/reached .venv/mutants.sqlite && git clone --quiet . .venv/mutated
	cd .venv/mutated && REACHED=../reached python -m pytest $(TESTS) -p tests.mutation.reaching \
		--ignore=tests/bench --ignore=tests/compare
	cd .venv/mutated && cosmic-ray init tests/mutation/cosmic-ray.toml ../mutants.sqlite
	cd .venv/mutated && python tests/mutation/sampling.py ../mutants.sqlite $(MUTANTS) $(AFTER)
	cd .venv/mutated && cosmic-ray exec tests/mutation/cosmic-ray.toml ../mutants.sqlite
	cd .venv/mutated && cr-report ../mutants.sqlite --surviving-only --show-diff

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/demo: EXTRAS := demo
.venv/test: EXTRAS := demo,test
.venv/check: EXTRAS := check
.venv/package: EXTRAS := package
.venv/mutation: EXTRAS := demo,test,mutation
.venv/compare: EXTRAS := compare
.venv/bench: EXTRAS := bench
.venv/compare .venv/bench: OTHERS := $(TORCH)
.venv/demo .venv/test .venv/check .venv/package .venv/mutation .venv/compare .venv/bench: \
		.venv/bin/python setup.cfg pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[$(EXTRAS)]' $(OTHERS)
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
