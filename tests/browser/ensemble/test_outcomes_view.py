"""The page's outcomes are those of the commands: the same runs, the same arithmetic."""

import json
from functools import partial

import pytest

from engager_sim.browser.ensemble.background import Answer, Background, Question
from engager_sim.browser.ensemble.courses_view import courses_view
from engager_sim.browser.ensemble.exploration import Exploration
from engager_sim.browser.ensemble.outcomes_view import columns_of, outcomes_view
from engager_sim.browser.ensemble.panel import laws_between, page_question
from engager_sim.browser.ensemble.replicates import Replicates, WorldRuns
from engager_sim.browser.visit import Visit
from engager_sim.laws.worlds import with_peers
from engager_sim.mesa_model import EngagerModel
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.fitted_parameters import shipped_posterior
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.study import compare
from engager_sim.studies.run.study import simulate
from tests.week.worlds import small_trial

REPLICATES = 20
FIRST = small_trial(40)
OTHER = changed(FIRST, {"programme.supervision.interval": 8.0}, name="other")
LABELS = {outcome.id: outcome for outcome in OUTCOMES}


def answer_to(*scenarios: Scenario, draw: int | None = None) -> Answer[Replicates]:
    at = None if draw is None else shipped_posterior().at(draw)
    background: Background[Replicates] = Background(lambda: None)
    background.ask(
        Question(
            partial(WorldRuns, courses=True),
            scenarios,
            3,
            REPLICATES,
            shipped_posterior(),
            True,
            at,
        )
    )
    background.wait()
    assert background.answer is not None, background.error
    return background.answer


@pytest.fixture(scope="module")
def two_worlds() -> Answer[Replicates]:
    return answer_to(FIRST, OTHER)


def test_a_difference_of_worlds_is_that_of_compare(two_worlds: Answer[Replicates]) -> None:
    table = compare(FIRST, OTHER, replicates=REPLICATES, seed=3).differences.set_index(
        ["outcome", "whom"]
    )
    for arm, whom in ((None, "all"), (0, "programme")):
        view = outcomes_view(two_worlds, columns_of(["a", "b"], [0, 1], arm), [])
        assert [row["id"] for row in view["rows"]] == list(HEADLINE)
        for row in view["rows"]:
            known = table.loc[(row["id"], whom)]
            outcome = LABELS[row["id"]]
            expected = outcome.with_interval(
                known["difference"], known["low"], known["high"], difference=True
            )
            assert row["cells"][-1]["mean"] == expected


def test_arms_and_their_difference_are_those_of_run() -> None:
    summary = simulate(FIRST, replicates=REPLICATES, seed=3, parameters="posterior").summary()
    table = summary.set_index(["outcome", "whom"])
    view = outcomes_view(answer_to(FIRST), columns_of(["a"], [0, 1], 0), [])
    assert view["columns"] == ["usual care", "programme", "programme less usual care"]
    for row in view["rows"]:
        for cell, whom in zip(row["cells"], ("usual_care", "programme", "difference"), strict=True):
            known = table.loc[(row["id"], whom)]
            ends = (known["mean"], known["low"], known["high"])
            assert cell["mean"] == LABELS[row["id"]].with_interval(*ends, whom == "difference")
            if cell["mean"] == "no value":
                assert cell["sign"] == ""


@pytest.mark.parametrize("draw", [None, 7])
def test_this_run_is_the_one_that_the_page_plays(draw: int | None) -> None:
    model = EngagerModel(FIRST, rng=3, draw=draw)
    model.run_model()
    played = model.outcomes()
    view = outcomes_view(answer_to(FIRST, draw=draw), columns_of(["a"], [0, 1], 0), [])
    for row in view["rows"]:
        value = played[f"{row['id']}_programme"]
        assert row["cells"][1]["this"] == LABELS[row["id"]].text(value)


