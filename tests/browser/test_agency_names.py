"""Names of agencies in the picture of the network: short, and never alike."""

import dataclasses

from engager_sim.browser.network_view import short_names
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.setting import AgencySetting

SETTING = Scenario.load("usual_care").setting


def shown(*agencies: tuple[str, str | None]) -> list[str]:
    found = [AgencySetting(name, "housing", site=site) for name, site in agencies]
    return short_names(dataclasses.replace(SETTING, agencies=found))


def test_a_name_is_written_without_its_site() -> None:
    assert shown(("housing north", "north"), ("probation", None), ("housing south", "south")) == [
        "housing", "probation", "housing",
    ]  # fmt: skip


def test_names_that_would_be_alike_at_a_site_are_numbered() -> None:
    here = shown(("housing", "north"), ("housing north", "north"), ("housing", "south"))
    assert here == ["housing (1)", "housing (2)", "housing"]
    long = "supported housing for men of the {} district and beyond"
    assert len(set(shown(*((long.format(word), None) for word in ("upper", "lower"))))) == 2
