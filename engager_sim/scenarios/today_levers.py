"""The levers of a service as its file says them: those asked about, and guesses for the rest."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from engager_sim.scenarios.lever_lines import anchor_lines, lever_line
from engager_sim.scenarios.part_time import PER_POST, Posts
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_answers import Answers
from engager_sim.scenarios.service_narrative import counted, every
from engager_sim.scenarios.supervision_hours import hours_asked, hours_kept
from engager_sim.scenarios.theory_values import Value, declared, named_values
from engager_sim.theory.declaration import Parameter, Role

GUESSES = "through_the_gate"
"""The preset whose levers and places stand where nobody was asked: the nearest to a service that
begins inside and ends outside (assumption)."""
COMPARED = ("usual_care", GUESSES)
"""Presets whose contact hours stand beside the question about one's own."""
OF_TIES = {"shared_record", "colocation", "days_together"}
"""Levers that say of all pairs of agencies what the file says of each tie."""
SAID_TOO = {"preparations_for_ending.support_weeks"}
"""Settings that a service decides as it decides levers."""
SUPERVISOR_HOURS, CONTACT_HOURS = "supervision.supervisor_hours", "client_engagement.contact_hours"


type Levers = dict[str, dict[str, Any]]
"""Values of an arm, by theme and name."""


def lever_tables(answers: Answers, guesses: Levers) -> Iterator[str]:
    """Write a table for each theme: what was said, and guesses where nobody was asked.

    Contact hours and caseload are those of each person, part-time or not.
    """
    for theme, members in groupby(_written_out(answers), key=lambda parameter: parameter.theme):
        lines = [f"[programme.{theme}]"]
        for parameter in members:
            lines += [_line(parameter, answers, guesses), *anchor_lines(parameter)]
            if parameter.path == CONTACT_HOURS:
                lines += [f"#   {level}" for level in levels_of_contact()]
        yield "\n".join(lines)


def levels_of_contact() -> list[str]:
    """Say which contact hours presets have, to compare one's own with."""
    theme, lever = CONTACT_HOURS.split(".")
    return [
        f"{preset_levers(name)[theme][lever]:g}: as in the preset {name} (assumption)"
        for name in COMPARED
    ]


def preset_levers(name: str) -> Levers:
    """Give what a preset says of its programme."""
    return named_values(Scenario.load(name).theories())["programme"]


def per_person(name: str, of_a_post: float, posts: Posts) -> float:
    """Give a lever of one practitioner where some are part-time, at least the least allowed."""
    lever = declared()["client_engagement"][name]
    return max(lever.low, round(of_a_post * posts.share, 2))


def hours_of_sessions(people: int, answers: Answers, interval: float) -> float:
    """Give the hours that each supervisor keeps for the sessions of so many practitioners."""
    session = declared()["supervision"]["session_hours"].default
    return hours_kept(hours_asked(people, answers.supervisors, interval, session))


def hours_of_supervisors(answers: Answers, posts: Posts) -> float:
    """Give the hours that each supervisor keeps: as said, or what today's sessions take."""
    if answers.supervisor_hours is not None:
        return answers.supervisor_hours
    return hours_of_sessions(posts.people, answers, answers.interval)


def _line(parameter: Parameter, answers: Answers, guesses: Levers) -> str:
    said: dict[str, Value] = {
        CONTACT_HOURS: answers.contact_hours,
        "supervision.interval": answers.interval,
        "supervision.mode": answers.mode,
    }
    before = "" if parameter.path in said else "a guess: "
    value: Any = said.get(parameter.path, guesses[parameter.theme][parameter.name])
    posts = answers.posts
    if parameter.path == SUPERVISOR_HOURS:
        value = hours_of_supervisors(answers, posts)
        held = f"{counted(posts.people, 'practitioner')} with a session {every(answers.interval)}"
        before = f"a guess, enough for {held}: " if answers.supervisor_hours is None else ""
    elif parameter.name in PER_POST and posts.share < 1.0:
        before += f"each holds {posts.share:.3g} of a post's {value:g}: "
        value = per_person(parameter.name, float(value), posts)
    return lever_line(parameter, value, before=before)


def _written_out(answers: Answers) -> Iterator[Parameter]:
    """Choose what a file of today says: every lever that can act."""
    for theme, names in declared().items():
        for name, parameter in names.items():
            is_lever = parameter.role is Role.LEVER or parameter.path in SAID_TOO
            if is_lever and name not in OF_TIES and (theme != "peers" or answers.peers > 0):
                yield parameter
