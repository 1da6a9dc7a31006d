"""The pictures of a validation."""

from pathlib import Path

from engager_sim.figures.picture import Picture
from engager_sim.studies.validate.figures.figures_predicted import figures_predicted
from engager_sim.studies.validate.figures.patterns_met import patterns_met
from engager_sim.studies.validate.study import QUESTION, Validation


def draw_validation(found: Validation, folder: Path) -> None:
    """Draw every picture of a validation into an existing folder."""
    for place, picture in enumerate(pictures_of_validation(found)):
        picture.save(folder / f"{picture.name}.png", place)


def pictures_of_validation(found: Validation) -> list[Picture]:
    """Draw patterns against their bounds, and published figures against predictions."""
    note = (
        f"{found.replicates:,} replicates of every world, two under each draw of the posterior; "
        f"seed {found.seed}."
    )
    pictures = [patterns_met(found.parts, QUESTION, note)]
    if len(found.figures):
        pictures.append(figures_predicted(found.figures, QUESTION, note))
    return pictures
