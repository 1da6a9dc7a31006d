"""Figures of a run say what they show, keep everything on the page, and leave matplotlib alone."""

import dataclasses
import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from engager_sim.designs.execution.carry_out import Execution
from engager_sim.figures.picture import Picture, text_of
from engager_sim.runs.tables.weeks import CAUSES, exit_column
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.course_summary import Group
from engager_sim.studies.run.figures import pictures
from engager_sim.studies.run.figures.agency_network import KIND_COLOURS, agency_network
from engager_sim.studies.run.figures.contact_over_time import BANDS, contact_over_time
from engager_sim.studies.run.figures.exits_by_cause import exits_by_cause
from engager_sim.studies.run.figures.relationship_over_time import relationship_over_time
from engager_sim.studies.run.settings import RunSettings
from engager_sim.studies.run.study import RunResult, prepare
from engager_sim.theory.ways_out import Exit
from engager_sim.world.setting import AGENCY_KINDS, AgencySetting
from tests.figures.test_figures import assert_all_on_the_page

QUESTION = "What happens in a small service?"


def network(result: RunResult) -> Figure:
    (scenario,) = result.workload.scenarios
    return agency_network(result.ties, result.agencies, scenario.question, result.replicates)


DRAWN: dict[str, Callable[[RunResult], Figure]] = {
    "contact": contact_over_time,
    "relationship": relationship_over_time,
    "exits": exits_by_cause,
    "network": network,
}
every_figure = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)


def simulated(*scenarios: Scenario, replicates: int = 2) -> RunResult:
    return prepare(RunSettings(scenarios, replicates, seed=1)).analyse(Execution())


def many_agencies() -> Scenario:
    """Make a hub of 25 agencies, most with long names."""
    scenario = Scenario.load("colocated_hub")
    more = [
        AgencySetting(f"an agency with a long name, number {number}", "housing")
        for number in range(18)
    ]
    agencies = [*scenario.setting.agencies, *more]
    setting = dataclasses.replace(scenario.setting, agencies=agencies)
    return dataclasses.replace(scenario, setting=setting)


def texts_on(figure: Figure) -> list[Text]:
    """Draw a figure and list the texts that can be seen."""
    figure.draw_without_rendering()
    texts = figure.findobj(Text)
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def whole_text(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in texts_on(figure))


def matplotlib_settings() -> dict[str, object]:
    """List all settings of matplotlib but the backend, which asking for would choose."""
    names = set(mpl.rcParams) - {"backend", "backend_fallback"}
    return {name: mpl.rcParams[name] for name in names}


@every_figure
def test_a_figure_states_the_question_and_that_it_is_simulated(
    draw: Callable[[RunResult], Figure], small_result: RunResult
) -> None:
    text = whole_text(draw(small_result))
    assert QUESTION in text
    assert "Simulated." in text
    assert "mean of 3 replicates" in text


@every_figure
def test_nothing_written_runs_off_the_page(
    draw: Callable[[RunResult], Figure], small_result: RunResult
) -> None:
    assert_all_on_the_page(draw(small_result))


@pytest.mark.parametrize("draw", [contact_over_time, network])
@pytest.mark.parametrize("scenario", [many_agencies, lambda: Scenario.load("engager_trial")])
def test_many_agencies_and_several_sites_fit_on_the_page(
    draw: Callable[[RunResult], Figure], scenario: Callable[[], Scenario]
) -> None:
    assert_all_on_the_page(draw(simulated(scenario())))


@every_figure
def test_parts_of_the_page_do_not_overlap(
    draw: Callable[[RunResult], Figure], small_result: RunResult
) -> None:
    figure = draw(small_result)
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [part.get_tightbbox(renderer) for part in (*figure.axes, *figure.legends)]
    boxes += [text.get_window_extent() for text in figure.texts]
    for one, other in itertools.combinations([box for box in boxes if box is not None], 2):
        shared = Bbox.intersection(one, other)
        assert shared is None or min(shared.width, shared.height) < 3.0, (one, other)


@pytest.mark.parametrize("name", ["contact", "relationship", "exits"])
def test_axes_have_labels_with_units(name: str, small_result: RunResult) -> None:
    for axes in DRAWN[name](small_result).axes:
        assert axes.get_xlabel() in ("Weeks from release", "Share of men")
        assert axes.get_ylabel() in ("Share of men", "Mean over men (0 to 1)", "")


