"""Own data on men: a row per man, and the dice for what the table does not say."""

from pathlib import Path

import numpy as np
import pytest

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.own_data import COLUMNS
from engager_sim.scenarios.scenario import Scenario
from tests.scenarios.services import changed, refusal, write

OWN = Path(__file__).parents[2] / "experiments" / "own_data"
WITH_MEN = changed(("leavers = 20", 'men = "men.csv"'))


def _service(folder: Path, men: str, text: str = WITH_MEN) -> Path:
    write(folder, men, "men.csv")
    return write(folder, text)


def test_what_the_table_gives_is_given_and_the_rest_is_left_to_the_dice(tmp_path: Path) -> None:
    men = (
        "id,entry_week,weeks_to_release,arm,prior_trust,need_housing,need_work,distress,"
        "short_sentence\n"
        "a,0,7,programme,0.25,yes,0.5,20,no\n"
        "b,30,,usual_care,,no,,,yes\n"
        "\n"
        "c,2.0, 9 ,,0,,1,40,\n"
    )
    scenario = Scenario.load(_service(tmp_path, men))
    given = scenario.men
    assert given is not None
    assert scenario.setting.population.leavers == len(given) == 3
    np.testing.assert_array_equal(given["entry_week"], [0, 30, 2])
    np.testing.assert_array_equal(given["weeks_to_release"], [7, np.nan, 9])
    np.testing.assert_array_equal(given["arm"], [0, 1, np.nan])
    np.testing.assert_array_equal(given["prior_trust"], [0.25, np.nan, 0])
    np.testing.assert_array_equal(given["need"][:, 0], [1, 0, np.nan])
    np.testing.assert_array_equal(given["need"][:, 2], [0.5, np.nan, 1])
    np.testing.assert_array_equal(given["short_sentence"], [0, 1, np.nan])
    assert np.isnan(given["autonomous"]).all()
    assert np.isnan(given["need"][:, [1, 3]]).all()
    assert len(scenario.template().given) == 3


def test_men_a_year_follow_from_the_weeks_in_which_they_enter(tmp_path: Path) -> None:
    men = "entry_week,weeks_to_release\n" + "".join(f"{2 * number},4\n" for number in range(52))
    people = Scenario.load(_service(tmp_path, men)).setting.population
    assert (people.recruitment_weeks, people.leavers) == (103, 52)
    assert (people.shortest_to_release, people.longest_to_release) == (4, 4)
    some = Scenario.load(_service(tmp_path, men + ",5\n")).setting.population
    assert (some.recruitment_weeks, some.longest_to_release) == (10, 5)  # one man's entry is drawn


def test_the_summary_says_what_is_given_and_what_is_drawn(tmp_path: Path) -> None:
    scenario = Scenario.load(_service(tmp_path, "distress,prior_trust\n3,0.1\n,0.2\n4,0.3\n"))
    assert "distress: given for 2 of 3 men, drawn for 1" in scenario.notes
    assert "prior_trust: given for all 3 men" in scenario.notes
    assert "entry_week: drawn for all 3 men" in scenario.notes
    assert len(scenario.notes) == len(COLUMNS)
    assert scenario.resolved()["notes"] == list(scenario.notes)


def test_a_run_lasts_until_the_last_given_man_is_followed_to_the_end(tmp_path: Path) -> None:
    scenario = Scenario.load(_service(tmp_path, "entry_week,weeks_to_release\n40,30\n60,\n,50\n"))
    # 40 + 30; 60 + longest to release 8; last entry week 9 + 50
    assert scenario.weeks() == 70 + 52 + 1


def test_a_man_with_a_team_is_in_his_teams_arm(tmp_path: Path) -> None:
    scenario = Scenario.load(_service(tmp_path, "team\nblue\n\nred\n".replace("\n\n", "\n")))
    assert scenario.men is not None
    assert scenario.men["arm"].tolist() == [1, 0]
    assert scenario.men["team"].tolist() == [1, 0]


