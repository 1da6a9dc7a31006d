"""Every measure of a part of a pattern, by the name that the parts give."""

from collections.abc import Iterable

from engager_sim.studies.validate import (
    attrition_measures,
    condition_measures,
    justice_measures,
    practice_measures,
    practitioner_measures,
    repeated_misses,
    trial_measures,
)
from engager_sim.studies.validate.declaration import PatternMeasure
from engager_sim.studies.validate.observations import Observation

MEASURES: dict[str, PatternMeasure] = {
    name: measure
    for module in (
        trial_measures,
        condition_measures,
        justice_measures,
        attrition_measures,
        practice_measures,
        practitioner_measures,
        repeated_misses,
    )
    for name, measure in vars(module).items()
    if isinstance(measure, PatternMeasure)
}


def observed_by(names: Iterable[str]) -> tuple[Observation, ...]:
    """List what some measures observe, each observation once, in order of first need."""
    needed = [observation for name in names for observation in MEASURES[name].observations]
    return tuple(dict.fromkeys(needed))
