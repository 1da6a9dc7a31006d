"""The pictures of a validation, from small tables made by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.validate.figures import pictures
from engager_sim.studies.validate.study import Validation
from tests.studies.validate.made_up import FIGURES, PARTS, PATTERNS


@pytest.fixture
def validation(posterior: FittedParameters) -> Validation:
    return Validation(
        fitted=posterior,
        replicates=80,
        seed=3,
        parts=PARTS,
        patterns=PATTERNS,
        figures=FIGURES,
        missing=pd.DataFrame(),
        asked=240,
        done=240,
    )


def test_pictures_say_in_words_what_they_show(validation: Validation) -> None:
    patterns, figures = pictures(validation)
    assert patterns.title == "Of 3 parts of patterns 1 met, 1 near and 1 missed"
    assert figures.title.startswith("Of ")
    assert "figures that it was never fitted to" in figures.title
    assert patterns.description == (
        "Met: 2 (QALY difference); Near: 1 (CORE-OM difference, lower end); "
        "Missed: 3 (gate keeps, upper end). "
        "80 replicates of every variant, two under each draw of the posterior; seed 3."
    )
    assert "Appointments (hold out): published 0.81, predicted 0.34 (0.15 to 0.73), near" in (
        figures.description
    )


def test_a_part_stands_as_many_margins_inside_as_it_is_from_the_nearer_bound(
    validation: Validation,
) -> None:
    axes = pictures(validation)[0].figure.axes[0]
    dots = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    # 0.1 outside with a margin of 0.5; 0.3 inside with 0.1; far outside: cut at the end.
    assert dots == pytest.approx([-0.2, 3.0, -4.0])


def test_without_published_figures_there_is_one_picture(validation: Validation) -> None:
    alone = replace(validation, figures=FIGURES[:0])
    assert [picture.name for picture in pictures(alone)] == ["patterns_met"]


def test_a_published_figure_is_drawn_in_its_standard_errors(validation: Validation) -> None:
    axes = pictures(validation)[1].figure.axes[0]
    dots = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"]
    errors = (FIGURES["middle"] - FIGURES["value"]) / FIGURES["error"]
    assert dots == pytest.approx(np.clip(errors, -12.0, 12.0).tolist())
