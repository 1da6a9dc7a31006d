"""Options put together: each changes today's service, and clashes are found."""

from pathlib import Path

import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.combined import FileChange, change_of, clashes, combined
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import read_layers

SERVICE = Path(__file__).parents[2] / "experiments" / "service"
TODAY = read_layers(SERVICE / "today.toml")


def change(name: str) -> FileChange:
    return change_of(TODAY, read_layers(SERVICE / f"{name}.toml"))


def written(folder: Path, name: str, text: str) -> LayeredFile:
    file = folder / f"{name}.toml"
    file.write_text(f'question = "What if?"\nbased_on = "{SERVICE / "today.toml"}"\n{text}')
    return read_layers(file)


def test_an_option_says_only_what_it_changes() -> None:
    assert change("weekly").data == {
        "programme": {"supervision": {"interval": 1, "mode": "reflective", "quality": 0.7}}
    }
    peers = change("two_peers").data
    assert peers["team"] == {"our team": {"peers": 2}}


def test_one_option_alone_is_the_scenario_of_its_file() -> None:
    for name in ("weekly", "two_peers", "one_roof"):
        alone, read = combined(TODAY, [change(name)]), Scenario.load(SERVICE / f"{name}.toml")
        assert alone.difference(read) == []
        assert alone.surveyed_at == read.surveyed_at


@pytest.mark.parametrize("backwards", [False, True])
def test_options_together_change_what_each_of_them_changes(backwards: bool) -> None:
    names = ["weekly", "two_peers", "one_roof"]
    changes = [change(name) for name in (names[::-1] if backwards else names)]
    today, all_three = Scenario.load(SERVICE / "today.toml"), combined(TODAY, changes)
    keys = {key for key, *_ in today.difference(all_three)}
    apart = [Scenario.load(SERVICE / f"{name}.toml") for name in names]
    assert keys == {key for option in apart for key, *_ in today.difference(option)}
    assert all_three.setting.teams[0].peers == 2
    assert float(all_three.theories()[0].supervision.interval) == 1.0
    assert all_three.surveyed_at == apart[2].surveyed_at


def test_options_clash_where_both_set_a_key_to_other_values(tmp_path: Path) -> None:
    fortnightly = written(tmp_path, "fortnightly", "[programme.supervision]\ninterval = 2\n")
    assert clashes(change("weekly"), change_of(TODAY, fortnightly)) == [
        "programme.supervision.interval"
    ]
    assert clashes(change("weekly"), change("two_peers")) == []


def test_a_team_more_clashes_with_a_change_of_a_team(tmp_path: Path) -> None:
    teams = "".join(
        f'[[teams]]\nname = "{name}"\narm = "programme"\nagency = "through-the-gate service"\n'
        "practitioners = 3\nsupervisors = 1\npeers = 0\n"
        for name in ("our team", "second team")
    )
    more = change_of(TODAY, written(tmp_path, "second_team", teams))
    assert clashes(more, change("two_peers")) == ["teams"]


def test_two_options_that_each_buy_a_practitioner_clash_though_they_say_one_number(
    tmp_path: Path,
) -> None:
    texts = ("practitioners = 4", "practitioners = 4\n[programme.peers]\nhours = 9")
    options = [
        change_of(TODAY, written(tmp_path, f"option_{number}", f'[team."our team"]\n{text}\n'))
        for number, text in enumerate(texts)
    ]
    assert clashes(*options) == ["team.our team.practitioners"]


@pytest.mark.parametrize(("posts", "hours"), [(3, 4.5), (8, 12.0)])
def test_sessions_that_fit_with_each_option_fit_with_both(
    posts: int, hours: float, tmp_path: Path
) -> None:
    weekly = "[programme.supervision]\ninterval = 1\nsupervisor_hours = 4.5\n"
    more = f'[team."our team"]\npractitioners = {posts}\n'
    if posts == 8:
        more += "[programme.supervision]\nsupervisor_hours = 6.5\n"
    changes = [
        change_of(TODAY, written(tmp_path, name, text))
        for name, text in (("weekly", weekly), ("more", more))
    ]
    assert clashes(*changes) == []
    together = combined(TODAY, changes)
    assert float(together.theories()[0].supervision.supervisor_hours) == hours


def test_hours_that_one_option_leaves_too_short_stay_too_short(tmp_path: Path) -> None:
    short = "[programme.supervision]\ninterval = 1\nsupervisor_hours = 1\n"
    changes = [change_of(TODAY, written(tmp_path, "short", short)), change("two_peers")]
    together = combined(TODAY, changes)
    assert float(together.theories()[0].supervision.supervisor_hours) == 1.0


def test_an_option_about_another_service_cannot_be_put_together() -> None:
    with pytest.raises(UsageError, match="does not say what today says") as error:
        change_of(TODAY, read_layers(Scenario.load("usual_care").file))
    assert "based_on" in str(error.value)


ITEM = '[[costs.items]]\nname = "{}"\nper_year = {}\n'


def test_items_of_costs_add_up_and_clash_where_they_differ(tmp_path: Path) -> None:
    room = change_of(TODAY, written(tmp_path, "room", ITEM.format("room", 3_000)))
    car = change_of(TODAY, written(tmp_path, "car", ITEM.format("car", 2_000)))
    dear = change_of(TODAY, written(tmp_path, "dear", ITEM.format("room", 9_000)))
    assert clashes(room, car) == []
    assert clashes(room, dear) == ["costs.items.room.per_year"]
    items = combined(TODAY, [room, car]).costs.items
    assert {item.name: item.per_year for item in items} == {"room": 3_000, "car": 2_000}


def test_ties_are_put_together_by_the_agencies_that_they_tie(tmp_path: Path) -> None:
    tie = '[[ties]]\nbetween = ["{}", "{}"]\n{}\n'
    one, two, three = "housing charity", "substance misuse service", "GP"
    base_ties = tie.format(one, three, "colocated = false") + tie.format(two, three, "")
    base = written(tmp_path, "base", base_ties)
    below = f'question = "?"\nbased_on = "{tmp_path / "base.toml"}"\n'
    files = []
    for name, changed in (("roof", "colocated = true"), ("record", "shared_record = true")):
        file = tmp_path / f"{name}.toml"
        first = changed if name == "roof" else "colocated = false"
        second = changed if name == "record" else ""
        ties = tie.format(one, three, first) + tie.format(two, three, second)
        file.write_text(below + ties)
        files.append(read_layers(file))
    changes = [change_of(base, file) for file in files]
    assert clashes(*changes) == []
    listed = {frozenset(tie.between): tie for tie in combined(base, changes).setting.ties}
    assert listed[frozenset((one, three))].colocated is True
    assert listed[frozenset((two, three))].shared_record is True
