"""Network files of other programs: GraphML (yEd, Gephi), GEXF and GML, by networkx."""

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.input_file import read_text

MOST_BYTES, MOST_PARTS = 10_000_000, 60_000
PARTS = re.compile(r"<(?:node|edge)\b|\b(?:node|edge)\s*+\[")
NODE_NAMES = ("name", "label", "Label")
"""Attributes that may hold an agency's name, where a node's id is only a number."""
UNREAD, DOUBLE = "unread", "double"
TYPES = re.compile(r"""attr\.type\s*=\s*["'][^"']*["']""")
type Given = tuple[str, str]
"""An attribute that a node or an edge has in its file, and its value as text."""
EXPONENT = re.compile(r'"[^"]*"|(?<=\s)([+-]?\d+)([eE][+-]?\d+)(?=[\s\]]|$)')
"""A number without a point that has an exponent; or text in quotes, which is none."""
GEXF = re.compile(r"""xmlns\s*=\s*["'][^"']*gexf[^"']*["']""")


@dataclass(frozen=True)
class NetworkFile:
    """What a network file says.

    Attributes
    ----------
    edges : tuple
        Of each edge the names of its two nodes, and its attributes as text.
    notes : tuple of str
        What of the file is not used.
    """

    edges: tuple[tuple[str, str, dict[str, str]], ...]
    notes: tuple[str, ...]


