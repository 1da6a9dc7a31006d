"""A posterior of two parameters with rival theories, and files of patterns made by hand."""

from pathlib import Path

import numpy as np
import pandas as pd

from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.posterior_file import write_posterior
from engager_sim.studies.validate.expected import Expected, Pattern, PatternPart

REPLICATES = 80
"""The fewest that are allowed."""


def write_small_posterior(folder: Path) -> FittedParameters:
    """Write a posterior of 60 draws and read it."""
    rng = np.random.default_rng(4)
    draws = pd.DataFrame(
        {
            "relationship.coupling": rng.choice(["gated", "additive"], 60),
            "relationship.trust_growth": rng.uniform(0.1, 0.3, 60),
        }
    )
    file = folder / "posterior.parquet"
    write_posterior(draws, {"made_by": "a test"}, file)
    fitted = FittedParameters.load(file)
    assert fitted is not None
    return fitted


def one_pattern(*parts: PatternPart) -> Expected:
    """Expect one pattern with these parts."""
    return Expected((Pattern(1, "One", "It is seen.", "Somebody", ["untouched"], parts),), 1.0)


def part(
    measure: str, at_least: float | None, at_most: float | None = None, near: float = 0.1,
    take: str = "whole",
) -> PatternPart:  # fmt: skip
    """Make a part with some bounds."""
    return PatternPart(
        measure=measure, label="a figure", take=take, at_least=at_least, at_most=at_most, near=near,
        why="why",
    )  # fmt: skip
