# The commands CI runs, by name.
.PHONY: run test check slow bench bench-short catalogue ci

run:            ## start the app
	streamlit run app.py

test:           ## the default tests
	pytest

check:          ## style, types, architecture
	ruff check .
	ruff format --check .
	mypy
	lint-imports

slow:           ## the suites left out of the default run
	pytest -m slow

catalogue:      ## add what the interface says now to its catalogues, and name what is left to translate
	python -m tests.catalogue

bench:          ## print measurements; nothing fails on time
	for file in tests/bench/bench_*.py; do python "$$file" || exit 1; done

bench-short:    ## what of it takes less than a minute each, with a faster model; CI prints it
	python tests/bench/bench_jobs.py
	python tests/bench/bench_llm.py 1

ci:             ## everything, from an empty environment
	bash .ci/run
