"""Event of the week in which a man is released: met or not, taken up again or not, lost or not."""

from engager_sim.compilation import rule
from engager_sim.theory import Theory
from engager_sim.theory import client_engagement as engagement_rules
from engager_sim.theory import ways_out as routes
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.theory.ways_out import Exit
from engager_sim.week.episode import alliance_that_holds, close_episode, lose
from engager_sim.week.event_log import Event, EventLog, note
from engager_sim.world.dice import Chance, Dice, draw
from engager_sim.world.records import OPEN, QUEUED, Leaver, WorkerPost


@rule
def pass_the_gate(
    leaver: Leaver, post: WorkerPost, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """Whoever is released, or released again, finds his way to those who help him, or is lost.

    Somebody may meet a man who has a practitioner; nobody meets one who waits for one.
    """
    if leaver.just_released == 0 or leaver.place != AT_LIBERTY:
        return
    engagement = theory.client_engagement
    if leaver.episode != OPEN and leaver.queued != QUEUED:
        return
    if leaver.episode == OPEN and week != leaver.release_week:
        _take_up_again(leaver, theory, dice, week, log)
        if leaver.episode != OPEN:
            return
    met = 0
    if leaver.episode == OPEN and post.vacancy <= 0.0 and engagement.on == 1:
        uniform = draw(dice, leaver.who, week, Chance.GATE_PRESENCE)
        met = 1 if uniform < engagement.gate_presence else 0
    uniform = draw(dice, leaver.who, week, Chance.GATE)
    rapport = engagement_rules.what_has_grown(leaver.rapport, engagement)
    lost = routes.is_lost_at_gate(met, rapport, theory.ways_out, uniform)
    if met == 1:
        post.gate_counted += 1
        note(log, week, leaver.who, Event.MET_AT_GATE, 0,
            leaver.rapport, leaver.trust, engagement.gate_presence, lost)  # fmt: skip
    if lost == 1:
        leaver.lost_at_gate = 1
        lose(leaver, Exit.LOST_AT_GATE, week, log)


@rule
def _take_up_again(
    leaver: Leaver, theory: Theory, dice: Dice, week: int, log: EventLog | None
) -> None:
    """After a recall the practitioner goes on with him, or his episode ends there."""
    alliance = alliance_that_holds(leaver, theory)
    follow_up = engagement_rules.follow_up_in_use(theory.client_engagement)
    chance_of_resuming = routes.chance_of_taking_up(alliance, follow_up)
    resumed = 1 if draw(dice, leaver.who, week, Chance.TAKEN_UP) < chance_of_resuming else 0
    note(log, week, leaver.who, Event.EPISODE_RESUMED, 0,
        chance_of_resuming, alliance, follow_up, resumed)  # fmt: skip
    if resumed == 0:
        close_episode(leaver, Exit.RECALL, week, log)
