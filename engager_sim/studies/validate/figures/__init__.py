"""The pictures of a validation."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.validate import KIND
from engager_sim.studies.validate.figures.figures_predicted import figures_predicted
from engager_sim.studies.validate.figures.patterns_met import patterns_met
from engager_sim.studies.validate.study import Validation


def pictures(validation: Validation) -> list[Picture]:
    """Draw patterns against their bounds, and published figures against predictions."""
    note = (
        f"{validation.replicates:,} replicates of every variant, two under each draw of the "
        f"posterior; seed {validation.seed}."
    )
    drawn = [patterns_met(validation.parts, KIND.question, note)]
    if len(validation.figures):
        drawn.append(figures_predicted(validation.figures, KIND.question, note))
    return drawn
