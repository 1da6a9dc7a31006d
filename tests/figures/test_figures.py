"""Figures say what they show, keep everything on the page, and leave matplotlib as it was."""

import dataclasses
import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pytest
from engager_sim.results.of_a_run import tables_of
from engager_sim.studies.run.figures.pictures import draw_run
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from engager_sim.figures import style
from engager_sim.figures.picture import Picture, text_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.figures.agency_network import agency_network
from engager_sim.studies.run.figures.contact_over_time import contact_over_time
from engager_sim.studies.run.figures.exits_by_cause import exits_by_cause
from engager_sim.studies.run.figures.relationship_over_time import relationship_over_time
from engager_sim.studies.run.study import Runs, simulate
from engager_sim.world.setting import AGENCY_KINDS, AgencySetting

QUESTION = {"service": "What happens in a small service?"}
HALF_A_PIXEL = 0.5

DRAWN: dict[str, Callable[[Runs], Figure]] = {
    "contact": lambda runs: contact_over_time(tables_of([runs])["weekly"], QUESTION),
    "relationship": lambda runs: relationship_over_time(tables_of([runs])["weekly"], QUESTION),
    "exits": lambda runs: exits_by_cause(runs.runs, QUESTION),
    "network": lambda runs: agency_network(runs.ties, runs.agencies, QUESTION["service"]),
}


def many_agencies() -> Runs:
    """Simulate a hub of 25 agencies, most with long names."""
    scenario = Scenario.load("colocated_hub")
    more = [
        AgencySetting(f"an agency with a long name, number {number}", "housing")
        for number in range(18)
    ]
    agencies = [*scenario.setting.agencies, *more]
    setting = dataclasses.replace(scenario.setting, agencies=agencies)
    return simulate(dataclasses.replace(scenario, setting=setting), 2, seed=1)


every_figure = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)


def words_on(figure: Figure) -> list[Text]:
    """Draw a figure and list the texts that can be seen."""
    figure.canvas.draw()
    texts = figure.findobj(Text)
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def settings() -> dict[str, object]:
    """All settings of matplotlib but the backend, which asking for would choose."""
    names = set(mpl.rcParams) - {"backend", "backend_fallback"}
    return {name: mpl.rcParams[name] for name in names}


def whole_text(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in words_on(figure))


@every_figure
def test_a_figure_states_the_question_and_that_it_is_simulated(
    draw: Callable[[Runs], Figure], small_runs: Runs
) -> None:
    text = whole_text(draw(small_runs))
    assert QUESTION["service"] in text
    assert "Simulated." in text
    assert "mean of 3 replicates" in text


@every_figure
def test_nothing_written_runs_off_the_page(
    draw: Callable[[Runs], Figure], small_runs: Runs
) -> None:
    assert_all_on_the_page(draw(small_runs))


@pytest.mark.parametrize("draw", [DRAWN["contact"], DRAWN["network"]], ids=["contact", "network"])
@pytest.mark.parametrize("runs", [many_agencies, lambda: simulate("engager_trial", 2, seed=1)])
def test_many_agencies_and_several_sites_fit_on_the_page(
    draw: Callable[[Runs], Figure], runs: Callable[[], Runs]
) -> None:
    assert_all_on_the_page(draw(runs()))


def assert_all_on_the_page(figure: Figure) -> None:
    figure.canvas.draw()
    parts = [*figure.axes, *figure.texts, *figure.legends]
    for part in parts:
        box = part.get_tightbbox(figure.canvas.get_renderer())  # type: ignore[attr-defined]
        assert box is not None
        assert figure.bbox.padded(HALF_A_PIXEL).contains(box.x0, box.y0), part
        assert figure.bbox.padded(HALF_A_PIXEL).contains(box.x1, box.y1), part


@every_figure
def test_parts_of_the_page_do_not_overlap(draw: Callable[[Runs], Figure], small_runs: Runs) -> None:
    figure = draw(small_runs)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [part.get_tightbbox(renderer) for part in (*figure.axes, *figure.legends)]
    boxes += [text.get_window_extent() for text in figure.texts]
    for one, other in itertools.combinations([box for box in boxes if box is not None], 2):
        shared = Bbox.intersection(one, other)
        assert shared is None or min(shared.width, shared.height) < 3.0, (one, other)


