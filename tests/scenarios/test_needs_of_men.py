"""Shares of men with a need: as people write them, and as a scenario file does."""

import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.needs_of_men import as_written, in_percent, read_need, usual_needs


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("substance=0.9", ("substance", 0.9)),
        ("substance use = 90%", ("substance", 0.9)),
        ("Housing: 85 %", ("housing", 0.85)),
        ("work 1", ("work", 1.0)),
        ("relationships .25", ("relationships", 0.25)),
    ],
)
def test_a_need_and_its_share_are_read(text: str, read: tuple[str, float]) -> None:
    assert read_need(text) == read


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("substance", "write it as in substance=90%"),
        ("substance=90", "did you mean 90%"),
        ("substance=900%", "0 to 1 or a percentage"),
        ("substance=0.9.1", "0 to 1 or a percentage"),
        ("drink=0.9", "none of the names"),
    ],
)
def test_what_is_no_share_of_men_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_need(text)


def test_a_file_says_of_housing_who_has_it() -> None:
    assert as_written({"housing": 0.85, "work": 0.5}) == {
        "housed_at_release": 0.15,
        "work_prevalence": 0.5,
    }


def test_the_usual_needs_are_those_of_the_theory() -> None:
    assert usual_needs() == {
        "housing": 0.38, "substance": 0.6, "work": 0.75, "relationships": 0.5
    }  # fmt: skip
    assert in_percent(usual_needs()).startswith("housing 38%, substance 60%, ")
