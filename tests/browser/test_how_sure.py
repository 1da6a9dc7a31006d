"""How sure the page's numbers are, driven as a visitor drives it."""

import pytest
from playwright.sync_api import Page, expect

from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.study import compare
from tests.browser.driven_page import (
    INTERVAL,
    REPLICATES,
    jump,
    redrawn,
    set_range,
    show_two_worlds,
)

WHOLE = f"{REPLICATES} replicates"


def wait_for_all_replicates(page: Page) -> None:
    expect(page.locator(".es-progress")).to_have_text(WHOLE, timeout=60_000)


@pytest.mark.own_page
def test_two_worlds_are_compared_as_the_command_compares_them(page: Page) -> None:
    wait_for_all_replicates(page)
    row = page.locator("tr[data-outcome=trust_12w]")
    expect(page.locator(".es-outcome-table thead th").nth(3)).to_have_text(
        "programme less usual care"
    )
    show_two_worlds(page)
    wait_for_all_replicates(page)
    expect(row.locator("td").nth(2)).to_contain_text("identical")

    set_range(page, INTERVAL, "8")
    expect(row.locator("td").nth(2)).not_to_contain_text("identical", timeout=60_000)
    wait_for_all_replicates(page)
    trial = Scenario.load("engager_trial")
    other = changed(trial, {"programme.supervision.interval": 8.0}, name="other")
    table = compare(trial, other, replicates=int(REPLICATES)).differences
    known = table[(table["outcome"] == "trust_12w") & (table["whom"] == "programme")].iloc[0]
    trust = next(outcome for outcome in OUTCOMES if outcome.id == "trust_12w")
    ends = (known["difference"], known["low"], known["high"])
    expect(row.locator("td").nth(2)).to_contain_text(trust.with_interval(*ends, difference=True))
    expect(row.locator("td").nth(2)).to_contain_text("assumed")
    expect(page.locator(".es-outcomes")).to_contain_text("mean [95% interval]")
    expect(page.locator(".es-outcomes")).to_contain_text("Monte Carlo error, parameters")

    page.get_by_role("button", name="What does interval do?").click()
    curve = page.locator(".es-curve svg")
    expect(curve).to_be_visible(timeout=60_000)
    assert curve.locator("circle").count() == 5
    expect(page.get_by_label("Lever of the curve")).to_have_value("programme.supervision.interval")


def test_the_run_that_is_shown_stands_where_the_page_says(page: Page) -> None:
    jump(page, 30)
    expect(page.locator(".es-outcomes")).to_contain_text("at central values")
    with redrawn(page):
        page.get_by_label("Posterior draw").fill("12")
        page.get_by_label("Posterior draw").press("Tab")
    expect(page.locator(".es-outcomes")).to_contain_text("at posterior draw 12")
    page.get_by_label("Posterior draw").fill("many")
    page.get_by_label("Posterior draw").press("Tab")
    expect(page.locator(".es-message")).to_contain_text("draw")
    expect(page.get_by_label("Posterior draw")).to_have_value("12")


@pytest.mark.own_page
def test_the_theorys_arrows_are_of_many_runs_or_of_this_week(page: Page) -> None:
    theory = page.locator(".es-theory")
    theory.scroll_into_view_if_needed()
    expect(theory.locator(".es-rises").first).to_be_attached(timeout=90_000)
    expect(theory).to_contain_text("replicates and the whole run")
    expect(theory.locator(".es-falls").first).to_be_attached()
    theory.get_by_label("this week, this run").check()
    expect(theory.locator(".es-arrow")).to_have_count(0)
    expect(theory).to_contain_text("No week has passed yet")
    jump(page, 40)
    expect(theory.locator(".es-arrow").first).to_be_attached()
    node = theory.locator(".es-node", has_text="Client engagement")
    node.hover()
    expect(theory.locator(".es-lit").first).to_be_attached()
