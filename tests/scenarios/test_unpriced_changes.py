"""What an option changes that no price covers is said, and nothing else."""

import dataclasses
from pathlib import Path

import pytest

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.unpriced_changes import PRICED_LEVERS, unpriced
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role
from tests.scenarios.services import SERVICE, write

NOT_PRICED = (
    "and no price covers that: it counts as no extra spend; say under [costs] what it costs"
)


@pytest.fixture
def today(tmp_path: Path) -> Scenario:
    return Scenario.load(write(tmp_path, SERVICE))


def option(today: Scenario, tmp_path: Path, text: str) -> Scenario:
    return Scenario.load(write(tmp_path, f'based_on = "{today.file.name}"\n{text}', "option.toml"))


def test_an_option_that_changes_nothing_leaves_nothing_unpriced(today: Scenario) -> None:
    assert unpriced(today, today) == []


def test_a_lever_without_a_price_is_told_with_both_values(today: Scenario, tmp_path: Path) -> None:
    better = option(today, tmp_path, "[programme.supervision]\nquality = 0.7\n")
    assert unpriced(today, better) == [
        f"option changes programme.supervision.quality from 0.2 to 0.7, {NOT_PRICED}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[team.red]\npractitioners = 4\nsupervisors = 2\npeers = 3\n",
        "[programme.supervision]\ninterval = 1\nsupervisor_hours = 9\nmode = 'reflective'\n",
        "[programme.collaboration]\nshared_record = 0.5\n",
        "[programme.peers]\nhours = 16\n",
        "[theory.supervision]\nskill_gain = 0.03\n",
    ],
)
def test_what_is_priced_and_claims_about_people_are_passed_over(
    today: Scenario, tmp_path: Path, text: str
) -> None:
    assert unpriced(today, option(today, tmp_path, text)) == []


def test_changes_of_the_setting_without_a_price_are_told(today: Scenario, tmp_path: Path) -> None:
    bigger = option(
        today,
        tmp_path,
        '[network]\nlead = "probation"\n[agency."housing north"]\nplaces = 9\n'
        '[[ties]]\nbetween = ["helpers", "probation"]\nstrength = 0.8\nshared_record = true\n'
        '[[ties]]\nbetween = ["helpers", "housing north"]\n',
    )
    said = unpriced(today, bigger)
    for what in (
        "network.lead from helpers to probation",
        "places of housing north from none to 9",
        "strength of helpers - probation from 0.5 to 0.8",
        "ties (helpers - housing north) from none to there",
    ):
        assert f"option changes {what}, {NOT_PRICED}" in said
    assert len(said) == 4


def test_an_option_that_speaks_of_costs_has_priced_its_changes(
    today: Scenario, tmp_path: Path
) -> None:
    text = "[programme.supervision]\nquality = 0.7\n[[costs.items]]\nname = 'x'\nper_year = 9\n"
    assert unpriced(today, option(today, tmp_path, text)) == []


def test_other_days_than_one_under_one_roof_are_told(today: Scenario) -> None:
    near = {"programme.collaboration.colocation": 1.0}
    one_day = near | {"programme.collaboration.days_together": 1.0}
    (said,) = unpriced(today, changed(today, near, "near"))
    assert said.startswith("near: agencies under one roof are priced at one day a week")
    assert "collaboration.days_together is 5" in said
    assert unpriced(today, changed(today, one_day)) == []


def test_men_and_length_of_follow_up_are_not_for_sale(today: Scenario) -> None:
    people = dataclasses.replace(today.setting.population, leavers=30)
    setting = dataclasses.replace(today.setting, population=people, follow_up_weeks=60)
    assert unpriced(today, dataclasses.replace(today, setting=setting)) == []


def test_what_is_priced_is_a_lever_or_a_setting() -> None:
    bought = {p.path for p in parameters() if p.role is not Role.UNCERTAINTY}
    assert bought >= PRICED_LEVERS
