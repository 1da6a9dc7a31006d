"""The pictures of a comparison."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.compare.figures.exit_transitions import exit_transitions
from engager_sim.studies.compare.figures.paired_differences import paired_differences
from engager_sim.studies.compare.study import Comparison


def pictures(comparison: Comparison) -> list[Picture]:
    """Draw the differences from the base; where scenarios are paired, whose first exit differs."""
    return [paired_differences(comparison), *exit_transitions(comparison)]
