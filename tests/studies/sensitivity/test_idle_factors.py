"""Pictures of a sensitivity study in which some factors change nothing: they are in none."""

import dataclasses
from pathlib import Path

import pytest

from engager_sim.figures.picture import Picture
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.figures import pictures
from engager_sim.studies.sensitivity.figures.convergence import FAINT_LINE
from engager_sim.studies.sensitivity.study import sensitivity
from tests.designs.study_files import SENSITIVITY, write_study
from tests.figures.layout import text_around

TIE = "programme.collaboration.initial_tie"
STUDY = SENSITIVITY.replace("samples = 16", "samples = 32")  # enough to see indices settle
BY_THEME = STUDY.replace('name = "sobol"', 'name = "sobol"\ngroups = "theme"')


def drawn_without(study: Path, idle: str) -> dict[str, Picture]:
    """Draw a study, by name, as if a factor or group of factors changed nothing."""
    result = sensitivity(study, parameters="defaults")
    note = result.indices["note"].mask(result.indices["factor"] == idle, NO_EFFECT)
    indices = result.indices.assign(note=note)
    drawn = pictures(dataclasses.replace(result, indices=indices))
    return {picture.name.removesuffix("_trust_12w_programme"): picture for picture in drawn}


@pytest.mark.parametrize(("study", "idle"), [(STUDY, TIE), (BY_THEME, "collaboration")])
def test_one_factor_that_acts_has_pictures_of_its_own_and_none_of_pairs(
    study: str, idle: str, tmp_path: Path
) -> None:
    drawn = drawn_without(write_study(tmp_path, study), idle)
    assert {"indices", "tornado", "conditional_means", "convergence"} <= drawn.keys()
    assert "second_order" not in drawn
    means = drawn["conditional_means"].figure
    assert ["interval" in axes.get_xlabel() for axes in means.axes] == [True]
    assert "largest of" not in text_around(means)
    lines = drawn["convergence"].figure.axes[0].get_lines()
    assert FAINT_LINE not in [line.get_color() for line in lines]
    assert "faint" not in text_around(drawn["convergence"].figure)
