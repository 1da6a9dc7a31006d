"""Retell weeks of every preset and print what agrees: ``python -m tests.replication 50000``."""

import sys
import time

from engager_sim.scenarios.scenario import Scenario
from tests.replication.comparison import weeks_compared

LEAVER_WEEKS = 10_000


def main() -> int:
    """Print a line per preset; return 1 if anything differs."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else LEAVER_WEEKS
    differs = 0
    for preset in Scenario.presets():
        begun = time.process_time()
        agreement = weeks_compared(preset, wanted)
        seconds = time.process_time() - begun
        print(
            f"{preset}: {agreement.leaver_weeks:,} leaver-weeks, {agreement.events:,} events of "
            f"{len(agreement.kinds)} kinds, {len(agreement.differences)} differences, "
            f"{seconds:.1f} seconds"
        )
        for difference in agreement.differences:
            print(f"  {difference}")
            differs = 1
    return differs


sys.exit(main())
