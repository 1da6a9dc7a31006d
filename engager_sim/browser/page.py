"""The page: one visitor's visit, shown by its components.

Redraws follow Mesa's own counter (``update_counter``), so Mesa's components can stand beside ours,
and ours in Mesa's ``SolaraViz`` (see :mod:`engager_sim.browser.solara_viz_component`).
"""

import dataclasses
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import solara
from mesa.visualization.utils import force_update, update_counter

from engager_sim.browser import components
from engager_sim.browser.alive import PROCESS
from engager_sim.browser.changes_view import changes_view, revert
from engager_sim.browser.charts import charts_view
from engager_sim.browser.controls import controls_view, presets
from engager_sim.browser.downloads import note, settings_file, weeks_file
from engager_sim.browser.ensemble.exploration import Exploration
from engager_sim.browser.ensemble.panel import LeverEffects, Outcomes, Theory
from engager_sim.browser.exits import differing_exits, exit_counts_view
from engager_sim.browser.finder import Finder
from engager_sim.browser.initial_visit import initial_scenario
from engager_sim.browser.memory import give_back_soon
from engager_sim.browser.solara_viz_component import NetworkOfModel
from engager_sim.browser.story_view import story_view
from engager_sim.browser.tab import Tab
from engager_sim.browser.tour import end_tour, show_stop, tour_view
from engager_sim.browser.visit import FIRST, Visit
from engager_sim.errors import EngagerError
from engager_sim.scenarios.toml_file import MOST_BYTES
from engager_sim.scenarios.uploaded_file import DATA
from engager_sim.world.records import ARMS

LOGGER = logging.getLogger(__name__)
WORLD_NAMES = ("First world", "Other world")

type Events = dict[str, Callable[[Any], None]]


# Solara looks for a page's components by the names Layout and Page.
@solara.component
def Layout(children: list[Any]) -> Any:
    """Show the page alone, without Solara's own frame."""
    return solara.Div(children=children, classes=["es-page"])


@solara.component
def Page() -> None:
    """Show one visitor's worlds and let him change them."""
    tab = solara.use_memo(lambda: Tab(initial_scenario()), [])
    solara.use_effect(lambda: give_back_soon, [])  # called when the page is left
    update_counter.get()
    tab.note()
    events = _events(tab.visit, tab.exploration) | _tab_events(tab)
    components.Address(address=tab.address(), **events)
    components.Delivery(delivered=tab.delivered)
    if tab.opened:
        _Opened(tab, events)


@solara.component
def _Opened(tab: Tab, events: Events) -> None:
    update_counter.get()
    visit = tab.visit
    stop = solara.use_memo(lambda: tour_view(visit), [visit.version, visit.week, visit.tour_stop])
    solara.Title(f"engager_sim: {visit.settings[FIRST].source.name.replace('_', ' ')}")
    components.Connection(server=PROCESS)
    components.Heading(state=_heading(visit) | tab.address(), **events)
    components.Tour(stop=stop, **events)
    with solara.Div(classes=["es-body"]):
        _Settings(tab, events)
        with solara.v.Html(tag="main", class_="es-main"):
            _Results(tab, events)


def _events(visit: Visit, exploration: Exploration) -> Events:
    """Give what each event of a component does."""

    def change(changed: Any) -> None:
        visit.change(changed["path"], changed["value"])

    actions: Events = {
        "step": lambda _: visit.step(),
        "jump": visit.jump,
        "reset": lambda _: visit.reset(),
        "dismiss": lambda _: visit.dismiss_message(),
        "tour": lambda _: show_stop(visit, 0),
        "go": partial(show_stop, visit),
        "close": lambda _: end_tour(visit),
        "preset": visit.load_preset,
        "file": visit.load_files,
        "change": change,
        "switch": change,
        "undo": lambda _: visit.undo_changes(),
        "seed": visit.set_seed,
        "draw": visit.set_draw,
        "replicates": exploration.set_replicates,
        "outcome": exploration.set_outcome,
        "explore": lambda path: exploration.open_lever(path, visit.lever_arm),
        "rank": exploration.rank,
        "window": exploration.set_window,
        "seen": lambda _: exploration.see_theory(),
        "two": visit.show_two_worlds,
        "edit": visit.edit,
        "arm": visit.choose_arm,
        "choose": visit.choose_leaver,
    }
    return _handled(visit, actions)


def _tab_events(tab: Tab) -> Events:
    """Give what the events of address, history and downloads do."""
    return _handled(
        tab.visit,
        {
            "link": tab.open,
            "back": lambda _: tab.undo(),
            "forward": lambda _: tab.redo(),
            "weeks": lambda _: tab.deliver(weeks_file(tab.visit)),
            "whole": lambda _: tab.tell(),
            "save": lambda world: tab.deliver(settings_file(tab.visit, world)),
            "revert": lambda at: revert(tab.visit, at["world"], at["path"]),
        },
    )