def read_network(file: Path, agencies: Collection[str]) -> NetworkFile:
    """Read a network file; a node is an agency by its name, its label or its id.

    Raises
    ------
    ScenarioError
        If it cannot be read, or has no edges.
    """
    kind = file.suffix.lower()
    name, parse = READERS[kind]
    text = read_text(file, MOST_BYTES, f"a {name} file")
    if (parts := sum(1 for _ in PARTS.finditer(text))) > MOST_PARTS:
        raise ScenarioError(
            "this network is too large",
            file=file,
            value=f"{parts:,} nodes and edges",
            allowed=f"at most {MOST_PARTS:,}",
            fix="leave out what is no agency of the scenario",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an attribute without a type is read as text
            graph = parse(text)
    except Exception as error:  # what is no network may stop a parser in any way
        said = "" if error.args in ((), (None,)) else f": {error}".replace("\n", " ")
        raise ScenarioError(
            f"this is not valid {name}{said}",
            file=file,
            fix="export the network again, or give an edge list (CSV)",
        ) from None
    for location, name, values in graph.graph.get(DOUBLE, ()):
        raise ScenarioError(
            "this attribute has more than one value",
            file=file,
            key=f"{location}, attribute {name}",
            value=", ".join(values),
            allowed="one value of each attribute",
            fix="remove all of them but one",
        )
    if graph.number_of_edges() == 0:
        raise ScenarioError(
            "the network has no ties",
            file=file,
            allowed="at least one edge",
            fix="add edges, or remove the line that names this file",
        )
    names = {node: _name_of(node, facts, agencies) for node, facts in graph.nodes(data=True)}
    defaults = graph.graph.get("edge_default", {})
    edges = tuple(
        (names[first], names[second], _texts(defaults | facts))
        for first, second, facts in graph.edges(data=True)
    )
    return NetworkFile(edges, tuple(_notes(graph, names, agencies)))


def _graphml(text: str) -> "nx.Graph[Any]":
    if "<!ENTITY" in text:
        raise ValueError("it declares entities")
    untyped = TYPES.sub('attr.type="string"', text)  # values are checked as they stand in the file
    graph: nx.Graph[Any] = nx.parse_graphml(untyped)
    root = ElementTree.fromstring(untyped)
    for key in root.findall("{*}key"):  # networkx leaves out a default that is for all
        default = key.findtext("{*}default")
        if default is not None and key.get("for", "all") == "all":
            graph.graph["edge_default"][key.get("attr.name", "")] = default
    names = {str(key.get("id")): key.get("attr.name", "") for key in root.findall("{*}key")}

    def given(part: ElementTree.Element) -> Iterator[Given]:
        for data in part.findall("{*}data"):
            key = data.get("key", "")
            yield names.get(key) or key, "".join(data.itertext()).strip()

    graph.graph[DOUBLE] = _double(root, given)
    inner = [*root.findall(".//{*}node[@yfiles.foldertype='group']/{*}graph")]
    graph.graph[UNREAD] = len(root.findall(".//{*}graph")) - 1 - len(inner)
    return graph


def _gexf(text: str) -> "nx.Graph[Any]":
    if "<!ENTITY" in text:
        raise ValueError("it declares entities")
    known = GEXF.sub('xmlns="http://www.gexf.net/1.2draft"', text)
    graph: nx.Graph[Any] = nx.read_gexf(io.BytesIO(known.encode()))

    def given(part: ElementTree.Element) -> Iterator[Given]:
        for value in part.findall("{*}attvalues/{*}attvalue"):
            if not value.attrib.keys() & {"start", "end"}:  # of others networkx keeps all
                yield value.get("for", ""), value.get("value", "")

    graph.graph[DOUBLE] = _double(ElementTree.fromstring(known), given)
    return graph


def _double(
    root: ElementTree.Element, given: Callable[[ElementTree.Element], Iterable[Given]]
) -> list[tuple[str, str, list[str]]]:
    """Find where a node or an edge gives an attribute twice, of which networkx keeps the last."""
    double = []
    for part in root.iter():
        kind, values = part.tag.rpartition("}")[2], defaultdict[str, list[str]](list)
        for name, text in given(part) if kind in ("node", "edge") else ():
            values[name].append(text)
        ends = [named for end in ("source", "target") if (named := part.get(end))]
        location = f"{kind} {' - '.join(ends) or part.get('id')}"
        double += [(location, name, texts) for name, texts in values.items() if texts[1:]]
    return double


def _gml(text: str) -> "nx.Graph[Any]":
    # networkx reads 1e-1 as 1 and a name; what stands in quotes is text.
    pointed = EXPONENT.sub(lambda found: ".0".join(found.groups()) if found[1] else found[0], text)
    graph: nx.Graph[Any] = nx.parse_gml(pointed, label="id")
    parts = [(f"node {node}", facts) for node, facts in graph.nodes(data=True)]
    parts += [
        (f"edge {first} - {second}", facts) for first, second, facts in graph.edges(data=True)
    ]
    graph.graph[DOUBLE] = [
        (location, name, [str(value) for value in values])
        for location, facts in parts
        for name, values in facts.items()
        if isinstance(values, list) and not any(isinstance(value, dict) for value in values)
    ]
    return graph


READERS: dict[str, tuple[str, Callable[[str], "nx.Graph[Any]"]]] = {
    ".graphml": ("GraphML", _graphml),
    ".gexf": ("GEXF", _gexf),
    ".gml": ("GML", _gml),
}
"""What a format is called and how it is read, by the ending of a file's name."""


def _name_of(node: object, facts: dict[str, Any], agencies: Collection[str]) -> str:
    candidates = [str(facts[name]).strip() for name in NODE_NAMES if name in facts]
    candidates.append(str(node).strip())
    return next((name for name in candidates if name in agencies), candidates[0])


def _texts(facts: dict[str, Any]) -> dict[str, str]:
    return {
        str(name): str(value).strip()
        for name, value in facts.items()
        if name != "id" and str(value).strip()  # some programs number the edges
    }


def _notes(
    graph: "nx.Graph[Any]", names: dict[Any, str], agencies: Collection[str]
) -> Iterator[str]:
    others = [name for node, name in names.items() if name not in agencies and not graph[node]]
    if others:
        yield f"nodes that are no agency and have no tie were left out: {', '.join(others)}"
    if unread := graph.graph.get(UNREAD, 0):
        yield f"only the first graph was read; {unread} more in the file were left out"
    attributes = dict.fromkeys(str(name) for _, facts in graph.nodes(data=True) for name in facts)
    unused = [name for name in attributes if name not in NODE_NAMES]
    if unused:
        yield f"attributes of nodes that are not used: {', '.join(unused)}"
