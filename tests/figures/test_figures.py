"""The house style of figures: labels that do not overlap; a check that all is on the page."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from engager_sim.figures import style
from engager_sim.figures.exit_names import NO_EXIT, exit_name
from engager_sim.theory.ways_out import Exit

HALF_A_PIXEL = 0.5


def assert_all_on_the_page(figure: Figure) -> None:
    """Fail if a part of a figure runs off its page."""
    figure.draw_without_rendering()
    parts = [*figure.axes, *figure.texts, *figure.legends]
    for part in parts:
        box = part.get_tightbbox(figure.canvas.get_renderer())  # type: ignore[attr-defined]
        assert box is not None
        assert figure.bbox.padded(HALF_A_PIXEL).contains(box.x0, box.y0), part
        assert figure.bbox.padded(HALF_A_PIXEL).contains(box.x1, box.y1), part


@given(st.lists(st.floats(0.0, 1.0), max_size=11).map(sorted), st.floats(0.001, 0.09))
def test_labels_are_spread_without_overlap_and_in_order(places: list[float], gap: float) -> None:
    spread = style.spread(places, gap, 0.0, 1.0)
    assert len(spread) == len(places)
    assert all(-1e-9 <= place <= 1.0 + 1e-9 for place in spread)
    assert all(b - a >= gap - 1e-9 for a, b in itertools.pairwise(spread))


@given(st.lists(st.integers(0, 10), max_size=6, unique=True).map(sorted))
def test_labels_that_are_far_apart_stay_where_they_are(tenths: list[int]) -> None:
    places = [tenth / 10.0 for tenth in tenths]
    assert style.spread(places, 0.05, 0.0, 1.0) == pytest.approx(places)


def test_every_exit_has_a_label_of_its_own() -> None:
    assert exit_name(Exit.NONE) == NO_EXIT
    assert len({exit_name(cause) for cause in Exit}) == len(Exit)
