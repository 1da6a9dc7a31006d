"""A world comes to life: who enters, with what needs; who holds which post.

Compiled, because every replicate draws its own men and staff.
"""

import math
from typing import NamedTuple

import numpy as np

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import circumstances as needs
from engager_sim.theory import client_engagement as engagement
from engager_sim.theory import collaboration as together
from engager_sim.theory import measurement as scores
from engager_sim.theory import supervision as staff
from engager_sim.theory import supervisors as supervising
from engager_sim.theory.peers import BEGINNING_STRAIN
from engager_sim.theory.supervision import Supervision
from engager_sim.theory.therapeutic_approach import MIDDLING_REFLECTION
from engager_sim.theory.traits import (
    first_normal,
    joined,
    place_among_men,
    second_normal,
    spread_around,
)
from engager_sim.world.agency_choice import choose_agencies
from engager_sim.world.correlated_traits import CorrelatedTraits, Traits, traits_of
from engager_sim.world.dice import Chance, Dice, Kind, dice_of_men, draw, numbered, staff_week
from engager_sim.world.records import (
    PROGRAMME,
    USUAL_CARE,
    GivenMan,
    Leaver,
    PeerPost,
    SupervisorPost,
    Team,
    WorkerPost,
    World,
)


class Entry(NamedTuple):
    """How men enter, and how long they are followed; all but the allocation in weeks.

    Men enter over the weeks of recruitment, a shortest to a longest time before release, and are
    followed from release to their last week. The allocation says how many parts of a block go to
    the programme and to usual care, by the number of the arm. Traits say how men's traits are
    correlated.
    """

    recruitment: int
    shortest_to_release: int
    longest_to_release: int
    allocation: tuple[int, int]
    follow_up: int
    traits: CorrelatedTraits


@rule
def populate(world: World, theories: np.ndarray, entry: Entry, dice: Dice) -> None:
    """Draw men, staff and ties into a deployed world, which then stands as week 0 opens.

    A man's traits, needs, entry, arm, team and agencies are his in every life that he lives; staff
    and ties belong to what befalls him.

    Parameters
    ----------
    theories : structured array, shape (2,)
        One theory per arm: programme, usual care.
    """
    for index in range(len(world.ties)):
        _tie(world, index, theories, dice)
    for index in range(len(world.teams)):
        team = world.teams[index]
        collaboration = theories[team.arm].collaboration
        team.load = together.coordination_load(team.agencies, team.has_lead, collaboration)
    for index in range(len(world.supervisors)):
        supervisor = world.supervisors[index]
        supervision = theories[world.teams[supervisor.team].arm].supervision
        fill_supervision(supervisor, supervision, dice)
    for index in range(len(world.peers)):
        fill_place(world.peers[index], dice)
    for index in range(len(world.practitioners)):
        practitioner = world.practitioners[index]
        fill_post(practitioner, theories[practitioner.arm].supervision, dice)
    men = dice_of_men(dice)
    for index in range(len(world.leavers)):
        _man(world, index, theories, entry, men)


@rule
def fill_post(post: WorkerPost, supervision: Supervision, dice: Dice) -> None:
    """Let the holder of a post take it up; what each brings is the holder's own."""
    uniform = draw(dice, post.who, staff_week(0, post.incumbent), Chance.SKILL)
    staff.take_post(post, supervision, uniform)


@rule
def fill_supervision(supervisor: SupervisorPost, supervision: Supervision, dice: Dice) -> None:
    """Let a supervisor take up the place; each brings a quality of own."""
    uniform = draw(
        dice, supervisor.who, staff_week(0, supervisor.incumbent), Chance.SUPERVISOR_QUALITY
    )
    supervising.take_on_supervision(
        supervisor, supervision.quality, supervision.quality_spread, uniform
    )
    supervisor.hours_left = 0.0


@rule
def fill_place(peer: PeerPost, dice: Dice) -> None:
    """Let a peer take up a place; how firm own recovery is, each brings."""
    peer.recovery = draw(dice, peer.who, staff_week(0, peer.incumbent), Chance.PEER_RECOVERY)
    peer.strain = BEGINNING_STRAIN


