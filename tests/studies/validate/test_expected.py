"""Bounds and verdicts, and files of patterns that cannot be used."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.errors import ScenarioError
from engager_sim.studies.validate.expected import SHIPPED, PatternPart, read_expected
from engager_sim.studies.validate.measures import MEASURES

GOOD = """
[held_out]
near_errors = 1.0

[[patterns]]
number = 1
name = "A pattern"
claim = "Something is seen."
source = "Somebody"
standing = ["untouched"]

[[patterns.parts]]
measure = "men_who_gain"
label = "Men who gain, share"
at_least = 0.1
near = 0.03
why = "because"
"""


def bounded(at_least: float | None, at_most: float | None) -> PatternPart:
    return PatternPart(
        measure="men_who_gain", label="men", at_least=at_least, at_most=at_most, near=0.1, why="why"
    )


def test_all_twenty_seven_patterns_ship_and_everything_they_name_is_measured() -> None:
    expected = read_expected()
    assert [pattern.number for pattern in expected.patterns] == list(range(1, 28))
    measured = {part.measure for _, part in expected.all_parts()}
    assert measured == set(MEASURES)


@pytest.mark.parametrize(
    ("figure", "verdict", "off"),
    [
        (0.5, "met", 0.0), (0.0, "met", 0.0), (1.0, "met", 0.0), (1.05, "near", 0.05),
        (-0.1, "near", -0.1), (1.11, "missed", 0.11), (-0.2, "missed", -0.2),
    ],
)  # fmt: skip
def test_a_figure_is_met_inside_near_close_by_and_missed_beyond(
    figure: float, verdict: str, off: float
) -> None:
    part = bounded(0.0, 1.0)
    assert part.verdict(figure) == verdict
    assert part.off(figure) == pytest.approx(off)


@given(st.floats(-10.0, 10.0))
def test_one_bound_leaves_the_other_side_open(figure: float) -> None:
    assert (bounded(0.0, None).verdict(figure) == "met") == (figure >= 0.0)
    assert (bounded(None, 0.0).verdict(figure) == "met") == (figure <= 0.0)


def test_a_figure_that_cannot_be_had_is_missed() -> None:
    assert bounded(0.0, None).verdict(math.nan) == "missed"


def refused(tmp_path: Path, old: str, new: str) -> str:
    file = tmp_path / "patterns.toml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(ScenarioError) as caught:
        read_expected(file)
    return str(caught.value)


def test_a_file_of_patterns_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "patterns.toml"
    file.write_text(GOOD)
    (pattern,) = read_expected(file).patterns
    assert (pattern.parts[0].at_least, pattern.parts[0].at_most) == (0.1, None)
    assert SHIPPED.exists()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[[patterns]]\n", "[[pattern]]\n", "did you mean"),
        ('name = "A pattern"\n', "", "the key name is missing"),
        ("at_least = 0.1\n", "", "a part needs a bound"),
        ("at_least = 0.1\n", "at_least = 0.1\nat_most = 0.0\n", "leave nothing between them"),
        ("near = 0.03\n", "near = -1.0\n", "out of range"),
        ("near = 0.03\n", 'near = 0.03\ntake = "some"\n', "not one of the choices"),
        ("number = 1\n", 'number = "one"\n', "this should be"),
        ("near_errors = 1.0\n", "", "the key near_errors is missing"),
        ('["untouched"]\n', '["untouched"]\ncolour = 3\n', "colour"),
        ('["untouched"]', '["guessed"]', "not one of the choices"),
        ('["untouched"]', "[]", "standing"),
        ('["untouched"]', '["fitted", "untouched"]', "untouched alone"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_key(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    message = refused(tmp_path, old, new)
    assert expected in message
    assert "patterns.toml" in message
