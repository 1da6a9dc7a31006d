"""What a scenario may say under [costs], what files add to each other, what is refused."""

import re
from pathlib import Path

import pytest

from engager_sim.costs.price_list import OwnItem, PriceList
from engager_sim.costs.prices import HEALTH, LOCAL, Quantiles
from engager_sim.designs.matched_populations import refuse_other_men
from engager_sim.scenarios.posterior_basis import text_of
from engager_sim.scenarios.scenario import Scenario
from tests.scenarios.services import SERVICE, refusal, write

DOCUMENT = Path(__file__).parents[2] / "docs" / "costs.md"
COSTS = """
[costs]
practitioner_post = 52000
supervisor_hour = [60, 75, 100]

[[costs.items]]
name = "room hire"
per_year = 3000
start_up = 500

[[costs.items]]
name = "interpreters"
per_year = -40.5
perspective = "NHS and social care"
"""
READ = PriceList(
    {
        "practitioner_post": Quantiles(52_000, 52_000, 52_000),
        "supervisor_hour": Quantiles(60, 75, 100),
    },
    (OwnItem("room hire", 3_000.0, 500.0, LOCAL), OwnItem("interpreters", -40.5, 0.0, HEALTH)),
)


def test_a_number_is_certain_and_three_are_the_quantiles(tmp_path: Path) -> None:
    assert Scenario.load(write(tmp_path, SERVICE + COSTS)).costs == READ


