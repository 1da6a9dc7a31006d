"""Measure speed and memory, as ratios within one run: ``python -m tests.benchmarks.benchmark``.

Every figure is the median of rounds in which the things compared take turns, so that whatever else
the machine does falls on all of them. Nothing is printed that was not measured in the same run.
"""

import dataclasses
import gc
import os
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs import plan as plans
from engager_sim.runs.batch import men_tables, packed_seeds, run_batch
from engager_sim.runs.one_run import compile_for, run_once
from engager_sim.runs.plan import plan_of as plan_of_runs
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.tallies import weekly_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.records import World
from tests.benchmarks import studies
from tests.benchmarks.bar import Bar
from tests.benchmarks.large_world import LEAVERS, large_trial
from tests.benchmarks.memory import memory_of_runs, memory_of_studies, peak_memory
from tests.benchmarks.plain_model import DrawnBefore, PlainModel, hand_over, look_up, write_down

SEED = 1
ROUNDS = 7
ROUNDS_OF_LARGE_WORLDS = 3
REPLICATES = 20
REPLICATES_FOR_THREADS = 100
NANO = 1e9

FASTER_THAN_PLAIN = Bar(60.0, at_least=True)
TWO_THREADS = Bar(1.85, at_least=True)
LARGE_OVER_SMALL = Bar(1.25, at_least=False)
STUDY_OVER_ENGINE = Bar(1.10, at_least=False)
LOGGED_OVER_UNLOGGED = Bar(1.3, at_least=False)


def leaver_weeks(world: World) -> int:
    """Count the weeks from each man's entry to the end of his follow-up."""
    men = world.leavers
    return int((men["last_week"] - men["entry_week"] + 1).sum())


def seconds(work: Callable[[], object]) -> float:
    """Time some work of this thread: processor time, so that other processes count little."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


class Compiled:
    """Runs of the compiled engine, weekly tables and outcomes included."""

    def __init__(self, scenario: Scenario) -> None:
        self.plan = plan_of(scenario)
        self.world = fresh(self.plan.template)
        follow_up = self.plan.entry.follow_up
        self.tables = weekly_tables(self.plan.weeks_before, follow_up, self.plan.weeks)
        self.theories = self.plan.theories[np.newaxis].view(np.recarray)
        self.outcomes = np.empty((1, len(OUTCOMES), 3))

    def run(self, replicate: int) -> None:
        """Run one replicate."""
        seeds = packed_seeds(SEED, np.array([replicate]))
        run_batch(
            self.plan.template, self.world, self.theories, self.plan.entry, seeds,
            self.plan.weeks, self.tables, self.outcomes, men_tables(0, 0),
        )  # fmt: skip

    def cost(self, replicates: int) -> float:
        """Measure seconds per leaver-week over so many replicates."""
        spent, weeks = 0.0, 0
        for replicate in range(replicates):
            spent += seconds(partial(self.run, replicate))
            weeks += leaver_weeks(self.world)
        return spent / weeks


def plan_of(scenario: Scenario) -> plans.Plan:
    """Plan runs of a scenario with weekly tables."""
    return plan_of_runs(scenario, SEED, weekly=True, leavers=False, events=False, check=False)


def against_plain_mesa(compiled: Compiled) -> None:
    """Compare the compiled engine with the plain model, one thread each."""
    uniforms = DrawnBefore(SEED, 0)
    PlainModel(compiled.plan, uniforms, write_down).run_for(compiled.plan.weeks)
    drawn, asked = dict(uniforms), uniforms.asked
    compiled.run(0)
    weeks = leaver_weeks(compiled.world)
    gc.collect()
    gc.freeze()  # a million uniforms are no rubbish to look through in the plain model's time
    by_key, in_turn, engine = [], [], []
    for _ in range(ROUNDS):
        engine.append(compiled.cost(REPLICATES))
        by_key.append(_plain_cost(PlainModel(compiled.plan, drawn, look_up), weeks))
        in_turn.append(_plain_cost(PlainModel(compiled.plan, iter(asked), hand_over), weeks))
    ratio = _median_ratio(by_key, engine)
    print(f"\nThe compiled engine against plain Mesa, {compiled.plan.scenario}, one thread each")
    print(f"  compiled          {NANO * statistics.median(engine):9,.0f} ns per leaver-week")
    print(f"  plain Mesa        {NANO * statistics.median(by_key):9,.0f} ns per leaver-week")
    print(f"  ratio             {ratio:9.1f}    {FASTER_THAN_PLAIN.judge(ratio)}")
    print(
        f"  with uniforms handed over in turn, the least a draw can cost in plain Python: "
        f"{NANO * statistics.median(in_turn):,.0f} ns, ratio {_median_ratio(in_turn, engine):.1f}"
    )


def _plain_cost(model: PlainModel, weeks: int) -> float:
    return seconds(partial(model.run_for, model.plan.weeks)) / weeks


def two_threads(compiled: Compiled) -> None:
    """Compare the time that the same runs take on one thread and on two."""
    run = partial(run_once, compiled.plan)
    spent: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for threads, times in spent.items():
            begun = time.perf_counter()
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(run, range(REPLICATES_FOR_THREADS)))
            times.append(time.perf_counter() - begun)
    ratio = _median_ratio(spent[1], spent[2])
    print(f"\nTwo threads against one, {REPLICATES_FOR_THREADS} replicates")
    for threads, times in spent.items():
        print(f"  threads: {threads}        {1000 * statistics.median(times):9,.0f} ms")
    print(f"  ratio             {ratio:9.2f}    {TWO_THREADS.judge(ratio)}")
    if threads_of_this_machine() < 2:
        print("  (this process may use one processor only)")


def large_against_small(compiled: Compiled) -> None:
    """Compare what a leaver-week costs among 100,000 men and among the trial's 280."""
    large = Compiled(large_trial())
    small_costs, large_costs = [], []
    for _ in range(ROUNDS_OF_LARGE_WORLDS):
        small_costs.append(compiled.cost(REPLICATES))
        large_costs.append(large.cost(1))
    ratio = _median_ratio(large_costs, small_costs)
    men = len(compiled.plan.template.given)
    print(f"\n{LEAVERS:,} leavers against {men}, per leaver-week")
    print(f"  {men:7,} leavers   {NANO * statistics.median(small_costs):9,.0f} ns per leaver-week")
    print(
        f"  {LEAVERS:7,} leavers   {NANO * statistics.median(large_costs):9,.0f} ns per leaver-week"
    )
    print(f"  ratio             {ratio:9.2f}    {LARGE_OVER_SMALL.judge(ratio)}")


