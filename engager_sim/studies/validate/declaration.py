"""How a measure of a pattern is declared: what it observes, and what it computes from that."""

from collections.abc import Callable
from dataclasses import dataclass

from engager_sim.studies.validate.observations import Numbers, Observation


@dataclass(frozen=True, slots=True)
class PatternMeasure:
    """What measures one part of a pattern.

    Attributes
    ----------
    name : str
        As parts of patterns give it.
    observations : tuple of Observation
        What it observes.
    figure : callable
        Computes the figure over some replicates, from an array per observation: shape
        (replicates,) of an outcome or a weekly mean, (replicates, counts) of an event log, and a
        structured array, shape (men of all replicates,), of men's records. Where it gives an array
        with a value per replicate, the figure is their mean or an end of its interval.
    """

    name: str
    observations: tuple[Observation, ...]
    figure: Callable[..., float | Numbers]


def observes(
    *observations: Observation,
) -> Callable[[Callable[..., float | Numbers]], PatternMeasure]:
    """Declare what a function observes; this makes it a measure of its own name."""

    def declared(figure: Callable[..., float | Numbers]) -> PatternMeasure:
        return PatternMeasure(figure.__name__, observations, figure)

    return declared
