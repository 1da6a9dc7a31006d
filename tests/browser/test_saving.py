"""What is shown, saved: pictures, tables, the story, and the page as one file."""

import io
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from engager_sim import __version__
from engager_sim.browser.charts import charts_view
from engager_sim.browser.downloads import page_facts, weeks_file
from engager_sim.browser.visit import Visit
from tests.browser.driven_page import (
    INTERVAL,
    PageComplaints,
    chart_values,
    jump,
    set_range,
    show_two_worlds,
)
from tests.week.worlds import small_trial

LARGEST_PAGE = 5_000_000


def test_the_table_of_weeks_holds_every_line_of_the_charts() -> None:
    visit = Visit(small_trial(40))
    visit.show_two_worlds(True)
    visit.change("peers.on", False)
    visit.jump(30)
    table = pd.read_csv(io.StringIO(weeks_file(visit).text))
    assert list(table) == ["world", "men", "chart", "line", "unit", "week", "value"]
    assert set(table["men"]) == {"programme"}
    lines = dict(list(table.groupby(["chart", "line", "world"])))
    for chart in charts_view(visit.worlds, visit.arm):
        for line in chart["series"]:
            for world, values in zip(("first", "other"), line["worlds"], strict=True):
                rows = lines[chart["title"], line["name"], world]
                assert rows["week"].tolist() == list(range(31))
                expected = pd.Series(values, dtype=float)
                pd.testing.assert_series_equal(
                    rows["value"].reset_index(drop=True), expected, check_names=False
                )


def test_a_saved_page_says_what_it_is_and_how_to_have_it_again() -> None:
    visit = Visit(small_trial(40))
    facts = page_facts(visit)
    assert facts["lines"][0].startswith("Everything here is simulated.")
    assert f"engager_sim {__version__}: random seed 1, week 0" in facts["lines"][1]
    assert facts["link"].startswith("v=1&scenario=engager_trial&")
    assert facts["command"].startswith("engager-sim run ")
    assert [file["name"] for file in facts["files"]] == ["engager_trial.toml"]


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.startswith("simulated_")
    return file


@pytest.mark.own_page
def test_pictures_tables_story_and_page_are_saved(page: Page, tmp_path: Path) -> None:
    show_two_worlds(page)
    set_range(page, INTERVAL, "1")
    jump(page, 100)
    page.locator(".es-differing button").first.click()
    page.wait_for_selector(".es-life")
    page.get_by_text("Save and share").click()
    svg = ElementTree.parse(saved(page, "The relationship as SVG", tmp_path)).getroot()
    texts = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"The relationship", "trust", "solid: first world; dashed: other world"} <= set(texts)
    assert "Simulated with engager_sim" in " ".join(map(str, texts))
    looks = [
        element.attrib
        for element in svg.iter("{http://www.w3.org/2000/svg}path")
        if element.get("stroke-dasharray")
    ]
    assert len(looks) == 4
    assert all("class" not in look and look["stroke"].startswith("rgb(") for look in looks)
    picture = Image.open(saved(page, "Other world: engager trial, 1 changed as PNG", tmp_path))
    assert picture.width >= 1600
    assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 50
    exits = pd.read_csv(saved(page, "First exits by cause as CSV", tmp_path))
    shown = chart_values(page, "First exits by cause")
    assert exits["exit cause"].tolist() == list(shown)
    assert exits["other"].tolist() == [int(values[1]) for values in shown.values()]
    story = saved(page, "The story (text)", tmp_path).read_text(encoding="utf-8")
    assert story.startswith("Simulated with engager_sim")
    assert "Where the worlds diverge for him" in story
    weeks = pd.read_csv(saved(page, "All weeks (CSV)", tmp_path))
    assert weeks["week"].max() == 100
    whole = saved(page, "This page as one file", tmp_path)
    assert whole.stat().st_size < LARGEST_PAGE
    opened(page, whole)


def opened(page: Page, file: Path) -> None:
    """Open a saved page without a network, and look for what it should hold, and no more."""
    address, browser = page.url, page.context.browser
    assert browser is not None
    reader = browser.new_context(offline=True, java_script_enabled=False)
    alone = reader.new_page()
    complaints = PageComplaints(alone, file.as_uri())
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    expect(alone.get_by_text("Everything here is simulated.")).to_be_visible()
    expect(alone.get_by_role("link", name="its link")).to_have_attribute("href", address)
    expect(alone.get_by_text("engager-sim compare engager_trial.toml")).to_be_visible()
    expect(alone.locator(".es-changes")).to_contain_text("from 1.5 to 1 weeks")
    expect(alone.locator(".es-network > .es-network-frame > svg")).to_have_count(2)
    expect(alone.get_by_role("heading", name="The week of his first exit")).to_be_visible()
    assert alone.locator("button, input, select, script, [role=switch], img").count() == 0
    assert asked == [file.as_uri()]
    assert complaints.texts == []
    reader.close()