@rule
def _tie(world: World, index: int, theories: np.ndarray, dice: Dice) -> None:
    tie = world.ties[index]
    reached = world.agencies[tie.first].has_programme + world.agencies[tie.second].has_programme
    collaboration = theories[PROGRAMME if reached > 0 else USUAL_CARE].collaboration
    tie.strength = collaboration.initial_tie if tie.given_strength < 0.0 else tie.given_strength
    tie.initial_strength = tie.strength
    recorded = draw(dice, tie.who, 0, Chance.SHARED_RECORD) < collaboration.shared_record
    tie.shared_record = tie.given_record if tie.given_record >= 0 else int(recorded)
    near = draw(dice, tie.who, 0, Chance.COLOCATED) < collaboration.colocation
    tie.colocated = tie.given_place if tie.given_place >= 0 else int(near)


@rule
def _arm(number: int, entry: Entry, dice: Dice) -> int:
    """Deal arms in permuted blocks, so that an added man changes no other man's arm."""
    programme, usual = entry.allocation
    if programme == 0 or usual == 0:
        return PROGRAMME if usual == 0 else USUAL_CARE
    size = 2 * (programme + usual)
    block, position = number // size, number % size
    block_number = numbered(Kind.BLOCK, block)
    own = _lot(block_number, position, dice)
    ahead = 0
    for other in range(size):
        if _lot(block_number, other, dice) < own:
            ahead += 1
    return PROGRAMME if ahead < 2 * programme else USUAL_CARE


@rule
def _lot(block: int, position: int, dice: Dice) -> float:
    """Draw a man's lot in his block; the lowest are dealt the programme."""
    return draw(dice, block, 0, Chance.ARM, position)


@rule
def _team_of(world: World, who: int, arm: int, dice: Dice) -> int:
    """Choose a man's team of his arm, by size; adding a team takes only the men who join it."""
    best, chosen = math.inf, -1
    for index in range(len(world.teams)):
        if world.teams[index].arm == arm:
            score = team_score(world.teams[index], who, dice)
            if score < best:
                best, chosen = score, index
    return chosen


@rule
def team_score(team: Team, who: int, dice: Dice) -> float:
    """Score a team for a man by its size and his own draw; the least wins."""
    return -math.log(draw(dice, who, team.number, Chance.TEAM)) / team.posts


@rule
def _man(world: World, index: int, theories: np.ndarray, entry: Entry, dice: Dice) -> None:
    leaver = world.leavers[index]
    given = world.given[index]
    leaver.who = numbered(Kind.LEAVER, index)
    leaver.arm = _arm(index, entry, dice) if math.isnan(given.arm) else int(given.arm)
    if math.isnan(given.team):
        leaver.team = _team_of(world, leaver.who, leaver.arm, dice)
    else:
        leaver.team = int(given.team)
    site = world.teams[leaver.team].site
    choose_agencies(world, leaver, site, dice)
    leaver.reluctance = draw(dice, leaver.who, 0, Chance.RELUCTANCE)
    _time(leaver, given, entry, dice)
    theory = theories[leaver.arm]
    traits = traits_of(leaver.who, entry.traits, theory.circumstances.bundling, dice)
    _character(leaver, given, traits, theory, dice)
    among = entry.traits.among_needs * theory.circumstances.bundling
    _needs(leaver, given, traits.needs, among, theory, dice)
    _situation(leaver, given, traits, theory, dice)
    _reach(leaver, theory, dice)


@rule
def _time(leaver: Leaver, given: GivenMan, entry: Entry, dice: Dice) -> None:
    uniform = draw(dice, leaver.who, 0, Chance.ENTRY_WEEK)
    drawn = math.floor(uniform * entry.recruitment)
    leaver.entry_week = drawn if math.isnan(given.entry_week) else int(given.entry_week)
    uniform = draw(dice, leaver.who, 0, Chance.WEEKS_TO_RELEASE)
    spread = entry.longest_to_release - entry.shortest_to_release
    to_release = entry.shortest_to_release + math.floor(uniform * (spread + 1))
    if not math.isnan(given.weeks_to_release):
        to_release = int(given.weeks_to_release)
    leaver.release_week = leaver.entry_week + to_release
    leaver.last_week = leaver.release_week + entry.follow_up


