"""A service's file and what it could buy: they load, run, and differ in what they say."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.costs.employment import employed
from engager_sim.errors import UsageError
from engager_sim.scenarios.new_files import write_service
from engager_sim.scenarios.option_changes import MORE_HOURS
from engager_sim.scenarios.option_files import OFFERS, offers_for
from engager_sim.scenarios.part_time import ITEM
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_answers import AgencyAnswer, Answers, read_agency
from engager_sim.scenarios.service_vocabulary import KNOWN_AS, MORE_PEERS, ON_OFFER
from engager_sim.scenarios.supervision_hours import sessions_fit
from engager_sim.scenarios.today_levers import GUESSES, preset_levers
from engager_sim.scenarios.unpriced_changes import unpriced
from engager_sim.studies.decide.options import extra_at_medians
from engager_sim.studies.run.study import simulate
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role

SMALL = Answers(
    name='Harbour "House"',
    practitioners=2,
    men=30,
    interval=8.0,
    agencies=[AgencyAnswer("probation", "probation"), AgencyAnswer("housing", "Homes = us")],
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
        "practitioner": {"practitioner_post": 1, "recruited_post": 1, "supervisor_hour": 0.5 * 52},
        "half_practitioner": {
            "practitioner_post": 1,
            "recruited_post": 1,
            "supervisor_hour": 0.5 * 52,
        },
        "peers": {"peer_hour": MORE_PEERS * 16 * 52, "recruited_peer": MORE_PEERS},
        "shared_record": {"shared_record": 1, "shared_record_start": 1},
        "one_roof": {"day_under_one_roof": 1},
        "one_provider": {},
    }


def test_what_a_service_has_is_not_offered_to_it() -> None:
    weekly = Answers(interval=1.0, mode="shared")
    assert "weekly" not in [offer.name for offer in offers_for(weekly)]
    alone = [offer.name for offer in offers_for(Answers(agencies=[]))]
    assert alone == ["weekly", "practitioner", "half_practitioner", "peers"]
    assert [offer.name for offer in OFFERS] == list(ON_OFFER)


def test_a_service_of_any_size_and_company_can_be_used(tmp_path: Path) -> None:
    everybody = [AgencyAnswer(kind, name) for kind, name in KNOWN_AS.items()]
    large = Answers(
        "Grand", practitioners=40.6, supervisors=3, peers=12, men=2500, interval=26.0,
        mode="reflective", agencies=everybody,
    )  # fmt: skip
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
        ({"practitioners": 0}, "--practitioners: .*allowed: 0.2 to 2000"),
        ({"men": -1}, "--men: "),
        ({"interval": 0.5}, "--interval: .*allowed: 1 to 26"),
        ({"interval": float("nan")}, "--interval: "),
        ({"mode": "shred"}, 'did you mean "shared"'),
        ({"name": " "}, "--name: this is no name"),
        ({"name": "x" * 61}, "--name: this is no name"),
        (
            {"agencies": [AgencyAnswer("gp", "GP"), AgencyAnswer("gp", "gp")]},
            "--agency: two agencies have",
        ),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(said: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Answers(**said)  # type: ignore[arg-type]


def test_an_agency_is_a_kind_with_or_without_a_name() -> None:
    assert read_agency("gp") == AgencyAnswer("gp", "GP")
    assert read_agency("housing = Harbour=House") == AgencyAnswer("housing", "Harbour=House")
    with pytest.raises(UsageError, match='did you mean "housing"'):
        read_agency("hosing=Harbour")


def test_part_time_posts_are_people_who_share_hours_men_and_pay(tmp_path: Path) -> None:
    scenarios = written(tmp_path, Answers(practitioners=2.5, contact_hours=18.0))
    for name, people, posts in (
        ("today", 3, 2.5), ("half_practitioner", 3, 3.0), ("practitioner", 4, 3.5)
    ):  # fmt: skip
        scenario = scenarios[name]
        assert scenario.setting.teams[0].practitioners == people
        engagement = scenario.theories()[0].client_engagement
        assert people * engagement.contact_hours == pytest.approx(18.0 * posts, rel=1e-3)
        assert people * engagement.caseload == pytest.approx(16.0 * posts, rel=1e-3)
        unfilled = {item.name: item.posts for item in scenario.costs.items}
        assert unfilled[ITEM] == pytest.approx(posts - people)
    assert unpriced(scenarios["today"], scenarios["practitioner"]) == []
    assert MORE_HOURS in (tmp_path / "half_practitioner.toml").read_text()
    assert MORE_HOURS not in (tmp_path / "practitioner.toml").read_text()


def test_half_a_post_costs_half_of_one(tmp_path: Path) -> None:
    scenarios = written(tmp_path)
    half = extra_at_medians(scenarios["today"], scenarios["half_practitioner"])
    whole = extra_at_medians(scenarios["today"], scenarios["practitioner"])
    assert whole.yearly()[0] - half.yearly()[0] == pytest.approx(26_000.0)
    provider = extra_at_medians(scenarios["today"], scenarios["one_provider"])
    assert (provider.yearly()[0], provider.once()[0]) == (42_000.0, 3_500.0)


@pytest.mark.parametrize("posts", [1.0, 2.0, 4.0, 6.5])
@pytest.mark.parametrize("interval", [1.0, 6.0, 8.0])
def test_every_session_fits_today_and_with_each_option(
    posts: float, interval: float, tmp_path: Path
) -> None:
    for scenario in written(tmp_path, Answers(practitioners=posts, interval=interval)).values():
        assert sessions_fit(scenario, "programme"), scenario.name


def test_needs_of_men_stand_as_said_or_as_guesses(tmp_path: Path) -> None:
    written(tmp_path, Answers(needs={"substance": 0.9, "housing": 0.85}))
    text = (tmp_path / "today.toml").read_text(encoding="utf-8")
    assert "\nsubstance_prevalence = 0.9 # men" in text
    assert "\nhoused_at_release = 0.15 # men" in text
    assert "\nwork_prevalence = 0.75 # a guess: men" in text


def test_the_usual_hours_of_contact_are_the_presets() -> None:
    assert Answers().contact_hours == preset_levers(GUESSES)["client_engagement"]["contact_hours"]
