"""A sensitivity study of the model: its tables, its ties and what it explains."""

from pathlib import Path

import numpy as np
import pytest

from engager_sim.studies.sensitivity.estimates import Estimates, Response
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.study import sensitivity
from engager_sim.studies.sensitivity.tables import groups_table, indices_table
from tests.designs.study_files import SENSITIVITY, write_study


def test_a_study_has_every_table_and_repeats(tmp_path: Path) -> None:
    file = write_study(tmp_path, SENSITIVITY)
    one, two = sensitivity(file), sensitivity(file)
    assert one.done == one.asked == 16 * 6 * 2
    assert len(one.points) == 16 * 6
    for name in ("points", "indices", "second_order", "convergence", "groups", "chance"):
        assert getattr(one, name).equals(getattr(two, name))
        assert len(getattr(one, name)) > 0


def test_seed_zero_is_a_seed_like_any_other(tmp_path: Path) -> None:
    zero = write_study(tmp_path, SENSITIVITY.replace("seed = 5", "seed = 0"))
    first, again = sensitivity(zero), sensitivity(zero)
    assert first.points.equals(again.points)
    assert first.indices.equals(again.indices)


def test_factors_can_be_taken_together_by_theme(tmp_path: Path) -> None:
    text = SENSITIVITY.replace('name = "sobol"', 'name = "sobol"\ngroups = "theme"')
    found = sensitivity(write_study(tmp_path, text))
    assert set(found.indices["factor"]) == {"collaboration", "supervision"}
    assert len(found.points) == 16 * 6


def test_an_outcome_can_be_a_difference_between_two_scenarios(tmp_path: Path) -> None:
    text = SENSITIVITY.replace(
        'scenario = "service.toml"', 'scenario = "service.toml"\ncompared_with = "service.toml"'
    )
    found = sensitivity(write_study(tmp_path, text))
    assert found.asked == 2 * 16 * 6 * 2
    assert (found.points["trust_12w_programme"] == 0.0).all()
    assert (found.indices["value"] == 0.0).all()


def test_an_outcome_that_cannot_be_analysed_leaves_the_others_to_be(tmp_path: Path) -> None:
    text = SENSITIVITY.replace(
        '["trust_12w_programme"]', '["alliance_dropout_or_programme", "trust_12w_programme"]'
    )
    found = sensitivity(write_study(tmp_path, text))
    assert list(found.left_out) == ["alliance_dropout_or_programme"]
    assert set(found.indices["outcome"]) == {"trust_12w_programme"}
    assert [column.name for column in found.columns] == ["trust_12w_programme"]


@pytest.fixture
def made_up() -> tuple[Response, Estimates]:
    """Estimates of four factors: one clear, two tied, one below 0."""
    values = np.array([0.7, 0.2, 0.21, -0.02])
    spread = np.linspace(-0.05, 0.05, 101)[:, None]
    resampled = dict.fromkeys(("ST", "S1"), values + spread)
    square = np.zeros((4, 4))
    estimates = Estimates(
        {"ST": values, "S1": values, "S2": square}, resampled | {"S2": square[None]}, 8, 8
    )
    return Response(list("abcd"), {}, np.zeros((8, 4)), np.zeros((8, 1))), estimates


def test_factors_whose_intervals_overlap_are_tied(
    made_up: tuple[Response, Estimates],
) -> None:
    table = indices_table("y", METHODS["sobol"], *made_up)
    main = table[table["index"] == "ST"].set_index("factor")
    assert main["rank"].to_dict() == {"a": 1, "c": 2, "b": 3, "d": 4}
    assert main["tied_with"].to_dict() == {"a": "", "b": "c", "c": "b", "d": ""}


def test_impossible_values_are_shown_and_explained(made_up: tuple[Response, Estimates]) -> None:
    table = indices_table("y", METHODS["sobol"], *made_up)
    row = table[(table["index"] == "ST") & (table["factor"] == "d")].iloc[0]
    assert row["value"] == -0.02
    assert "below 0" in row["note"]


def test_first_order_shares_add_up_by_theme_and_role(tmp_path: Path) -> None:
    found = sensitivity(write_study(tmp_path, SENSITIVITY))
    first = found.indices[found.indices["index"] == "S1"]
    by_role = found.groups[found.groups["by"] == "role"]
    assert by_role["value"].sum() == pytest.approx(first["value"].sum())
    assert groups_table("y", METHODS["morris"], (), Estimates({}, {}, 0, 0)).empty
