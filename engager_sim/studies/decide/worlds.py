"""The worlds of a decision: today's and every option's, whole and with each theme without effect.

Each is run in many replicates under draws of the parameters; then a few populations of men live
again and again, so that what a man may expect is known. In some of these lives themes are off.
"""

from collections.abc import Iterator

import numpy as np

from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import Block, divided
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.lives import Lives
from engager_sim.designs.outcome_columns import PLACES, find_columns
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.theory import THEMES

DISTRESS, CONTACT, RECALL = "distress_true_26w", "community_contact", "recalled_52w"
MEN_OUTCOMES = (DISTRESS, CONTACT, RECALL)
"""Outcomes by which a man is better or worse off, beside what the decision is for."""
WEEKS_LIVED, DISTRESS_LIVED = "weeks_lived_52w", "distress_lived_52w"
SERVICE_CONTACTS, CUSTODY_WEEKS = "service_contacts", "custody_weeks_52w"
PRICED = (WEEKS_LIVED, DISTRESS_LIVED, SERVICE_CONTACTS, CUSTODY_WEEKS)
"""Outcomes that health and spending are computed from."""
WHOLE = 0
"""The point of the design at which all themes stand as the scenario has them."""
LIVES_WITHOUT_A_THEME = 4
"""Lives of each population with each theme off; even, so that halves can be told apart."""


def men_outcomes(settings: DecideSettings) -> tuple[str, ...]:
    """Name the outcomes of which every man's own value is kept, the decision's first."""
    return tuple(dict.fromkeys((settings.outcome, *MEN_OUTCOMES)))


def worlds(settings: DecideSettings) -> Design:
    """Make the design: scenarios by themes, replicates with men of their own and then lives."""
    factors = tuple(declared_factor(f"{theme}.on") for theme in THEMES)
    on = np.array([[factor.number(True) for factor in factors]])
    off = np.array([factor.number(False) for factor in factors])
    without_one = np.where(np.eye(len(factors), dtype=bool), off, on)
    kept = men_outcomes(settings)
    return Design(
        scenarios=settings.scenarios,
        factors=factors,
        values=np.concatenate([on, without_one]),
        seed=settings.seed,
        columns=find_columns(tuple(dict.fromkeys((*kept, *HEADLINE, *PRICED)))),
        first_replicates=(0,) * len(settings.scenarios),
        fitted=settings.fitted,
        lives=Lives(
            settings.replicates, settings.populations, tuple(PLACES[name] for name in kept)
        ),
    )


def replicates_in_all(settings: DecideSettings) -> int:
    """Count the replicates of a world that is whole, lives among them."""
    return settings.replicates + settings.populations * settings.lives


def without_a_theme(settings: DecideSettings) -> range:
    """Give the replicates that are run with each theme off: lives that are run whole too."""
    return range(
        settings.replicates, settings.replicates + settings.populations * LIVES_WITHOUT_A_THEME
    )


def blocks_of_worlds(settings: DecideSettings, workload: OutcomeRuns) -> list[Block]:
    """Divide the runs into blocks: all replicates of whole worlds, and lives without a theme."""
    return list(_blocks(settings, workload))


def _blocks(settings: DecideSettings, workload: OutcomeRuns) -> Iterator[Block]:
    whole, without = range(WHOLE, WHOLE + 1), range(WHOLE + 1, workload.points)
    number = 0
    for points, replicates in (
        (whole, range(replicates_in_all(settings))),
        (without, without_a_theme(settings)),
    ):
        for block in divided(workload, points, replicates, number):
            yield block
            number = block.number + 1
