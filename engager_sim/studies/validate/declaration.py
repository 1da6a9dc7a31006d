"""How a measure of a pattern is declared: what it observes, and what it computes from that."""

from collections.abc import Callable
from dataclasses import dataclass

from engager_sim.studies.validate.observations import Numbers, Observation, RunNumbers


@dataclass(frozen=True, slots=True)
class PatternMeasure:
    """What measures one part of a pattern; parts give the name to which it is assigned.

    Attributes
    ----------
    observations : tuple of Observation
        What it observes.
    figure : callable
        Computes the figure over some replicates, from an array per observation: shape
        (replicates,) of an outcome or a weekly mean, (replicates, counts) of an event log, and a
        structured array, shape (men of all replicates,), of men's records. Where it gives an array
        with a value per replicate, the figure is their mean or an end of its interval.
    """

    observations: tuple[Observation, ...]
    figure: Callable[..., float | Numbers]


def observes(
    *observations: Observation,
) -> Callable[[Callable[..., float | Numbers]], PatternMeasure]:
    """Declare what a function observes; this makes it a measure of its own name."""
    return lambda figure: PatternMeasure(observations, figure)


def mean_of(observation: RunNumbers) -> PatternMeasure:
    """Measure a mean over replicates."""
    return PatternMeasure((observation,), lambda values: float(values.mean()))


def difference_of_means(first: RunNumbers, second: RunNumbers) -> PatternMeasure:
    """Measure the first mean over replicates less the second."""
    return PatternMeasure(
        (first, second), lambda one, other: float(one.mean()) - float(other.mean())
    )


def mean_difference(first: RunNumbers, second: RunNumbers) -> PatternMeasure:
    """Measure the mean over replicates of the first less the second, paired."""
    return PatternMeasure((first, second), lambda one, other: float((one - other).mean()))
