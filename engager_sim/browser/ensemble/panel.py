"""The cards about replicates: each asks in the background, and is drawn again when it is told."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import solara

from engager_sim.browser import components
from engager_sim.browser.ensemble.background import Answer, Background, Question
from engager_sim.browser.ensemble.courses_view import courses_view
from engager_sim.browser.ensemble.exploration import THIS_WEEK, Exploration, ranked_contrasts
from engager_sim.browser.ensemble.influence_runs import EVERY, InfluenceRuns, WeeklyInfluences
from engager_sim.browser.ensemble.influences_view import (
    INFLUENCE_REPLICATES,
    WHOLE_RUN,
    averaged_arrows,
)
from engager_sim.browser.ensemble.lever_effects import (
    CURVE_REPLICATES,
    RANKING_REPLICATES,
    curve_scenarios,
    curve_view,
    lever_label,
    lever_values,
    ranking_scenarios,
    ranking_view,
)
from engager_sim.browser.ensemble.outcomes_view import PLACES, columns_of, outcomes_view
from engager_sim.browser.ensemble.replicates import Replicates, WorldRuns
from engager_sim.browser.initial_visit import REPLICATES
from engager_sim.browser.posterior_draw import at_draw
from engager_sim.browser.theory_diagram import arrows_of_week, switches, theory_diagram
from engager_sim.browser.visit import Visit, value_at
from engager_sim.errors import EngagerError, UsageError
from engager_sim.laws.declaration import Law
from engager_sim.laws.statements import LAWS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.fitted_parameters import shipped_posterior
from engager_sim.scenarios.theory_values import named_values

type Events = Mapping[str, Callable[[Any], None]]


def _asked[Result](
    visit: Visit,
    question_of: Callable[[], Question[Result] | None],
    about: list[Any],
    patient: bool = True,
) -> tuple[Background[Result], Answer[Result] | None]:
    """Keep a background for a component, and ask it what is wanted now; nothing for None.

    ``about`` is what the question depends on: it is made anew only when that changed. The answer is
    None until the first wave of this very question is done.
    """
    _, tell = solara.use_state(0)

    def draw_again() -> None:
        with visit.lock:  # never while the visit is half changed
            tell(lambda told: told + 1)

    background: Background[Result] = solara.use_memo(lambda: Background(draw_again, patient), [])

    question, refusal = solara.use_memo(lambda: _or_refusal(question_of), about)

    def ask() -> None:
        if question is None:
            background.give_up()
            background.error = refusal
        else:
            background.ask(question)

    solara.use_effect(ask, about)
    solara.use_effect(lambda: background.give_up, [])  # called when the page is left
    answer = background.answer
    if question is None or answer is None or not answer.question.asks_the_same(question):
        return background, None
    return background, answer


def _or_refusal[Result](
    question_of: Callable[[], Question[Result] | None],
) -> tuple[Question[Result] | None, str]:
    """Make a question, or say why there can be none: a posterior of other rules, for one."""
    try:
        return question_of(), ""
    except EngagerError as error:
        return None, str(error)


@solara.component
def Outcomes(visit: Visit, exploration: Exploration, titles: list[str], events: Events) -> None:
    """Show headline outcomes and courses of the worlds on the page, over replicates."""
    background, answer = _asked(
        visit,
        lambda: page_question(visit, exploration),
        [visit.version, exploration.replicates],
        patient=False,
    )
    columns = columns_of(titles, visit.arms, visit.arm)
    laws = solara.use_memo(lambda: laws_between(visit), [visit.version])
    shown = solara.use_memo(
        lambda: None if answer is None else _shown(answer, columns, laws), [answer, visit.arm]
    )
    components.Outcomes(
        outcomes=shown,
        courses=[] if shown is None else shown["courses"],
        choices={
            "replicates": exploration.replicates,
            "known": sorted({*REPLICATES, exploration.replicates}),
            "worlds": titles,
            "done": 0 if answer is None else answer.done,
            "error": background.error,
            "stands": visit.stands,
        },
        **events,
    )


def _shown(answer: Answer[Replicates], columns: Any, laws: Any) -> dict[str, Any]:
    return outcomes_view(answer, columns, laws) | {"courses": courses_view(answer, columns)}


def page_question(visit: Visit, exploration: Exploration) -> Question[Replicates]:
    """Ask for replicates of the worlds on the page."""
    return Question(
        runs=partial(WorldRuns, courses=True),
        scenarios=tuple(settings.scenario() for settings in visit.settings),
        seed=visit.seed,
        replicates=exploration.replicates,
        fitted=shipped_posterior(),
        watched=True,
        at=at_draw(visit.draw),
    )


def laws_between(visit: Visit) -> list[Law]:
    """List the laws about what two worlds differ in; none for one world."""
    if not visit.has_two_worlds:
        return []
    first, other = (settings.scenario() for settings in visit.settings)
    differing: dict[str, str | None] = {}
    for key, _, _ in first.difference(other):
        differing[key] = None
        with suppress(UsageError):  # what is no parameter is a setting
            differing[key] = find_parameter(key)[1].path
    return [law for law in LAWS if any(law.is_about(*changed) for changed in differing.items())]


@solara.component
def LeverEffects(visit: Visit, exploration: Exploration, events: Events) -> None:
    """Show what one lever does over its range, and levers and themes ranked."""
    arm, group = visit.lever_arm, 0 if visit.arm is None else visit.arm + 1
    contrasts = ranked_contrasts(arm)
    lever = exploration.lever
    if lever not in [contrast.path for contrast in contrasts]:
        lever = None
    scenario = visit.settings[visit.edited].scenario
    parameter = None if lever is None else find_parameter(lever)[1]
    values = [] if parameter is None else lever_values(parameter)
    about = [visit.version, visit.edited, arm]

    outcomes_alone = partial(WorldRuns, courses=False)

    def about_curve() -> Question[Replicates] | None:
        if lever is None:
            return None
        scenarios = curve_scenarios(scenario(), lever, values)
        known = (visit.seed, CURVE_REPLICATES, shipped_posterior())
        return Question(outcomes_alone, scenarios, *known)

    def about_ranking() -> Question[Replicates] | None:
        if not exploration.ranks:
            return None
        scenarios = ranking_scenarios(scenario(), contrasts)
        known = (visit.seed, RANKING_REPLICATES, shipped_posterior())
        return Question(outcomes_alone, scenarios, *known)

    curve, curve_answer = _asked(visit, about_curve, [*about, lever])
    ranking, ranking_answer = _asked(visit, about_ranking, [*about, exploration.ranks])

    def value_now() -> Any:
        return None if lever is None else value_at(named_values(scenario().theories()), lever)

    now = solara.use_memo(value_now, [*about, lever])
    outcome = exploration.outcome
    curve_shown = solara.use_memo(
        lambda: curve_answer and curve_view(curve_answer, values, outcome, group),
        [curve_answer, outcome, group],
    )
    ranking_shown = solara.use_memo(
        lambda: ranking_answer and ranking_view(ranking_answer, contrasts, outcome, group),
        [ranking_answer, outcome, group],
    )
    components.Levers(
        choices={
            "outcome": outcome,
            "outcomes": [
                {"id": name, "label": OUTCOMES[PLACES[name]].label_with_unit} for name in HEADLINE
            ],
            "lever": lever or "",
            "levers": [
                {"path": path, "label": lever_label(find_parameter(path)[1])}
                for path in dict.fromkeys(contrast.path for contrast in contrasts)
            ],
            "ranks": exploration.ranks,
            "ranked": len(contrasts),
            "runs": 2 * len(contrasts) * RANKING_REPLICATES,
            "runs_done": ranking.runs_done,
            "error": curve.error or ranking.error,
            "now": now,
            "anchors": "" if parameter is None else parameter.anchored,
            "unit": "" if parameter is None else parameter.unit,
        },
        curve=curve_shown,
        ranking=ranking_shown,
        **events,
    )


@solara.component
def Theory(visit: Visit, exploration: Exploration, title: str, events: Events) -> None:
    """Show the theory's diagram: arrows of the edited world, over replicates or in this week."""
    world, arm = visit.worlds[visit.edited], visit.arm

    is_wanted = exploration.theory_is_seen and exploration.window != THIS_WEEK

    def about_influences() -> Question[WeeklyInfluences] | None:
        if not is_wanted:
            return None
        return Question(
            partial(InfluenceRuns, arm=arm),
            (visit.settings[visit.edited].scenario(),),
            visit.seed,
            INFLUENCE_REPLICATES,
            shipped_posterior(),
        )

    about = [visit.version, visit.edited, arm, is_wanted]
    background, answer = _asked(visit, about_influences, about)

    def arrows() -> list[dict[str, Any]]:
        if exploration.window == THIS_WEEK:
            return arrows_of_week(world, arm)
        return [] if answer is None else averaged_arrows(answer, exploration.window, visit.week)

    week = None if exploration.window == WHOLE_RUN else visit.week
    shown = [answer, visit.version, week, visit.edited, arm, exploration.window]
    components.TheoryDiagram(
        title=title,
        diagram=theory_diagram(),
        state={
            "on": solara.use_memo(lambda: switches(world), [visit.version, visit.edited]),
            "arrows": solara.use_memo(arrows, shown),
            "window": exploration.window,
            "done": 0 if answer is None else answer.done,
            "of": INFLUENCE_REPLICATES,
            "every": EVERY,
            "error": background.error,
        },
        **events,
    )
