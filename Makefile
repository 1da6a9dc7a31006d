# The two commands of the README are `make demo` and `make test`; each does all the set-up.
.DEFAULT_GOAL := help
BIN := .venv/bin
SCRATCH := results
PRESETS := usual_care engager_trial therapy_led colocated_hub through_the_gate peer_led
EXAMPLE := $(addprefix experiments/decision/,today.toml weekly.toml two_peers.toml one_roof.toml)

# Compiled modules are kept whatever the shell says: the tests start hundreds of processes, each of
# which would compile the libraries anew, for longer than most of them run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo presets browse test lint types docs posterior laws laws-quick screen themes benchmark benchmark-large benchmark-page faults histories fuzz mutants check clean

help: ## list what make can do
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 14

.venv/ready: requirements.lock pyproject.toml
	@.ci/set-up

demo: .venv/ready ## decide what a made-up service should buy, in small (400 replicates, 20 populations, 20 lives)
	@rm -rf $(SCRATCH)/demo
	$(BIN)/engager-sim decide $(EXAMPLE) --combine --budget 60000 --replicates 400 --populations 20 --lives 20 --out $(SCRATCH)/demo
	@echo "The answer on a page: $(CURDIR)/$(SCRATCH)/demo/board.html (board.pdf beside it)"

presets: .venv/ready ## simulate the six presets and say where to look
	@rm -rf $(SCRATCH)/presets
	$(BIN)/engager-sim run $(PRESETS) --replicates 20 --seed 1 --out $(SCRATCH)/presets

browse: .venv/ready ## explore the theory in the browser
	$(BIN)/engager-sim browse

test: .venv/ready ## run the tests (compiles the rules first, once)
	$(BIN)/python -m engager_sim.warm_up
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: .venv/ready ## ruff: lint and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready ## mypy, strict
	$(BIN)/mypy

docs: .venv/ready ## write the documents' tables from the declarations
	$(BIN)/python -m docs.generate

posterior: .venv/ready ## fit again what ships with the package, and validate it (an hour)
	$(BIN)/engager-sim calibrate experiments/calibrate.toml --out $(SCRATCH)/calibrate
	cp $(SCRATCH)/calibrate/posterior.parquet engager_sim/evidence/posterior.parquet
	$(BIN)/python -m docs.central_values
	$(BIN)/python -m docs.central_values --check
	$(BIN)/python -m docs.predictions
	$(BIN)/python -m docs.validated
	$(BIN)/python -m docs.tried
	$(BIN)/python -m docs.widths
	$(BIN)/python -m docs.rival
	$(BIN)/python -m docs.generate

laws: .venv/ready ## try every law of the theory under 200 draws of all uncertain parameters (half an hour)
	$(BIN)/engager-sim laws --out $(SCRATCH)/laws

laws-quick: .venv/ready ## the same under 20 draws, within a minute
	$(BIN)/engager-sim laws --draws 20 --replicates 2 --worst 3 --fresh 20 --steps 0 --net 0

screen: .venv/ready ## name the uncertain parameters that move nothing in any preset
	$(BIN)/engager-sim screen --out $(SCRATCH)/screen

themes: .venv/ready ## compute what each theme is good for, alone and in pairs
	$(BIN)/python -m docs.themes

benchmark: .venv/ready ## measure speed and memory, as ratios within one run, and where the time goes
	$(BIN)/python -m tests.benchmarks.benchmark
	$(BIN)/python -m tests.benchmarks.leaver_week

benchmark-large: .venv/ready ## measure a million men in one run, and Dask workers against threads (some minutes)
	$(BIN)/python -m tests.benchmarks.large

benchmark-page: .venv/ready ## measure the page in Chromium (8 minutes)
	$(BIN)/python -m tests.benchmarks.page

faults: .venv/ready ## kill a study, a run and a decision at 50 moments each and go on with them
	$(BIN)/python -m tests.faults.kills 50
	$(BIN)/python -m tests.faults.command_kills run 50
	$(BIN)/python -m tests.faults.command_kills decide 50

histories: .venv/ready ## disturb a study in 20,000 ways, each told again by its number (minutes)
	$(BIN)/python -m tests.faults.histories

fuzz: .venv/ready ## read 100,000 files made wrong, each told again by its number (minutes)
	$(BIN)/python -m tests.faults.fuzz

mutants: .venv/ready ## put 250 small faults into rules, events and statistics: do tests notice? (20 minutes)
	$(BIN)/python -m tests.mutants.mutants

check: lint types test ## everything that CI checks

clean: ## remove .venv, caches and scratch results
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis $(SCRATCH)