def _handled(visit: Visit, actions: Mapping[str, Callable[[Any], None]]) -> Events:
    return {f"event_{name}": partial(_handle, visit, act) for name, act in actions.items()}


def _handle(visit: Visit, action: Callable[[Any], None], value: Any) -> None:
    with visit.lock:
        try:
            action(value)
        except EngagerError as error:
            visit.message = str(error)
        except Exception:
            # A page that goes on after a fault of ours is worth more than a traceback in it.
            LOGGER.exception("a request failed")
            visit.message = "This could not be done, through a fault of the program."
        force_update()


@solara.component
def _Settings(tab: Tab, events: Events) -> None:
    update_counter.get()
    visit, replicates = tab.visit, tab.exploration.replicates
    settings = solara.use_memo(
        lambda: controls_view(visit, replicates),
        [visit.version, visit.edited, visit.arm, replicates],
    )
    known_presets = solara.use_memo(presets, [])
    choices = {
        "presets": [preset | {"fits": _fits(visit, preset)} for preset in known_presets],
        "seed": str(visit.seed),
        "draw": "" if visit.draw is None else str(visit.draw),
        "two": visit.has_two_worlds,
        "edited": visit.edited,
        "worlds": WORLD_NAMES[: len(visit.settings)],
        "arms": [{"arm": arm, "label": ARMS[arm].replace("_", " ")} for arm in visit.arms],
        "arm": visit.arm,
        "refusals": visit.refusals,
        "most_bytes": MOST_BYTES,
        "endings": [".toml", *DATA],
    }
    scenario = {name: each for name, each in settings.items() if name not in ("levers", "others")}
    changes = changes_view(visit, WORLD_NAMES)
    with solara.v.Html(tag="aside", class_="es-side", attributes={"aria-label": "Settings"}):
        components.Controls(part="scenario", settings=scenario, choices=choices, **events)
        components.Changes(worlds=changes, **events)
        components.Saving(note=note(visit), facts=tab.facts, **events)
        components.Controls(part="levers", settings=settings, choices=choices, **events)


@solara.component
def _Results(tab: Tab, events: Events) -> None:
    drawn = update_counter.get()
    visit, exploration = tab.visit, tab.exploration
    worlds = visit.worlds
    titles = [_world_title(visit, world) for world in range(len(worlds))]
    differing = differing_exits(worlds[0], worlds[1], visit.arm) if visit.has_two_worlds else None
    story = solara.use_memo(
        lambda: story_view(worlds, visit.leaver), [visit.version, visit.week, visit.leaver]
    )
    with solara.Div(classes=["es-networks"]):
        for world, title in enumerate(titles):
            NetworkOfModel(
                worlds[world].model,
                drawn,
                title=title,
                has_legend=world == FIRST,
                differing={row["leaver"] for row in differing or []},
                arm=visit.arm,
                chosen=visit.leaver,
                events=events,
            ).key(f"world {world}")
    Outcomes(visit, exploration, titles, events)
    LeverEffects(visit, exploration, events)
    Theory(visit, exploration, titles[visit.edited], events)
    components.Charts(
        charts=charts_view(worlds, visit.arm),
        exits=exit_counts_view(worlds, visit.arm),
        worlds=titles,
        drawn=drawn,
        group="everybody" if visit.arm is None else f"the {ARMS[visit.arm]} arm".replace("_", " "),
    )
    Finder(visit, events)
    components.Story(
        story=story,
        differing=differing,
        leavers=len(worlds[0].model.men),
        worlds=titles,
        refusals=visit.refusals,
        **events,
    )


def _fits(visit: Visit, preset: dict[str, Any]) -> bool:
    """Tell whether a preset fits the edited world: a second world needs the same population."""
    population = dataclasses.asdict(visit.settings[FIRST].source.setting.population)
    return visit.edited == FIRST or preset["population"] == population


def _heading(visit: Visit) -> dict[str, Any]:
    return {
        "question": visit.settings[visit.edited].source.question,
        "week": visit.week,
        "weeks": visit.weeks,
        "message": visit.message,
    }


def _world_title(visit: Visit, world: int) -> str:
    settings = visit.settings[world]
    name = settings.source.name.replace("_", " ")
    title = f"{name}, {len(settings.changes)} changed" if settings.changes else name
    return f"{WORLD_NAMES[world]}: {title}" if visit.has_two_worlds else title