def logged_over_unlogged(compiled: Compiled) -> None:
    """Compare runs that keep the event log with runs that do not."""
    logged = dataclasses.replace(compiled.plan, events=True)
    compile_for(logged)
    ratios = []
    for replicate in range(ROUNDS * REPLICATES):
        without = seconds(partial(run_once, compiled.plan, replicate))
        ratios.append(seconds(partial(run_once, logged, replicate)) / without)
    ratio = statistics.median(ratios)
    print("\nA run with its event log over one without")
    print(f"  ratio             {ratio:9.2f}    {LOGGED_OVER_UNLOGGED.judge(ratio)}")


def study_over_engine(compiled: Compiled) -> None:
    """Compare a study of 20,000 runs, tables written, with the engine alone and with plain Mesa."""
    rounds = studies.harness_over_engine()
    ratio = statistics.median(each.over_engine for each in rounds)
    print(f"\nA study of {studies.POINTS * studies.REPLICATES:,} runs over the engine alone")
    print(f"  ratio             {ratio:9.3f}    {STUDY_OVER_ENGINE.judge(ratio)}")
    of_study = statistics.median(each.seconds_per_run for each in rounds)
    uniforms = DrawnBefore(SEED, 0)
    PlainModel(compiled.plan, uniforms, write_down).run_for(compiled.plan.weeks)
    plain = PlainModel(compiled.plan, dict(uniforms), look_up)
    of_plain = seconds(partial(plain.run_for, plain.plan.weeks))
    print(f"  a run of the study{1000.0 * of_study:9.2f} ms on {threads_of_this_machine()} threads")
    print(
        f"  one of plain Mesa {1000.0 * of_plain:9,.0f} ms on one: {of_plain / of_study:,.0f} times"
    )


def machine() -> str:
    """Name the machine: processor, how many, system, Python."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text().splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{model}, {threads_of_this_machine()} processors{load}; {platform.platform()}; "
        f"Python {platform.python_version()}"
    )


def _median_ratio(above: list[float], below: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


def main() -> None:
    """Measure everything and say which bars are met."""
    print(machine())
    print("Medians of rounds that take turns; compiled code was compiled before the clock started.")
    compiled = Compiled(Scenario.load("engager_trial"))
    compiled.run(0)
    against_plain_mesa(compiled)
    two_threads(compiled)
    large_against_small(compiled)
    peak_memory()
    logged_over_unlogged(compiled)
    study_over_engine(compiled)
    memory_of_studies()
    memory_of_runs()


if __name__ == "__main__":
    main()
