"""Figures of comparisons and sweeps: what they say, and that equal studies look alike."""

import dataclasses
import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from engager_sim.studies.compare.figures.pictures import pictures_of_comparison
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import MINUS, scale_of
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.figures.paired_differences import GROUPS
from engager_sim.studies.compare.study import Comparison, compare
from engager_sim.studies.sweep.figures.pictures import pictures_of_sweep
from engager_sim.studies.sweep.interactions import verdict
from engager_sim.studies.sweep.study import Sweep, sweep
from tests.scenarios.services import SERVICE, write

LONG = "engager_trial_shared_practice_and_weekly_supervision"
FACTORS = {
    "tie": '[[factors]]\nparameter = "programme.collaboration.initial_tie"\nlevels = [0.1, 0.7]\n',
    "interval": '[[factors]]\nparameter = "programme.supervision.interval"\nlevels = [6, 2, 1]\n',
    "mode": '[[factors]]\nparameter = "supervision.mode"\n',
    "caseload": '[[factors]]\nparameter = "client_engagement.caseload"\nlevels = [24, 12, 6, 4]\n',
}
STUDY = """\
question = "Do shared practice and supervision do more together?"
scenario = "service.toml"
replicates = 3
outcomes = ["trust_12w_programme"]

[design]
kind = "{design}"
{points}
[figures]
{figures}
"""


@pytest.fixture(scope="module")
def services(small_service: Scenario) -> list[Scenario]:
    """Make four others of the small service: one with a long name, one like it."""
    return [
        small_service,
        changed(small_service, {"ways_out.gate_loss": 0.18}, "gate"),
        changed(small_service, {"programme.supervision.interval": 1}, LONG),
        changed(small_service, {"collaboration.initial_tie": 0.9}, "tied"),
        changed(small_service, {}, "the_same"),
    ]


@pytest.fixture(scope="module")
def comparison(services: list[Scenario]) -> Comparison:
    return compare(*services, replicates=4)


def swept(folder: Path, *factors: str, design: str = "factorial", figures: str = "") -> Sweep:
    """Carry out a small sweep."""
    write(folder, SERVICE)
    points = "" if design == "factorial" else "points = 16"
    study = STUDY.format(design=design, points=points, figures=figures)
    return sweep(write(folder, study + "".join(FACTORS[name] for name in factors), "study.toml"))


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sweep]:
    """Sweeps of every kind of axes."""
    folder = tmp_path_factory.mktemp("sweeps")
    panels = 'panels = "client_engagement.caseload"'
    return {
        "panels": swept(folder, "tie", "interval", "caseload", figures=panels),
        "choices": swept(folder, "mode", "interval"),
        "sampled": swept(folder, "tie", "interval", "mode", design="latin_hypercube"),
    }


every_sweep = pytest.mark.parametrize("kind", ["panels", "choices", "sampled"])


def words_on(figure: Figure) -> str:
    """Write down everything that can be read on a figure."""
    texts = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    return " ".join(" ".join(texts).split())


def assert_well_named(pictures: list[Picture]) -> None:
    names = [picture.name for picture in pictures]
    assert len(set(names)) == len(names)
    for picture in pictures:
        assert re.fullmatch(r"[a-z0-9_]+", picture.name)
        assert any(digit in picture.in_words for digit in "123456789")


def assert_nothing_overlaps(figure: Figure) -> None:
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [
        (part, box)
        for part in (*figure.axes, *figure.legends, *figure.texts)
        if (box := part.get_tightbbox(renderer)) is not None
    ]
    page = figure.bbox.padded(0.5)
    for part, box in boxes:
        assert page.contains(box.x0, box.y0), part
        assert page.contains(box.x1, box.y1), part
    assert_apart(boxes)
    for axes in figure.axes:
        # An annotation's own box holds its line too; what is written must not overlap.
        assert_apart(
            [
                (text, Text.get_window_extent(text, renderer))
                for text in axes.findobj(Text)
                if isinstance(text, Text)
                and text.get_rotation() % 90 == 0
                and text.get_visible()
                and text.get_text().strip()
            ]
        )


def assert_apart(boxes: Sequence[tuple[object, Bbox]]) -> None:
    for (one, box), (other, other_box) in itertools.combinations(boxes, 2):
        shared = Bbox.intersection(box, other_box)
        assert shared is None or min(shared.width, shared.height) < 3.0, (one, other)


