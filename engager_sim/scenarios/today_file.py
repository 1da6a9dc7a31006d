"""The file of a service as it is today: what was said of it, and guesses marked as such."""

import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from engager_sim.costs.prices import LOCAL, PRICE_YEAR, PRICES
from engager_sim.scenarios.lever_lines import anchor_lines, lever_line, written
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_answers import OWN_KIND, Agency, Answers, needs_served
from engager_sim.scenarios.service_narrative import counted, every
from engager_sim.scenarios.theory_values import Value, declared
from engager_sim.theory.declaration import Parameter, Role

TODAY = "today.toml"
TEAM = "our team"
GUESSES = "through_the_gate"
"""The preset whose levers and places stand where nobody was asked: the nearest to a service that
begins inside and ends outside (assumption)."""
YEARS = 2
"""How long men are recruited, so that the service is full for most of it (assumption)."""
OF_TIES = {"shared_record", "colocation", "days_together"}
"""Levers that say of all pairs of agencies what the file says of each tie."""
SAID_TOO = {"preparations_for_ending.support_weeks"}
"""Settings that a service decides as it decides levers."""
HEADING = f"""\
# Written by engager-sim new. What you were asked stands as you said it. "A guess" was not asked
# (its value is that of the preset {GUESSES}): put in what is true of your service.
# Where a guess takes judgement, lines below it say what some levels look like."""


def today_text(answers: Answers) -> str:
    """Write the scenario file of a service as it is.

    Parameters
    ----------
    answers : Answers
        What was said of it.

    Returns
    -------
    str
        A scenario file that builds on no other.
    """
    preset = Scenario.load(GUESSES)
    people = preset.setting.population
    men_a_year = people.leavers / people.recruitment_weeks * 52.0
    places: dict[str, float] = {
        agency.kind: agency.places / men_a_year
        for agency in preset.setting.agencies
        if agency.places is not None
    }
    parts = [
        f"question = {written(_question(answers))}\n\n{HEADING}",
        _population(answers),
        _agencies(answers, places),
        ties_text(answers),
        _team(answers),
        *_levers(answers, preset),
        _costs(),
    ]
    return "\n\n".join(parts) + "\n"


def hours_of_sessions(answers: Answers, interval: float) -> float:
    """Count the hours a week that sessions at an interval take of each supervisor, by halves."""
    supervision = declared()["supervision"]
    sessions = math.ceil(answers.practitioners / answers.supervisors) / interval
    hours = math.ceil(2.0 * sessions * supervision["session_hours"].default) / 2.0
    allowed = supervision["supervisor_hours"]
    return min(max(hours, allowed.low), allowed.high)


def ties_text(answers: Answers, shared_record: str = "", colocated: str = "") -> str:
    """Write the service's ties; name the agency with which it shares a record, or a roof."""
    return "\n\n".join(
        f"[[ties]]\nbetween = {written([answers.name, agency.name])}\n"
        f"shared_record = {written(agency.name == shared_record)}\n"
        f"colocated = {written(agency.name == colocated)}"
        for agency in answers.agencies
    )


def _question(answers: Answers) -> str:
    return (
        f"What do we get today: {counted(answers.practitioners, 'practitioner')}, supervision "
        f"{every(answers.interval)}, {counted(answers.peers, 'peer')}, {answers.men} men a year?"
    )


def _population(answers: Answers) -> str:
    weeks = 52 * YEARS
    return (
        f"[population]\nleavers = {answers.men * YEARS} # {answers.men} men a year\n"
        f"recruitment_weeks = {weeks} # {YEARS} years\n"
        "shortest_to_release = 4 # a guess: weeks to release when a man enters, at least\n"
        "longest_to_release = 20 # a guess: at most\n"
        "allocation = [1, 0] # every man is offered the service"
    )


def _agencies(answers: Answers, places: Mapping[str, float]) -> str:
    known = [_agency(agency, answers, places) for agency in answers.agencies]
    own = f"[[agencies]]\nname = {written(answers.name)}\nkind = {written(OWN_KIND)} # a guess"
    network = '[network]\nstructure = "fragmented" # only the ties that are listed below'
    return "\n\n".join([network, own, *known])


def _agency(agency: Agency, answers: Answers, places: Mapping[str, float]) -> str:
    needs = needs_served(agency.kind)
    lines = ["[[agencies]]", f"name = {written(agency.name)}", f"kind = {written(agency.kind)}"]
    if needs:
        lines[-1] += f" # may serve {' and '.join(needs)}"
    if agency.kind in places:
        count = max(1, round(places[agency.kind] * answers.men))
        lines.append(f"places = {count} # a guess: men of yours that it can hold at a time")
    return "\n".join(lines)


def _team(answers: Answers) -> str:
    return (
        f'[[teams]]\nname = "{TEAM}"\narm = "programme"\nagency = {written(answers.name)}\n'
        f"practitioners = {answers.practitioners}\nsupervisors = {answers.supervisors}\n"
        f"peers = {answers.peers}"
    )


def _levers(answers: Answers, preset: Scenario) -> Iterator[str]:
    said: dict[str, Value] = {
        "supervision.interval": answers.interval,
        "supervision.mode": answers.mode,
    }
    guessed: dict[str, Any] = preset.resolved()["parameters"]["programme"]
    guessed["supervision"]["supervisor_hours"] = hours_of_sessions(answers, answers.interval)
    for theme, members in groupby(_written_out(answers), key=lambda parameter: parameter.theme):
        lines = [f"[programme.{theme}]"]
        for parameter in members:
            if parameter.path in said:
                lines.append(lever_line(parameter, said[parameter.path]))
            else:
                value = guessed[theme][parameter.name]
                lines.append(lever_line(parameter, value, before="a guess: "))
            lines += anchor_lines(parameter)
        yield "\n".join(lines)


def _written_out(answers: Answers) -> Iterator[Parameter]:
    """Choose what a file of today says: every lever that can act."""
    for theme, names in declared().items():
        for name, parameter in names.items():
            is_lever = parameter.role is Role.LEVER or parameter.path in SAID_TOO
            if is_lever and name not in OF_TIES and (theme != "peers" or answers.peers > 0):
                yield parameter


def _costs() -> str:
    lines = [
        f"[costs] # pounds of {PRICE_YEAR}: take away the # before what you know, and put it in.",
        "# One number is certain; three are the 5%, the median and the 95%.",
    ]
    for price in PRICES.values():
        if price.payer == LOCAL:
            numbers = ", ".join(f"{amount:g}" for amount in price.quantiles)
            lines.append(f"# {price.id} = [{numbers}] # {price.meaning} ({price.unit})")
    return "\n".join(lines)
