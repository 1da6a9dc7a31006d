"""Targets as data: what ships, and what is refused."""

import re
from pathlib import Path

import numpy as np
import pytest

from engager_sim.errors import ScenarioError
from engager_sim.studies.calibrate.targets import FIT, SHIPPED, read_targets

TEXT = SHIPPED.read_text(encoding="utf-8")
HELD_OUT = {
    "engaged_at_6_weeks",
    "attendance",
    "dropout_after_missed",
    "alliance_and_dropout",
    "alliance_and_outcome",
}


def test_the_targets_that_ship_can_be_read_and_say_where_they_come_from() -> None:
    targets = read_targets()
    assert len([target for target in targets if target.role == FIT]) == 12
    for target in targets:
        assert target.citation
        assert target.error > 0.0
        assert len(target.mapping) > 30


def test_held_out_and_remembered_figures_are_never_fitted() -> None:
    targets = read_targets()
    assert {target.id for target in targets if target.role == "seen_validation"} == HELD_OUT
    assert not [target for target in targets if target.role == "hold_out"]
    assert all(target.role != FIT for target in targets if target.mark == "remembered")


def test_a_figure_of_unknown_sign_carries_both() -> None:
    (both,) = (target for target in read_targets() if len(target.values) > 1)
    assert both.values == [1.1, -1.1]


def test_figures_of_the_trial_share_its_men_and_a_worse_score_is_fewer_life_years() -> None:
    shared = {target.id: target.reversed for target in read_targets() if target.sample}
    assert shared == {
        "any_contact": False, "core_om_difference": True, "substance_service": False,
        "core_om_residual_sd": False, "qaly_difference": False,
    }  # fmt: skip


def test_measures_are_what_they_are_called() -> None:
    by_id = {target.id: target for target in read_targets()}
    half, fifth = np.array([0.5]), np.array([0.2])
    assert by_id["any_contact"].measure([half]) == 0.5
    assert by_id["reoffending_by_housing"].measure([half, fifth]) == pytest.approx(0.3)
    assert by_id["substance_service"].measure([half, fifth]) == pytest.approx(np.log(4.0))
    sure = by_id["substance_service"].measure([np.array([1.0]), np.array([0.0])])
    assert np.isfinite(sure).all()


@pytest.mark.parametrize(
    ("pattern", "instead", "says"),
    [
        (r'source = "Byng 2022"\n', "", "the key source is missing"),
        (r"error = 0.0355\n", "", "the key error is missing"),
        (r"error = 0.0355", "error = 0.0", "error"),
        (r"error = 0.0355", "error = -1", "allowed: a number above 0"),
        (r'source = "Byng 2022"', 'source = "Bing 2022"', 'did you mean "Byng 2022"?'),
        (r"values = \[0.771\]", "values = []", "values"),
        (r"community_contact_programme", "community_contacts", "no such outcome"),
        (r'mark = "seen"\nrole = "fit"', 'mark = "remembered"\nrole = "fit"', "never fitted"),
        (r'id = "core_om_difference"', 'id = "any_contact"', "two targets have this name"),
        (r'kind = "mean"', 'kind = "median"', "kind"),
        (r'role = "fit"', 'role = "fitted"', "role"),
        (r'label = "Any', 'lable = "Any', "not known"),
    ],
)
def test_a_target_that_cannot_be_used_is_refused_by_name(
    tmp_path: Path, pattern: str, instead: str, says: str
) -> None:
    file = tmp_path / "targets.toml"
    file.write_text(re.sub(pattern, instead, TEXT, count=1), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"targets\.toml: targets") as refused:
        read_targets(file)
    assert says in str(refused.value)


def test_two_figures_that_contradict_each_other_are_not_both_fitted(tmp_path: Path) -> None:
    block = TEXT.split("[[targets]]")[1]
    other = block.replace('"any_contact"', '"other"').replace("[0.771]", "[0.3]")
    file = tmp_path / "targets.toml"
    file.write_text(f"{TEXT}\n[[targets]]{other}", encoding="utf-8")
    with pytest.raises(ScenarioError, match="this contradicts any_contact"):
        read_targets(file)
    file.write_text(
        f"{TEXT}\n[[targets]]{other.replace('role = "fit"', 'role = "hold_out"')}", encoding="utf-8"
    )
    assert len(read_targets(file)) == len(read_targets()) + 1


def test_a_file_without_targets_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "targets.toml"
    file.write_text("targets = []\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="there are no targets"):
        read_targets(file)