def assert_equal_files(pictures: list[Picture], again: list[Picture], folder: Path) -> None:
    one, other = folder / "one.png", folder / "other.png"
    for first, second in zip(pictures, again, strict=True):
        first.save(one)
        second.save(other)
        assert one.read_bytes() == other.read_bytes()


def test_a_comparison_has_its_differences_and_the_fates_in_each_other_scenario(
    comparison: Comparison,
) -> None:
    pictures = pictures_of_comparison(comparison)
    assert_well_named(pictures)
    names = [picture.name.removeprefix("fate_transitions_") for picture in pictures]
    assert names == ["paired_differences", "gate", LONG, "tied", "the_same"]
    for picture in pictures:
        assert_nothing_overlaps(picture.figure)


def test_differences_are_said_in_numbers(comparison: Comparison) -> None:
    picture = pictures_of_comparison(comparison)[0]
    table = comparison.differences
    weekly = table[(table["other"] == LONG) & (table["whom"] == "programme")]
    row = weekly.set_index("outcome").loc["cost_per_leaver"]
    said = f"{row['difference']:+,.0f} ({row['low']:+,.0f} to {row['high']:+,.0f})"
    assert said.replace("-", MINUS) in picture.in_words
    assert said.replace("-", MINUS) in words_on(picture.figure)
    text = words_on(picture.figure)
    assert all(part in text for part in ("in the programme arm", "4 replicates", "times as many"))


def test_men_whose_fate_differs_are_counted(comparison: Comparison) -> None:
    picture = pictures_of_comparison(comparison)[1]
    for row in comparison.changed[comparison.changed["other"] == "gate"].itertuples():
        said = f"{row.men_whose_fate_differs:.1f} of 10 men ({row.share:.1%}) have another fate"
        assert said in picture.in_words
        assert said in words_on(picture.figure)
    assert "shared staff and agencies" in words_on(picture.figure)


def test_unpaired_scenarios_have_no_exits(services: list[Scenario]) -> None:
    pictures = pictures_of_comparison(compare(*services[:2], replicates=3, unpaired=True))
    assert [picture.name for picture in pictures] == ["differences"]
    assert "Welch" in words_on(pictures[0].figure)


def test_one_replicate_of_one_arm_has_no_interval() -> None:
    usual_care = [Scenario.load(name) for name in ("usual_care", "usual_care_shared_practice")]
    pictures = pictures_of_comparison(compare(*usual_care, replicates=1))
    text = words_on(pictures[0].figure)
    assert "over all men" in text
    assert "One replicate has no interval." in text
    for picture in pictures:
        assert "nan" not in words_on(picture.figure) + picture.in_words
        assert_nothing_overlaps(picture.figure)


def test_an_outcome_without_a_value_says_so(comparison: Comparison) -> None:
    table = comparison.differences.copy()
    numbers = ["mean_in_base", "mean_in_other", "difference", "low", "high"]
    table.loc[table["outcome"] == "treated_3w", numbers] = np.nan
    picture = pictures_of_comparison(dataclasses.replace(comparison, differences=table))[0]
    assert "no value" in words_on(picture.figure)
    assert "no value" in picture.in_words
    assert "nan" not in words_on(picture.figure) + picture.in_words


def test_every_headline_outcome_stands_under_a_heading() -> None:
    units = {outcome.id: outcome.unit for outcome in OUTCOMES}
    assert {units[name] for name in HEADLINE} == set(GROUPS)


def test_equal_comparisons_give_equal_files(comparison: Comparison, tmp_path: Path) -> None:
    pictures, again = (pictures_of_comparison(comparison)[:2] for _ in range(2))
    assert_equal_files(pictures, again, tmp_path)


@every_sweep
def test_pictures_of_a_sweep_say_numbers_and_look_alike_each_time(
    sweeps: dict[str, Sweep], kind: str, tmp_path: Path
) -> None:
    pictures = pictures_of_sweep(sweeps[kind])
    assert_well_named(pictures)
    assert_equal_files(pictures, pictures_of_sweep(sweeps[kind]), tmp_path)
    for picture in pictures:
        assert "Simulated." in words_on(picture.figure)
        assert_nothing_overlaps(picture.figure)


