"""Retell weeks of every preset and print what agrees: ``python -m tests.replication 50000 200``."""

import sys
import time

from engager_sim.scenarios.scenario import Scenario
from tests.replication.comparison import Agreement, weeks_compared, worlds_compared

LEAVER_WEEKS, WORLDS = 10_000, 12


def main() -> int:
    """Compare so many leaver-weeks of every preset, and so many worlds; return 1 if any differs."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else LEAVER_WEEKS
    worlds = int(sys.argv[2]) if len(sys.argv) > 2 else WORLDS
    differs = 0
    for preset in Scenario.presets():
        begun = time.process_time()
        agreement = weeks_compared(preset, wanted)
        differs |= said(preset, agreement, time.process_time() - begun)
    for number in range(worlds):
        begun = time.process_time()
        agreement = worlds_compared(number, wanted)
        differs |= said(f"world {number}", agreement, time.process_time() - begun)
    return differs


def said(name: str, agreement: Agreement, seconds: float) -> int:
    """Print what was compared; return 1 if anything differs."""
    print(
        f"{name}: {agreement.leaver_weeks:,} leaver-weeks, {agreement.events:,} events of "
        f"{len(agreement.kinds)} kinds, {len(agreement.differences)} differences, "
        f"{seconds:.1f} seconds"
    )
    for difference in agreement.differences:
        print(f"  {difference}")
    return int(bool(agreement.differences))


if __name__ == "__main__":
    sys.exit(main())
