"""A study in many small chunks, to be killed."""

from pathlib import Path

from engager_sim.designs.execution import blocks

STUDY = """\
question = "Does a study survive?"
scenario = "engager_trial"
replicates = 4
seed = 3
outcomes = ["trust_12w_programme"]

[[factors]]
parameter = "programme.collaboration.initial_tie"
levels = [0.1, 0.3, 0.5, 0.7]

[[factors]]
parameter = "programme.supervision.interval"
levels = [8, 4, 2, 1]
"""


def carry_out(study: Path, out: Path) -> None:
    """Carry the study out, or go on with it."""
    from engager_sim.console.request import Request
    from engager_sim.studies.pipeline import run_study
    from engager_sim.studies.sweep import KIND
    from engager_sim.studies.sweep.settings import read_sweep

    blocks.LEAVER_WEEKS_PER_BLOCK = 20_000
    run_study(KIND, read_sweep(study), Request(out, threads=2))