def test_when_all_arms_are_given_the_allocation_needs_no_team(tmp_path: Path) -> None:
    only_programme = WITH_MEN.replace('arm = "usual_care"', 'arm = "programme"')
    assert Scenario.load(_service(tmp_path, "arm\nprogramme\n", only_programme)).men is not None
    one_unknown = _service(tmp_path, "arm,distress\nprogramme,3\n,4\n", only_programme)
    assert "usual_care gets men but has no team" in str(refusal(one_unknown))
    with_usual = _service(tmp_path, "arm\nusual_care\n", only_programme)
    assert "usual_care gets men but has no team" in str(refusal(with_usual))


@pytest.mark.parametrize(
    ("men", "key", "parts"),
    [
        ("distres\n3\n", "row 1, column 1", ("not known", 'did you mean "distress"')),
        ("distress,distress\n3,4\n", "row 1, column 2", ("there twice",)),
        ("id;distress\na;3\n", "row 1, column 1", ("separate columns by commas",)),
        (
            "distress\n41\n",
            "row 2, column distress",
            ("'41'", "from 0 to 40", "correct it, or leave"),
        ),
        ("age\n17\n", "row 2, column age", ("from 18 to 90", "correct it, or leave")),
        ("age\n91\n", "row 2, column age", ("from 18 to 90",)),
        ("distress\n-0.1\n", "row 2, column distress", ("out of range", "correct it")),
        ("distress\n1_0\n", "row 2, column distress", ("should be a number",)),
        (
            "distress\nhigh\n",
            "row 2, column distress",
            ("should be a number", "leave the cell empty"),
        ),
        ("distress\n3\ninf\n", "row 3, column distress", ("not a finite number",)),
        ('prior_trust\n"0,5"\n', "row 2, column prior_trust", ("decimals with a point",)),
        ("entry_week\n1.5\n", "row 2, column entry_week", ("should be a whole number", "to 2")),
        ("entry_week\n520\n", "row 2, column entry_week", ("from 0 to 519",)),
        ("weeks_to_release\n105\n", "row 2, column weeks_to_release", ("from 0 to 104",)),
        ("need_housing\n0.4\n", "row 2, column need_housing", ("neither yes nor no",)),
        ("short_sentence\nperhaps\n", "row 2, column short_sentence", ("neither yes nor no",)),
        ("arm\nprogram\n", "row 2, column arm", ('did you mean "programme"',)),
        ("team\nreed\n", "row 2, column team", ("red, blue", 'did you mean "red"')),
        ("arm,team\nprogramme,blue\n", "row 2, column team", ("works in the arm usual_care",)),
        ("id,distress\na,3\na,4\n", "row 3, column id", ("the same id", "row 2 has it too")),
        ("id,distress\na\n", "row 2", ("another number of cells", "1 cells", "2 cells")),
        ("id,distress\na,3,4\n", "row 2", ("another number of cells",)),
        ('id\n"never closed\n', "row 2", ("not a CSV table",)),
        ("id,distress\n,\n", None, ("has no rows",)),
        ("id,distress\n", None, ("has no rows",)),
        ("", None, ("is empty",)),
    ],
)
def test_a_bad_table_is_refused_with_row_and_column(
    tmp_path: Path, men: str, key: str | None, parts: tuple[str, ...]
) -> None:
    error = refusal(_service(tmp_path, men))
    assert error.file == str((tmp_path / "men.csv").resolve())
    assert error.key == key
    for part in parts:
        assert part in str(error)


def test_a_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = _service(tmp_path, "")
    (tmp_path / "men.csv").write_bytes("id\nJosé\n".encode("latin-1"))
    assert "UTF-8" in str(refusal(file))


def test_a_table_with_the_mark_that_spreadsheets_put_first_is_read(tmp_path: Path) -> None:
    scenario = Scenario.load(_service(tmp_path, "\ufeffdistress\r\n3\r\n"))
    assert scenario.men is not None
    assert scenario.men["distress"].tolist() == [3]


