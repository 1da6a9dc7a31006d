"""Figures of a sweep: what they say, and that equal sweeps look alike."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.contour import QuadContourSet

from engager_sim.designs.missing_values import MISSING
from engager_sim.figures.scales import scale_of
from engager_sim.studies.sweep.figures import pictures as pictures_of
from engager_sim.studies.sweep.figures.today import today_by_panel
from engager_sim.studies.sweep.study import Sweep, sweep
from tests.designs.study_files import sampled
from tests.figures.layout import (
    assert_equal_files,
    assert_nothing_overlaps,
    assert_well_named,
    text_on,
)
from tests.scenarios.services import SERVICE, write

FACTORS = {
    "tie": '[[factors]]\nparameter = "programme.collaboration.initial_tie"\nlevels = [0.1, 0.7]\n',
    "interval": '[[factors]]\nparameter = "programme.supervision.interval"\nlevels = [6, 2, 1]\n',
    "quality": '[[factors]]\nparameter = "supervision.quality"\nlevels = [0.2, 0.8]\n',
    "mode": '[[factors]]\nparameter = "supervision.mode"\n',
    "caseload": '[[factors]]\nparameter = "client_engagement.caseload"\nlevels = [24, 12, 6, 4]\n',
}
STUDY = """\
question = "Do shared practice and supervision do more together?"
scenario = "service.toml"
replicates = 3
outcomes = ["trust_12w_programme"]

[design]
kind = "factorial"

