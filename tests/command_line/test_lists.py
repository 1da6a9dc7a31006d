"""``engager-sim parameters`` and ``engager-sim week``: lists that come from the declarations."""

import csv
import io
import json

import pytest

from engager_sim.theory import parameters
from engager_sim.theory.declaration import Role
from engager_sim.week.engine import engine_source
from engager_sim.week.order import WEEK
from tests.command_line.command import engager_sim, one_message

PATHS = [parameter.path for parameter in parameters()]
ALL_THEMES = {parameter.theme for parameter in parameters()}


def test_parameters_as_json_and_csv_are_all_of_them() -> None:
    as_json = json.loads(engager_sim("parameters", "--format", "json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(engager_sim("parameters", "--format", "csv").stdout)))
    assert [row["path"] for row in as_json] == PATHS
    assert [row["path"] for row in as_csv] == PATHS


def test_parameters_print_a_screen_that_names_every_lever_and_says_how_to_see_more() -> None:
    result = engager_sim("parameters")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) <= 40
    for parameter in parameters():
        assert parameter.role is not Role.LEVER or parameter.name in result.stdout
    assert "--theme" in result.stdout


def test_parameters_of_the_themes_name_every_parameter() -> None:
    shown = {theme: engager_sim("parameters", "--theme", theme).stdout for theme in ALL_THEMES}
    for parameter in parameters():
        assert parameter.name in shown[parameter.theme]


def test_parameters_of_one_theme_are_only_its_own() -> None:
    rows = json.loads(engager_sim("parameters", "--theme", "peers", "--format", "json").stdout)
    assert [row["path"] for row in rows] == [path for path in PATHS if path.startswith("peers.")]


def test_an_unknown_theme_is_refused_with_the_nearest() -> None:
    message = one_message(engager_sim("parameters", "--theme", "supervison"))
    assert 'did you mean "supervision"' in message


def test_the_week_is_printed_in_the_engines_order() -> None:
    result = engager_sim("week")
    assert result.exit_code == 0
    places = [result.stdout.index(f" {event.name} ") for event in WEEK]
    assert places == sorted(places)


@pytest.mark.parametrize("part", list(dict.fromkeys(event.part for event in WEEK)))
def test_every_part_of_the_week_is_named(part: str) -> None:
    assert part.capitalize() in engager_sim("week").stdout


def test_the_functions_that_the_engine_makes_of_the_week_are_printed() -> None:
    result = engager_sim("week", "--source")
    assert result.exit_code == 0
    assert result.stdout == f"{engine_source()}\n"
