"""The pictures of a comparison."""

from engager_sim.figures.comparisons.fate_transitions import fate_transitions
from engager_sim.figures.comparisons.paired_differences import paired_differences
from engager_sim.figures.picture import Picture
from engager_sim.studies.comparison.compare import Comparison


def pictures_of_comparison(comparison: Comparison) -> list[Picture]:
    """Draw the differences from the base, and whose fate differs.

    Parameters
    ----------
    comparison : Comparison
        Of one scenario or several with a base.

    Returns
    -------
    list of Picture
        The differences; where scenarios are paired, the fates in each other scenario too.
    """
    return [paired_differences(comparison), *fate_transitions(comparison)]
