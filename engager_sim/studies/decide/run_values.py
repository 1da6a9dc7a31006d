"""What the runs of a decision gave, read back: outcomes of whole worlds, and without a theme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.draw_groups import balanced_replicates
from engager_sim.designs.execution.store import Store, column_batches, outcomes_of
from engager_sim.designs.missing_values import missing_table
from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.studies.decide.worlds import (
    LIVES_WITHOUT_A_THEME,
    WHOLE,
    replicates_in_all,
    without_a_theme,
)
from engager_sim.theory import THEMES

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RunValues:
    """Outcomes of runs, by world and replicate; NaN where a run failed or has no value.

    Attributes
    ----------
    outcomes : dict of str to float64 array, shape (worlds, draws, replicates per draw)
        Of whole worlds, today's first; replicates with men of their own.
    draws : int64 array, shape (draws,)
        Numbers of the draws.
    rivals : int64 array, shape (draws,)
        Number of the rival theory of each.
    with_theme, without_theme : dict of str to float64 array
        Of the lives that were run with each theme off: the same whole, of shape (worlds,
        populations, lives), and off, of shape (themes, worlds, populations, lives).
    missing : pandas.DataFrame
        A row per outcome of which a run of a whole world has no value.
    """

    outcomes: dict[str, Numbers]
    draws: npt.NDArray[np.int64]
    rivals: npt.NDArray[np.int64]
    with_theme: dict[str, Numbers]
    without_theme: dict[str, Numbers]
    missing: pd.DataFrame


def read_runs(
    store: Store, design: Design, settings: DecideSettings, failed: Mapping[str, int]
) -> RunValues:
    """Read the outcomes of every run, once.

    ``failed`` are the reasons of runs that failed, and how many.
    """
    replicates, lives = settings.replicates, without_a_theme(settings)
    by_draw = balanced_replicates(design.draws(replicates))
    outcomes, with_theme, without, missing = {}, {}, {}, []
    for column, values in _read(store, design, settings):
        name, whole = column.name, values[np.newaxis, :, : WHOLE + 1, :replicates]
        missing.append(missing_table([column], whole, failed))
        outcomes[name] = values[:, WHOLE, :replicates][:, by_draw]
        lived = values[:, :, lives.start : lives.stop]
        lived = lived.reshape(
            len(design.scenarios), 1 + len(THEMES), LIVES_WITHOUT_A_THEME, settings.populations
        ).transpose(1, 0, 3, 2)
        with_theme[name], without[name] = lived[WHOLE], lived[WHOLE + 1 :]
    assert settings.fitted is not None
    drawn = settings.fitted.drawn(replicates)
    first = by_draw[:, 0]
    return RunValues(
        outcomes,
        drawn.draws[first],
        drawn.rivals[first],
        with_theme,
        without,
        pd.concat(missing, ignore_index=True),
    )


def _read(
    store: Store, design: Design, settings: DecideSettings
) -> Iterator[tuple[OutcomeColumn, Numbers]]:
    """Yield each outcome, of shape (worlds, points, replicates); a few are read at a time."""
    replicates = replicates_in_all(settings)
    runs = replicates * len(design.scenarios) * design.points
    for columns in column_batches(design.columns, runs):
        names = [column.name for column in columns]
        yield from zip(columns, outcomes_of(store, design, replicates, names), strict=True)
