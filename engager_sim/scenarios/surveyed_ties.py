"""Ties that a scenario lists, moved with the levers of collaboration since they were surveyed."""

import dataclasses
from random import Random
from typing import NamedTuple

from engager_sim.scenarios.theory_values import Groups, theories_of
from engager_sim.theory.surveyed_ties import share_outdated, surveyed_strength
from engager_sim.world.agencies import programme_agencies
from engager_sim.world.records import PROGRAMME, USUAL_CARE
from engager_sim.world.setting import Setting, TieSetting


class Levels(NamedTuple):
    """The levers of collaboration that move ties, in one arm."""

    initial_tie: float
    shared_record: float
    colocation: float


def levels_of(values: dict[str, Groups]) -> tuple[Levels, ...]:
    """Give the levers of both arms, programme then usual care."""
    return tuple(
        Levels(*(float(theory.collaboration[name]) for name in Levels._fields))
        for theory in theories_of(values)
    )


def moves_ties(path: str) -> bool:
    """Tell whether a parameter's path names one of these levers, of one arm or both."""
    *_, theme, name = path.split(".")
    return theme == "collaboration" and name in Levels._fields


def is_surveyed(tie: TieSetting) -> bool:
    """Tell whether a scenario gives anything of a tie besides that it is there."""
    return (tie.strength, tie.shared_record, tie.colocated) != (None, None, None)


def moved_ties(
    setting: Setting, then: tuple[Levels, ...], now: tuple[Levels, ...]
) -> list[TieSetting]:
    """Move listed ties from the levers' values at their survey to those of now.

    Which arm's levers a tie follows is as for all ties (``programme_agencies``). An answer
    that is outdated is left to be drawn in every replicate, as it is for ties that are not listed;
    which pairs' answers are is a pair's own, the same at every value of a lever.
    """
    programme = programme_agencies(setting)
    moved = []
    for tie in setting.ties:
        arm = USUAL_CARE if programme.isdisjoint(tie.between) else PROGRAMME
        before, after = then[arm], now[arm]
        strength = tie.strength
        if strength is not None:
            strength = surveyed_strength(strength, before.initial_tie, after.initial_tie)
        record = _kept(tie, tie.shared_record, "record", before.shared_record, after.shared_record)
        office = _kept(tie, tie.colocated, "place", before.colocation, after.colocation)
        moved.append(
            dataclasses.replace(tie, strength=strength, shared_record=record, colocated=office)
        )
    return moved


def _kept(
    tie: TieSetting, answer: bool | None, question: str, then: float, level: float
) -> bool | None:
    """Give a survey's answer, or nothing where it is outdated."""
    own = Random("|".join((question, *sorted(tie.between)))).random()
    outdated = answer is not None and own < share_outdated(int(answer), then, level)
    return None if outdated else answer
