"""The toy's picture."""

from matplotlib.figure import Figure

from engager_sim.figures.picture import Picture
from tests.studies.toy.study import Toy


def pictures(toy: Toy) -> list[Picture]:
    """Draw the share as a bar."""
    figure = Figure(figsize=(2.0, 2.0))
    figure.add_subplot().bar([0], toy.share["mean"])
    words = f"{toy.share['mean'].iloc[0]:.0%} of the men reoffend within a year of release."
    return [Picture("share", "How many reoffend", words, figure)]
