"""The agency network as two tables: its agencies, and its ties at the start and end of each run."""

import math
from pathlib import Path

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.runs.tables.column import REPLICATE, SCENARIO, Column, one_word, words
from engager_sim.world.agencies import network
from engager_sim.world.records import ARMS
from engager_sim.world.setting import Setting

STRENGTHS = ("initial_strength", "strength")
SHARED = ("shared_record", "colocated")
BETWEEN_SITES = 2.9
"""Distance, top to bottom, of the circles of two sites that share no agency; each has radius 1."""


def ties_table(
    scenario: str, setting: Setting, ties: npt.NDArray[np.void], first: int = 0
) -> pd.DataFrame:
    """Make the table of ties: a row per replicate and pair of agencies.

    Parameters
    ----------
    ties : structured array, shape (replicates, ties)
        The ties' records at the end of each run.
    first : int
        Number of the first replicate.
    """
    replicates, count = ties.shape
    names = [agency.name for agency in setting.agencies]
    rows = ties.reshape(-1)
    return pd.DataFrame(
        {
            "scenario": one_word(scenario, len(rows)),
            "replicate": np.repeat(first + np.arange(replicates), count),
            "from": words(rows["first"], names),
            "to": words(rows["second"], names),
            "initial_strength": rows["initial_strength"],
            "strength": rows["strength"],
            "shared_record": rows["shared_record"] == 1,
            "colocated": rows["colocated"] == 1,
        }
    )


def agencies_table(scenario: str, setting: Setting) -> pd.DataFrame:
    """Make the table of agencies, with the place of each in a drawing of the network.

    The layout is computed here, once and without chance, so that every drawing of this network
    puts an agency in the same place: on a circle, in the scenario's order, the agency with most
    ties in the middle; sites that share no agency stand one below the other.
    """
    graph = network(setting)
    places = _layout(graph)
    agencies = setting.agencies
    frame = pd.DataFrame(
        {
            "scenario": one_word(scenario, len(agencies)),
            "agency": [agency.name for agency in agencies],
            "kind": [agency.kind for agency in agencies],
            "site": [agency.site for agency in agencies],
            "enforces": [agency.enforces_orders for agency in agencies],
            "leads": [agency.name == setting.network.lead for agency in agencies],
            "places": pd.array([agency.places for agency in agencies], "Int64"),
            "accepts_above": pd.array([agency.accepts_above for agency in agencies], "Float64"),
            "both_sides": [agency.both_sides for agency in agencies],
        }
    )
    for arm in ARMS:
        hosts = {team.agency for team in setting.teams if team.arm == arm}
        frame[f"{arm}_team"] = [agency.name in hosts for agency in agencies]
    frame["x"] = [places[agency.name][0] for agency in agencies]
    frame["y"] = [places[agency.name][1] for agency in agencies]
    return frame


def write_network(agencies: pd.DataFrame, ties: pd.DataFrame, scenario: str, file: Path) -> None:
    """Write the network of one scenario as GraphML, which a scenario can take as its network.

    Parameters
    ----------
    agencies, ties : pandas.DataFrame
        The table of agencies, and ties as means over replicates: ``strength`` of an edge is that
        at the start of the run, ``end_of_run`` that at its end; ``shared_record`` and
        ``colocated`` say what the two agencies share.
    scenario : str
        Its name.
    """
    graph: nx.Graph[str] = nx.Graph()
    agencies, ties = (frame[frame["scenario"] == scenario] for frame in (agencies, ties))
    for agency in agencies.to_dict("records"):
        facts = {name: bool(agency[name]) for name in ("enforces", "leads", "both_sides")}
        given = {
            name: kind(agency[name])
            for name, kind in (("site", str), ("places", int), ("accepts_above", float))
            if not pd.isna(agency[name])
        }
        graph.add_node(agency["agency"], kind=agency["kind"], **facts, **given)
    for tie in ties.to_dict("records"):
        shared = {name: bool(tie[name]) for name in SHARED}
        start, end = (float(tie[name]) for name in STRENGTHS)
        graph.add_edge(tie["from"], tie["to"], strength=start, end_of_run=end, **shared)
    nx.write_graphml_xml(graph, file)


def ties_columns() -> list[Column]:
    """Declare the columns of the table of ties."""
    return [
        SCENARIO,
        REPLICATE,
        Column("from", "one agency", "name"),
        Column("to", "the other agency", "name"),
        Column("initial_strength", "working tie between them at the start of the run", "0-1"),
        Column("strength", "working tie between them at the end of the run", "0-1"),
        Column("shared_record", "whether both write in one record", "true/false"),
        Column("colocated", "whether they share an office", "true/false"),
    ]


def agencies_columns() -> list[Column]:
    """Declare the columns of the table of agencies."""
    return [
        SCENARIO,
        Column("agency", "name of the agency", "name"),
        Column("kind", "kind of agency", "name"),
        Column("site", "where it works", "name", missing="it works at every site"),
        Column("enforces", "whether it enforces orders", "true/false"),
        Column("leads", "whether it leads (coordinates) the network", "true/false"),
        Column("places", "men it can hold at a time", "men", missing="no limit is given"),
        Column(
            "accepts_above",
            "severity of a need above which it accepts a man",
            "0-1",
            missing="any present need is accepted",
        ),
        Column("both_sides", "whether it works on both sides of the prison wall", "true/false"),
        Column("programme_team", "whether a team of the programme works there", "true/false"),
        Column("usual_care_team", "whether a team of usual care works there", "true/false"),
        Column("x", "place in drawings of the network, left to right", "radius of a site"),
        Column("y", "place in drawings of the network, bottom to top", "radius of a site"),
    ]


def _layout(graph: "nx.Graph[str]") -> dict[str, tuple[float, float]]:
    order = list(graph.nodes)
    sites = sorted(nx.connected_components(graph), key=lambda site: min(map(order.index, site)))
    ties = [(first, second) for first, second, tie in graph.edges(data=True) if tie["tied"]]
    tied: nx.Graph[str] = nx.Graph(ties)
    places: dict[str, tuple[float, float]] = {}
    for number, site in enumerate(sites):
        members = [agency for agency in order if agency in site]
        centre = _centre(tied.subgraph(members), len(members))
        around = [agency for agency in members if agency != centre]
        middle = (0.0, -BETWEEN_SITES * number)
        places |= dict.fromkeys(members, middle)
        if len(around) > 1:
            places |= _circle(around, middle)
    return places


def _circle(agencies: list[str], middle: tuple[float, float]) -> dict[str, tuple[float, float]]:
    turns = [2.0 * math.pi * number / len(agencies) for number in range(len(agencies))]
    return {
        agency: (middle[0] + math.cos(turn), middle[1] + math.sin(turn))
        for agency, turn in zip(agencies, turns, strict=True)
    }


def _centre(tied: "nx.Graph[str]", members: int) -> str | None:
    """Find the agency with more ties than any other, if it is tied to most of them."""
    ranked = sorted(tied.degree, key=lambda degree: -degree[1])
    if len(ranked) < 3 or ranked[0][1] == ranked[1][1] or 2 * ranked[0][1] < members:
        return None
    return str(ranked[0][0])
