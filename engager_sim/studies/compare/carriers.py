"""The parameters that carry most of what is not known of each headline difference."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.design import Design
from engager_sim.designs.draw_groups import replicates_by_draw
from engager_sim.designs.execution.store import Store
from engager_sim.designs.outcome_columns import KNOWN
from engager_sim.designs.samplers import Numbers
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.descriptions import source_text
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.statistics.carriers import find_carriers
from engager_sim.studies.compare.pairs import headline_differences
from engager_sim.theory.declaration import Parameter
from engager_sim.world.records import ARMS, PROGRAMME

FEWEST_DRAWS = 200
"""Draws from which so many parameters can be told apart by a sparse fit; a judgement."""
OFTEN = 0.8
"""The frequency of being among the ten below which a parameter is not named."""
COLUMNS = (
    *("base", "other", "outcome", "label", "parameter", "meaning"),
    *("effect", "frequency", "explained", "source"),
)


def carriers_table(store: Store, design: Design, replicates: int) -> pd.DataFrame:
    """Name the parameters that are among the ten in most resamples of the draws.

    Returns
    -------
    pandas.DataFrame
        A row per pair of scenarios, headline outcome and named parameter, the largest effect first;
        no rows where parameters were not drawn, or too few draws were used.
    """
    if design.fitted is None:
        return pd.DataFrame(columns=COLUMNS)
    draws = design.draws(replicates)
    groups = replicates_by_draw(draws)
    if len(groups) < FEWEST_DRAWS:
        return pd.DataFrame(columns=COLUMNS)
    followed = _followed(design, design.fitted)
    paths = [parameter.path for parameter in design.fitted.parameters]
    columns = [paths.index(parameter.path) for parameter in followed]
    numbers = design.fitted.numbers[[int(draws[group[0]]) for group in groups]][:, columns]
    pairs = list(headline_differences(store, design, replicates, _headline_columns(design)))
    means = [_means(differences, groups) for _, _, differences in pairs]
    found = find_carriers(numbers, np.concatenate(means, axis=1))
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    rows = []
    for at, which in np.argwhere(found.frequency.T >= OFTEN).tolist():
        (base, other, _), outcome = pairs[at // len(HEADLINE)], HEADLINE[at % len(HEADLINE)]
        parameter = followed[which]
        about = (base, other, outcome, declared[outcome].label, parameter.path, parameter.explained)
        effect, frequency = float(found.effect[which, at]), float(found.frequency[which, at])
        told = (effect, frequency, float(found.explained[at]), source_text(parameter))
        rows.append((at, -abs(effect), *about, *told))
    return pd.DataFrame([row[2:] for row in sorted(rows)], columns=COLUMNS)


def _followed(design: Design, fitted: FittedParameters) -> Sequence[Parameter]:
    """List the drawn parameters that some scenario follows: its own file may say others."""
    aside = [set(fitted.set_aside_by(scenario)) for scenario in design.scenarios]
    nowhere = set.intersection(*aside)
    return [parameter for parameter in fitted.parameters if parameter.path not in nowhere]


def _headline_columns(design: Design) -> list[str]:
    """Name the headline outcomes' columns: the programme's, where scenarios have two arms."""
    kept, arm = {column.name for column in design.columns}, ARMS[PROGRAMME]
    named = [f"{name}_{arm}" for name in HEADLINE]
    return named if set(named) <= kept & set(KNOWN) else list(HEADLINE)


def _means(differences: Numbers, groups: Sequence[npt.NDArray[np.int64]]) -> Numbers:
    """Average over the replicates of each draw that have a value, shape (draws, outcomes)."""
    known = ~np.isnan(differences)
    values = np.where(known, differences, 0.0)
    sums = np.stack([values[:, group].sum(axis=1) for group in groups])
    counts = np.stack([known[:, group].sum(axis=1) for group in groups])
    return np.asarray(sums / np.where(counts > 0, counts, np.nan))


def carriers_remark(carriers: pd.DataFrame, drawn: bool, draws: int) -> str:
    """Say why no parameter is named; nothing where some are, or none was drawn."""
    if not drawn or len(carriers):
        return ""
    if draws < FEWEST_DRAWS:
        return (
            f"No parameter is named as carrying these differences: {draws:,} draws were used, and "
            f"{FEWEST_DRAWS} are the fewest from which parameters can be told apart."
        )
    return (
        "No parameter is named as carrying these differences: none was among the ten that carry "
        f"most in {OFTEN:.0%} of the bootstrap's resamples."
    )
