"""Names of scenarios and agencies that pictures show beside each other."""

import pytest

from engager_sim.figures.drawn_text import LONGEST_NAME, shortened, width_of
from engager_sim.figures.style import spaced, titled

LONG = "a service of the whole county with weekly supervision and {} for men on short sentences"
CUT = "\N{HORIZONTAL ELLIPSIS}"


def test_a_long_name_loses_its_middle_and_a_short_one_nothing() -> None:
    assert shortened("usual care") == "usual care"
    short = shortened(LONG.format("peers"))
    assert width_of(short, size=1.0) <= LONGEST_NAME
    begin, end = short.split(CUT)
    assert LONG.startswith(begin)
    assert LONG.endswith(end)


@pytest.mark.parametrize(
    "both",
    [
        [LONG.format("peers"), LONG.format("groups")],
        ["\u6771\u4eac", "\u4eac\u90fd"],  # the font holds none of these letters
    ],
)
def test_names_that_would_look_alike_are_numbered(both: list[str]) -> None:
    assert len({spaced(name) for name in both}) == 1
    assert [spaced(name, [*both, "usual_care"])[-4:] for name in both] == [" (1)", " (2)"]
    assert spaced("usual_care", [*both, "usual_care"]) == "usual care"
    assert len({titled(name, "programme", both) for name in both}) == 2
