"""Print how many MiB a process needs at most to simulate 100,000 men: run in a process of its own.

``python -m tests.benchmarks.peak_memory``
"""

import resource
from pathlib import Path

from engager_sim.studies.run.study import simulate
from tests.benchmarks.large_world import LEAVERS, large_trial

STATUS = Path("/proc/self/status")
KIB_PER_MIB = 1024.0


def peak() -> float:
    """Give the most memory that this process has held, in MiB.

    Linux counts, in ``getrusage``, what the process that started this one held; its own high-water
    mark does not.
    """
    if STATUS.exists():
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / KIB_PER_MIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB


def main() -> None:
    """Simulate one replicate of 100,000 men and print the peak."""
    runs = simulate(large_trial(), replicates=1, seed=1, threads=1, parameters="defaults")
    assert len(runs.runs) == 1, LEAVERS
    print(f"{peak():.1f}")


if __name__ == "__main__":
    main()
