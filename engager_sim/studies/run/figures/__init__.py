"""The pictures of a run, drawn from its averages."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.studies.run.figures.agency_network import (
    FAINTEST,
    MOMENTS,
    agency_network,
    ties_finding,
)
from engager_sim.studies.run.figures.contact_over_time import contact_over_time
from engager_sim.studies.run.figures.exits_by_cause import exits_by_cause
from engager_sim.studies.run.figures.findings import (
    CONTACT_TOLD,
    RELATIONSHIP_TOLD,
    exits_finding,
    outcome_finding,
)
from engager_sim.studies.run.figures.relationship_over_time import relationship_over_time
from engager_sim.studies.run.settings import network_files
from engager_sim.studies.run.study import RunResult
from engager_sim.theory.ways_out import EXIT_MEANINGS
from engager_sim.world.records import ARMS

CONTACT = ("engaged_6w", "engaged_12w", "engaged_26w")
RELATIONSHIP = ("trust_12w", "rapport_12w", "understanding_12w", "motivation_12w")
MOST_SAID = 3


def pictures(result: RunResult) -> list[Picture]:
    """Draw contact and relationship over time, exits by cause, and the network of each scenario."""
    summary = result.summary
    return [
        Picture(
            "contact_over_time",
            outcome_finding(summary, CONTACT_TOLD),
            "In contact 6, 12 and 26 weeks after release: " + _means(summary, CONTACT, "{:.0%}"),
            contact_over_time(result),
        ),
        Picture(
            "relationship_over_time",
            outcome_finding(summary, RELATIONSHIP_TOLD),
            "Trust, rapport, understanding and motivation 12 weeks after release (0 to 1): "
            + _means(summary, RELATIONSHIP, "{:.2f}"),
            relationship_over_time(result),
        ),
        Picture(
            "exits_by_cause",
            exits_finding(summary),
            "The commonest first exits: " + _commonest_exits(summary),
            exits_by_cause(result),
        ),
        *_networks(result),
    ]


def _networks(result: RunResult) -> list[Picture]:
    """Draw the network of each scenario."""
    scenarios = result.workload.scenarios
    networks = []
    files = network_files([scenario.name for scenario in scenarios])
    for scenario, file in zip(scenarios, files, strict=True):
        ties = result.ties[result.ties["scenario"] == scenario.name]
        agencies = result.agencies[result.agencies["scenario"] == scenario.name]
        at_start, at_end = (_tied(ties.loc[ties[moment] >= FAINTEST, moment]) for moment in MOMENTS)
        description = (
            f"{style.capitalised(scenario.name)}: {len(agencies)} agencies. Of {len(ties)} pairs "
            f"that can work together, tied at the start: {at_start}; at the end: {at_end}."
        )
        networks.append(
            Picture(
                file,
                ties_finding(ties, scenario.name),
                description,
                agency_network(ties, agencies, scenario.question, result.replicates),
            )
        )
    return networks


def _tied(strengths: "pd.Series[float]") -> str:
    """Count ties and say how strong they are."""
    return f"{len(strengths)} (mean strength {strengths.mean():.2f})" if len(strengths) else "none"


def _groups(summary: pd.DataFrame) -> list[tuple[str, "pd.Series[float]"]]:
    """List scenarios and, where there are two, their arms, with the mean of each outcome."""
    groups = []
    for scenario, rows in summary.groupby("scenario", sort=False):
        name = style.capitalised(str(scenario))
        arms = [arm for arm in ARMS if (rows["whom"] == arm).any()]
        for whom in arms or ["all"]:
            means = rows[rows["whom"] == whom].set_index("outcome")["mean"]
            groups.append((f"{name}, {style.words(whom)}" if arms else name, means))
    return groups


def _means(summary: pd.DataFrame, outcomes: Sequence[str], form: str) -> str:
    sentences = [
        f"{name} " + ", ".join(form.format(means[outcome]) for outcome in outcomes)
        for name, means in _groups(summary)
    ]
    return "; ".join(sentences) + "."


def _commonest_exits(summary: pd.DataFrame) -> str:
    sentences = []
    for name, means in _groups(summary):
        shares = np.array([means[exit_column(cause)] for cause in CAUSES])
        commonest = np.argsort(-shares, kind="stable")[:MOST_SAID]
        causes = ", ".join(f"{EXIT_MEANINGS[CAUSES[at]]} ({shares[at]:.0%})" for at in commonest)
        sentences.append(f"{name}: {causes}")
    return "; ".join(sentences) + "."