def test_the_documents_example_can_be_used(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    costs = Scenario.load(write(tmp_path, SERVICE + example)).costs
    assert costs.own_prices["practitioner_post"].median == 48_000
    assert [item.name for item in costs.items] == ["room hire"]


def test_a_scenario_that_says_nothing_of_costs_has_none_anywhere(tmp_path: Path) -> None:
    scenario = Scenario.load(write(tmp_path, SERVICE))
    assert scenario.costs == PriceList()
    assert "costs" not in scenario.resolved()
    assert "[costs" not in scenario.to_toml()


def test_costs_written_out_load_to_the_same(tmp_path: Path) -> None:
    scenario = Scenario.load(write(tmp_path, SERVICE + COSTS))
    again = Scenario.load(write(tmp_path, scenario.to_toml(), "again.toml"))
    assert again.costs == scenario.costs
    assert again.theories().tobytes() == scenario.theories().tobytes()


def test_an_option_adds_to_the_costs_that_it_builds_on(tmp_path: Path) -> None:
    write(tmp_path, SERVICE + COSTS)
    option = Scenario.load(
        write(
            tmp_path,
            'based_on = "service.toml"\n[costs]\npeer_hour = 15\nsupervisor_hour = 80\n'
            '[[costs.items]]\nname = "car"\nper_year = 10\n'
            '[[costs.items]]\nname = "room hire"\nper_year = 0\n',
            "option.toml",
        )
    ).costs
    assert option.own_prices == {
        "practitioner_post": Quantiles(52_000, 52_000, 52_000),
        "supervisor_hour": Quantiles(80, 80, 80),
        "peer_hour": Quantiles(15, 15, 15),
    }
    assert [(item.name, item.per_year) for item in option.items] == [
        ("room hire", 0.0),
        ("interpreters", -40.5),
        ("car", 10.0),
    ]


def test_costs_are_told_among_differences_and_pair_the_same_men(tmp_path: Path) -> None:
    without = Scenario.load(write(tmp_path, SERVICE))
    costly = Scenario.load(write(tmp_path, SERVICE + COSTS, "costly.toml"))
    told = {key: (here, there) for key, here, there in without.difference(costly)}
    assert told["costs.practitioner_post"] == (None, 52_000)
    assert told["costs.supervisor_hour"] == (None, [60, 75, 100])
    assert told["costs.items.room hire.per_year"] == (None, 3_000.0)
    assert all(key.startswith("costs.") for key in told)
    refuse_other_men(without, costly, fix="")
    assert costly != without


def test_no_posterior_rests_on_costs(tmp_path: Path) -> None:
    without = Scenario.load(write(tmp_path, SERVICE))
    costly = Scenario.load(write(tmp_path, SERVICE + COSTS, "costly.toml"))
    assert text_of(costly) == text_of(without)
    priced = Scenario.load(write(tmp_path, f'based_on = "usual_care"\n{COSTS}', "usual_care.toml"))
    assert "[costs" not in text_of(priced)


BAD = {
    "an unknown price": (
        "[costs]\npractitoner_post = 1",
        "costs.practitoner_post",
        ("this key is not known", 'did you mean "practitioner_post"'),
    ),
    "a price of hours used": (
        "[costs]\npractitioner_hour = 40",
        "costs.practitioner_hour",
        ("practitioner_hour belongs in [theory.costs]",),
    ),
    "a price outside its table": (
        "practitioner_post = 1",
        "practitioner_post",
        ("practitioner_post belongs in the table [costs]",),
    ),
    "a price below nothing": (
        "[costs]\npeer_hour = -1",
        "costs.peer_hour",
        ("found -1", "a number from 0 to 100000000 (GBP per hour)", "the nearest allowed value"),
    ),
    "a price in words": ('[costs]\npeer_hour = "dear"', "costs.peer_hour", ("a number",)),
    "a price that is no number": ("[costs]\npeer_hour = nan", "costs.peer_hour", ("finite",)),
    "a price that is true": ("[costs]\npeer_hour = true", "costs.peer_hour", ("a number",)),
    "two numbers": ("[costs]\npeer_hour = [1, 2]", "costs.peer_hour", ("a list of 3",)),
    "a 5% of nothing": ("[costs]\npeer_hour = [0, 2, 3]", "costs.peer_hour[1]", ("above 0",)),
    "quantiles out of order": (
        "[costs]\npeer_hour = [3, 2, 5]",
        "costs.peer_hour",
        ("found '3, 2, 5'", "none below the one before", "write [2, 3, 5]"),
    ),
    "costs that are no table": ("costs = 3", "costs", ("this should be a table", "[costs]")),
    "items that are no list": (
        "[costs.items]\nname = 'x'",
        "costs.items",
        ("this should be a list of tables", "[[costs.items]]"),
    ),
    "an item that is no table": (
        "[costs]\nitems = [3]",
        "costs.items[1]",
        ("this should be a table", "[[costs.items]]"),
    ),
    "an item without a name": (
        "[[costs.items]]\nper_year = 3",
        "costs.items[1].name",
        ("the key name is missing",),
    ),
    "an item that costs nothing": (
        "[[costs.items]]\nname = 'x'",
        "costs.items[1]",
        ("this item costs nothing", "per_year"),
    ),
    "an item begun for less than nothing": (
        "[[costs.items]]\nname = 'x'\nstart_up = -3",
        "costs.items[1].start_up",
        ("from 0",),
    ),
    "an item that nobody pays": (
        "[[costs.items]]\nname = 'x'\nper_year = 3\nperspective = 'justise'",
        "costs.items[1].perspective",
        ("one of local budget, NHS and social care, justice", 'did you mean "justice"'),
    ),
    "an item of an unknown key": (
        "[[costs.items]]\nname = 'x'\nper_yaer = 3",
        "costs.items[1].per_yaer",
        ('did you mean "per_year"',),
    ),
    "two items of one name": (
        "[[costs.items]]\nname = 'x'\nper_year = 3\n[[costs.items]]\nname = 'x'\nper_year = 4",
        "costs.items[2].name",
        ("two items have the same name", "rename one of them"),
    ),
}


@pytest.mark.parametrize(("text", "key", "parts"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_a_cost_is_refused(
    tmp_path: Path, text: str, key: str, parts: tuple[str, ...]
) -> None:
    file = write(
        tmp_path, f"{text}\n{SERVICE}" if "[" not in text.split("\n")[0] else SERVICE + text
    )
    error = refusal(file)
    assert error.key == key
    for part in parts:
        assert part in str(error)


def test_a_refusal_names_the_file_that_said_it(tmp_path: Path) -> None:
    below = write(tmp_path, SERVICE + "\n[[costs.items]]\nname = 'x'\nper_year = 'much'\n")
    option = write(
        tmp_path,
        'based_on = "service.toml"\n[[costs.items]]\nname = "y"\nper_year = 1\n',
        "option.toml",
    )
    assert refusal(option).file == str(below)
