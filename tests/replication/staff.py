"""Staff leave, posts are filled, the week wears them out (7.3)."""

import math

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.numbers import happens, limited, spread_around
from tests.replication.records import Record, Theory, World

BURNOUT_AT_START = 0.25
STRAIN_AT_START = 0.25
WEEKS_IF_OFF = 8.0


def leaving_hazard(theory: Theory, tiredness: float) -> float:
    """``-log(1 - a) / 52 x exp(k (b - b0))``; a supervisor's strain stands for burnout."""
    turnover = theory.turnover
    excess = tiredness - theory.supervision.reference_burnout
    yearly = -math.log(1.0 - turnover.annual_leaving)
    return float(yearly / 52.0 * math.exp(turnover.leaving_burnout * excess))


def has_overlap(theory: Theory) -> bool:
    """Tell whether who leaves hands over in person; nobody does with supervision off."""
    return bool(theory.turnover.overlap and theory.supervision.on)


def weeks_vacant(theory: Theory) -> float:
    """Weeks that a post stays empty: none with overlap, 8 with supervision off."""
    if has_overlap(theory):
        return 0.0
    return float(theory.turnover.vacancy_weeks) if theory.supervision.on else WEEKS_IF_OFF


def replace_staff(world: World) -> None:
    """Practitioners leave; posts stay vacant, or pass over with an overlap; successors start."""
    for post in world.practitioners:
        theory = world.theories[post.arm]
        if post.vacancy > 0.0:
            post.vacancy = max(0.0, post.vacancy - 1.0)
            if post.vacancy == 0.0:
                take_post(world, theory, post)
            continue
        if happens(
            leaving_hazard(theory, post.burnout), world.uniform_of_staff(post, Chance.LEAVES_POST)
        ):
            post.left += 1
            post.incumbent += 1
            post.vacancy = weeks_vacant(theory)
            values = (post.burnout, post.skill, post.cases, post.vacancy)
            world.note(post.who, Event.WORKER_LEFT, values)
            if post.vacancy == 0.0:
                take_post(world, theory, post)


def take_post(world: World, theory: Theory, post: Record) -> None:
    """A new person takes the post: one trait places skill and fidelity, before and after."""
    practice = theory.supervision
    trait = world.uniform_of_taking(post, Chance.SKILL)
    if practice.on:
        median, spread = practice.reference_skill, practice.skill_spread
        post.habit = spread_around(min(median, practice.skill_at_start), spread, trait)
        post.skill = spread_around(practice.skill_at_start, spread, trait)
        median = practice.reference_fidelity
        post.habit_fidelity = spread_around(min(median, practice.fidelity_at_start), spread, trait)
        post.fidelity = spread_around(practice.fidelity_at_start, spread, trait)
    else:
        post.skill = post.habit = practice.reference_skill
        post.fidelity = post.habit_fidelity = practice.reference_fidelity
    post.burnout = BURNOUT_AT_START
    post.weeks_since_supervision = post.due = 0
    world.note(post.who, Event.POST_FILLED, (post.skill, post.fidelity, post.burnout, post.cases))


def replace_supervisors(world: World) -> None:
    """Supervisors leave; without one no session is held; successors start afresh."""
    for place in world.supervisors:
        theory = world.theories[world.teams[place.team].arm]
        if not theory.supervision.on:
            continue
        if place.vacancy > 0.0:
            place.vacancy = max(0.0, place.vacancy - 1.0)
            if place.vacancy == 0.0:
                take_place(world, theory, place)
            continue
        if happens(
            leaving_hazard(theory, place.strain),
            world.uniform_of_staff(place, Chance.SUPERVISOR_LEAVES),
        ):
            place.vacancy = weeks_vacant(theory)
            values = (place.strain, place.quality, place.supervisees, place.vacancy)
            world.note(place.who, Event.SUPERVISOR_LEFT, values)
            place.incumbent += 1
            if place.vacancy == 0.0:
                take_place(world, theory, place)


def take_place(world: World, theory: Theory, place: Record) -> None:
    """A new supervisor brings a quality of own, and no unused hours."""
    place.quality = spread_around(
        limited(theory.supervision.quality, 0.01, 0.99),
        theory.supervision.quality_spread,
        world.uniform_of_taking(place, Chance.SUPERVISOR_QUALITY),
    )
    place.strain = STRAIN_AT_START
    place.hours_left = 0.0
    values = (place.quality, place.strain, place.supervisees, place.incumbent)
    world.note(place.who, Event.SUPERVISOR_STARTED, values)


def settle_staff(world: World) -> None:
    """Caseload and crises counted over the week wear practitioners out; rest restores them."""
    for post in world.practitioners:
        theory = world.theories[post.arm]
        others = theory.client_engagement.other_cases
        in_crisis = post.crises_counted / post.cases_counted if post.cases_counted else 0.0
        post.cases, post.parts = post.cases_counted, post.parts_counted
        post.difficult_week = in_crisis
        post.gate_meetings = post.gate_counted
        post.cases_counted = post.parts_counted = post.crises_counted = post.gate_counted = 0
        if post.vacancy > 0.0:
            continue
        post.burnout = burnout_after(theory, post.burnout, post.cases + others, in_crisis)
        post.weeks_filled += 1
        post.burnout_sum += post.burnout
        if post.cases > 0:
            post.weeks_with_cases += 1
            post.cases_sum += post.cases + others


def burnout_after(theory: Theory, burnout: float, caseload: int, in_crisis: float) -> float:
    """``db = (o max(0, n/n0 - 1) + c w)(1 - b) - r b``, the first bracket 1 at most."""
    supervision = theory.supervision
    engagement = theory.client_engagement
    meant = engagement.later_contacts if engagement.on else engagement.reference_contacts
    manageable = supervision.manageable_contacts / max(0.1, meant)
    overload = max(0.0, caseload / manageable - 1.0)
    wear = min(
        1.0, supervision.burnout_overload * overload + supervision.burnout_crises * in_crisis
    )
    return float(burnout + wear * (1.0 - burnout) - supervision.recovery * burnout)
