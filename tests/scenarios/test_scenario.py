"""What a scenario comes to: theories, entry, weeks, and itself again when written out."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_text import scenario_text
from engager_sim.scenarios.theory_values import Groups, Value, declared, named_values, theories_of
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Parameter
from engager_sim.world.correlated_traits import CorrelationSetting
from engager_sim.world.population import Entry
from engager_sim.world.setting import (
    AgencySetting,
    NetworkSetting,
    PopulationSetting,
    Setting,
    TeamSetting,
    TieSetting,
)
from tests.scenarios.services import SERVICE, changed, write

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
SHARES = st.floats(0, 1)


def _value(parameter: Parameter) -> st.SearchStrategy[Value]:
    if parameter.kind == "category":
        return st.sampled_from(parameter.choices)
    if parameter.kind == "on/off":
        return st.booleans()
    if parameter.kind == "integer":
        return st.integers(int(parameter.low), int(parameter.high))
    return st.floats(parameter.low, parameter.high)


@st.composite
def values(draw: st.DrawFn) -> dict[str, Groups]:
    """Draw what a scenario may say of the theory for both arms."""
    chosen = draw(st.lists(st.sampled_from(list(parameters())), max_size=8, unique=True))
    groups: Groups = {}
    for parameter in chosen:
        groups.setdefault(parameter.theme, {})[parameter.name] = draw(_value(parameter))
    return {"theory": groups} if groups else {}


@st.composite
def settings_of_runs(draw: st.DrawFn) -> Setting:
    """Draw settings whose parts fit one another."""
    names = draw(st.lists(NAMES, min_size=2, max_size=5, unique=True))
    record, place = (draw(st.none() | st.booleans()) for _ in range(2))
    tie = TieSetting(names[:2], draw(st.none() | SHARES), record, place)
    staff = draw(st.integers(1, 9))
    return Setting(
        PopulationSetting(draw(st.integers(1, 10**6)), allocation=[1, 0]),
        NetworkSetting("hub", draw(st.none() | st.sampled_from(names))),
        [AgencySetting(name, "gp", draw(st.none() | st.booleans())) for name in names],
        [TeamSetting(draw(NAMES), "programme", names[0], staff, staff)],
        [tie],
        draw(st.integers(52, 260)),
    )


@settings(deadline=None)
@given(
    question=st.text(st.characters(exclude_categories=["Cs"])),
    setting=settings_of_runs(),
    said=values(),
)
def test_what_is_written_out_loads_to_the_same_scenario(
    tmp_path_factory: pytest.TempPathFactory,
    question: str,
    setting: Setting,
    said: dict[str, Groups],
) -> None:
    file = write(tmp_path_factory.mktemp("round"), scenario_text(question, setting, said, {}))
    scenario = Scenario.load(file)
    assert scenario.setting == setting
    assert scenario.question == question.strip()
    assert scenario.values == said
    assert scenario.theories().tobytes() == theories_of(said).tobytes()


@pytest.mark.parametrize("name", Scenario.presets())
def test_a_preset_written_out_loads_to_the_same_scenario(tmp_path: Path, name: str) -> None:
    preset = Scenario.load(name)
    again = Scenario.load(write(tmp_path, preset.to_toml(), f"{name}.toml"))
    assert again.setting == preset.setting
    assert again.values == preset.values
    assert again.theories().tobytes() == preset.theories().tobytes()
    assert again.entry() == preset.entry()
    assert again.resolved() == preset.resolved()
    assert again.difference(preset) == []


def test_without_a_word_on_theory_every_parameter_has_its_default() -> None:
    for arm in theories_of({}):
        for parameter in parameters():
            assert arm[parameter.theme][parameter.name] == parameter.default


def test_one_arm_overrides_both_and_both_override_defaults(tmp_path: Path) -> None:
    text = changed(
        ("skill_gain = 0.02", "skill_gain = 0.02\ninterval = 12"),
        ("interval = 2", 'interval = 2\nmode = "shared"'),
    )
    text += "\n[usual_care.collaboration]\non = false\n[theory.relationship]\n"
    text += 'coupling = "additive"\n'
    programme, usual = Scenario.load(write(tmp_path, text)).theories()
    assert (programme.supervision.interval, usual.supervision.interval) == (2, 12)
    assert (programme.supervision.mode, usual.supervision.mode) == (2, 0)
    assert (programme.collaboration.on, usual.collaboration.on) == (1, 0)
    assert programme.supervision.skill_gain == usual.supervision.skill_gain == 0.02
    assert programme.relationship.coupling == usual.relationship.coupling == 1


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    whole = Scenario.load(write(tmp_path, SERVICE))
    point = Scenario.load(write(tmp_path, changed(("interval = 2", "interval = 2.0"))))
    assert whole.difference(point) == []


def test_named_values_are_what_a_scenario_file_would_say() -> None:
    named = named_values(theories_of({"programme": {"supervision": {"mode": "shared"}}}))
    assert named["programme"]["supervision"]["mode"] == "shared"
    assert named["usual_care"]["supervision"]["mode"] == "managerial"
    assert named["programme"]["supervision"]["on"] is True
    assert set(named["programme"]) == set(declared())
    assert theories_of(named).tobytes() == theories_of(named).tobytes()
    assert named_values(theories_of(named)) == named


def test_how_men_enter_is_as_the_scenario_says(tmp_path: Path) -> None:
    other_arms = write(tmp_path, changed(("allocation = [1, 1]", "allocation = [3, 2]")))
    assert Scenario.load(other_arms).entry() == Entry(
        recruitment=10, shortest_to_release=4, longest_to_release=8, allocation=(3, 2),
        follow_up=52, traits=CorrelationSetting().factored(),
    )  # fmt: skip


def test_a_run_lasts_until_the_last_man_is_followed_to_the_end(tmp_path: Path) -> None:
    scenario = Scenario.load(write(tmp_path, SERVICE))
    last_entry, longest, follow_up = 9, 8, 52
    assert scenario.weeks() == last_entry + longest + follow_up + 1


def test_a_difference_names_the_arms_only_where_they_differ(tmp_path: Path) -> None:
    here = Scenario.load(write(tmp_path, SERVICE, "here.toml"))
    there = Scenario.load(
        write(
            tmp_path,
            changed(
                ("skill_gain = 0.02", "skill_gain = 0.03"),
                ("interval = 2", "interval = 3"),
                ("strength = 0.5", "strength = 0.7"),
                ('"red"', '"green"'),
            ),
            "there.toml",
        )
    )
    found = here.difference(there)
    assert ("theory.supervision.skill_gain", 0.02, 0.03) in found
    assert ("programme.supervision.interval", 2.0, 3.0) in found
    assert ("ties.helpers - probation.strength", 0.5, 0.7) in found
    assert ("teams.red.practitioners", 2, None) in found
    assert ("teams.green.practitioners", None, 2) in found
    assert not [key for key, _, _ in found if key.startswith("usual_care")]
    assert here.difference(here) == []


def test_a_difference_in_one_direction_mirrors_the_other(tmp_path: Path) -> None:
    usual, trial = Scenario.load("usual_care"), Scenario.load(write(tmp_path, SERVICE))
    there = {key: (mine, yours) for key, mine, yours in usual.difference(trial)}
    back = {key: (yours, mine) for key, mine, yours in trial.difference(usual)}
    assert there == back


def test_everything_resolved_can_be_written_as_json(tmp_path: Path) -> None:
    scenario = Scenario.load(write(tmp_path, SERVICE))
    resolved = json.loads(json.dumps(scenario.resolved(), allow_nan=False))
    assert resolved["parameters"]["programme"]["supervision"]["interval"] == 2
    assert resolved["parameters"]["usual_care"]["supervision"]["interval"] == 8
    assert resolved["setting"]["population"]["leavers"] == 20
    assert resolved["men"] is None


def test_a_team_without_a_site_is_where_its_agency_is(tmp_path: Path) -> None:
    text = changed(('agency = "helpers"', 'agency = "housing north"'))
    scenario = Scenario.load(write(tmp_path, text))
    assert scenario.setting.teams[0].site == "north"
    assert scenario.setting.teams[1].site is None


def test_a_team_whose_arm_gets_nobody_is_fine(tmp_path: Path) -> None:
    scenario = Scenario.load(write(tmp_path, changed(("[1, 1]", "[1, 0]"))))
    assert len(scenario.setting.teams) == 2


def test_a_question_may_stand_in_the_first_comment(tmp_path: Path) -> None:
    text = changed(('question = "What happens in a small service?"', "# What if?"))
    assert Scenario.load(write(tmp_path, text)).question == "What if?"


def test_a_plain_name_means_the_preset_and_a_path_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, SERVICE, "usual_care")
    monkeypatch.chdir(tmp_path)
    assert Scenario.load("usual_care").setting.population.leavers != 20
    assert Scenario.load("./usual_care").setting.population.leavers == 20
    assert Scenario.load(Path("usual_care")).setting.population.leavers == 20
