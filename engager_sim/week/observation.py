"""Event of the week that keeps what the outcomes need; no rule reads what it writes."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_motivation as motive
from engager_sim.theory import measurement as scores
from engager_sim.theory import relationship as bond
from engager_sim.theory.circumstances import RELATIONSHIPS, SUBSTANCE, WORK
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.services import is_present
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.observed import BOND_MARKS, CONTACT_WEEKS, EARLY_WEEK, MARK_WEEKS, YEAR, Mark
from engager_sim.world.records import OPEN, Leaver


@rule
def observe(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> None:
    """Keep whether he is engaged, and at release and later marks his state and his scores."""
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
            _keep_state(leaver, mark)
            _keep_scores(leaver, mark, theory, dice, week)
            _keep_whether(leaver, mark)


@rule
def is_engaged(leaver: Leaver, out: int) -> int:
    """Whether a man at liberty was seen in the last four weeks, by his practitioner or a service.

    Counted alike in both arms, so that their difference is one of contact and not of counting:
    neither statutory appointments nor time inside count in either.
    """
    if leaver.place != AT_LIBERTY:
        return 0
    since = min(leaver.weeks_since_service, leaver.weeks_since_contact)
    return 1 if since < CONTACT_WEEKS and since <= out else 0


@rule
def keep_last_state(leaver: Leaver, theory: Theory, dice: Dice, week: int) -> None:
    """Keep the state and the scores of a man who died at the marks that he did not reach.

    What reads a mark of all men then finds him as he was, and no score of 0, which is the best.
    """
    for mark in range(len(MARK_WEEKS)):
        if week - leaver.release_week < MARK_WEEKS[mark]:
            _keep_state(leaver, mark)
            _keep_scores(leaver, mark, theory, dice, week)


@rule
def _keep_state(leaver: Leaver, mark: int) -> None:
    """Keep his state at one of the marks."""
    if mark < BOND_MARKS:
        leaver.rapport_at[mark] = leaver.rapport
        leaver.understanding_at[mark] = leaver.understanding
        leaver.motivation_at[mark] = motive.motivation(leaver, leaver.on_licence)
    leaver.trust_at[mark] = leaver.trust
    leaver.distress_at[mark] = leaver.distress
    leaver.engaged_at[mark] = 1.0 if leaver.episode == OPEN else 0.0


@rule
def _keep_scores(leaver: Leaver, mark: int, theory: Theory, dice: Dice, week: int) -> None:
    """Keep the scores that are observed at one of the marks, with their errors."""
    measurement = theory.measurement
    uniform = draw(dice, leaver.who, week, Chance.CORE_OM_SCORE)
    leaver.core_om_at[mark] = scores.core_om_score(leaver.distress, measurement, uniform)
    if mark < BOND_MARKS:
        uniform = draw(dice, leaver.who, week, Chance.ALLIANCE_SCORE)
        alliance = bond.alliance(leaver.rapport, leaver.trust, leaver.understanding)
        leaver.alliance_at[mark] = scores.alliance_score(alliance, measurement, uniform)


@rule
def _keep_whether(leaver: Leaver, mark: int) -> None:
    """Keep at one of the marks whether he is in contact, housed, or in need."""
    if mark == Mark.RELEASE:
        leaver.housed_first = leaver.housed
        seen = leaver.contacted == 1 and leaver.statutory == 0 and leaver.place == AT_LIBERTY
        leaver.seen_1w = 1 if seen else 0
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
