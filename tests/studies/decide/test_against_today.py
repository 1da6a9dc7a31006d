"""Before anything is run, an option's file says what it changes and what that costs."""

from pathlib import Path

import pytest

from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.decide.against_today import against_today
from engager_sim.studies.decide.options import offered


def told(offer: Path, name: str) -> list[str]:
    today, option = (Scenario.load(offer / f"{each}.toml") for each in ("today", name))
    return list(against_today(today, option))


def test_an_option_is_told_by_what_it_changes_and_what_it_costs(offer: Path) -> None:
    changes, spent, *unpriced = told(offer, "weekly")
    assert changes == (
        "Against today.toml it changes programme.supervision.interval from 8 to 1; "
        "programme.supervision.quality from 0.2 to 0.8; "
        "programme.supervision.mode from managerial to reflective"
    )
    (weekly,) = offered(offer / "today.toml", [offer / "weekly.toml"], False, None).options
    assert f"{weekly.first_year:,.0f}"[:-1] in spent
    assert spent.endswith("at median prices")
    assert len(unpriced) == 1
    assert "quality" in unpriced[0]


@pytest.mark.parametrize(("name", "is_free"), [("nothing", True), ("peers", False)])
def test_nothing_more_is_told_of_what_takes_no_more_posts_or_hours(
    offer: Path, name: str, is_free: bool
) -> None:
    _, spent, *_ = told(offer, name)
    assert ("for nothing more" in spent) == is_free
