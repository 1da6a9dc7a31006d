"""What can be asked of a validation, checked: a posterior, replicates, the bounds of patterns."""

from dataclasses import dataclass, field
from pathlib import Path

from engager_sim.errors import UsageError
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, FittedParameters
from engager_sim.studies.validate.expected import Expected, read_expected

GROUPS = 20
"""Groups of draws, each left out once by the jackknife."""
FEWEST_REPLICATES = 2 * GROUPS * REPLICATES_PER_DRAW


@dataclass(frozen=True)
class ValidateSettings:
    """What a validation asks.

    Raises
    ------
    UsageError
        If a number cannot be used.
    """

    fitted: FittedParameters  # the posterior from which parameters are drawn
    replicates: int = 400  # of each variant, two under each draw
    seed: int = 1
    expected: Expected = field(default_factory=read_expected)

    def __post_init__(self) -> None:
        refuse_unusable_numbers(self.replicates, self.seed, None)
        _refuse_uneven_draws(self.fitted, self.replicates)
        if self.replicates < FEWEST_REPLICATES:
            raise UsageError(
                "too few replicates to say how sure a figure is",
                key="replicates",
                value=self.replicates,
                allowed=f"at least {FEWEST_REPLICATES}",
            )


def fitted_model(parameters: FittedParameters | str | Path) -> FittedParameters:
    """Read the posterior that is validated.

    Raises
    ------
    UsageError
        If it cannot be read, or the parameters' defaults are named.
    """
    fitted = FittedParameters.of(parameters)
    if fitted is None:
        raise UsageError(
            "what is validated is the fitted model",
            key="parameters",
            value=str(parameters),
            allowed="posterior, or a posterior.parquet that a calibration wrote",
        )
    return fitted


def _refuse_uneven_draws(fitted: FittedParameters, replicates: int) -> None:
    """Raise UsageError unless every draw that is used has two replicates, so that none weighs more.

    Groups of draws are left out, and judged by how far the others' figures move.
    """
    most = REPLICATES_PER_DRAW * len(fitted.numbers)
    if replicates % REPLICATES_PER_DRAW:
        raise UsageError(
            "in a validation replicates come in pairs, so that every draw weighs the same",
            key="replicates",
            value=replicates,
            allowed="an even number",
            fix=f"ask for {replicates + 1}",
        )
    if replicates > most:
        raise UsageError(
            "there are not so many draws, and replicates under one draw are no new ones",
            key="replicates",
            value=replicates,
            allowed=f"at most {most:,}",
            fix="ask for fewer, or fit again with more draws",
        )
