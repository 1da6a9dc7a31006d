"""The theory's arrows over replicates, held against ablations by the batch engine."""

from functools import partial

import numpy as np
import pytest

from engager_sim.browser.ensemble.background import Answer, Background, Question
from engager_sim.browser.ensemble.influence_runs import (
    EVERY,
    MOVES,
    PAIRS,
    InfluenceRuns,
    WeeklyInfluences,
)
from engager_sim.browser.ensemble.influences_view import (
    AGREEMENT,
    TWELVE_WEEKS,
    WHOLE_RUN,
    averaged_arrows,
)
from engager_sim.browser.ensemble.replicates import WorldRuns
from engager_sim.browser.watched_world import WatchedWorld
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import THEMES
from engager_sim.world.records import PROGRAMME
from tests.week.worlds import small_trial

SMALL = small_trial(60)
REPLICATES = 10


def answer_to(scenario: Scenario, replicates: int = REPLICATES) -> Answer[WeeklyInfluences]:
    background: Background[WeeklyInfluences] = Background(lambda: None, patient=True)
    runs = partial(InfluenceRuns, arm=PROGRAMME)
    background.ask(Question(runs, (scenario,), 1, replicates, None))
    background.wait()
    assert background.answer is not None, background.error
    return background.answer


@pytest.fixture(scope="module")
def answer() -> Answer[WeeklyInfluences]:
    return answer_to(SMALL)


def test_the_first_replicate_is_the_run_that_the_page_plays(
    answer: Answer[WeeklyInfluences],
) -> None:
    watched = WatchedWorld(SMALL, 1)
    for at, week in enumerate(answer.worlds[0].weeks[:6]):
        while watched.week < week:
            watched.step()
        by_pair = {(one.source, one.target): one for one in watched.influences(PROGRAMME)}
        strengths = [by_pair[pair].strength if by_pair[pair].moved else np.nan for pair in PAIRS]
        found = answer.worlds[0].strength[0, at]
        np.testing.assert_array_equal(found, np.array(strengths, np.float32))


def arrows_by_pair(
    answer: Answer[WeeklyInfluences], window: str, week: int = 0
) -> dict[tuple[str, str], dict]:
    arrows = averaged_arrows(answer, window, week)
    assert [arrow["width"] for arrow in arrows] == sorted(arrow["width"] for arrow in arrows)
    return {(arrow["source"], arrow["target"]): arrow for arrow in arrows}


def test_directions_agree_with_a_theme_switched_off_for_the_whole_run(
    answer: Answer[WeeklyInfluences],
) -> None:
    """Trust at week 12 with the theme off, by the batch engine, against the arrow's direction."""
    trust = [outcome.id for outcome in OUTCOMES].index("trust_12w")
    arrows = arrows_by_pair(answer, WHOLE_RUN)
    signs = {
        theme: arrows[theme, "relationship"]["sign"]
        for theme in THEMES
        if (theme, "relationship") in arrows and arrows[theme, "relationship"]["sign"]
    }
    assert {"client_engagement", "collaboration"} <= set(signs)
    for theme, sign in signs.items():
        on, off = (
            WorldRuns(scenario, 1, None, courses=False)
            for scenario in (SMALL, changed(SMALL, {f"{theme}.on": False}))
        )
        for runs in (on, off):
            for _ in range(2 * REPLICATES):
                runs.add()
        gain = (on.first(20).outcomes - off.first(20).outcomes)[:, trust, 1].mean()
        assert np.sign(gain) == sign, theme


def test_a_direction_needs_replicates_that_agree(answer: Answer[WeeklyInfluences]) -> None:
    found = answer.worlds[0]
    for (source, target), arrow in arrows_by_pair(answer, WHOLE_RUN).items():
        pair = PAIRS.index((source, target))
        places = [place for place, (of_pair, _) in enumerate(MOVES) if of_pair == pair]
        means = np.nanmean(found.moved[:, :, places].astype(np.float64), axis=1)
        most = means[:, np.abs(np.nan_to_num(means).mean(axis=0)).argmax()]
        share = np.mean(np.sign(most) == np.sign(most.mean()))
        assert (arrow["sign"] != 0) == (share >= AGREEMENT), (source, target)


def test_a_theme_that_is_off_has_no_arrow() -> None:
    arrows = arrows_by_pair(answer_to(changed(SMALL, {"supervision.on": False}), 2), WHOLE_RUN)
    assert arrows
    assert "supervision" not in {source for source, _ in arrows}


def test_twelve_weeks_are_those_up_to_the_week_that_is_shown(
    answer: Answer[WeeklyInfluences],
) -> None:
    early, late = (arrows_by_pair(answer, TWELVE_WEEKS, week) for week in (24, 60))
    pair = ("client_engagement", "relationship")
    found = answer.worlds[0]
    for week, arrows in ((24, early), (60, late)):
        chosen = [index for index, at in enumerate(found.weeks) if week - 12 < at <= week]
        assert len(chosen) == 12 // EVERY
        strength = np.nanmean(found.strength[:, chosen, PAIRS.index(pair)])
        assert f"a week moved {100.0 * strength:.2f}%" in arrows[pair]["text"]