def test_a_missing_table_is_refused_by_its_own_name(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, WITH_MEN))
    assert "men.csv: there is no such file" in str(error)


@pytest.mark.parametrize("name", ["", "\\u0000", "."])
def test_a_table_that_can_be_no_file_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(write(tmp_path, changed(("leavers = 20", f'men = "{name}"'))))


def test_a_number_of_men_that_disagrees_with_the_table_is_refused(tmp_path: Path) -> None:
    text = changed(("leavers = 20", 'leavers = 20\nmen = "men.csv"'))
    error = refusal(_service(tmp_path, "distress\n3\n4\n", text))
    assert error.key == "population.leavers"
    assert "disagrees with the 2 rows of men.csv" in str(error)


def test_a_table_overrides_the_number_of_men_of_a_parent(tmp_path: Path) -> None:
    write(tmp_path, changed(), "parent.toml")
    folder = tmp_path / "own"
    folder.mkdir()
    write(folder, "distress\n3\n4\n", "men.csv")
    text = 'based_on = "../parent.toml"\n[population]\nmen = "men.csv"\n'
    child = Scenario.load(write(folder, text, "child.toml"))
    assert child.setting.population.leavers == 2
    write(folder, 'based_on = "child.toml"\n', "grandchild.toml")
    assert Scenario.load(folder / "grandchild.toml").setting.population.leavers == 2
    text = 'based_on = "child.toml"\n[population]\nleavers = 5\n'
    assert "disagrees" in str(refusal(write(folder, text, "other.toml")))


def test_own_data_written_out_loads_from_another_folder(tmp_path: Path) -> None:
    scenario = Scenario.load(_service(tmp_path, "entry_week,distress\n3,4\n5,\n"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    again = Scenario.load(write(elsewhere, scenario.to_toml()))
    assert again.setting == scenario.setting
    assert again.difference(scenario) == []
    assert again.men is not None
    assert scenario.men is not None
    assert again.men.tobytes() == scenario.men.tobytes()


def test_what_is_resolved_tells_other_men_apart_and_names_no_folder(tmp_path: Path) -> None:
    first = Scenario.load(_service(tmp_path, "distress\n3\n")).resolved()
    second = Scenario.load(_service(tmp_path, "distress\n4\n")).resolved()
    assert first["men"]["count"] == 1
    assert first["men"]["digest"] != second["men"]["digest"]
    assert first["setting"]["population"]["men"] == "men.csv"
    assert str(tmp_path) not in str(first)


@pytest.mark.parametrize("name", ["scenario.toml", "scenario_next_survey.toml"])
def test_the_made_up_service_loads_and_deploys(name: str) -> None:
    scenario = Scenario.load(OWN / name)
    world = scenario.template()
    assert len(world.given) == 30
    assert "distress: given for 28 of 30 men, drawn for 2" in scenario.notes
    assert "made-up" in scenario.question.lower()
    strengths = [tie.strength for tie in scenario.setting.ties]
    assert len(strengths) == 10


def test_the_made_up_service_says_so_and_explains_every_column() -> None:
    readme = (OWN / "README.md").read_text(encoding="utf-8")
    assert "made-up service" in readme.split("\n")[0]
    assert "Everything in this folder is invented" in readme
    for name, column in COLUMNS.items():
        assert f"| `{name}` | {column.meaning} | {column.allowed} |" in readme


def test_the_two_surveys_of_the_made_up_service_differ_in_ties_only() -> None:
    first, second = (
        Scenario.load(OWN / name) for name in ("scenario.toml", "scenario_next_survey.toml")
    )
    assert all(key.startswith("ties.") for key, _, _ in first.difference(second))


def test_too_many_men_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engager_sim.scenarios.own_data.MOST_MEN", 1)
    with pytest.raises(ScenarioError, match="too many men"):
        Scenario.load(_service(tmp_path, "distress\n3\n4\n"))
