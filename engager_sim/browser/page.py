"""The page: one visitor's visit, shown by its parts.

Redraws follow Mesa's own counter (``update_counter``), so Mesa's components can stand beside ours,
and ours in Mesa's ``SolaraViz`` (see :mod:`engager_sim.browser.in_solara_viz`).
"""

import dataclasses
import logging
from functools import partial
from typing import Any

import solara
from mesa.visualization.utils import force_update, update_counter

from engager_sim.browser import components
from engager_sim.browser.charts import charts_view, exits_view
from engager_sim.browser.controls import controls_view, presets
from engager_sim.browser.fates import fates_that_differ, fates_view
from engager_sim.browser.network_view import network_places, network_state
from engager_sim.browser.opening import opening_scenario
from engager_sim.browser.places import places_of
from engager_sim.browser.story_view import story_view
from engager_sim.browser.theory_map import theory_places, theory_state
from engager_sim.browser.tour import go_to, leave, tour_view
from engager_sim.browser.visit import FIRST, Visit
from engager_sim.world.records import ARMS

LOGGER = logging.getLogger(__name__)
NAMES = ("First world", "Other world")


@solara.component
def Layout(children: list[Any]) -> Any:
    """Show the page alone, without a frame of Solara's."""
    return solara.Div(children=children, classes=["es-page"])


@solara.component
def Page() -> None:
    """Show one visitor's worlds and let him change them."""
    visit = solara.use_memo(lambda: Visit(opening_scenario()), [])
    update_counter.get()

    def wish(act: Any) -> components.Wish:
        def acted(told: Any) -> None:
            try:
                act(told)
            except Exception:
                # A page that went on after a fault of ours is worth more than a traceback in it.
                LOGGER.exception("a wish could not be met")
                visit.message = "This could not be done, through a fault of the program."
            force_update()

        return acted

    told = solara.use_memo(lambda: tour_view(visit), [visit.version, visit.week, visit.stop])
    solara.Title(f"engager_sim: {visit.settings[FIRST].source.name.replace('_', ' ')}")
    components.Heading(
        state=_heading(visit),
        event_step=wish(lambda _: visit.step()),
        event_jump=wish(visit.jump),
        event_reset=wish(lambda _: visit.reset()),
        event_dismiss=wish(lambda _: visit.dismiss()),
        event_tour=wish(lambda _: go_to(visit, 0)),
    )
    components.Tour(
        stop=told,
        event_go=wish(partial(go_to, visit)),
        event_close=wish(lambda _: leave(visit)),
    )
    with solara.Div(classes=["es-body"]):
        _Settings(visit, wish)
        with solara.v.Html(tag="main", class_="es-main"):
            _Pictures(visit, wish)


@solara.component
def _Settings(visit: Visit, wish: Any) -> None:
    update_counter.get()
    settings = solara.use_memo(
        lambda: controls_view(visit), [visit.version, visit.edited, visit.arm]
    )
    known = solara.use_memo(presets, [])
    components.Controls(
        settings=settings,
        choices={
            "presets": [each | {"fits": _fits(visit, each)} for each in known],
            "seed": str(visit.seed),
            "two": visit.are_two,
            "edited": visit.edited,
            "worlds": NAMES[: len(visit.settings)],
            "arms": [{"arm": arm, "label": ARMS[arm].replace("_", " ")} for arm in visit.arms],
            "arm": visit.arm,
            "refusals": visit.refusals,
        },
        event_preset=wish(visit.load_preset),
        event_file=wish(lambda told: visit.load_file(told["name"], told["bytes"])),
        event_change=wish(lambda told: visit.change(told["path"], told["value"])),
        event_undo=wish(lambda _: visit.undo_changes()),
        event_seed=wish(visit.set_seed),
        event_two=wish(visit.show_two),
        event_edit=wish(visit.edit),
        event_arm=wish(visit.look_at),
    )


@solara.component
def _World(visit: Visit, number: int, title: str, differ: set[int], wish: Any) -> None:
    model = visit.worlds[number].model
    places = solara.use_memo(lambda: places_of(model.setting, model.world), [visit.version, number])
    fixed = solara.use_memo(lambda: network_places(model, places), [visit.version, number])
    update_counter.get()
    components.Network(
        title=title,
        explained=number == FIRST,
        places=fixed,
        state=network_state(model, places, differ, visit.arm),
        chosen=visit.man,
        can_choose=True,
        event_choose=wish(visit.tell_of),
    )


@solara.component
def _Pictures(visit: Visit, wish: Any) -> None:
    drawn = update_counter.get()
    worlds = visit.worlds
    names = [_name(visit, number) for number in range(len(worlds))]
    fates = fates_that_differ(worlds[0], worlds[1], visit.arm) if visit.are_two else []
    differ = {fate.man for fate in fates}
    theory = solara.use_memo(
        lambda: theory_state(worlds[visit.edited], visit.arm),
        [visit.version, visit.week, visit.edited, visit.arm],
    )
    story = solara.use_memo(
        lambda: story_view(worlds, visit.man), [visit.version, visit.week, visit.man]
    )
    with solara.Div(classes=["es-networks"]):
        for number in range(len(worlds)):
            _World(visit, number, names[number], differ, wish).key(f"world {number}")
    components.TheoryMap(
        title=names[visit.edited],
        places=theory_places(),
        state=theory,
        event_switch=wish(lambda told: visit.change(told["path"], told["value"])),
    )
    components.Charts(
        charts=charts_view(worlds, visit.arm),
        exits=exits_view(worlds, visit.arm),
        worlds=names,
        drawn=drawn,
        whose="everybody" if visit.arm is None else f"the {ARMS[visit.arm]} arm".replace("_", " "),
    )
    components.Story(
        story=story,
        fates=fates_view(worlds[0], worlds[1], fates) if visit.are_two else None,
        men=len(worlds[0].model.men),
        worlds=names,
        refusals=visit.refusals,
        event_choose=wish(visit.tell_of),
    )


def _fits(visit: Visit, preset: dict[str, Any]) -> bool:
    """Tell whether a preset can be shown in the edited world: beside another, with the same men."""
    people = dataclasses.asdict(visit.settings[FIRST].source.setting.population)
    return visit.edited == FIRST or preset["people"] == people


def _heading(visit: Visit) -> dict[str, Any]:
    return {
        "question": visit.settings[visit.edited].source.question,
        "week": visit.week,
        "weeks": visit.weeks,
        "message": visit.message,
    }


def _name(visit: Visit, number: int) -> str:
    settings = visit.settings[number]
    name = settings.source.name.replace("_", " ")
    changed = f", {len(settings.changes)} changed" if settings.changes else ""
    return f"{NAMES[number]}: {name}{changed}" if visit.are_two else f"{name}{changed}"
