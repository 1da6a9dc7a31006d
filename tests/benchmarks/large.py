"""Measure what is large: ``python -m tests.benchmarks.large`` (some minutes).

A million men in one run; and a study on four Dask workers, each a process of its own, against as
many threads as this machine has processors.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import distributed
import pandas as pd

from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import DaskCluster, Executor, Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.results.study_folder import StudyFolder
from engager_sim.runs.threads import threads_of_this_machine
from tests.benchmarks import studies
from tests.benchmarks.bar import Bar
from tests.benchmarks.benchmark import machine

MEN = (280, 100_000, 1_000_000)
PEAK_MIB = Bar(4096.0, at_least=False, unit=" MiB")
WORKERS = 4
ROUNDS = 3


def large_worlds() -> None:
    """Say what a leaver-week costs, and a process holds, as the world grows."""
    print("\nOne run of the trial's service, many times over, each in a process of its own")
    for men in MEN:
        command = [sys.executable, "-m", "tests.benchmarks.million", str(men)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        nanoseconds, peak = map(float, done.stdout.split())
        judged = PEAK_MIB.judge(peak) if men == MEN[-1] else ""
        print(f"  {men:9,} men{nanoseconds:9,.0f} ns per leaver-week{peak:9,.0f} MiB    {judged}")


def workers_against_threads() -> None:
    """Compare the time of one study on workers and on threads; the rows must be equal."""
    workload = studies.trial_runs()
    workload.compile()
    threads = threads_of_this_machine()
    spent: dict[str, list[float]] = {"threads": [], "workers": []}
    with distributed.LocalCluster(  # type: ignore[no-untyped-call] # as it declares itself
        n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1",
    ) as cluster:  # fmt: skip
        workers = DaskCluster(cluster.scheduler_address)
        _carried_out(workload, workers)  # each worker loads the compiled code once
        for _ in range(ROUNDS):
            rows = {}
            for name, executor in (("threads", Threads(threads)), ("workers", workers)):
                begun = time.perf_counter()
                rows[name] = _carried_out(workload, executor)
                spent[name].append(time.perf_counter() - begun)
            pd.testing.assert_frame_equal(rows["threads"], rows["workers"], check_exact=True)
    seconds = {name: statistics.median(times) for name, times in spent.items()}
    runs = studies.POINTS * studies.REPLICATES
    print(f"\nA study of {runs:,} runs, the same bytes from both")
    print(f"  {threads} threads         {seconds['threads']:9,.1f} s")
    print(f"  {WORKERS} Dask workers    {seconds['workers']:9,.1f} s on the same processors")
    print(f"  ratio             {seconds['workers'] / seconds['threads']:9.2f}")


def _carried_out(workload: OutcomeRuns, executor: Executor) -> pd.DataFrame:
    with (
        tempfile.TemporaryDirectory() as folder,
        StudyFolder.opened(Path(folder) / "study", studies.MANIFEST) as store,
    ):
        carry_out(workload, blocks_of(workload, studies.REPLICATES), store, executor)
        return pd.concat(store.tables(None), ignore_index=True)


def main() -> None:
    """Measure both."""
    print(machine())
    large_worlds()
    workers_against_threads()


if __name__ == "__main__":
    main()