def test_a_nil_change_gives_exactly_nil() -> None:
    view = outcomes_view(answer_to(FIRST, FIRST), columns_of(["a", "b"], [0, 1], 0), [])
    cells = [row["cells"][-1] for row in view["rows"] if row["strip"] is not None]
    assert cells
    assert {(cell["mean"], cell["sign"]) for cell in cells} == {("identical", "identical")}


def test_a_direction_is_assumed_where_a_law_fixes_it() -> None:
    visit = Visit(FIRST)
    visit.show_two_worlds(True)
    assert laws_between(visit) == []
    visit.change("programme.supervision.interval", 1.0)
    laws = laws_between(visit)
    assert {law.statement for law in laws} >= {"Supervision more often does not lower trust."}
    columns = columns_of(["a", "b"], [0, 1], 0)
    view = outcomes_view(answer_to(FIRST, OTHER), columns, laws)
    assert [row["id"] for row in view["rows"] if row["assumed"]] == ["trust_12w"]
    visit.undo_changes()
    visit.change("programme.collaboration.shared_record", 1.0)
    view = outcomes_view(answer_to(FIRST, OTHER), columns, laws_between(visit))
    assert [row["id"] for row in view["rows"] if row["assumed"]] == ["trust_12w", "treated_3w"]
    visit.undo_changes()
    visit.change("programme.peers.support", 0.9)
    assert "trust_12w" not in {name for law in laws_between(visit) for name in law.measure.outcomes}


def test_worlds_that_differ_in_settings_have_the_laws_about_these() -> None:
    visit = Visit(FIRST)
    visit.show_two_worlds(True)
    visit.settings[1].source = with_peers(3)(FIRST)
    statements = {law.statement for law in laws_between(visit)}
    assert statements == {"Peers with time and support do not lower first attendance."}


def test_a_strip_places_this_run_among_the_replicates(two_worlds: Answer[Replicates]) -> None:
    for row in outcomes_view(two_worlds, columns_of(["a", "b"], [0, 1], 0), [])["rows"]:
        strip = row["strip"]
        places = [*strip["dots"], strip["this"], strip["zero"]]
        assert all(0.0 <= place <= 1.0 for place in places)
        below = sum(dot < strip["this"] for dot in strip["dots"])
        assert strip["text"] == f"this run lies above {below} of {len(strip['dots'])} replicates"


def test_courses_enclose_their_means_and_can_be_written(two_worlds: Answer[Replicates]) -> None:
    columns = columns_of(["a", "b"], [0, 1], 0)
    charts = courses_view(two_worlds, columns)
    for chart in charts:
        assert [line["name"] for line in chart["lines"]] == ["first world", "other world"]
        for line in chart["lines"]:
            assert len(line["mean"]) == len(line["this"]) == len(chart["weeks"])
            for low, mean, high in zip(line["low"], line["mean"], line["high"], strict=True):
                assert mean is None or 0.0 <= low <= mean <= high <= chart["top"]
    json.dumps([charts, outcomes_view(two_worlds, columns, [])], allow_nan=False)


def test_the_page_asks_for_what_it_shows() -> None:
    visit = Visit(FIRST)
    visit.set_seed("9")
    visit.set_draw("4")
    question = page_question(visit, Exploration(replicates=100))
    assert (question.seed, question.replicates, len(question.scenarios)) == (9, 100, 1)
    assert question.at is not None
    assert question.at.only == 4
    assert visit.stands == "at posterior draw 4"
    assert visit.worlds[0].model.plan.theories.tobytes() != FIRST.theories().tobytes()


@pytest.mark.parametrize("wrong", ["-1", "1000000", "two", "1.5"])
def test_a_draw_that_does_not_exist_is_refused(wrong: str) -> None:
    visit = Visit(FIRST)
    visit.set_draw("3")
    visit.set_draw(wrong)
    assert visit.message is not None
    assert "draw" in visit.message
    assert visit.draw == 3
