"""Network files of other programs: what is read of them, and what is said to be left out."""

from pathlib import Path

import networkx as nx
import pytest

from engager_sim import simulate
from engager_sim.runs.tables.agencies import write_network
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.setting import TieSetting
from tests.scenarios.services import changed, refusal, write

GRAPHML = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:y="http://www.yworks.com/xml/graphml">
{keys}
<graph edgedefault="undirected">
<node id="helpers"/><node id="probation"/><node id="housing north"/><node id="housing south"/>
{edges}
</graph>{more}</graphml>"""
EDGE = '<edge source="helpers" target="housing {where}">{data}</edge>'
KEY = '<key id="{id}" for="{whose}" attr.name="{id}" attr.type="double">{default}</key>'
YED_NODE = (
    '<node id="{id}"><data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="30.0" x="1" y="2"'
    "/><y:NodeLabel>{name}<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>"
)
YED_EDGE = (
    '<edge id="e0" source="{first}" target="{second}"><data key="d10"><y:PolyLineEdge>'
    "<y:EdgeLabel>{label}<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data></edge>"
)
YED_KEYS = (
    '<key for="node" id="d6" yfiles.type="nodegraphics"/>'
    '<key for="edge" id="d10" yfiles.type="edgegraphics"/>'
)


def _scenario(folder: Path, text: str, name: str = "ties.graphml", more: str = "") -> Path:
    write(folder, text, name)
    return write(folder, changed(('lead = "helpers"', f'ties = "{name}"\n{more}')))


def _graphml(keys: str = "", edges: str = "", more: str = "") -> str:
    return GRAPHML.format(keys=keys, edges=edges, more=more)


def _said(scenario: Scenario, part: str) -> bool:
    return any(part in note for note in scenario.notes)


@pytest.mark.parametrize("whose", ["edge", "all"])
def test_what_a_key_has_by_default_holds_where_an_edge_says_nothing(
    tmp_path: Path, whose: str
) -> None:
    keys = KEY.format(id="strength", whose=whose, default="<default>0.9</default>")
    keys += KEY.format(id="colocated", whose="edge", default="<default>0</default>")
    own = '<data key="strength">0.2</data>'
    edges = EDGE.format(where="north", data="") + EDGE.format(where="south", data=own)
    scenario = Scenario.load(_scenario(tmp_path, _graphml(keys, edges)))
    assert scenario.setting.ties[1:] == [
        TieSetting(["helpers", "housing north"], 0.9, colocated=False),
        TieSetting(["helpers", "housing south"], 0.2, colocated=False),
    ]
    counted = "2 ties were read, 2 with strength, 0 with shared_record, 2 with colocated"
    assert f"ties.graphml: {counted}" in scenario.notes
    assert not _said(scenario, "no tie was listed")


def test_agencies_without_a_tie_are_named(tmp_path: Path) -> None:
    scenario = Scenario.load(
        _scenario(tmp_path, _graphml(edges=EDGE.format(where="north", data="")))
    )
    assert _said(
        scenario, 'no tie was listed or read for housing south; structure = "hub" decides theirs'
    )


def test_a_drawing_of_yed_is_read_by_its_labels(tmp_path: Path) -> None:
    nodes = YED_NODE.format(id="n0", name="helpers") + YED_NODE.format(
        id="n1", name="housing north"
    )
    edges = nodes + YED_EDGE.format(first="n0", second="n1", label="0.4")
    text = _graphml(YED_KEYS, edges)
    scenario = Scenario.load(_scenario(tmp_path, text))
    assert scenario.setting.ties[1:] == [TieSetting(["helpers", "housing north"])]
    assert _said(scenario, "attributes of nodes that are not used: x, y")
    assert _said(
        scenario, 'label is from 0.4 to 0.4, and is read as strength if strength = "label"'
    )
    asked = Scenario.load(_scenario(tmp_path, text, more='strength = "label"'))
    assert asked.setting.ties[1:] == [TieSetting(["helpers", "housing north"], 0.4)]
    assert asked.setting.network.strength is None


def test_a_node_is_found_by_its_label_where_its_name_is_no_agency(tmp_path: Path) -> None:
    graph: nx.Graph[object] = nx.Graph()
    graph.add_node(0, name="node 0", label="helpers")
    graph.add_node("housing north", label="h. n.")
    graph.add_edge(0, "housing north", weight=1.0)
    nx.write_graphml(graph, tmp_path / "made.graphml")
    text = (tmp_path / "made.graphml").read_text(encoding="utf-8")
    scenario = Scenario.load(_scenario(tmp_path, text))
    assert scenario.setting.ties[1:] == [TieSetting(["helpers", "housing north"])]
    assert _said(scenario, "attributes of ties that are not used: weight")
    asked = Scenario.load(_scenario(tmp_path, text, more='strength = "weight"'))
    assert asked.setting.ties[1].strength == 1.0


def test_nodes_and_graphs_that_are_left_out_are_named(tmp_path: Path) -> None:
    edges = '<node id="elsewhere"/>' + EDGE.format(where="north", data="")
    more = '<graph edgedefault="directed"><edge source="helpers" target="probation"/></graph>'
    scenario = Scenario.load(_scenario(tmp_path, _graphml(edges=edges, more=more)))
    assert _said(scenario, "no agency and have no tie were left out: elsewhere")
    assert _said(scenario, "only the first graph was read; 1 more")
    assert scenario.resolved()["notes"] == list(scenario.notes)


@pytest.mark.parametrize("kind", ["gexf", "gml", "graphml"])
def test_every_format_says_the_same(tmp_path: Path, kind: str) -> None:
    graph: nx.Graph[object] = nx.Graph()
    graph.add_edge("helpers", "housing north", strength=0.4, colocated="yes")
    getattr(nx, f"write_{kind}")(graph, tmp_path / "made")
    text = (tmp_path / "made").read_text(encoding="utf-8")
    scenario = Scenario.load(_scenario(tmp_path, text, f"ties.{kind}"))
    assert scenario.setting.ties[1:] == [
        TieSetting(["helpers", "housing north"], 0.4, colocated=True)
    ]


def test_gexf_of_the_newest_version_and_its_defaults_are_read(tmp_path: Path) -> None:
    text = (
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected">'
        '<attributes class="edge"><attribute id="0" title="strength" type="double">'
        "<default>0.7</default></attribute></attributes>"
        '<nodes><node id="0" label="helpers"/><node id="1" label="housing north"/></nodes>'
        '<edges><edge id="0" source="0" target="1"/></edges></graph></gexf>'
    )
    scenario = Scenario.load(_scenario(tmp_path, text, "ties.gexf"))
    assert scenario.setting.ties[1:] == [TieSetting(["helpers", "housing north"], 0.7)]


@pytest.mark.parametrize(("text", "meant"), [("1.0", True), ("0", False), ("0.0", False)])
def test_one_and_nought_are_yes_and_no(tmp_path: Path, text: str, meant: bool) -> None:
    keys = KEY.format(id="shared_record", whose="edge", default="")
    edges = EDGE.format(where="north", data=f'<data key="shared_record">{text}</data>')
    scenario = Scenario.load(_scenario(tmp_path, _graphml(keys, edges)))
    assert scenario.setting.ties[1].shared_record is meant


def test_an_attribute_with_two_values_is_refused(tmp_path: Path) -> None:
    keys = "".join(KEY.format(id=name, whose="edge", default="") for name in ("strength", "d1"))
    keys = keys.replace('attr.name="d1"', 'attr.name="strength"')
    for second in ("strength", "d1"):
        data = f'<data key="strength">0.2</data><data key="{second}">0.9</data>'
        edges = EDGE.format(where="north", data=data)
        error = refusal(_scenario(tmp_path, _graphml(keys, edges)))
        assert error.key == "edge helpers - housing north, attribute strength"
        assert error.value == "0.2, 0.9"
    node = KEY.format(id="name", whose="node", default="")
    text = _graphml(node, EDGE.format(where="north", data=""))
    names = '<data key="name">helpers</data><data key="name">probation</data>'
    text = text.replace('<node id="helpers"/>', f'<node id="helpers">{names}</node>')
    assert refusal(_scenario(tmp_path, text)).key == "node helpers, attribute name"


def test_an_attribute_with_two_values_is_refused_in_gexf(tmp_path: Path) -> None:
    values = "".join(f'<attvalue for="0" value="{value}"/>' for value in ("0.2", "0.9"))
    text = (
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected">'
        '<attributes class="edge"><attribute id="0" title="strength" type="double"/></attributes>'
        '<nodes><node id="helpers"/><node id="probation"/></nodes><edges>'
        f'<edge id="0" source="helpers" target="probation"><attvalues>{values}</attvalues></edge>'
        "</edges></graph></gexf>"
    )
    error = refusal(_scenario(tmp_path, text, "ties.gexf"))
    assert (error.key, error.value) == ("edge helpers - probation, attribute 0", "0.2, 0.9")


def test_a_gml_number_with_an_exponent_and_no_point_is_that_number(tmp_path: Path) -> None:
    text = (
        'graph [ node [ id 0 label "helpers" ] node [ id 1 label "housing north" ] '
        "edge [ source 0 target 1 strength 1e-1 ] ]"
    )
    scenario = Scenario.load(_scenario(tmp_path, text, "ties.gml"))
    assert scenario.setting.ties[1].strength == 0.1


def test_an_attribute_with_two_values_is_refused_in_gml(tmp_path: Path) -> None:
    text = (
        'graph [ node [ id 0 label "helpers" ] node [ id 1 label "probation"{node} ] '
        "edge [ source 0 target 1 graphics [ w 1 ] graphics [ w 2 ]{edge} ] ]"
    )
    double = text.format(node="", edge=" strength 0.2 strength 0.9")
    error = refusal(_scenario(tmp_path, double, "ties.gml"))
    assert (error.key, error.value) == ("edge 0 - 1, attribute strength", "0.2, 0.9")
    double = text.format(node=' label "helpers"', edge="")
    assert refusal(_scenario(tmp_path, double, "ties.gml")).key == "node 1, attribute label"


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        ('strength = "wieght"', ("network.strength names", 'did you mean "weight"')),
        ('strength = "strength"', ("network.strength names", "allowed: weight")),
    ],
)
def test_a_strength_that_is_not_there_is_refused(
    tmp_path: Path, more: str, parts: tuple[str, ...]
) -> None:
    keys = KEY.format(id="weight", whose="edge", default="")
    edges = EDGE.format(where="north", data='<data key="weight">3</data>')
    error = refusal(_scenario(tmp_path, _graphml(keys, edges), more=more))
    for part in parts:
        assert part in str(error)


def test_a_strength_without_a_network_file_is_refused(tmp_path: Path) -> None:
    text = changed(('lead = "helpers"', 'strength = "weight"'))
    assert refusal(write(tmp_path, text)).key == "network.strength"


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("ties.gexf", "<gexf/>", "not valid GEXF"),
        ("ties.gml", "graph [", "not valid GML"),
        ("ties.gml", "graph [ node [ id 1 " + "a [ " * 100_000, "not valid GML"),
        ("ties.graphml", '<!DOCTYPE a [<!ENTITY a "b">]><a/>', "declares entities"),
        ("ties.gml", "node [ " * 60_001, "too large"),
    ],
)
def test_what_is_no_network_is_refused(tmp_path: Path, name: str, text: str, part: str) -> None:
    assert part in str(refusal(_scenario(tmp_path, text, name)))


def test_a_parser_that_says_only_none_is_not_quoted(tmp_path: Path) -> None:
    attributes = '<attributes class="node"><attribute/></attributes>'
    nodes = '<nodes><node id="a"><attvalues><attvalue/></attvalues></node></nodes>'
    head = '<gexf xmlns="http://www.gexf.net/1.2draft">'
    text = f"{head}<graph>{attributes}{nodes}</graph></gexf>"
    error = refusal(_scenario(tmp_path, text, "ties.gexf"))
    assert error.problem == "this is not valid GEXF"


def test_the_network_as_simulated_can_be_read_again(tmp_path: Path) -> None:
    scenario = Scenario.load(write(tmp_path, changed()))
    runs = simulate(scenario, 1, seed=1, parameters="defaults")
    write_network(runs.agencies, runs.ties, scenario.name, tmp_path / "agency_network.graphml")
    graph = nx.read_graphml(tmp_path / "agency_network.graphml")
    assert set(graph) == {agency.name for agency in scenario.setting.agencies}
    assert graph.nodes["housing north"]["site"] == "north"
    assert graph.nodes["probation"]["kind"] == "probation"
    text = changed(('lead = "helpers"', 'ties = "agency_network.graphml"'))
    text = text.replace('[[ties]]\nbetween = ["helpers", "probation"]\n', "[x]\n")
    text = text.replace("[x]\nstrength = 0.5\nshared_record = true\n", "")
    again = Scenario.load(write(tmp_path, text, "again.toml"))
    strengths = {frozenset(tie.between): tie.strength for tie in again.setting.ties}
    shared = {frozenset(tie.between): (tie.shared_record, tie.colocated)
              for tie in again.setting.ties}  # fmt: skip
    for row in runs.ties.to_dict("records"):
        assert strengths[frozenset((row["from"], row["to"]))] == row["initial_strength"]
        assert shared[frozenset((row["from"], row["to"]))] == (
            row["shared_record"], row["colocated"],
        )  # fmt: skip
    assert any(record for record, _ in shared.values())
