"""Print how many MiB a process needs at most for a Sobol study: run in a process of its own.

``python -m tests.benchmarks.study_memory RUNS``: so many runs of a service of ten men.
"""

import dataclasses
import math
import sys
import tempfile
from pathlib import Path

from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.designs.setting_factors import with_settings
from engager_sim.designs.study_file import Study
from engager_sim.results.study_folder import StudyFolder
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.settings import SensitivitySettings
from engager_sim.studies.sensitivity.study import sensitivity
from tests.benchmarks.peak_memory import peak

MEN = 10
REPLICATES = 20
PATHS = tuple(
    f"usual_care.{path}"
    for path in (
        "collaboration.initial_tie", "collaboration.shared_record", "supervision.interval",
        "supervision.quality", "supervision.mode", "client_engagement.gate_presence",
        "client_engagement.follow_up", "client_engagement.contact_hours", "peers.support",
        "preparations_for_ending.support_weeks", "client_motivation.own_goals",
    )
)  # fmt: skip
ROWS_PER_SAMPLE = 2 * len(PATHS) + 2


def main(runs: int) -> None:
    """Carry out a study of about so many runs into a folder, analyse it, and print the peak."""
    samples = 1 << round(math.log2(runs / REPLICATES / ROWS_PER_SAMPLE))
    service = with_settings(Scenario.load("usual_care"), {"population.leavers": MEN})
    study = Study(
        "memory", "How much?", dataclasses.replace(service, name="ten men"), None,
        tuple(declared_factor(path) for path in PATHS),
        find_columns(["trust_12w", "engaged_12w"]), REPLICATES, 1,
    )  # fmt: skip
    settings = SensitivitySettings(study, METHODS["sobol"], samples, "none", 50)
    with tempfile.TemporaryDirectory() as place, StudyFolder.opened(Path(place), {"a": 1}) as store:
        result = sensitivity(settings, store, Threads(threads_of_this_machine()))
    print(result.done)
    print(f"{peak():.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
