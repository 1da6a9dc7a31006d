"""A sensitivity study of the model: its tables, and what it leaves out."""

from pathlib import Path

import pytest

from engager_sim.errors import UsageError
from engager_sim.studies.sensitivity.study import sensitivity
from tests.designs.study_files import SENSITIVITY, write_study


def test_a_study_has_every_table_and_repeats(tmp_path: Path) -> None:
    file = write_study(tmp_path, SENSITIVITY)
    one, two = sensitivity(file, parameters="defaults"), sensitivity(file, parameters="defaults")
    assert one.done == one.asked == 16 * 6 * 2
    assert len(one.points) == 16 * 6
    for name in ("points", "indices", "second_order", "convergence", "groups", "chance"):
        assert getattr(one, name).equals(getattr(two, name))
        assert len(getattr(one, name)) > 0


def test_seed_zero_is_a_seed_like_any_other(tmp_path: Path) -> None:
    zero = write_study(tmp_path, SENSITIVITY.replace("seed = 5", "seed = 0"))
    first, again = (
        sensitivity(zero, parameters="defaults"),
        sensitivity(zero, parameters="defaults"),
    )
    assert first.points.equals(again.points)
    assert first.indices.equals(again.indices)


def test_factors_can_be_taken_together_by_theme(tmp_path: Path) -> None:
    text = SENSITIVITY.replace('name = "sobol"', 'name = "sobol"\ngroups = "theme"')
    result = sensitivity(write_study(tmp_path, text), parameters="defaults")
    assert set(result.indices["factor"]) == {"collaboration", "supervision"}
    assert len(result.points) == 16 * 6


def test_an_outcome_can_be_a_difference_between_two_scenarios(tmp_path: Path) -> None:
    text = SENSITIVITY.replace(
        'scenario = "service.toml"', 'scenario = "service.toml"\ncompared_with = "service.toml"'
    )
    result = sensitivity(write_study(tmp_path, text), parameters="defaults")
    assert result.asked == 2 * 16 * 6 * 2
    assert (result.points["trust_12w_programme"] == 0.0).all()
    assert list(result.remarks["outcome"]) == ["trust_12w_programme"]
    assert result.remarks["remark"][0].startswith("not analysed: it is the same at every point")
    assert result.tables()["indices"].empty


def test_where_no_run_has_a_value_the_error_says_how_many_and_why(tmp_path: Path) -> None:
    text = SENSITIVITY.replace("trust_12w_programme", "alliance_dropout_or_programme")
    reason = r"of 192 runs 192 have no value \(fewer than 10 men who drop out or who stay\)"
    with pytest.raises(UsageError, match=reason) as caught:
        sensitivity(write_study(tmp_path, text), parameters="defaults")
    assert str(caught.value).count("fewer than 10 men") == 1


def test_an_outcome_that_cannot_be_analysed_leaves_the_others_to_be(tmp_path: Path) -> None:
    text = SENSITIVITY.replace(
        '["trust_12w_programme"]', '["alliance_dropout_or_programme", "trust_12w_programme"]'
    )
    result = sensitivity(write_study(tmp_path, text), parameters="defaults")
    assert list(result.remarks["outcome"]) == ["alliance_dropout_or_programme"]
    assert "fewer than 10 men" not in result.remarks["remark"][0]  # the table of missing runs says
    assert set(result.indices["outcome"]) == {"trust_12w_programme"}
    assert [column.name for column in result.columns] == ["trust_12w_programme"]


def test_first_order_shares_add_up_by_theme_and_role(tmp_path: Path) -> None:
    result = sensitivity(write_study(tmp_path, SENSITIVITY), parameters="defaults")
    first = result.indices[result.indices["index"] == "S1"]
    by_role = result.groups[result.groups["by"] == "role"]
    assert by_role["value"].sum() == pytest.approx(first["value"].sum())
