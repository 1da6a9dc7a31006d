"""Own data on the network: ties from an edge list or GraphML."""

from pathlib import Path

import networkx as nx
import pytest

from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.setting import TieSetting
from tests.scenarios.services import changed, refusal, write

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


def _service(folder: Path, ties: str, name: str = "ties.csv") -> Path:
    write(folder, ties, name)
    return write(folder, changed(('lead = "helpers"', f'ties = "{name}"')))


def _graphml(folder: Path, graph: "nx.Graph[object]") -> Path:
    nx.write_graphml(graph, folder / "ties.graphml")
    return write(folder, changed(('lead = "helpers"', 'ties = "ties.graphml"')))


def test_the_ties_of_an_edge_list_are_added_to_those_listed(tmp_path: Path) -> None:
    file = _service(
        tmp_path,
        "from,to,strength,shared_record,colocated\n"
        "helpers,housing north,0.4,yes,no\n"
        "housing south,probation,,,\n",
    )
    scenario = Scenario.load(file)
    assert scenario.setting.ties == [
        TieSetting(["helpers", "probation"], 0.5, True),
        TieSetting(["helpers", "housing north"], 0.4, True, False),
        TieSetting(["housing south", "probation"]),
    ]
    assert scenario.setting.network.ties is None
    assert Scenario.load(write(tmp_path, scenario.to_toml())).setting == scenario.setting


@pytest.mark.parametrize("make", [nx.Graph, nx.DiGraph, nx.MultiGraph])
def test_graphml_of_any_sort_of_graph_is_read(tmp_path: Path, make: type) -> None:
    graph = make()
    graph.add_edge("helpers", "housing north", strength=0.4, shared_record=True)
    graph.add_edge("housing south", "probation", colocated="no")
    ties = Scenario.load(_graphml(tmp_path, graph)).setting.ties[1:]
    assert ties == [
        TieSetting(["helpers", "housing north"], 0.4, True),
        TieSetting(["housing south", "probation"], colocated=False),
    ]


@pytest.mark.parametrize("attribute", ["name", "label"])
def test_an_agencys_name_may_stand_in_its_nodes_label(tmp_path: Path, attribute: str) -> None:
    graph: nx.Graph[object] = nx.Graph()
    graph.add_node(0, **{attribute: "helpers"})
    graph.add_node(1, **{attribute: "housing north"})
    graph.add_edge(0, 1, strength=1)
    ties = Scenario.load(_graphml(tmp_path, graph)).setting.ties
    assert ties[1] == TieSetting(["helpers", "housing north"], 1.0)


def test_both_surveys_of_one_network_agree(tmp_path: Path) -> None:
    graph: nx.Graph[object] = nx.Graph()
    graph.add_edge("helpers", "housing north", strength=0.4)
    from_graph = Scenario.load(_graphml(tmp_path, graph))
    from_list = Scenario.load(_service(tmp_path, "from,to,strength\nhelpers,housing north,0.4\n"))
    assert from_graph.difference(from_list) == []


@pytest.mark.parametrize(
    ("ties", "key", "parts"),
    [
        ("from,too\na,b\n", "row 1, column 2", ("not known", 'did you mean "to"')),
        ("from,strength\na,1\n", "row 1", ("the column to is missing",)),
        ("from,to\nhelpers,\n", "row 2, column to", ("an end of this tie is missing",)),
        ("from,to\nhelpers,probatoin\n", "row 2", ("no agency", 'did you mean "probation"')),
        ("from,to\nhelpers,helpers\n", "row 2", ("tied to itself",)),
        ("from,to\nprobation,helpers\n", "row 2", ("listed twice",)),
        ("from,to\nhousing north,housing south\n", "row 2", ("different sites",)),
        (
            "from,to,strength\nhelpers,housing north,2\n",
            "row 2, column strength",
            ("out of range", "from 0 to 1"),
        ),
        (
            "from,to,shared_record\nhelpers,housing north,2\n",
            "row 2, column shared_record",
            ("neither yes nor no",),
        ),
        ("", None, ("is empty",)),
        ("from,to\n", None, ("has no rows",)),
    ],
)
def test_a_bad_edge_list_is_refused_with_its_row(
    tmp_path: Path, ties: str, key: str | None, parts: tuple[str, ...]
) -> None:
    error = refusal(_service(tmp_path, ties))
    assert error.file == str((tmp_path / "ties.csv").resolve())
    assert error.key == key
    for part in parts:
        assert part in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "from,to\na,b\n",
        "<graphml/>",
        f"{HEAD}<graph edgedefault='undirected'><hyperedge/></graph></graphml>",
        f"{HEAD}<key id='d' for='edge' attr.name='strength' attr.type='odd'/>"
        "<graph edgedefault='undirected'/></graphml>",
        f"{HEAD}<key id='d' for='edge' attr.name='strength' attr.type='double'/>"
        "<graph edgedefault='undirected'><edge source='helpers' target='housing north'>"
        "<data key='d'>strong</data></edge></graph></graphml>",
        f"{HEAD}<graph edgedefault='undirected'/></graphml>",
    ],
)
def test_text_that_is_no_network_is_refused(tmp_path: Path, text: str) -> None:
    error = refusal(_service(tmp_path, text, "ties.graphml"))
    assert any(part in str(error) for part in ("valid GraphML", "no ties", "should be a number"))


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"strength": 1.5}, "out of range"),
        ({"strength": float("inf")}, "not a finite number"),
        ({"strength": float("nan")}, "code for a missing value"),
        ({"strength": "strong"}, "should be a number"),
        ({"strenght": 0.5}, 'did you mean "strength"'),
        ({"shared_record": 0.5}, "neither yes nor no"),
    ],
)
def test_a_bad_attribute_of_an_edge_is_refused(
    tmp_path: Path, facts: dict[str, object], part: str
) -> None:
    graph: nx.Graph[object] = nx.Graph()
    graph.add_edge("helpers", "housing north", **facts)
    error = refusal(_graphml(tmp_path, graph))
    assert part in str(error)
    assert (error.key or "").startswith("edge helpers - housing north, attribute")


def test_a_tie_told_from_both_ends_is_refused(tmp_path: Path) -> None:
    graph: nx.Graph[object] = nx.DiGraph()
    graph.add_edge("helpers", "housing north", strength=0.5)
    graph.add_edge("housing north", "helpers", strength=0.7)
    assert "listed twice" in str(refusal(_graphml(tmp_path, graph)))


def test_a_network_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert ".csv, .graphml, .gexf, .gml" in str(refusal(_service(tmp_path, "", "ties.xlsx")))


def test_a_missing_network_file_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, changed(('lead = "helpers"', 'ties = "ties.csv"')))
    assert "ties.csv: there is no such file" in str(refusal(file))
