"""Agencies' ties, what they leave with a man, and how ties change (7.2)."""

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.motivation import coercion
from tests.replication.records import (
    LIBERTY,
    NEEDS,
    NO_SERVICE,
    OPEN,
    PRISON,
    PROBATION,
    Record,
    Theory,
    World,
)
from tests.replication.relationship import disappoint, owns_up
from tests.replication.staff import has_overlap

PRESENT = 0.3


def look_around(world: World) -> None:
    """Each team sees how closely it is tied to agencies that enforce orders."""
    for team in world.teams:
        ties = [
            effective(world.ties[tie], team)
            for agency, tie in zip(world.agencies, world.pair[team.agency], strict=True)
            if agency.enforces and tie >= 0
        ]
        team.enforcer_tie = max(ties, default=0.0)


def effective(tie: Record, team: Record) -> float:
    """``c (1 - L)``."""
    return float(tie.strength * (1.0 - team.load))


def claims_of(man: Record) -> list[int]:
    """List the needs that are present or would be without help, licence, and prison inside."""
    claims = [k for k in NEEDS if man.need[k] > PRESENT or man.need_level[k] > PRESENT]
    if man.on_licence:
        claims.append(PROBATION)
    if man.place != LIBERTY:
        claims.append(PRISON)
    return claims


def is_reached(world: World, own: int, agency: int) -> bool:
    """An agency is reached that is his team's own or shares a site with it."""
    if agency < 0:
        return False
    here, there = world.agencies[own].site, world.agencies[agency].site
    return bool(agency == own or -1 in (here, there) or here == there)


def practice_with(theory: Theory, man: Record, tie: Record | None, strength: float) -> float:
    """``1 - (1 - tie)(1 - w_r record)(1 - w_l place days/5)(1 - w_f formulation)``."""
    ties = theory.collaboration
    record = tie.shared_record * man.consents if tie else 0
    place = tie.colocated * ties.days_together / 5.0 if tie else 0.0
    gap = (1.0 - strength) * (1.0 - ties.record_weight * record)
    gap *= 1.0 - ties.colocation_weight * place
    return float(1.0 - gap * (1.0 - ties.formulation_weight * man.formulation))


def work_jointly(world: World, man: Record) -> None:
    """Agencies that serve a man work on him together, or not; a formulation, lost messages."""
    theory, team = world.theory(man), world.teams[man.team]
    man.message_lost = 0
    is_on = theory.collaboration.on
    if is_on:
        ask_consent(world, theory, man)
    if not is_on or man.episode != OPEN:
        stand_at_reference(world, theory, man, team)
    if man.episode != OPEN:
        return
    post = world.practitioners[man.post]
    discussed = is_discussed(world, theory, man, post)
    if is_on:
        look_at_agencies(world, theory, man, team)
        meet_agencies(world, theory, man, team, discussed)
        set_conflict(theory, man, world.agencies[team.agency].enforces, team.enforcer_tie)
    pass_messages(world, theory, man, post, discussed)


def ask_consent(world: World, theory: Theory, man: Record) -> None:
    """He consents when his reluctance is below ``b + (1 - b) T``."""
    base = theory.collaboration.consent
    consents = int(man.reluctance < base + (1.0 - base) * man.trust)
    changed = consents != man.consents
    man.consents = consents
    if changed:
        values = (consents, man.trust, man.reluctance, man.recorded)
        world.note(man.who, Event.CONSENT, values)


def stand_at_reference(world: World, theory: Theory, man: Record, team: Record) -> None:
    """Without an open episode, or switched off, shared practice and tie stand at the reference."""
    reference = theory.collaboration.reference_tie * (1.0 - team.load)
    man.coverage = coverage_of(world, man, team.agency) if man.episode == OPEN else 0.0
    man.shared_practice = man.effective_tie = reference
    man.recorded = 0.0
    man.failures = 0
    set_conflict(theory, man, world.agencies[team.agency].enforces, reference)


def coverage_of(world: World, man: Record, own: int) -> float:
    """``covered / claims``, and 1 for a man without a claim."""
    claims = claims_of(man)
    covered = sum(is_reached(world, own, man.agency_for[claim]) for claim in claims)
    return covered / len(claims) if claims else 1.0


def set_conflict(theory: Theory, man: Record, own: int, tie: float) -> None:
    """``min(1, c_o own + c_t tie)``; half of that once he is under no order."""
    ties = theory.collaboration
    conflict = min(1.0, ties.conflict_own * own + ties.conflict_tied * tie)
    under_order = man.on_licence or man.place != LIBERTY
    man.role_conflict = conflict if under_order else conflict / 2.0


def look_at_agencies(world: World, theory: Theory, man: Record, team: Record) -> None:
    """Sum practice, tie and record over the claims that are covered."""
    own, claims = team.agency, claims_of(man)
    covered, practice, tied, recorded = 0, 0.0, 0.0, 0.0
    for claim in claims:
        agency = man.agency_for[claim]
        if not is_reached(world, own, agency):
            continue
        covered += 1
        if agency == own:
            practice, tied, recorded = practice + 1.0, tied + 1.0, recorded + 1.0
            continue
        index = world.pair[own][agency]
        tie = world.ties[index] if index >= 0 else None
        strength = effective(tie, team) if tie else 0.0
        practice += practice_with(theory, man, tie, strength)
        tied += strength
        recorded += tie.shared_record * man.consents if tie else 0.0
    if not claims:
        reference = theory.collaboration.reference_tie
        man.coverage = 1.0
        man.shared_practice = man.effective_tie = reference
        man.recorded = 0.0
        return
    man.coverage = covered / len(claims)
    man.shared_practice = practice / covered if covered else 0.0
    man.effective_tie = tied / len(claims)
    man.recorded = recorded / len(claims)