[figures]
{figures}
"""


def swept(folder: Path, *factors: str, design: str = "factorial", figures: str = "") -> Sweep:
    """Carry out a small sweep."""
    write(folder, SERVICE)
    text = STUDY.format(figures=figures) + "".join(FACTORS[name] for name in factors)
    study = text if design == "factorial" else sampled(text, design)
    return sweep(write(folder, study, "study.toml"), parameters="defaults")


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sweep]:
    """Sweeps of every kind of axes."""
    folder = tmp_path_factory.mktemp("sweeps")
    panels = 'panels = "client_engagement.caseload"'
    return {
        "panels": swept(folder, "tie", "interval", "caseload", figures=panels),
        "choices": swept(folder, "mode", "interval"),
        "sampled": swept(folder, "tie", "quality", "mode", design="latin_hypercube"),
    }


every_sweep = pytest.mark.parametrize("kind", ["panels", "choices", "sampled"])


@every_sweep
def test_pictures_of_a_sweep_say_numbers_and_look_alike_each_time(
    sweeps: dict[str, Sweep], kind: str, tmp_path: Path
) -> None:
    pictures = pictures_of(sweeps[kind])
    assert_well_named(pictures)
    assert_equal_files(pictures, pictures_of(sweeps[kind]), tmp_path)
    for picture in pictures:
        assert "Simulated." in text_on(picture.figure)
        assert_nothing_overlaps(picture.figure)


def test_a_factorial_sweep_shows_surface_pairs_and_levels(sweeps: dict[str, Sweep]) -> None:
    swept = sweeps["panels"]
    pictures = pictures_of(swept)
    kinds = [picture.name.removesuffix("_trust_12w_programme") for picture in pictures]
    assert kinds == ["response_surface", "interactions", "levels"]
    assert f"{swept.surface['value'].min():.3f}" in pictures[0].description
    for mean, low, high in swept.interactions[["whole_less_sum", "low", "high"]].to_numpy():
        said = scale_of("0-1").with_interval(mean, low, high)
        assert said in pictures[1].description
        assert said in text_on(pictures[1].figure)
    for level in ("24", "12", "6", "4"):
        assert f"Caseload (men): {level}" in text_on(pictures[2].figure)


def test_lines_set_apart_stay_on_the_axes(tmp_path: Path) -> None:
    (axes,) = pictures_of(swept(tmp_path, "tie", "caseload"))[-1].figure.axes
    low, high = axes.get_xlim()
    lines = [line for line in axes.get_lines() if line.get_marker() != "None"]
    assert len(lines) == 4
    for line in lines:
        x = np.asarray(line.get_xdata(), np.float64)
        assert low < x.min() < x.max() < high
        assert abs(x - [0.1, 0.7]).max() < 0.15  # no line is half way to the next level


def test_todays_service_is_marked_where_it_stands(sweeps: dict[str, Sweep]) -> None:
    figure = pictures_of(sweeps["choices"])[0].figure
    (named,) = [text.get_text() for text in figure.legends[0].get_texts()]
    assert named == "your service today: service"
    (star,) = [line for line in figure.axes[0].get_lines() if line.get_marker() == "*"]
    assert star.get_xydata().tolist() == [[0.5, 1.16]]  # managerial, every 2 weeks


def test_a_panel_at_another_level_than_todays_has_no_star(sweeps: dict[str, Sweep]) -> None:
    figure = pictures_of(sweeps["panels"])[0].figure
    stars = [line.get_marker() for axes in figure.axes for line in axes.get_lines()].count("*")
    assert stars == len(today_by_panel(sweeps["panels"])) <= 1


def test_a_small_difference_does_not_look_large(sweeps: dict[str, Sweep]) -> None:
    swept = sweeps["panels"]
    surface = swept.surface.assign(value=0.4 + 0.001 * np.arange(len(swept.surface)))
    figure = pictures_of(dataclasses.replace(swept, surface=surface))[0].figure
    low, high = figure.axes[-1].get_ylim()
    assert high - low == pytest.approx(scale_of("0-1").least_range)
    assert "0.4000 to 0.4230 in this picture" in text_on(figure)


def test_a_number_at_the_colour_bar_stands_where_it_says(sweeps: dict[str, Sweep]) -> None:
    swept = sweeps["panels"]
    surface = swept.surface.assign(value=np.linspace(0.353, 0.501, len(swept.surface)))
    bar = pictures_of(dataclasses.replace(swept, surface=surface))[0].figure.axes[-1]
    written = [float(label.get_text()) for label in bar.get_yticklabels()]
    assert written == pytest.approx(list(bar.get_yticks()))


def test_ends_of_lines_are_named_by_their_levels(sweeps: dict[str, Sweep]) -> None:
    written = text_on(pictures_of(sweeps["panels"])[1].figure)
    assert "supervision: interval (weeks) 6" in written
    assert "collaboration: initial tie (share) 0.7" in written
    assert "without" not in written


def test_a_sampled_sweep_shows_a_fitted_surface_alone(sweeps: dict[str, Sweep]) -> None:
    swept = sweeps["sampled"]
    pictures = pictures_of(swept)
    assert [picture.name for picture in pictures] == ["response_surface_trust_12w_programme"]
    explained = f"{swept.surface['explained'].iloc[0]:.2f}"
    assert f"R squared = {explained}" in text_on(pictures[0].figure)
    assert f"R squared {explained}" in pictures[0].description


def test_choices_are_named_at_their_axis_and_drawn_as_cells(sweeps: dict[str, Sweep]) -> None:
    figure = pictures_of(sweeps["choices"])[0].figure
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "managerial", "reflective", "shared",
    ]  # fmt: skip
    assert len([text for text in axes.texts if text.get_text()]) == 9


def test_lines_are_drawn_between_three_levels_or_more(tmp_path: Path) -> None:
    for factors, drawn in (
        (("tie", "interval"), QuadMesh),
        (("interval", "tie"), QuadMesh),
        (("interval", "caseload"), QuadContourSet),
    ):
        axes = pictures_of(swept(tmp_path, *factors))[0].figure.axes[0]
        assert {type(part) for part in axes.collections} == {drawn}


def test_an_outcome_without_values_has_no_pictures(sweeps: dict[str, Sweep]) -> None:
    surface = sweeps["panels"].surface.assign(value=np.nan)
    assert pictures_of(dataclasses.replace(sweeps["panels"], surface=surface)) == []


def test_a_colour_bar_is_marked_with_the_values_at_which_its_marks_stand(
    sweeps: dict[str, Sweep],
) -> None:
    swept = sweeps["sampled"]
    surface = swept.surface.assign(value=np.linspace(0.300, 0.375, len(swept.surface)))
    picture = pictures_of(dataclasses.replace(swept, surface=surface))[0]
    axes = picture.figure.axes[-1]
    written = [float(label.get_text()) for label in axes.get_yticklabels()]
    assert written == pytest.approx(list(axes.get_yticks()))


@pytest.mark.parametrize("factors", [("tie", "interval"), ("interval",)])
def test_a_picture_says_which_runs_have_no_value(tmp_path: Path, factors: tuple[str, ...]) -> None:
    result = swept(tmp_path, *factors)
    missing = pd.DataFrame(
        [("trust_12w_programme", 18, 0, 5, "no man in the denominator", 6, 3, 0, 3, False)],
        columns=[column.name for column in MISSING],
    )
    for picture in pictures_of(dataclasses.replace(result, missing=missing)):
        text = " ".join(text_on(picture.figure).split())
        assert "of 18 runs 5 have no value (no man in the denominator)" in text
