"""The figures of ``engager-sim run``."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from engager_sim.figures import style
from engager_sim.figures.agency_network import agency_network
from engager_sim.figures.contact_over_time import contact_over_time
from engager_sim.figures.exits_by_cause import exits_by_cause
from engager_sim.figures.relationship_over_time import relationship_over_time


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
    weekly = tables["weekly"]
    figures = {
        "contact_over_time": contact_over_time(weekly, questions),
        "relationship_over_time": relationship_over_time(weekly, questions),
        "exits_by_cause": exits_by_cause(tables["runs"], questions),
        **_networks(tables["ties"], tables["agencies"], questions),
    }
    for name, figure in figures.items():
        style.save(figure, folder / f"{name}.png")


def _networks(
    ties: pd.DataFrame, agencies: pd.DataFrame, questions: Mapping[str, str]
) -> dict[str, Figure]:
    """Draw the network of each scenario; with several, the file's name says whose."""
    return {
        "agency_network" if len(questions) == 1 else f"agency_network_{name}": agency_network(
            ties[ties["scenario"] == name], agencies[agencies["scenario"] == name], question
        )
        for name, question in questions.items()
    }