def test_a_factorial_sweep_shows_surface_pairs_and_levels(sweeps: dict[str, Sweep]) -> None:
    swept = sweeps["panels"]
    pictures = pictures_of_sweep(swept)
    kinds = [picture.name.removesuffix("_trust_12w_programme") for picture in pictures]
    assert kinds == ["response_surface", "interactions", "levels"]
    assert f"{swept.surface['value'].min():.3f}" in pictures[0].in_words
    for mean, low, high in swept.interactions[["whole_less_sum", "low", "high"]].to_numpy():
        said = scale_of("0-1").with_interval(mean, low, high)
        assert said in pictures[1].in_words
        assert said in words_on(pictures[1].figure)
    for level in ("24", "12", "6", "4"):
        assert f"Caseload (men): {level}" in words_on(pictures[2].figure)


def test_presets_within_the_axes_are_numbered(sweeps: dict[str, Sweep]) -> None:
    figure = pictures_of_sweep(sweeps["panels"])[0].figure
    listed = [text.get_text() for text in figure.legends[0].get_texts()]
    presets = sweeps["panels"].presets
    within = presets["across"].between(0.1, 0.7) & presets["down"].between(1.0, 6.0)
    assert 0 < within.sum() < len(presets)
    names = [name.replace("_", " ") for name in presets.loc[within, "preset"]]
    assert listed == [f"{number}  {name}" for number, name in enumerate(names, start=1)]
    for axes in figure.axes[:4]:
        numbers = ", ".join(text.get_text() for text in axes.texts if text.get_text()[0].isdigit())
        assert set(range(1, len(names) + 1)) <= {int(each) for each in re.findall(r"\d+", numbers)}


def test_a_sampled_sweep_shows_a_fitted_surface_alone(sweeps: dict[str, Sweep]) -> None:
    swept = sweeps["sampled"]
    pictures = pictures_of_sweep(swept)
    assert [picture.name for picture in pictures] == ["response_surface_trust_12w_programme"]
    explained = f"{swept.surface['explained'].iloc[0]:.2f}"
    assert f"R squared = {explained}" in words_on(pictures[0].figure)
    assert f"R squared {explained}" in pictures[0].in_words


def test_choices_are_named_at_their_axis_and_drawn_as_cells(sweeps: dict[str, Sweep]) -> None:
    figure = pictures_of_sweep(sweeps["choices"])[0].figure
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == [
        "managerial", "reflective", "shared",
    ]  # fmt: skip
    assert len([text for text in axes.texts if text.get_text()]) == 9


def test_an_outcome_without_values_has_no_pictures(sweeps: dict[str, Sweep]) -> None:
    surface = sweeps["panels"].surface.assign(value=np.nan)
    assert pictures_of_sweep(dataclasses.replace(sweeps["panels"], surface=surface)) == []


@pytest.mark.parametrize(
    ("alone", "gap", "said"),
    [(0.1, 0.05, "more"), (0.1, -0.05, "less"), (-0.1, -0.05, "more"), (-0.1, 0.05, "less")],
)
def test_more_than_the_sum_means_further_in_its_direction(
    alone: float, gap: float, said: str
) -> None:
    assert verdict(2.0 * alone, gap, gap - 0.01, gap + 0.01) == f"{said} than the sum"
    assert verdict(2.0 * alone, gap, -0.1, 0.1) == "about the sum"
    assert verdict(2.0 * alone, gap, np.nan, np.nan) == "no interval"


def test_a_narrow_interval_gets_the_digits_that_it_needs() -> None:
    assert scale_of("points").with_interval(-0.021, -0.025, -0.018) == (
        f"{MINUS}0.021 ({MINUS}0.025 to {MINUS}0.018)"
    )
    assert scale_of("share").with_interval(0.05, 0.04, 0.06) == "+5.0 (+4.0 to +6.0)"
    assert scale_of("share").with_interval(0.001, 0.0004, 0.002) == "+0.10 (+0.04 to +0.20)"
    assert scale_of("share").with_interval(0.0, 0.0, 0.0) == "0.0 (0.0 to 0.0)"
    assert scale_of("GBP").with_interval(1200.0, np.nan, np.nan) == "+1,200"
