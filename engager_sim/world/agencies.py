"""The agency network: a networkx graph of agencies and their ties, from the setting."""

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np

from engager_sim.theory.declaration import blank_records
from engager_sim.theory.services import NEED_PRESENT, NO_LIMIT
from engager_sim.world.dice import Kind, identity
from engager_sim.world.records import Agency, Tie
from engager_sim.world.setting import AGENCY_KINDS, AgencySetting, Setting, TieSetting


def network(setting: Setting) -> "nx.Graph[str]":
    """Build the agency network.

    Every pair of agencies that share a site can work together and so is an edge. An edge that the
    structure or a listed tie names is ``tied`` (it starts at the lever ``initial_tie`` unless a
    strength is given); every other one starts at zero and may grow.

    Returns
    -------
    networkx.Graph
        Nodes carry ``kind``, ``enforces``, ``leads``, ``site`` and ``both_sides``, and where the
        scenario gives them ``places`` and ``accepts_above``; edges carry ``tied`` and, where it
        gives them, ``strength``, ``shared_record`` and ``colocated``.
    """
    graph: nx.Graph[str] = nx.Graph()
    for agency in setting.agencies:
        graph.add_node(
            agency.name,
            kind=agency.kind,
            enforces=agency.enforces_orders,
            leads=agency.name == setting.network.lead,
            site=agency.site,
            both_sides=agency.both_sides,
            **given(agency, "places", "accepts_above"),
        )
    agencies = setting.agencies
    for index, first in enumerate(agencies):
        for second in agencies[index + 1 :]:
            if share_a_site(first, second):
                graph.add_edge(first.name, second.name, tied=False)
    for first_name, second_name in _structured_pairs(setting):
        if graph.has_edge(first_name, second_name):
            graph.edges[first_name, second_name]["tied"] = True
    for tie in setting.ties:
        facts = given(tie, "strength", "shared_record", "colocated")
        graph.add_edge(tie.between[0], tie.between[1], tied=True, **facts)
    return graph


def given(setting: AgencySetting | TieSetting, *names: str) -> dict[str, Any]:
    """Give those of the named facts that a scenario gives."""
    return {name: value for name in names if (value := getattr(setting, name)) is not None}


def share_a_site(first: AgencySetting, second: AgencySetting) -> bool:
    """Tell whether two agencies can meet: same site, or one of them works at all sites."""
    return first.site == second.site or first.site is None or second.site is None


def _structured_pairs(setting: Setting) -> list[tuple[str, str]]:
    names = [agency.name for agency in setting.agencies]
    structure = setting.network.structure
    if structure == "alliance":
        return [(a, b) for index, a in enumerate(names) for b in names[index + 1 :]]
    if structure == "chain":
        return list(pairwise(names))
    if structure == "hub":
        centre = setting.network.lead or names[0]
        return [(centre, name) for name in names if name != centre]
    return []


def programme_agencies(setting: Setting) -> set[str]:
    """Name the agencies whose ties follow the programme's levers.

    Those with a programme team; all of them where no team gives usual care, because nobody works by
    the levers of an arm that is not there.
    """
    if all(team.arm == "programme" for team in setting.teams):
        return {agency.name for agency in setting.agencies}
    return {team.agency for team in setting.teams if team.arm == "programme"}


def agency_records(setting: Setting, sites: list[str]) -> np.recarray:
    """Make the agencies' records, in the order of the setting."""
    programme = programme_agencies(setting)
    records = blank_records(Agency, len(setting.agencies))
    for record, agency in zip(records, setting.agencies, strict=True):
        record["number"] = identity(Kind.TIE, agency.name)
        record["kind"] = AGENCY_KINDS.index(agency.kind)
        record["enforces"] = agency.enforces_orders
        record["leads"] = agency.name == setting.network.lead
        record["site"] = -1 if agency.site is None else sites.index(agency.site)
        record["has_programme"] = agency.name in programme
        teams = [team for team in setting.teams if team.agency == agency.name]
        record["posts"] = sum(team.practitioners for team in teams)
        record["places"] = NO_LIMIT if agency.places is None else agency.places
        above = agency.accepts_above
        record["accepts_above"] = NEED_PRESENT if above is None else above
        record["both_sides"] = agency.both_sides
    return records


def tie_records(setting: Setting) -> tuple[np.recarray, np.ndarray]:
    """Make the ties' records and the index of each pair's tie.

    Returns
    -------
    ties : numpy.recarray
        One record per edge of :func:`network`; -1 marks what the levers or the dice decide.
    pair : numpy.ndarray of int32, shape (agencies, agencies)
        Index of the tie between two agencies, -1 for none; symmetric.
    """
    graph = network(setting)
    names = [agency.name for agency in setting.agencies]
    index_of = {name: index for index, name in enumerate(names)}
    edges: list[tuple[int, int, dict[str, Any]]] = sorted(
        (min(index_of[a], index_of[b]), max(index_of[a], index_of[b]), facts)
        for a, b, facts in graph.edges(data=True)
    )
    ties = blank_records(Tie, len(edges))
    pair = np.full((len(names), len(names)), -1, np.int32)
    for index, (first, second, facts) in enumerate(edges):
        tie = ties[index]
        tie["first"], tie["second"] = first, second
        tie["who"] = identity(Kind.TIE, "|".join(sorted((names[first], names[second]))))
        tie["given_strength"] = facts.get("strength", -1.0 if facts["tied"] else 0.0)
        tie["given_record"] = int(facts.get("shared_record", -1))
        tie["given_place"] = int(facts.get("colocated", -1))
        pair[first, second] = pair[second, first] = index
    return ties, pair
