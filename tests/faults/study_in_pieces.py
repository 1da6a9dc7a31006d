"""A study in many small chunks, to be killed: run as a module, with the study and a folder."""

import sys
from pathlib import Path

from engager_sim.designs.execution import blocks

blocks.LEAVER_WEEKS_PER_BLOCK = 60_000

STUDY = """\
question = "Does a study survive?"
scenario = "engager_trial"
replicates = 12
seed = 3
outcomes = ["trust_12w_programme", "engaged_12w_programme"]

[[factors]]
parameter = "programme.collaboration.initial_tie"
levels = [0.1, 0.3, 0.5, 0.7]

[[factors]]
parameter = "programme.supervision.interval"
levels = [8, 4, 2, 1]
"""


def main(study: Path, out: Path) -> None:
    """Carry the study out, or go on with it."""
    from engager_sim.console.request import Request
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.sweep import KIND
    from engager_sim.studies.sweep.settings import read_sweep

    run_study(KIND, read_sweep(study), Request(out, threads=2))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
