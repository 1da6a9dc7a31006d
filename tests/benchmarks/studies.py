"""What a study costs beyond its runs: time over the bare engine, memory as it grows."""

import gc
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.results.study_folder import StudyFolder
from engager_sim.runs.batch import men_tables, packed_seeds, run_batch
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh

POINTS, REPLICATES = 1_000, 20
ROUNDS = 3
SEED = 1
MANIFEST = {"what": "a benchmark"}
FEW_RUNS, MANY_RUNS = 50_000, 500_000


def trial_runs() -> OutcomeRuns:
    """Make a study of the trial: 20,000 runs over ties and supervision."""
    paths = ("programme.collaboration.initial_tie", "programme.supervision.interval")
    factors = tuple(declared_factor(path) for path in paths)
    units = np.random.default_rng(SEED).random((POINTS, len(factors)))
    values = np.stack(
        [factor.from_unit(units[:, index]) for index, factor in enumerate(factors)], axis=1
    )
    outcomes = find_columns(["trust_12w_programme", "engaged_12w_programme"])
    design = Design((Scenario.load("engager_trial"),), factors, values, SEED, outcomes, (0,))
    return OutcomeRuns(design)


class Harness(NamedTuple):
    """A study of 20,000 runs: seconds for each run, and its time over that of the engine alone."""

    seconds_per_run: float
    over_engine: float


def harness_over_engine() -> list[Harness]:
    """Compare a study written to disk with the engine alone on the same runs and threads."""
    workload = trial_runs()
    workload.compile()
    threads = threads_of_this_machine()
    rounds = []
    for _ in range(ROUNDS):
        gc.collect()
        bare = _seconds_of_engine(workload, threads)
        study = _seconds_of_study(workload, threads)
        rounds.append(Harness(study / (POINTS * REPLICATES), study / bare))
    return rounds


def _seconds_of_study(workload: OutcomeRuns, threads: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with StudyFolder.opened(Path(folder) / "study", MANIFEST) as store:
            carry_out(workload, blocks_of(workload, REPLICATES), store, Threads(threads))
        return time.perf_counter() - begun


def _seconds_of_engine(workload: OutcomeRuns, threads: int) -> float:
    """Time the compiled batches alone, as many runs to a call as the study has in a block.

    Theories, seeds and room for results are made before the clock starts.
    """
    design = workload.design
    scenario = design.scenarios[0]
    template, entry, weeks = scenario.template(), scenario.entry(), scenario.weeks()
    theories = np.repeat(design.theories(0, range(POINTS)), REPLICATES, axis=0)
    seeds = packed_seeds(SEED, np.tile(np.arange(REPLICATES), POINTS))
    results = np.empty((len(theories), len(OUTCOMES), 3))
    blocks = blocks_of(workload, REPLICATES)

    def call(number: int) -> None:
        block = blocks[number]
        part = slice(block.first_point * REPLICATES, block.end_point * REPLICATES)
        run_batch(
            template, fresh(template), theories[part].view(np.recarray), entry, seeds[part], weeks,
            no_tables(), results[part], men_tables(0, 0),
        )  # fmt: skip

    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(call, range(len(blocks))))
    return time.perf_counter() - begun


class Peak(NamedTuple):
    """What a study took: its runs, and the most memory its process held."""

    runs: int
    mebibytes: float


def peak_of_study(runs: int) -> Peak:
    """Measure the peak memory of a process that does a Sobol study of about so many runs."""
    command = [sys.executable, "-m", "tests.benchmarks.study_memory", str(runs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    made, peak = done.stdout.split()
    return Peak(int(made), float(peak))
