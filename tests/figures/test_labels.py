"""Factors, outcomes and questions as figures write them."""

from pathlib import Path

import pytest

from engager_sim.designs.factor_tables import declared_factor
from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.figures.factor_labels import (
    BOTH_ARMS,
    axis_name,
    factor_labels,
    is_descending,
    level_names,
    name_with_unit,
    text_with_unit,
    usual_arm,
)
from engager_sim.figures.line_breaks import unbroken, wrapped
from engager_sim.figures.outcome_labels import label_outcome, question_of
from engager_sim.studies.sensitivity.settings import read_sensitivity
from tests.designs.study_files import SENSITIVITY, write_study
from tests.scenarios.services import SERVICE, write

INTERVAL = "supervision.interval"


def factors(*paths: str) -> list[Factor]:
    return [declared_factor(path) for path in paths]


def test_a_factor_stands_at_an_axis_with_its_theme_its_unit_and_the_arm_if_it_is_of_one() -> None:
    both, one, choice, setting = factors(
        INTERVAL, f"programme.{INTERVAL}", "usual_care.supervision.mode", "population.leavers"
    )
    assert axis_name(both) == "Supervision: interval (weeks)"
    assert axis_name(one) == "Supervision: interval (weeks), programme arm"
    assert axis_name(choice) == "Supervision: mode, usual care arm"
    assert axis_name(setting) == "Population: leavers (men)"


def test_a_choice_has_no_unit() -> None:
    mode, interval = factors("supervision.mode", INTERVAL)
    assert name_with_unit(mode) == "mode"
    assert text_with_unit(mode, "managerial") == "managerial"
    assert text_with_unit(interval, "2 to 4") == "2 to 4 weeks"


@pytest.mark.parametrize(
    ("levels", "descends"), [((8.0, 1.0), True), ((1.0, 8.0), False), ((1.0,), False)]
)
def test_levels_are_written_in_the_studys_order(levels: tuple[float, ...], descends: bool) -> None:
    factor = Factor("a.b", "real", 1.0, 8.0, (), levels, "", "weeks", "a", "lever")
    assert level_names(factor) == [f"{level:g}" for level in levels]
    assert is_descending(factor) is descends


def test_a_label_names_theme_and_arm_only_where_the_name_does_not_say_enough() -> None:
    labels = factor_labels(
        factors(
            f"programme.{INTERVAL}",
            "programme.supervision.quality",
            "programme.peers.on",
            "relationship.trust_growth",
            "population.leavers",
        )
    )
    assert labels[f"programme.{INTERVAL}"] == "interval (supervision)"
    assert labels["programme.peers.on"] == "peers (on or off)"
    assert labels["relationship.trust_growth"] == "trust growth (both arms)"
    assert labels["population.leavers"] == "leavers (population)"
    assert labels["supervision"] == "supervision"
    assert labels["lever"] == "levers"
    assert labels["uncertainty"] == "uncertainties"


def test_one_name_in_two_themes_is_told_apart() -> None:
    paths = ("collaboration.a_name", "peers.a_name")
    twins = [
        Factor(path, "real", 0.0, 1.0, (), (), "", "", path.split(".")[0], "lever")
        for path in paths
    ]
    labels = factor_labels(twins)
    assert [labels[path] for path in paths] == ["a name (collaboration)", "a name (peers)"]


def test_the_usual_arm_is_that_of_most_factors_and_settings_have_none() -> None:
    assert (
        usual_arm(factors(INTERVAL, f"programme.{INTERVAL}", "programme.peers.on")) == "programme"
    )
    assert usual_arm(factors("population.leavers")) == BOTH_ARMS


def test_an_outcome_is_a_difference_between_arms_or_between_scenarios(tmp_path: Path) -> None:
    of_two = SENSITIVITY.replace(
        'scenario = "service.toml"', 'scenario = "service.toml"\ncompared_with = "service.toml"'
    )
    one = read_sensitivity(write_study(tmp_path, SENSITIVITY)).study
    two = read_sensitivity(write_study(tmp_path, of_two)).study
    share, difference = find_columns(["engaged_12w_programme", "engaged_12w_difference"])
    assert label_outcome(share, one).unit == "%"
    assert label_outcome(share, one).label == share.label
    assert label_outcome(difference, one).unit == "percentage points"
    assert label_outcome(share, two).unit == "percentage points"
    assert label_outcome(share, two).label == f"{share.label}, service less service again"
    assert label_outcome(share, two).with_unit.endswith("(percentage\N{NO-BREAK SPACE}points)")
    assert question_of(one) == {"service": "Which lever matters?"}


def test_scenarios_that_are_shown_alike_are_told_apart(tmp_path: Path) -> None:
    for name in ("a_b.toml", "a b.toml"):
        write(tmp_path, SERVICE, name)
    text = SENSITIVITY.replace('"service.toml"', '"a_b.toml"\ncompared_with = "a b.toml"')
    study = read_sensitivity(write_study(tmp_path, text)).study
    (share,) = find_columns(["engaged_12w_programme"])
    assert label_outcome(share, study).label == f"{share.label}, a b less a b again"


def test_a_label_is_broken_over_lines_of_about_one_length() -> None:
    assert unbroken("0 to 1") == "0\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}1"
    assert wrapped("short", 2.0) == "short"
    text = "one two three four five six seven eight nine ten eleven twelve"
    lines = wrapped(text, 2.2).split("\n")
    assert " ".join(lines) == text
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 8
