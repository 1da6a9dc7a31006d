"""Leavers are found by need, practitioner, exit cause, and how much they changed."""

import json

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from engager_sim.browser.exits import NEVER, STILL
from engager_sim.browser.finder import MOST_SHOWN, NEEDS, finder_view
from engager_sim.browser.story_view import LARGE_NEED
from engager_sim.browser.visit import Visit
from engager_sim.theory.ways_out import Exit
from engager_sim.world.records import NO_EPISODE
from tests.browser.driven_page import jump
from tests.week.worlds import small_trial

WEEK = 80


@pytest.fixture(scope="module")
def visit() -> Visit:
    visit = Visit(small_trial(60))
    visit.show_two_worlds(True)
    visit.change("programme.supervision.interval", 1.0)
    visit.jump(WEEK)
    return visit


def leavers(visit: Visit, **asked: str) -> list[int]:
    view = finder_view(visit.worlds[:1], None, asked)
    return [row["leaver"] for row in view["rows"]]


def expected(visit: Visit, fits: np.ndarray) -> list[int]:
    entered = visit.worlds[0].world.leavers["entry_week"] < WEEK
    found: list[int] = np.flatnonzero(entered & fits).tolist()
    return found[:MOST_SHOWN]


def test_leavers_are_found_by_need_practitioner_and_exit(visit: Visit) -> None:
    men = visit.worlds[0].world.leavers
    for number, need in enumerate(NEEDS):
        fits = men["need_level"][:, number] > LARGE_NEED
        assert leavers(visit, need=need) == expected(visit, fits)
    assert leavers(visit, practitioner="2") == expected(visit, men["post"] == 1)
    planned = men["first_exit"] == Exit.PLANNED_ENDING
    assert leavers(visit, exit="planned ending") == expected(visit, planned)
    open_or_none = men["first_exit"] == Exit.NONE
    never = open_or_none & (men["episode"] == NO_EPISODE)
    assert leavers(visit, exit=NEVER) == expected(visit, never)
    assert leavers(visit, exit=STILL) == expected(visit, open_or_none & ~never)
    both = finder_view(visit.worlds, 0, {"exit": "planned ending", "need": NEEDS[0]})
    assert {"still in support", "planned ending"} <= set(both["exits"])
    json.dumps(both, allow_nan=False)


def test_who_changed_most_comes_first(visit: Visit) -> None:
    view = finder_view(visit.worlds, None, {"order": "changed"})
    first, other = (world.world.leavers["trust"] for world in visit.worlds)
    changes = [abs(row["change"]) for row in view["rows"]]
    assert changes == sorted(changes, reverse=True)
    assert changes[0] == pytest.approx(np.abs(other - first).max(), abs=0.0006)
    alone = finder_view(visit.worlds[:1], None, {"order": "changed"})["rows"][0]
    men = visit.worlds[0].world.leavers[alone["leaver"]]
    assert alone["change"] == pytest.approx(men["trust"] - men["prior_trust"], abs=0.0006)


def test_a_man_is_found_with_the_keyboard(page: Page) -> None:
    jump(page, WEEK)
    page.locator(".es-finder summary").focus()
    page.keyboard.press("Enter")
    finder = page.locator(".es-finder")
    finder.get_by_label("First exit").select_option("planned ending")
    found = finder.get_by_role("button")
    expect(found.first).to_be_visible()
    expect(finder.locator("tbody tr").filter(has_not_text="planned ending")).to_have_count(0)
    number = found.first.inner_text()
    found.first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Man number")).to_have_value(number)
    expect(page.locator(".es-outcome")).to_contain_text("planned ending")