@rule
def _character(leaver: Leaver, given: GivenMan, traits: Traits, theory: Theory, dice: Dice) -> None:
    bond, motive = theory.relationship, theory.client_motivation
    place = place_among_men(traits.prior_trust)
    trust = spread_around(bond.prior_trust_median, bond.prior_trust_spread, place)
    leaver.prior_trust = trust if math.isnan(given.prior_trust) else given.prior_trust
    leaver.trust = leaver.prior_trust
    place = place_among_men(traits.motivation)
    drive = spread_around(motive.autonomous_median, motive.autonomous_spread, place)
    if not math.isnan(given.autonomous):
        drive = given.autonomous
    leaver.autonomous = drive
    leaver.autonomous_at_entry = drive
    approach = theory.therapeutic_approach
    uniform = draw(dice, leaver.who, 0, Chance.REFLECTION)
    leaver.reflection = spread_around(MIDDLING_REFLECTION, approach.reflection_spread, uniform)
    leaver.hope = theory.peers.hope_at_start
    leaver.coping = theory.therapeutic_approach.coping_at_start
    ending = theory.preparations_for_ending
    drawn = draw(dice, leaver.who, 0, Chance.ENDING_PREPARED)
    leaver.is_prepared = 1 if ending.on == 1 and drawn < ending.preparation else 0


@rule
def _needs(
    leaver: Leaver, given: GivenMan, all_needs: float, among: float, theory: Theory, dice: Dice
) -> None:
    """Draw his needs: the higher his place in all of them together, the more and the graver."""
    circumstances = theory.circumstances
    for need in range(needs.NEEDS):
        first = draw(dice, leaver.who, 0, Chance.NEED_PRESENT, need)
        second = draw(dice, leaver.who, 0, Chance.NEED_SEVERITY, need)
        worse = place_among_men(joined(first_normal(first, second), all_needs, among))
        severity = place_among_men(joined(second_normal(first, second), all_needs, among))
        if need == needs.HOUSING:
            housed = int(worse < circumstances.housed_at_release)
            if not math.isnan(given.need[need]):
                housed = int(given.need[need] < 0.5)
            leaver.housed = housed
            level = needs.need_of_housing(housed)
        else:
            prevalence = circumstances.substance_prevalence
            if need == needs.WORK:
                prevalence = circumstances.work_prevalence
            elif need == needs.RELATIONSHIPS:
                prevalence = circumstances.relationships_prevalence
            level = needs.need_at_entry(prevalence, 1.0 - worse, severity)
            if not math.isnan(given.need[need]):
                level = given.need[need]
        leaver.need[need] = level
        leaver.need_level[need] = level
        leaver.service_trust[need] = leaver.prior_trust
    leaver.needs_mean = needs.mean_of_needs(leaver)
    leaver.needs_at_entry = leaver.needs_mean


@rule
def _situation(leaver: Leaver, given: GivenMan, traits: Traits, theory: Theory, dice: Dice) -> None:
    circumstances = theory.circumstances
    age = needs.age_at_entry(traits.age, circumstances)
    leaver.age = age if math.isnan(given.age) else given.age
    level = needs.distress_at_entry(place_among_men(traits.distress), circumstances)
    leaver.distress_level = level if math.isnan(given.distress) else given.distress
    leaver.distress = leaver.distress_level
    uniform = draw(dice, leaver.who, 0, Chance.CORE_OM_AT_ENTRY)
    leaver.core_om_at_entry = scores.core_om_score(leaver.distress, theory.measurement, uniform)
    short = int(draw(dice, leaver.who, 0, Chance.SENTENCE) < theory.justice.short_sentences)
    if not math.isnan(given.short_sentence):
        short = int(given.short_sentence)
    leaver.short_sentence = short


@rule
def _reach(leaver: Leaver, theory: Theory, dice: Dice) -> None:
    uniform = draw(dice, leaver.who, 0, Chance.REACH)
    leaver.reach = engagement.reach_of(theory.client_engagement, uniform)
