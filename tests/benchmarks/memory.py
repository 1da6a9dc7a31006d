"""Peak memory of large worlds and long studies, each measured in a process of its own."""

import subprocess
import sys

from tests.benchmarks import studies
from tests.benchmarks.bar import Bar
from tests.benchmarks.large_world import LEAVERS

FEW_REPLICATES, MANY_REPLICATES = 20_000, 200_000
PEAK_MIB = Bar(400.0, at_least=False, unit=" MiB")
MANY_OVER_FEW = Bar(1.5, at_least=False)
STUDY_PEAK_MIB = Bar(1024.0, at_least=False, unit=" MiB")


def peak_memory() -> None:
    """Measure the peak memory of a process that simulates 100,000 men and makes its tables."""
    peak = _peak_of("tests.benchmarks.peak_memory")
    print(f"\nPeak memory of a process of its own, {LEAVERS:,} leavers, one replicate")
    print(f"  peak              {peak:9,.0f} MiB    {PEAK_MIB.judge(peak)}")


def memory_of_studies() -> None:
    """Compare the peak memory of a large Sobol study with that of a small one."""
    few, many = (studies.peak_of_study(runs) for runs in (studies.FEW_RUNS, studies.MANY_RUNS))
    ratio = many.mebibytes / few.mebibytes
    print("\nPeak memory of Sobol studies, each in a process of its own")
    print(f"  {few.runs:9,} runs    {few.mebibytes:9,.0f} MiB")
    judged = STUDY_PEAK_MIB.judge(many.mebibytes)
    print(f"  {many.runs:9,} runs    {many.mebibytes:9,.0f} MiB    {judged}")
    print(f"  ratio             {ratio:9.2f}    {MANY_OVER_FEW.judge(ratio)}")


def memory_of_runs() -> None:
    """Compare the peak memory of a run of many replicates with that of one of few."""
    few, many = (
        _peak_of("tests.benchmarks.run_memory", replicates)
        for replicates in (FEW_REPLICATES, MANY_REPLICATES)
    )
    print("\nPeak memory of runs of usual care with their weekly tables, each in its own process")
    print(f"  {FEW_REPLICATES:9,} replicates {few:9,.0f} MiB")
    print(f"  {MANY_REPLICATES:9,} replicates {many:9,.0f} MiB")
    print(f"  ratio                {many / few:9.2f}    {MANY_OVER_FEW.judge(many / few)}")


def _peak_of(module: str, *arguments: object) -> float:
    """Run a module in a process of its own; give the MiB that it prints last."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
