"""Own data that a visitor sends: with a scenario that names it, or for a preset."""

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engager_sim.browser.visit import FIRST, Visit
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.toml_file import MOST_BYTES
from tests.command_line.command import REFUSED, engager_sim
from tests.week.worlds import small_trial

MEN = "id,age,distress\n" + "".join(f"M{man},{20 + man},{man}\n" for man in range(30))
TIES = "from,to,strength\nEngager,probation,0.9\n"
GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="s" for="edge" attr.name="strength" attr.type="double"/>
<graph edgedefault="undirected"><node id="Engager"/><node id="probation"/>
<edge source="Engager" target="probation"><data key="s">0.9</data></edge></graph></graphml>"""
AGENCIES = [agency.name for agency in Scenario.load("engager_trial").setting.agencies]


def named(text: str) -> str:
    """Write a network about agencies that the trial has."""
    return text.replace("Engager", AGENCIES[0]).replace("probation", AGENCIES[1])


def sent(**files: str) -> list[dict[str, Any]]:
    """Send files as a browser does; a name's last underscore stands for the point."""
    return [
        {
            "name": ".".join(name.rsplit("_", 1)),
            "size": len(text.encode()),
            "bytes": base64.b64encode(text.encode()).decode(),
        }
        for name, text in files.items()
    ]


SCENARIO = 'question = "Ours?"\nbased_on = "engager_trial"\n'
NAMING = SCENARIO + '[population]\nmen = "data/men.csv"\n[network]\nties = "ties.csv"\n'


@pytest.fixture
def visit() -> Visit:
    return Visit(small_trial(40))


def test_men_and_ties_are_read_with_the_scenario_that_names_them(
    visit: Visit, tmp_path: Path
) -> None:
    visit.load_files(sent(ours_toml=NAMING, men_csv=MEN, ties_csv=named(TIES)))
    assert visit.message is None
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "men.csv").write_text(MEN, encoding="utf-8")
    (tmp_path / "ties.csv").write_text(named(TIES), encoding="utf-8")
    (tmp_path / "ours.toml").write_text(NAMING, encoding="utf-8")
    here, there = visit.settings[FIRST].source, Scenario.load(tmp_path / "ours.toml")
    assert here.difference(there) == []
    assert here.notes == there.notes
    assert len(visit.worlds[FIRST].model.men) == 30


@pytest.mark.parametrize("kind", ["ties_csv", "ties_graphml"])
def test_own_data_alone_are_for_the_preset_that_is_shown(visit: Visit, kind: str) -> None:
    visit.load_preset("engager_trial")
    network = named(TIES if kind == "ties_csv" else GRAPHML)
    visit.load_files(sent(men_csv=MEN, **{kind: network}))
    assert visit.message is None
    source = visit.settings[FIRST].source
    assert source.name == "engager_trial_own_data"
    assert source.question == Scenario.load("engager_trial").question
    assert source.ids[:2] == ("M0", "M1")
    ours = next(tie for tie in source.setting.ties if set(tie.between) == set(AGENCIES[:2]))
    assert ours.strength == 0.9
    visit.load_files(sent(men_csv=MEN.replace("M0", "first")))
    assert visit.settings[FIRST].source.ids[0] == "first"


def test_downloaded_settings_name_the_table_as_it_was_sent(visit: Visit) -> None:
    visit.load_preset("engager_trial")
    visit.load_files(sent(men_csv=MEN))
    assert 'men = "men.csv"' in visit.settings[FIRST].scenario().to_toml()


BAD_MEN = MEN.replace("M3,23", "M3,230")


def test_mistakes_are_answered_as_on_the_command_line(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = SCENARIO + '[population]\nmen = "men.csv"\n'
    Path("ours.toml").write_text(text, encoding="utf-8")
    Path("men.csv").write_text(BAD_MEN, encoding="utf-8")
    refused = engager_sim("scenarios", "check", "ours.toml")
    assert refused.exit_code == REFUSED
    visit.load_files(sent(ours_toml=text, men_csv=BAD_MEN))
    assert visit.message is not None
    assert "row 5, column age" in visit.message
    assert f"{tmp_path}/{visit.message}" in " ".join(refused.stderr.split())


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"ours_toml": NAMING, "men_csv": MEN}, "this file was not sent with the scenario"),
        ({"ours_toml": SCENARIO, "men_csv": MEN}, "ours.toml says nothing of this file"),
        ({"one_toml": SCENARIO, "two_toml": SCENARIO}, "these are not one scenario file"),
        ({"a/men_csv": MEN, "b/men_csv": MEN}, "two files of this name were sent"),
        ({"one_csv": MEN, "two_csv": MEN}, "says nothing of this file"),
        ({"men_csv": MEN, "big_csv": "x" * MOST_BYTES}, "the file is too large for the page"),
        ({"men_csv": "PK\x03\x04"}, "this is a spreadsheet"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(
    visit: Visit, files: dict[str, str], said: str
) -> None:
    visit.load_preset("engager_trial")
    source = visit.settings[FIRST].source
    visit.load_files(sent(**files))
    assert visit.message is not None
    assert said in visit.message
    assert visit.settings[FIRST].source is source


def test_own_data_without_a_scenario_need_one_that_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "here.toml").write_text(SCENARIO, encoding="utf-8")
    here = Visit(Scenario.load(tmp_path / "here.toml"))
    here.load_files(sent(men_csv=MEN))
    assert here.message is not None
    assert "choose the scenario file too" in here.message


def test_files_are_dropped_or_chosen_and_travel_in_the_link(page: Page, tmp_path: Path) -> None:
    for name, text in (("ours.toml", NAMING), ("men.csv", MEN), ("ties.csv", named(TIES))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    chosen = [tmp_path / name for name in ("ours.toml", "men.csv", "ties.csv")]
    page.get_by_label("Load a scenario file").set_input_files(chosen)
    expect(page.get_by_role("heading", name="ours", exact=True)).to_be_visible()
    page.get_by_text("What was read of the files").click()
    expect(page.locator(".es-read")).to_contain_text("age: given for all 30 men")
    page.wait_for_function("location.hash.includes('&files=')")
    page.reload()
    expect(page.get_by_role("heading", name="ours", exact=True)).to_be_visible()
    page.get_by_label("Preset").select_option("engager_trial")
    expect(page.get_by_role("heading", name="engager trial", exact=True)).to_be_visible()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "men.csv"));
            document.body.dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        MEN,
    )
    expect(page.get_by_role("heading", name="engager trial own data", exact=True)).to_be_visible()
    expect(page.get_by_label("Man number")).to_have_attribute("max", "29")
