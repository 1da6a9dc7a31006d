"""The figures of ``engager-sim run``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.runs.tables.runs import DRAW, RIVAL
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.studies.run.figures.agency_network import agency_network
from engager_sim.studies.run.figures.contact_over_time import contact_over_time
from engager_sim.studies.run.figures.exits_by_cause import exits_by_cause
from engager_sim.studies.run.figures.relationship_over_time import relationship_over_time
from engager_sim.theory.ways_out import EXIT_MEANINGS
from engager_sim.world.records import ARMS


def draw_run(
    tables: Mapping[str, pd.DataFrame], questions: Mapping[str, str], folder: Path
) -> None:
    """Draw every figure of a run into a folder.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Tables ``runs``, ``weekly``, ``ties`` and ``agencies``.
    questions : mapping of str to str
        Each scenario's question.
    folder : Path
        An existing folder.
    """
    for place, picture in enumerate(pictures_of_run(tables, questions)):
        picture.save(folder / f"{picture.name}.png", place)


def pictures_of_run(
    tables: Mapping[str, pd.DataFrame], questions: Mapping[str, str]
) -> list[Picture]:
    """Draw every figure of a run; parameters as for :func:`draw_run`."""
    weekly, runs = tables["weekly"], tables["runs"]
    if DRAW in runs:  # the weeks of a replicate were lived under its draw
        its_draw = runs[["scenario", "replicate", DRAW, RIVAL]]
        weekly = weekly.merge(its_draw, on=["scenario", "replicate"])
    contact = ("engaged_6w", "engaged_12w", "engaged_26w")
    bond = ("trust_12w", "rapport_12w", "understanding_12w", "motivation_12w")
    return [
        Picture(
            "contact_over_time",
            "Who is in contact, and how the others left",
            "In contact 6, 12 and 26 weeks after release: " + _means(runs, contact, "{:.0%}"),
            contact_over_time(weekly, questions),
        ),
        Picture(
            "relationship_over_time",
            "The relationship over time",
            "Trust, rapport, understanding and motivation 12 weeks after release (0 to 1): "
            + _means(runs, bond, "{:.2f}"),
            relationship_over_time(weekly, questions),
        ),
        Picture(
            "exits_by_cause",
            "By which route men leave first",
            "The commonest first exits: " + _commonest_exits(runs),
            exits_by_cause(runs, questions),
        ),
        *_networks(tables["ties"], tables["agencies"], questions),
    ]


def _networks(
    ties: pd.DataFrame, agencies: pd.DataFrame, questions: Mapping[str, str]
) -> list[Picture]:
    """Draw the network of each scenario; with several, the file's name says whose."""
    pictures = []
    for name, question in questions.items():
        its, around = ties[ties["scenario"] == name], agencies[agencies["scenario"] == name]
        words = (
            f"{style.titled(name)}: {len(around)} agencies; ties of {its['strength'].mean():.2f} "
            f"on average at the end of the runs, {its['initial_strength'].mean():.2f} at the start."
        )
        pictures.append(
            Picture(
                "agency_network" if len(questions) == 1 else f"agency_network_{name}",
                "The agencies and their ties",
                words,
                agency_network(its, around, question),
            )
        )
    return pictures


def _groups(runs: pd.DataFrame) -> list[tuple[str, pd.DataFrame, str]]:
    """List scenarios and, where there are two, their arms, with the suffix of their columns."""
    found = []
    for scenario, its in runs.groupby("scenario", sort=False, observed=True):
        name, first = style.titled(str(scenario)), f"engaged_6w_{ARMS[0]}"
        if first in its and not its[first].isna().all():
            found += [(f"{name}, {style.in_words(arm)}", its, f"_{arm}") for arm in ARMS]
        else:
            found.append((name, its, ""))
    return found


def _means(runs: pd.DataFrame, outcomes: Sequence[str], form: str) -> str:
    said = [
        f"{name} " + ", ".join(form.format(its[f"{each}{suffix}"].mean()) for each in outcomes)
        for name, its, suffix in _groups(runs)
    ]
    return "; ".join(said) + "."


def _commonest_exits(runs: pd.DataFrame) -> str:
    said = []
    for name, its, suffix in _groups(runs):
        shares = np.array([its[f"{exit_column(cause)}{suffix}"].mean() for cause in CAUSES])
        first = np.argsort(-shares, kind="stable")[:3]
        routes = ", ".join(f"{EXIT_MEANINGS[CAUSES[at]]} ({shares[at]:.0%})" for at in first)
        said.append(f"{name}: {routes}")
    return "; ".join(said) + "."
