"""What defines an observation is declared, and no study can vary it."""

import pytest

from engager_sim.theory import parameters
from engager_sim.theory.justice import AT_LIBERTY, RECALLED
from engager_sim.week.observation import is_engaged
from engager_sim.world.observed import (
    CONTACT_WEEKS,
    EARLY_WEEK,
    MARK_WEEKS,
    OBSERVATION_SETTINGS,
    YEAR,
    Mark,
)
from engager_sim.world.records import Leaver

LONG_OUT = 40
NEVER = 1.0e4


def test_settings_of_an_observation_say_what_they_are() -> None:
    assert [setting.name for setting in OBSERVATION_SETTINGS if not setting.unit] == []
    assert [s.name for s in OBSERVATION_SETTINGS if len(s.meaning.split()) < 4] == []
    names = [setting.name for setting in OBSERVATION_SETTINGS]
    assert len(set(names)) == len(names)


def test_no_setting_of_an_observation_is_a_parameter() -> None:
    names = {setting.name for setting in OBSERVATION_SETTINGS}
    assert names.isdisjoint({parameter.name for parameter in parameters()})


def test_early_contact_and_the_year_are_observed_while_men_are_followed() -> None:
    assert 0 < EARLY_WEEK < YEAR == MARK_WEEKS[Mark.WEEK_52]


@pytest.mark.parametrize("seen_by", ["weeks_since_contact", "weeks_since_service"])
def test_a_man_is_in_contact_if_he_was_seen_less_than_the_set_weeks_ago(seen_by: str) -> None:
    man = Leaver(place=AT_LIBERTY, weeks_since_contact=NEVER, weeks_since_service=NEVER)
    assert is_engaged(man, LONG_OUT) == 0
    setattr(man, seen_by, CONTACT_WEEKS - 1.0)
    assert is_engaged(man, LONG_OUT) == 1
    setattr(man, seen_by, CONTACT_WEEKS)
    assert is_engaged(man, LONG_OUT) == 0


def test_nobody_is_in_contact_inside_or_through_what_was_before_release() -> None:
    man = Leaver(place=AT_LIBERTY, weeks_since_contact=1.0, weeks_since_service=NEVER)
    assert is_engaged(man, LONG_OUT) == 1
    assert is_engaged(man, 0) == 0
    man.place = RECALLED
    assert is_engaged(man, LONG_OUT) == 0
