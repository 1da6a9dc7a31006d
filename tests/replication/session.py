"""A session: growth, judgement, focus, work, rupture, promise (7.4)."""

from engager_sim.week.event_log import Event
from engager_sim.world.dice import Chance
from tests.replication.motivation import small_win
from tests.replication.records import LIBERTY, NEEDS, NO_SERVICE, WAITS, Record, Theory, World
from tests.replication.relationship import (
    disappoint,
    grow,
    owns_up,
    speed_of_growth,
    supported_practice,
)

PRACTICAL, EMOTIONAL, LIAISON = 1, 2, 3
UNRIPE_SEEN, RIPE_NOT_SEEN, UNRIPE_NOT_SEEN, RIPE_SEEN = 1, 2, 3, 4
TAPERING = 2


def hold_session(world: World, man: Record, contact: int, chance: float) -> None:
    """Each step reads what the one before left."""
    theory, post = world.theory(man), world.practitioners[man.post]
    man.growth_speed = speed_of_growth(theory, man, post)
    grow(theory, man)
    motive = theory.client_motivation
    if motive.on:
        gain = motive.contact_gain * man.trust * motive.own_goals
        man.autonomous += gain * (1.0 - man.autonomous)
    if theory.therapeutic_approach.on:
        do_work(world, theory, man, post, contact)
    values = (chance, man.trust, man.focus, man.growth_speed)
    world.note(man.who, Event.ATTENDED, values)
    keep_promise(world, theory, man, post, contact)


def do_work(world: World, theory: Theory, man: Record, post: Record, contact: int) -> None:
    """Judge, choose the focus, work through, do the work of that focus; a rupture perhaps."""
    ripe = ripeness(world, theory, man)
    judge(world, theory, man, post, ripe, contact)
    choose_focus(world, theory, man, contact)
    through = theory.therapeutic_approach.working_through
    man.stirred_up *= 1.0 - through * man.understanding
    work(world, theory, man, post, ripe, contact)
    rupture_or_repair(world, theory, man, post, contact)


def weeks_left(world: World, theory: Theory, man: Record) -> float:
    """Weeks before release inside; of the taper; otherwise until support ends at the latest."""
    if man.place == 0:
        return float(man.release_week - world.week)
    if man.place != LIBERTY:
        return float(man.weeks_inside)
    if man.ending == TAPERING:
        return float(man.weeks_of_taper)
    support = theory.preparations_for_ending.support_weeks
    return float(support - (world.week - man.release_week))


def ripeness(world: World, theory: Theory, man: Record) -> float:
    """``min(1, (1 - C) / (1 - c), B / b, W / w)``."""
    therapy = theory.therapeutic_approach
    return float(
        min(
            1.0,
            (1.0 - man.crisis) / (1.0 - therapy.containment),
            min(man.trust, man.understanding) / therapy.ripe_bond,
            weeks_left(world, theory, man) / therapy.ripe_weeks,
        )
    )


def judge(
    world: World, theory: Theory, man: Record, post: Record, ripe: float, contact: int
) -> None:
    """Misjudge ripe work with ``P = m (1 - x_s)``, and unripe work with r times that."""
    chance = theory.therapeutic_approach.misjudgement * (1.0 - supported_practice(post))
    wrong = world.uniform(man.who, Chance.JUDGEMENT, contact) < chance * ripe
    if ripe >= 1.0:
        judgement = RIPE_NOT_SEEN if wrong else RIPE_SEEN
    else:
        judgement = UNRIPE_NOT_SEEN if wrong else UNRIPE_SEEN
    if judgement == man.judgement:
        return
    man.judgement = judgement
    depth = min(man.trust, man.understanding)
    values = (man.crisis, depth, weeks_left(world, theory, man), man.judgement)
    world.note(man.who, Event.JUDGED, values)


def choose_focus(world: World, theory: Theory, man: Record, contact: int) -> None:
    """Below e emotional, in the next ``(1 - e) l`` liaison, else practical."""
    therapy = theory.therapeutic_approach
    judged_ripe = man.judgement in (UNRIPE_NOT_SEEN, RIPE_SEEN)
    emotional = therapy.emotional_share if judged_ripe else 0.0
    liaison = therapy.liaison_share if man.crisis <= therapy.containment else 0.0
    uniform = world.uniform(man.who, Chance.FOCUS, contact)
    if uniform < emotional:
        man.focus = EMOTIONAL
    elif uniform < emotional + (1.0 - emotional) * liaison:
        man.focus = LIAISON
    else:
        man.focus = PRACTICAL


