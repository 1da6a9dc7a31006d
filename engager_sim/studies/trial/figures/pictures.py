"""The pictures of a trial that is run again and again."""

from pathlib import Path

from engager_sim.figures.picture import Picture
from engager_sim.studies.trial.figures.estimates import estimates
from engager_sim.studies.trial.figures.own_effects import own_effects
from engager_sim.studies.trial.figures.power_by_size import power_by_size
from engager_sim.studies.trial.figures.why_null import why_null
from engager_sim.studies.trial.study import Trials


def draw_trials(found: Trials, folder: Path) -> None:
    """Draw every picture of a trial into an existing folder."""
    for place, picture in enumerate(pictures_of_trials(found)):
        picture.save(folder / f"{picture.name}.png", place)


def pictures_of_trials(found: Trials) -> list[Picture]:
    """Draw estimates, power, why the trial looks null, and men's own effects."""
    return [estimates(found), why_null(found), power_by_size(found), own_effects(found)]