def at_work_on(world: World, man: Record, own: int) -> list[int]:
    """List the ties to agencies that have to do with him now."""
    slots = [k for k in NEEDS if man.need[k] > PRESENT or man.service[k] != NO_SERVICE]
    if man.on_licence:
        slots.append(PROBATION)
    if man.place != LIBERTY:
        slots.append(PRISON)
    found: list[int] = []
    for slot in slots:
        agency = man.agency_for[slot]
        if agency < 0 or agency == own or not is_reached(world, own, agency):
            continue
        tie = world.pair[own][agency]
        if tie >= 0:
            found.append(tie)
    return found


def is_discussed(world: World, theory: Theory, man: Record, post: Record) -> bool:
    """``P = d / n`` in a shared session of his practitioner."""
    if not post.shared_session or post.cases <= 0:
        return False
    share = theory.supervision.men_discussed / post.cases
    return bool(world.uniform(man.who, Chance.DISCUSSED) < share)


def meet_agencies(world: World, theory: Theory, man: Record, team: Record, discussed: bool) -> None:
    """Each tied agency works on him with ``P = b + t tie + l place days/5``; one draw for all."""
    ties = theory.collaboration
    uniform = world.uniform(man.who, Chance.JOINT_WORK)
    joint = False
    for index in at_work_on(world, man, team.agency):
        tie = world.ties[index]
        chance = ties.joint_work_base + ties.joint_work_tie * effective(tie, team)
        chance += ties.joint_work_colocated * tie.colocated * ties.days_together / 5.0
        tie.shared_men += 1
        tie.failures += man.failures
        if uniform < chance:
            tie.joint_work += 1
            joint = True
    man.failures = 0
    if (joint or discussed) and not man.formulation:
        formulate(world, theory, man)


def formulate(world: World, theory: Theory, man: Record) -> None:
    """Joint work may yield a joint formulation, once, with the lever's chance."""
    chance = theory.collaboration.joint_formulation
    if world.uniform(man.who, Chance.FORMULATION) < chance:
        man.formulation = 1
        values = (man.effective_tie, man.understanding, man.shared_practice, man.trust)
        world.note(man.who, Event.JOINT_FORMULATION, values)


def pass_messages(world: World, theory: Theory, man: Record, post: Record, discussed: bool) -> None:
    """Messages go wrong by the share recorded; a part contradict, the rest are lost."""
    ties = theory.collaboration
    most = ties.messages_lost
    least = min(most, ties.messages_lost_recorded)
    chance = most + (least - most) * man.recorded
    uniform = world.uniform(man.who, Chance.MESSAGE)
    if uniform >= chance:
        return
    man.failures += 1
    if uniform < chance * ties.messages_contradict:
        owned = owns_up(world, theory, man, post, Chance.OWN_UP_TO_MESSAGE)
        lost = disappoint(theory, man, ties.contradiction_severity, owned)
        if man.on_licence:
            coercion(man)
        values = (1, man.recorded, lost, man.trust)
        world.note(man.who, Event.MESSAGE_WRONG, values)
    elif discussed:
        values = (man.recorded, man.effective_tie, post.cases, man.trust)
        world.note(man.who, Event.MESSAGE_PUT_RIGHT, values)
    else:
        man.message_lost = 1
        world.note(man.who, Event.MESSAGE_WRONG, (0, man.recorded, 0.0, man.trust))


def settle_ties(world: World) -> None:
    """``dc = g q (1 - c) - d (1 - q) c - x f c``; who left takes a part of every tie along."""
    for tie in world.ties:
        theory = theory_of(world, tie)
        if tie.shared_men > 0 and theory.collaboration.on:
            ties, c = theory.collaboration, tie.strength
            tie.strength_sum += c
            tie.weeks_used += 1
            joint = min(1.0, tie.joint_work / tie.shared_men)
            failed = min(1.0, tie.failures / tie.shared_men)
            tie.strength = (
                c
                + ties.tie_growth * joint * (1.0 - c)
                - ties.tie_decay * (1.0 - joint) * c
                - ties.tie_failure * failed * c
            )
        if theory.collaboration.on:
            tie.shared_men = tie.joint_work = tie.failures = 0
    for post in world.practitioners:
        if post.left > post.left_felt:
            depart(world, post)


def theory_of(world: World, tie: Record) -> Theory:
    """A tie follows the programme if an agency of it has a programme team."""
    ends = (world.agencies[tie.first], world.agencies[tie.second])
    return world.theories[0 if any(agency.has_programme for agency in ends) else 1]


def depart(world: World, post: Record) -> None:
    """``c (1 - l / n)`` of every tie of the agency."""
    turnover = world.theories[post.arm].turnover
    loss = turnover.change_loss
    if has_overlap(world.theories[post.arm]):
        loss *= 1.0 - turnover.overlap_averts
    for tie in world.ties:
        if post.agency in (tie.first, tie.second) and theory_of(world, tie).collaboration.on:
            tie.strength *= 1.0 - loss / world.agencies[post.agency].posts
    post.left_felt = post.left
