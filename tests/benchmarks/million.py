"""Print what a run of so many men takes: run in a process of its own.

``python -m tests.benchmarks.million MEN`` prints nanoseconds per leaver-week, and MiB at most.
"""

import sys

from tests.benchmarks.benchmark import NANO, Compiled
from tests.benchmarks.large_world import large_trial
from tests.benchmarks.peak_memory import peak


def main(men: int) -> None:
    """Run one replicate of so many men, weekly tables and outcomes included."""
    compiled = Compiled(large_trial(men))
    compiled.cost(1)  # loads the compiled code, and touches all memory once
    print(f"{NANO * compiled.cost(1):.1f} {peak():.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
