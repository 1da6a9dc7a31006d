"""Files that the page gives: each world's settings, and the same runs as a command."""

import csv
import io
import shlex
from typing import Any, NamedTuple

from engager_sim import __version__
from engager_sim.browser.charts import charts_view
from engager_sim.browser.initial_visit import REPLICATES
from engager_sim.browser.link import link_of
from engager_sim.browser.visit import FIRST, OTHER, Visit
from engager_sim.world.records import ARMS


class Download(NamedTuple):
    """A file to be saved by the visitor's browser."""

    name: str
    text: str


def settings_file(visit: Visit, world: int) -> Download:
    """Write a world's settings as a scenario file."""
    return Download(file_names(visit)[world], visit.settings[world].scenario().to_toml())


def file_names(visit: Visit) -> list[str]:
    """Name the file of each world's settings; two never have one name."""
    names = [
        f"{settings.source.name}{'_changed' if settings.changes else ''}"
        for settings in visit.settings
    ]
    if visit.has_two_worlds and names[FIRST] == names[OTHER]:
        names[OTHER] += "_other"
    return [f"{name}.toml" for name in names]


def terminal_command(visit: Visit, replicates: int = REPLICATES[0]) -> str:
    """Write the command that gives the page's outcomes over replicates in the terminal.

    For one world it runs the downloaded settings, for two it compares them.
    """
    files = " ".join(shlex.quote(name) for name in file_names(visit))
    if visit.has_two_worlds:
        return f"engager-sim compare {files} --seed {visit.seed} --replicates {replicates}"
    run = f"engager-sim run {files} --seed {visit.seed} --replicates {replicates}"
    return f"{run} --out results/mine"


def weeks_file(visit: Visit) -> Download:
    """Write every line of the charts, week by week, as a table: a row for each value."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["world", "men", "chart", "line", "unit", "week", "value"])
    men = "everybody" if visit.arm is None else ARMS[visit.arm]
    for chart in charts_view(visit.worlds, visit.arm):
        for line in chart["series"]:
            for world, values in zip(("first", "other"), line["worlds"], strict=False):
                about = (world, men, chart["title"], line["name"], chart["unit"])
                table.writerows((*about, week, value) for week, value in enumerate(values))
    return Download("simulated_weeks.csv", text.getvalue())


def page_facts(visit: Visit, replicates: int = REPLICATES[0]) -> dict[str, Any]:
    """Say what a saved page has to say of itself: what is shown, that it is simulated, by what."""
    names = [settings.source.name.replace("_", " ") for settings in visit.settings]
    return {
        "title": " and ".join(dict.fromkeys(names)),
        "question": visit.settings[FIRST].source.question,
        "week": visit.week,
        "lines": [
            "Everything here is simulated. It shows what follows from the programme theory, not "
            "what happened to anybody.",
            note(visit),
        ],
        "link": link_of(visit.state),
        "command": terminal_command(visit, replicates),
        "files": [settings_file(visit, world)._asdict() for world in range(len(visit.settings))],
    }


def note(visit: Visit) -> str:
    """Say in one line what a picture shows, that it is simulated, and by which version."""
    men = "everybody" if visit.arm is None else f"the {ARMS[visit.arm].replace('_', ' ')} arm"
    return (
        f"Simulated with engager_sim {__version__}: random seed {visit.seed}, week {visit.week}, "
        f"{men}; lines, network and story "
        f"are one run {visit.stands}, intervals as the page says"
    )
