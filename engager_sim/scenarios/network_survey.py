"""Own data on the network: ties between agencies from an edge list (CSV) or GraphML."""

import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.csv_table import Cell, read_table
from engager_sim.scenarios.scenario_file import did_you_mean
from engager_sim.scenarios.setting_checks import TiesKnown
from engager_sim.scenarios.text_file import read_text
from engager_sim.world.setting import TieSetting

MOST_BYTES = 10_000_000
FACTS = ("strength", "shared_record", "colocated")
COLUMNS = ("from", "to", *FACTS)
NODE_NAMES = ("name", "label")
"""Attributes that may hold an agency's name, where a node's id is only a number."""


def read_ties(file: Path, known: TiesKnown) -> list[TieSetting]:
    """Read the ties of a network survey.

    Parameters
    ----------
    file : Path
        ``.csv`` with columns ``from``, ``to`` and, if known, ``strength``, ``shared_record`` and
        ``colocated``; or ``.graphml`` with the same attributes on its edges. Direction is ignored.
    known : TiesKnown
        The agencies, and the ties listed elsewhere.

    Raises
    ------
    ScenarioError
        If it cannot be read, or a tie cannot be.
    """
    kind = file.suffix.lower()
    if kind == ".csv":
        return list(_from_csv(file, known))
    if kind == ".graphml":
        return list(_from_graphml(file, known))
    raise ScenarioError(
        "this kind of network file is not known",
        file=file,
        value=file.suffix or "no ending",
        allowed=".csv or .graphml",
        fix="export the network as an edge list (CSV) or as GraphML",
    )


def _from_csv(file: Path, known: TiesKnown) -> Iterator[TieSetting]:
    for row in read_table(file, COLUMNS, ("from", "to"), MOST_BYTES, "an edge list"):
        for end in ("from", "to"):
            if end not in row.cells:
                raise ScenarioError(
                    "an end of this tie is missing",
                    file=file,
                    key=f"row {row.line}, column {end}",
                    allowed="the name of an agency",
                    fix="name the agency, or remove the row",
                )
        facts = {name: cell for name, cell in row.cells.items() if name in FACTS}
        tie = _tie(row.cells["from"].text, row.cells["to"].text, facts)
        known.add(tie, partial(ScenarioError, file=file, key=f"row {row.line}"))
        yield tie


def _from_graphml(file: Path, known: TiesKnown) -> Iterator[TieSetting]:
    graph = _parse_graphml(file)
    names = {node: _name_of(node, facts) for node, facts in graph.nodes(data=True)}
    for first, second, attributes in graph.edges(data=True):
        key = f"edge {names[first]} - {names[second]}"
        facts = {
            name: Cell(str(value).strip(), file, key, f"attribute {name}")
            for name, value in attributes.items()
            if name != "id"  # some programs number the edges
        }
        for name, cell in facts.items():
            if name not in FACTS:
                raise cell.error(
                    "this attribute of a tie is not known",
                    allowed=", ".join(FACTS),
                    fix=did_you_mean(name, FACTS) or "rename or remove it",
                )
        tie = _tie(names[first], names[second], facts)
        known.add(tie, partial(ScenarioError, file=file, key=key))
        yield tie


def _tie(first: str, second: str, facts: dict[str, Cell]) -> TieSetting:
    strength, record, colocated = (facts.get(name) for name in FACTS)
    return TieSetting(
        [first, second],
        strength=None if strength is None else strength.number(0, 1),
        shared_record=None if record is None else record.yes_no(),
        colocated=None if colocated is None else colocated.yes_no(),
    )


def _parse_graphml(file: Path) -> "nx.Graph[str]":
    text = read_text(file, MOST_BYTES, "a GraphML file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an attribute without a type is read as text
            graph: nx.Graph[str] = nx.parse_graphml(text)
    except (ParseError, nx.NetworkXException, ValueError, KeyError, TypeError) as error:
        raise ScenarioError(
            f"this is not valid GraphML: {error}",
            file=file,
            fix="export the network again, or give an edge list (CSV)",
        ) from None
    if graph.number_of_edges() == 0:
        raise ScenarioError(
            "the network has no ties",
            file=file,
            allowed="at least one edge",
            fix="add edges, or remove the line that names this file",
        )
    return graph


def _name_of(node: str, facts: dict[str, Any]) -> str:
    return next((str(facts[name]).strip() for name in NODE_NAMES if name in facts), node)