@pytest.mark.parametrize("name", ["contact", "relationship", "exits"])
def test_axes_have_labels_with_units(name: str, small_runs: Runs) -> None:
    figure = DRAWN[name](small_runs)
    for axes in figure.axes:
        assert axes.get_xlabel() in ("Weeks from release", "Share of men")
        assert axes.get_ylabel() in ("Share of men", "Mean over men (0 to 1)", "")


def test_labels_of_bands_do_not_overlap(small_runs: Runs) -> None:
    figure = DRAWN["contact"](small_runs)
    figure.canvas.draw()
    for axes in figure.axes:
        boxes = [t.get_window_extent() for t in axes.texts if "%" in t.get_text()]
        assert len(boxes) > 3
        for one, other in itertools.pairwise(sorted(boxes, key=lambda box: box.y0)):
            assert other.y0 >= one.y0 + 0.8 * one.height


@every_figure
def test_equal_tables_give_equal_pictures(
    draw: Callable[[Runs], Figure], small_runs: Runs, tmp_path: Path
) -> None:
    for name in ("one.png", "other.png"):
        Picture("p", "A title", "What it shows", draw(small_runs)).save(tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()
    assert text_of(tmp_path / "one.png") == (0, "A title", "What it shows")


@every_figure
def test_settings_of_matplotlib_are_left_as_they_were(
    draw: Callable[[Runs], Figure], small_runs: Runs
) -> None:
    before = settings()
    draw(small_runs)
    assert settings() == before


def test_an_arm_to_which_chance_sent_nobody_is_not_drawn(small_runs: Runs) -> None:
    weekly = tables_of([small_runs])["weekly"].copy()
    weekly.loc[weekly["arm"] == "programme", "men"] = 0
    assert len(contact_over_time(weekly, QUESTION).axes) == 1


def test_one_replicate_has_no_interval_and_says_so(small_runs: Runs) -> None:
    one = simulate(small_runs.scenario, 1, seed=1)
    assert "One replicate has no interval." in whole_text(DRAWN["exits"](one))


def test_a_run_of_one_scenario_has_four_figures(small_runs: Runs, tmp_path: Path) -> None:
    draw_run(tables_of([small_runs]), QUESTION, tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "agency_network.png",
        "contact_over_time.png",
        "exits_by_cause.png",
        "relationship_over_time.png",
    ]


def test_each_of_several_scenarios_has_a_network_of_its_own(
    small_runs: Runs, tmp_path: Path
) -> None:
    usual_care = simulate("usual_care", 2, seed=1)
    questions = QUESTION | {"usual_care": usual_care.scenario.question}
    draw_run(tables_of([small_runs, usual_care]), questions, tmp_path)
    names = {file.stem for file in tmp_path.iterdir()}
    assert names >= {"agency_network_service", "agency_network_usual_care"}


def test_every_kind_of_agency_and_every_exit_has_its_own_colour() -> None:
    from engager_sim.studies.run.figures.agency_network import KIND_COLOURS
    from engager_sim.studies.run.figures.contact_over_time import BANDS
    from engager_sim.theory.ways_out import Exit

    assert set(KIND_COLOURS) == set(AGENCY_KINDS)
    assert set(BANDS) == set(Exit)
    for colours in (KIND_COLOURS, BANDS):
        assert len(set(colours.values())) == len(colours)


def test_figures_use_no_state_of_pyplot() -> None:
    program = "import sys, engager_sim.studies.run.figures.pictures; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@given(
    st.lists(st.floats(0.0, 1.0), max_size=11).map(sorted),
    st.floats(0.001, 0.09),
)
def test_labels_are_spread_without_overlap_and_in_order(places: list[float], gap: float) -> None:
    spread = style.spread(places, gap, 0.0, 1.0)
    assert len(spread) == len(places)
    assert all(-1e-9 <= place <= 1.0 + 1e-9 for place in spread)
    assert all(b - a >= gap - 1e-9 for a, b in itertools.pairwise(spread))


@given(st.lists(st.integers(0, 10), max_size=6, unique=True).map(sorted))
def test_labels_that_are_far_apart_stay_where_they_are(tenths: list[int]) -> None:
    places = [tenth / 10.0 for tenth in tenths]
    assert style.spread(places, 0.05, 0.0, 1.0) == pytest.approx(places)
