"""How much doubt of a theme changes the choice, by known answers, and how it is told."""

import math

import numpy as np
import pytest

from engager_sim.studies.decide.cells import doubt_cells
from engager_sim.studies.decide.doubts import CERTAIN, least_doubt
from engager_sim.studies.decide.findings import findings
from engager_sim.studies.decide.standings import carriers
from tests.studies.decide.board_tables import PEERS, TODAY, WEEKLY, Case, case

WITH = np.array([0.0, 1.0, 3.0])
COSTS = [0.0, 5.0, 40.0]


@pytest.mark.parametrize(
    ("without", "costs", "doubt", "instead"),
    [
        ([0.0, 1.0, 3.0], COSTS, math.nan, None),
        ([0.0, 1.0, -1.0], COSTS, 0.5, 1),  # 3 - 1 ahead, 2 behind
        ([0.0, 0.0, 0.0], COSTS, CERTAIN, 0),  # all is lost: what costs nothing
        ([0.0, 1.0, 1.0], COSTS, CERTAIN, 1),
        ([0.0, 0.0, 0.0], [0.0, 5.0, -40.0], math.nan, None),  # it saves money all the same
    ],
)
def test_doubt_by_known_answers(
    without: list[float], costs: list[float], doubt: float, instead: int | None
) -> None:
    off = np.array(without)
    found, other = least_doubt(WITH, off, off > off[2], 2, [0, 1, 2], costs)
    assert found == pytest.approx(doubt, nan_ok=True)
    assert other == instead


def test_what_cannot_be_told_apart_without_the_theme_is_no_reason_to_doubt() -> None:
    off, nobody = np.array([0.0, 1.0, -1.0]), np.zeros(3, bool)
    assert least_doubt(WITH, off, nobody, 2, [0, 1, 2], COSTS)[1] is None


def test_a_theme_is_named_only_if_no_other_lies_within_its_interval() -> None:
    rows = [
        {
            "theme": theme,
            "with_theme": 1.0,
            "without_theme": left,
            "low": left - 0.1,
            "high": left + 0.1,
        }
        for theme, left in (("supervision", 0.0), ("peers", -0.05), ("collaboration", 0.4))
    ]
    assert [row["theme"] for row in carriers(rows)] == ["peers", "supervision"]
    assert [row["theme"] for row in carriers(rows[::2])] == ["supervision"]


def test_themes_without_each_of_which_nothing_is_left_are_alike() -> None:
    rows = [
        {"theme": theme, "with_theme": 2.0, "without_theme": left, "low": left, "high": left}
        for theme, left in (("supervision", 0.0), ("peers", -1e-5), ("collaboration", 0.1))
    ]
    assert [row["theme"] for row in carriers(rows)] == ["peers", "supervision"]


def all_lost() -> Case:
    """Let nothing of the best option be left without supervision."""
    known = case(WEEKLY, PEERS)
    doubts = known.tables["doubts"]
    doubts.loc[doubts["theme"] == "supervision", ["without_theme", "low", "high"]] = 0.0
    doubts.loc[doubts["theme"] == "supervision", ["doubt", "instead"]] = CERTAIN, TODAY
    return known


def test_where_all_rests_on_a_theme_the_board_does_not_say_that_doubt_changes_nothing() -> None:
    known = all_lost()
    assert "Supervision carries it all" in known.page.charts[1].finding
    sure = " ".join(known.page.sections[0].sentences)
    assert "Doubting any one theme changes no choice" not in sure
    assert "Doubting any one theme, short of certainty, changes no choice." in sure


def test_sentences_and_table_say_the_same() -> None:
    known = all_lost()
    facts = known.facts | {"left_out": []}
    levers = known.tables["levers"].assign(today="", with_option="")
    said = findings(known.tables | {"levers": levers}, facts)
    assert any("sure to do nothing, today's service would do as well" in each for each in said)
    assert "certainty" in [row[-1] for row in doubt_cells(known.tables, facts)]
