"""Event of the week that keeps what the outcomes need; no rule reads what it writes."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_motivation as motive
from engager_sim.theory.circumstances import RELATIONSHIPS, SUBSTANCE, WORK
from engager_sim.theory.client_motivation import ClientMotivation
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import is_present
from engager_sim.world.observed import BOND_MARKS, CONTACT_WEEKS, EARLY_WEEK, MARK_WEEKS, YEAR, Mark
from engager_sim.world.records import OPEN, Leaver


@rule
def observe(leaver: Leaver, theory: Theory, week: int) -> None:
    """Keep whether he is engaged, and his state at release and at the marks after it."""
    out = week - leaver.release_week
    if out < 0:
        return
    leaver.engaged = is_engaged(leaver, out)
    if out < YEAR:
        leaver.weeks_engaged += leaver.engaged
        leaver.distress_sum += leaver.distress
        if leaver.place != AT_LIBERTY:
            leaver.custody_weeks += 1
    if out == EARLY_WEEK:
        leaver.engaged_6w = leaver.engaged
    for mark in range(len(MARK_WEEKS)):
        if out == MARK_WEEKS[mark]:
            _keep_state(leaver, mark, theory.client_motivation)
            _keep_whether(leaver, mark)


@rule
def is_engaged(leaver: Leaver, out: int) -> int:
    """Whether a man at liberty was seen in the last four weeks, by his practitioner or a service.

    Counted alike in both arms, so that their difference is one of contact and not of counting.
    """
    if leaver.place != AT_LIBERTY:
        return 0
    since = leaver.weeks_since_service
    if leaver.attended_free > 0:
        since = min(since, leaver.weeks_since_contact)
    return 1 if since < CONTACT_WEEKS and since <= out else 0


@rule
def _keep_state(leaver: Leaver, mark: int, motivation: ClientMotivation) -> None:
    """Keep his state at one of the marks."""
    if mark < BOND_MARKS:
        leaver.rapport_at[mark] = leaver.rapport
        leaver.understanding_at[mark] = leaver.understanding
        leaver.motivation_at[mark] = motive.motivation(leaver, leaver.on_licence, motivation)
    leaver.trust_at[mark] = leaver.trust
    leaver.distress_at[mark] = leaver.distress
    leaver.engaged_at[mark] = 1.0 if leaver.episode == OPEN else 0.0


@rule
def _keep_whether(leaver: Leaver, mark: int) -> None:
    """Keep at one of the marks whether he is in contact, housed, or in need."""
    if mark == Mark.RELEASE:
        leaver.housed_first = leaver.housed
        leaver.substance_at_release = is_present(leaver.need[SUBSTANCE])
        leaver.work_at_release = is_present(leaver.need[WORK])
        leaver.relationships_at_release = is_present(leaver.need[RELATIONSHIPS])
    elif mark == Mark.WEEK_12:
        leaver.engaged_12w = leaver.engaged
    elif mark == Mark.WEEK_13:
        leaver.settled_13w = leaver.housed
    elif mark == Mark.WEEK_26:
        leaver.engaged_26w = leaver.engaged
    elif mark == Mark.WEEK_52:
        leaver.engaged_52w = leaver.engaged
