"""Names are chosen by what people write: names, beginnings, words of them, numbers."""

import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.choices import meant, several
from engager_sim.scenarios.service_vocabulary import KNOWN_AS, ON_OFFER


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("housing", "housing"),
        ("Probation ", "probation"),
        ("prob", "probation"),
        ("drugs", "substance_misuse"),
        ("drug service", "substance_misuse"),
        ("mental-health", "mental_health"),
        ("job centre", "employment"),
        ("GP", "gp"),
    ],
)
def test_a_name_is_meant_by_its_beginning_its_label_or_a_word(text: str, kind: str) -> None:
    assert meant(text, KNOWN_AS) == kind


@pytest.mark.parametrize("text", ["p", "service", "health"])
def test_what_may_mean_several_is_refused_with_those(text: str) -> None:
    with pytest.raises(UsageError, match=r"more than one name.*write one of "):
        meant(text, KNOWN_AS)


@pytest.mark.parametrize("text", ["", "?", "bakery", "time"])
def test_what_means_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="none of the names"):
        meant(text, KNOWN_AS)


def test_a_whole_name_wins_over_longer_ones_that_hold_it() -> None:
    assert meant("practitioner", ON_OFFER) == "practitioner"
    assert meant("half-practitioner", ON_OFFER) == "half_practitioner"
    assert meant("one-provider", ON_OFFER) == "one_provider"


@pytest.mark.parametrize(
    "text", ["2,3,4", "2 3 4", "probation, drugs, housing", "probation drugs and housing; 4"]
)
def test_several_are_numbers_or_words_with_commas_or_blanks(text: str) -> None:
    assert several(text, KNOWN_AS) == ["probation", "substance_misuse", "housing"]


def test_all_and_none_are_understood() -> None:
    assert several("all", KNOWN_AS) == list(KNOWN_AS)
    assert several("none", KNOWN_AS) == several("", KNOWN_AS) == []


def test_a_number_beyond_the_last_line_is_refused() -> None:
    with pytest.raises(UsageError, match="allowed: 1 to 9"):
        several("1, 10", KNOWN_AS)
