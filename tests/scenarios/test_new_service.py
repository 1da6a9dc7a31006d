"""A service's file and what it could buy: they load, run, and differ in what they say."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.costs.employment import employed
from engager_sim.errors import UsageError
from engager_sim.scenarios.new_files import write_service
from engager_sim.scenarios.option_files import MORE_PEERS, OFFERS, offers_for
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_answers import KNOWN_AS, Agency, Answers, read_agency
from engager_sim.studies.run.study import simulate
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role

SMALL = Answers(
    name='Harbour "House"',
    practitioners=2,
    men=30,
    interval=8.0,
    agencies=[Agency("probation", "probation"), Agency("housing", "Homes = us")],
)
ADDED_HOURS = 1.5 * 2 * 52 - 0.5 * 52
"""Of supervision a year: an hour and a half for each of two every week, where half an hour was."""


def written(folder: Path, answers: Answers = SMALL) -> dict[str, Scenario]:
    files = write_service(folder, answers, offers_for(answers))
    return {file.stem: Scenario.load(file) for file in files}


def test_todays_file_says_what_was_answered(tmp_path: Path) -> None:
    today = written(tmp_path)["today"]
    (team,) = today.setting.teams
    assert (team.practitioners, team.supervisors, team.peers) == (2, 1, 0)
    people = today.setting.population
    assert (people.leavers, people.recruitment_weeks) == (60, 104)
    assert [(each.name, each.kind) for each in today.setting.agencies] == [
        ('Harbour "House"', "resettlement"),
        ("probation", "probation"),
        ("Homes = us", "housing"),
    ]
    supervision = today.resolved()["parameters"]["programme"]["supervision"]
    assert (supervision["interval"], supervision["mode"]) == (8.0, "managerial")


def test_todays_file_shows_anchors_beside_each_guess_and_every_price(tmp_path: Path) -> None:
    written(tmp_path)
    text = (tmp_path / "today.toml").read_text(encoding="utf-8")
    guessed = [each for each in parameters() if f"\n{each.name} = " in text and each.anchors]
    assert {"supervision.quality", "supervision.skill_at_start"} <= {each.path for each in guessed}
    for parameter in guessed:
        assert parameter.role is Role.LEVER
        for words in parameter.anchors:
            assert f": {words}\n" in text
    assert "\n# practitioner_post = [42000, 52000, 68000]" in text


@pytest.mark.parametrize("name", [offer.name for offer in OFFERS])
def test_an_option_runs_and_something_else_happens_than_today(name: str, tmp_path: Path) -> None:
    scenarios = written(tmp_path)

    def lives(scenario: Scenario) -> pd.DataFrame:
        runs = simulate(scenario, 2, seed=1, threads=1, leavers=True, parameters="defaults")
        assert runs.leavers is not None
        return runs.leavers.drop(columns="scenario")

    assert not lives(scenarios[name]).equals(lives(scenarios["today"]))


def test_an_option_employs_more_of_what_it_buys_and_of_what_that_takes(tmp_path: Path) -> None:
    scenarios = written(tmp_path)
    counted = {
        name: employed(scenario.deployed, scenario.theories()).quantities
        for name, scenario in scenarios.items()
    }
    added = {
        name: {
            item: amount.sum() - counted["today"][item].sum()
            for item, amount in counted[name].items()
            if amount.sum() != counted["today"][item].sum()
        }
        for name in scenarios
    }
    assert added == {
        "today": {},
        "weekly": {"supervisor_hour": ADDED_HOURS, "reflective_training": 3},
        "practitioner": {
            "practitioner_post": 1,
            "recruited_post": 1,
            "further_supervision_hour": 0.0625 * 52,
        },
        "peers": {"peer_hour": MORE_PEERS * 16 * 52, "recruited_peer": MORE_PEERS},
        "shared_record": {"shared_record": 1, "shared_record_start": 1},
        "one_roof": {"day_under_one_roof": 1},
    }


def test_what_a_service_has_is_not_offered_to_it() -> None:
    weekly = Answers(interval=1.0, mode="shared")
    assert "weekly" not in [offer.name for offer in offers_for(weekly)]
    alone = [offer.name for offer in offers_for(Answers(agencies=[]))]
    assert alone == ["weekly", "practitioner", "peers"]


def test_a_service_of_any_size_and_company_can_be_used(tmp_path: Path) -> None:
    everybody = [Agency(kind, name) for kind, name in KNOWN_AS.items()]
    large = Answers("Grand", 40, 3, 12, 2500, 26.0, "reflective", everybody)
    for name, answers in (("large", large), ("one", Answers(practitioners=1, men=1, agencies=[]))):
        scenarios = written(tmp_path / name, answers)
        assert len(scenarios) == 1 + len(offers_for(answers))


def test_nothing_is_overwritten_and_nothing_is_left_half_done(tmp_path: Path) -> None:
    (tmp_path / "peers.toml").write_text("mine")
    with pytest.raises(UsageError, match=r"peers\.toml: this exists already"):
        written(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["peers.toml"]
    assert (tmp_path / "peers.toml").read_text() == "mine"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"practitioners": 0}, "--practitioners: .*allowed: 1 to 2000"),
        ({"men": -1}, "--men: "),
        ({"interval": 0.5}, "--interval: .*allowed: 1 to 26"),
        ({"interval": float("nan")}, "--interval: "),
        ({"mode": "shred"}, 'did you mean "shared"'),
        ({"name": " "}, "--name: this is no name"),
        ({"name": "x" * 61}, "--name: this is no name"),
        ({"agencies": [Agency("gp", "GP"), Agency("gp", "gp")]}, "--agency: two agencies have"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(said: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Answers(**said)  # type: ignore[arg-type]


def test_an_agency_is_a_kind_with_or_without_a_name() -> None:
    assert read_agency("gp") == Agency("gp", "GP")
    assert read_agency("housing = Harbour=House") == Agency("housing", "Harbour=House")
    with pytest.raises(UsageError, match='did you mean "housing"'):
        read_agency("hosing=Harbour")
