# Everything is done by scripts/: they need nothing but Python to begin with.
PYTHON ?= python3
.PHONY: run install check test bench

run:  ## install what is missing, then run the whole system
	@exec $(PYTHON) scripts/bootstrap.py run

install:  ## install, build and train what is missing
	@exec $(PYTHON) scripts/bootstrap.py install

check:  ## lint, types, import contracts, training data, front ends, size
	@exec $(PYTHON) scripts/bootstrap.py check

test:  ## every test, browser tests included
	@exec $(PYTHON) scripts/bootstrap.py test

bench:  ## the benchmarks
	@exec $(PYTHON) scripts/bootstrap.py bench