def work(
    world: World, theory: Theory, man: Record, post: Record, ripe: float, contact: int
) -> None:
    """Do the work of the session's focus."""
    therapy = theory.therapeutic_approach
    if man.focus == LIAISON:
        refer(world, theory, man, contact)
    elif man.focus == PRACTICAL:
        help_practically(world, theory, man, contact)
    elif man.judgement == RIPE_SEEN:
        gain = 2.0 * man.reflection * therapy.coping_gain * man.understanding * man.trust
        man.coping += gain * (1.0 - man.coping)
    else:
        stirred = 2.0 * (1.0 - man.reflection) * (1.0 - supported_practice(post))
        stirred *= therapy.stirring * (1.0 - ripe)
        man.stirred_up += stirred * (1.0 - man.stirred_up)


def help_practically(world: World, theory: Theory, man: Record, contact: int) -> None:
    """Ease a crisis and his worst need but housing; bring a small win perhaps."""
    therapy = theory.therapeutic_approach
    fit = (1.0 + man.understanding) / 2.0
    man.crisis *= 1.0 - therapy.crisis_relief * fit
    worst = max((1, 2, 3), key=lambda k: man.need[k])
    man.need[worst] *= 1.0 - therapy.need_relief * fit
    if world.uniform(man.who, Chance.SMALL_WIN, contact) < therapy.small_win * fit:
        small_win(theory, man)
        values = (man.understanding, man.autonomous, man.goal_progress, man.needs_mean)
        world.note(man.who, Event.SMALL_WIN, values)


def refer(world: World, theory: Theory, man: Record, contact: int) -> None:
    """Liaison hands him on to the service for his worst need not yet served."""
    open_needs = [k for k in NEEDS if man.service[k] == NO_SERVICE and man.agency_for[k] >= 0]
    if not open_needs:
        return
    worst = max(open_needs, key=lambda k: man.need[k])
    if man.need[worst] <= theory.therapeutic_approach.referral_need:
        return
    ties = theory.collaboration
    chance = ties.handover_base + ties.handover_tie * man.effective_tie
    arrives = world.uniform(man.who, Chance.REFERRAL_ARRIVES, contact) < chance
    if arrives:
        man.service[worst] = WAITS
        man.handed_on[worst] = 1
    values = (worst, man.effective_tie, int(arrives), man.trust)
    world.note(man.who, Event.REFERRED, values)


def rupture_or_repair(
    world: World, theory: Theory, man: Record, post: Record, contact: int
) -> None:
    """Ruptures open with the chance p, ``3 p`` in unripe emotional work; some are repaired."""
    therapy = theory.therapeutic_approach
    opens = False
    if not man.open_rupture:
        unripe = man.focus == EMOTIONAL and man.judgement == UNRIPE_NOT_SEEN
        chance = therapy.rupture * (3.0 if unripe else 1.0)
        if world.uniform(man.who, Chance.RUPTURE, contact) >= chance:
            return
        opens = True
    repaired = world.uniform(man.who, Chance.REPAIR, contact) < (
        therapy.repair * (1.0 + post.skill) / 2.0
    )
    if repaired:
        man.open_rupture = 0
        man.trust += therapy.repair_gain * (1.0 - man.trust)
        values = (post.skill, man.trust, man.rapport, man.understanding)
        world.note(man.who, Event.REPAIR, values)
    elif opens:
        man.open_rupture = 1
        lost = disappoint(theory, man, therapy.rupture_severity, owned_up=False)
        values = (post.skill, man.focus, lost, man.trust)
        world.note(man.who, Event.RUPTURE, values)


def keep_promise(world: World, theory: Theory, man: Record, post: Record, contact: int) -> None:
    """A promise made for others breaks with ``P = p (1 - q tie)``."""
    ties = theory.collaboration
    chance = ties.promise_break * (1.0 - ties.promise_tie * man.effective_tie)
    if world.uniform(man.who, Chance.PROMISE, contact) >= chance:
        return
    owned = owns_up(world, theory, man, post, Chance.OWN_UP_TO_PROMISE, contact)
    lost = disappoint(theory, man, ties.promise_severity, owned)
    man.failures += 1
    values = (man.effective_tie, int(owned), lost, man.trust)
    world.note(man.who, Event.PROMISE_BROKEN, values)
