"""Made-up data of trials, with known effect, spread and loss; and small study files."""

from pathlib import Path

import numpy as np

from engager_sim.studies.trial.measurement import Measured
from tests.scenarios.services import SERVICE, write

STUDY = """\
question = "Would a small trial see it?"
scenario = "service.toml"
replicates = 6
seed = 5

[trial]
men = [20, 40]
follow_up = [4, 26, 52]
primary = 26
residual_sd = 7.0
adjusted_for = ["baseline"]

[trial.loss]
followed_up = [0.9, 0.8, 0.7]
trust = 0.5

[trial.ideal.delivery]
programme.client_engagement.gate_presence = 1
"""


def study_in(folder: Path, text: str = STUDY) -> Path:
    """Write a study file with the small service beside it."""
    write(folder, SERVICE)
    file = folder / "study.toml"
    file.write_text(text, encoding="utf-8")
    return file


def linear_trial(
    dice: np.random.Generator, men: int, effect: float, residual_sd: float, followed_up: float
) -> Measured:
    """Make up a trial with scores linear in baseline, site and arm, and men lost at random."""
    programme = dice.permutation(np.arange(men) % 2 == 0)
    site = dice.integers(0, 2, men)
    baseline = dice.normal(18.0, 6.0, men)
    noise = dice.normal(0.0, residual_sd, men)
    score = 4.0 + 0.7 * baseline + 1.5 * site + effect * programme + noise
    return Measured(
        programme=programme,
        site=site,
        baseline=baseline,
        scores=score[:, np.newaxis],
        followed=(dice.random(men) < followed_up)[:, np.newaxis],
        alive=np.ones((men, 1), bool),
        practitioner=np.full(men, -1),
        in_need=dice.random(men) < 0.6,
        seen=dice.random(men) < np.where(programme, 0.7, 0.5),
    )
