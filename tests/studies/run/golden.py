"""Write the golden summary anew, after a change that is meant to change results.

``python -m tests.studies.run.golden "the line under **Changes results** in CHANGELOG.md"``
"""

import json
import sys
from pathlib import Path

from engager_sim.outcomes.headline import HEADLINE
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate

GOLDEN = Path(__file__).with_name("golden_summary.json")
REPLICATES = 3


def summarised() -> dict[str, dict[str, float]]:
    """Average the headline outcomes of every preset over a few replicates."""
    return {
        name: {
            outcome: float(runs[outcome].mean())
            for runs in [
                simulate(name, REPLICATES, seed=1, weekly=False, parameters="defaults").runs
            ]
            for outcome in HEADLINE
        }
        for name in Scenario.presets()
    }


if __name__ == "__main__":
    written = {"changelog": sys.argv[1], "means": summarised()}
    GOLDEN.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