def test_labels_of_bands_do_not_overlap(small_result: RunResult) -> None:
    figure = contact_over_time(small_result)
    figure.draw_without_rendering()
    for axes in figure.axes:
        boxes = [t.get_window_extent() for t in axes.texts if "%" in t.get_text()]
        assert len(boxes) > 3
        for one, other in itertools.pairwise(sorted(boxes, key=lambda box: box.y0)):
            assert other.y0 >= one.y0 + 0.8 * one.height


def test_the_line_of_contact_goes_through_the_mean_of_each_week(small_result: RunResult) -> None:
    axes = contact_over_time(small_result).axes[0]
    (line,) = axes.lines[:1]
    contact = small_result.courses[Group("service", "programme")]["in_contact"]
    at = contact.week.tolist().index(6)
    drawn = dict(zip(line.get_xdata(), line.get_ydata(), strict=True))  # type: ignore[arg-type]
    assert drawn[6] == contact.mean[at]
    assert 0 in drawn
    assert -1 not in drawn


def test_bars_are_as_long_as_the_summary_says(small_result: RunResult) -> None:
    (axes,) = exits_by_cause(small_result).axes
    programme, usual_care = (
        [bar.get_width() for bar in bars.patches]
        for bars in axes.containers
        if hasattr(bars, "patches") and bars.patches
    )
    means = small_result.summary.set_index(["whom", "outcome"])["mean"]
    for arm, widths in (("programme", programme), ("usual_care", usual_care)):
        assert widths == [means.loc[(arm, exit_column(cause))] for cause in CAUSES]


@every_figure
def test_equal_results_give_equal_pictures(
    draw: Callable[[RunResult], Figure], small_result: RunResult, tmp_path: Path
) -> None:
    for name in ("one.png", "other.png"):
        Picture("p", "A title", "What it shows", draw(small_result)).save(tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()
    assert text_of(tmp_path / "one.png") == (0, "A title", "What it shows")


@every_figure
def test_settings_of_matplotlib_are_left_as_they_were(
    draw: Callable[[RunResult], Figure], small_result: RunResult
) -> None:
    before = matplotlib_settings()
    draw(small_result)
    assert matplotlib_settings() == before


def test_weeks_in_which_few_men_are_followed_are_not_drawn(small_result: RunResult) -> None:
    few = small_result.courses[Group("service", "programme")]
    men = few["men"]._replace(mean=np.where(few["men"].week > 40, 1.0, few["men"].mean))
    courses = {Group("service", "programme"): {**few, "men": men}}
    (axes,) = contact_over_time(dataclasses.replace(small_result, courses=courses)).axes
    assert axes.get_xlim()[1] == 40


def test_one_replicate_has_no_interval_and_says_so(small_service: Scenario) -> None:
    one = simulated(small_service, replicates=1)
    assert "One replicate has no interval" in whole_text(exits_by_cause(one))


def test_a_run_of_one_scenario_has_four_pictures(small_result: RunResult) -> None:
    assert [picture.name for picture in pictures(small_result)] == [
        "contact_over_time",
        "relationship_over_time",
        "exits_by_cause",
        "agency_network",
    ]


def test_descriptions_say_the_means_of_the_summary(small_result: RunResult) -> None:
    contact = pictures(small_result)[0].description
    means = small_result.summary.set_index(["whom", "outcome"])["mean"]
    for arm, name in (("programme", "programme"), ("usual_care", "usual care")):
        assert f"Service, {name} {means.loc[(arm, 'engaged_6w')]:.0%}" in contact


def test_each_of_several_scenarios_has_a_network_of_its_own(small_service: Scenario) -> None:
    names = [each.name for each in pictures(simulated(small_service, Scenario.load("usual_care")))]
    assert names[3:] == ["agency_network_service", "agency_network_usual_care"]


def test_every_kind_of_agency_and_every_exit_has_its_own_colour() -> None:
    assert set(KIND_COLOURS) == set(AGENCY_KINDS)
    assert set(BANDS) == set(Exit)
    for colours in (KIND_COLOURS, BANDS):
        assert len(set(colours.values())) == len(colours)


def test_figures_use_no_state_of_pyplot() -> None:
    program = (
        "import sys, engager_sim.studies.run.figures; sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
