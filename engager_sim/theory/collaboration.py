"""Collaboration: how the agencies around a man work together.

Every consequence of collaboration flows through one quantity, the *effective tie* between the
practitioner's agency and another: its strength, less what coordinating many agencies costs. Shared
practice, handovers, promises, messages and waits follow from it. Isolation is no collaboration:
what no agency serves counts as practice that nobody shares.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty

WORKING_DAYS = 5.0
"""Days of a working week."""


@dataclass
class TieState:
    """The tie between two agencies."""

    # fmt: off
    strength: float = state("working tie between two agencies",
        "share", 0, 1, "settle_ties", "drawn")
    initial_strength: float = state("tie at the start of the run", "share", 0, 1, "enter", "drawn")
    shared_record: int = state("whether both write in one record", "on/off", 0, 1, "enter", "drawn")
    colocated: int = state("whether they share an office", "on/off", 0, 1, "enter", "drawn")
    strength_sum: float = state("strength summed over weeks with shared men",
        "share", 0, 1e6, "settle_ties")
    weeks_used: int = state("weeks with shared men", "weeks", 0, 1e6, "settle_ties")
    shared_men: int = state("men both served this week", "men", 0, 1e9, "settle_ties")
    joint_work: int = state("men both worked on together this week", "men", 0, 1e9, "settle_ties")
    failures: int = state("failed promises and messages over men both served this week",
        "failures", 0, 1e9, "settle_ties")


@dataclass
class CollaborationState:
    """What agencies' collaboration leaves with one leaver."""

    # fmt: off
    formulation: int = state("whether a joint formulation exists", "on/off", 0, 1, "work_jointly")
    coverage: float = state(
        "share of his needs and his order that an agency serves which his practitioner reaches",
        "share", 0, 1, "work_jointly", 1.0)
    shared_practice: float = state("how far the agencies that serve him share practice",
        "share", 0, 1, "work_jointly")
    effective_tie: float = state(
        "working tie behind his needs and his order, less coordination load; 0 for one not served",
        "share", 0, 1, "work_jointly")
    recorded: float = state("share of his needs and his order that stand in the shared record",
        "share", 0, 1, "work_jointly")
    reluctance: float = state("how much trust he wants before agencies may write about him",
        "share", 0, 1, "enter", "drawn")
    consents: int = state("whether he consents to the shared record",
        "on/off", 0, 1, "work_jointly")
    failures: int = state("failed promises and messages that his agencies have not felt yet",
        "failures", 0, 1e6, "work_jointly")
    role_conflict: float = state("conflict of helping and enforcing roles around him",
        "share", 0, 1, "work_jointly")


@dataclass(frozen=True)
class Collaboration:
    """Parameters of collaboration."""

    # fmt: off
    on: int = theme_switch("collaboration")
    initial_tie: float = lever(0.15, 0.0, 0.9, "share",
        "tie strength between agencies at the start, where none is given")
    shared_record: float = lever(0.0, 0.0, 1.0, "share",
        "share of agency pairs that write in one shared record")
    joint_formulation: float = lever(0.0, 0.0, 1.0, "probability",
        "chance that joint work on a man yields a joint formulation")
    colocation: float = lever(0.0, 0.0, 1.0, "share",
        "share of agency pairs that work in one place")
    days_together: float = lever(5.0, 0.0, 5.0, "days per week",
        "days of a working week on which those of one place are there together")
    reference_tie: float = uncertainty(0.15, 0.05, 0.3, "share",
        "effective tie and shared practice in usual care")
    tie_growth: float = uncertainty(0.05, 0.02, 0.10, "share per week",
        "growth in a week of joint work on all shared men")
    tie_decay: float = uncertainty(0.015, 0.005, 0.03, "share per week",
        "decay of a tie in a week when none is")
    tie_failure: float = uncertainty(0.02, 0.0, 0.05, "share per week",
        "part of a tie lost in a week when something fails over every shared man")
    joint_work_base: float = uncertainty(0.05, 0.0, 0.2, "probability per week",
        "chance of joint work on a man without any tie")
    joint_work_tie: float = uncertainty(0.35, 0.1, 0.7, "probability per week",
        "what a full tie adds to that chance")
    joint_work_colocated: float = uncertainty(0.15, 0.0, 0.4, "probability per week",
        "what one shared place of work adds to that chance")
    record_weight: float = uncertainty(0.3, 0.0, 0.6, "share",
        "part of the gap to fully shared practice a record closes")
    formulation_weight: float = uncertainty(0.3, 0.0, 0.6, "share",
        "part of that gap that a joint formulation closes")
    colocation_weight: float = uncertainty(0.15, 0.0, 0.4, "share",
        "part of that gap that one place of work closes")
    manageable_agencies: float = uncertainty(4.0, 2.0, 8.0, "agencies",
        "agencies that coordinate without loss")
    load_per_agency: float = uncertainty(0.10, 0.02, 0.25, "share per agency",
        "part of every tie lost per agency above that number")
    lead_relief: float = uncertainty(0.7, 0.3, 1.0, "share",
        "part of that load a lead agency lifts")
    handover_base: float = uncertainty(0.25, 0.1, 0.4, "probability",
        "chance that a handover succeeds without any tie", fitted=0.31)
    handover_tie: float = uncertainty(0.5, 0.2, 0.6, "probability",
        "what a full tie adds to that chance")
    promise_break: float = uncertainty(0.16, 0.02, 0.25, "probability per contact",
        "chance of a broken promise without a tie")
    promise_tie: float = uncertainty(0.8, 0.3, 1.0, "share",
        "part of broken promises that a full tie prevents")
    promise_severity: float = uncertainty(0.35, 0.1, 0.7, "severity",
        "how grave a broken promise is to trust")
    messages_lost: float = uncertainty(0.30, 0.1, 0.6, "probability per week",
        "chance that messages about a man go wrong")
    messages_lost_recorded: float = uncertainty(0.06, 0.02, 0.15, "probability per week",
        "the same chance with a shared record")
    consent: float = uncertainty(0.5, 0.2, 0.9, "share",
        "men without any trust who consent to a shared record")
    messages_contradict: float = uncertainty(0.25, 0.0, 0.6, "share",
        "part of wrong messages that contradict; the rest are lost")
    contradiction_severity: float = uncertainty(0.2, 0.05, 0.5, "severity",
        "how grave a contradictory message is to trust")
    waiting_weeks: float = uncertainty(3.0, 1.0, 12.0, "weeks",
        "mean wait for a service without any tie", fitted=1.65)
    waiting_tie: float = uncertainty(0.6, 0.2, 0.9, "share",
        "part of the wait that a full tie saves")
    conflict_own: float = uncertainty(0.5, 0.0, 1.0, "share",
        "conflict of roles when his own agency enforces orders")
    conflict_tied: float = uncertainty(0.4, 0.0, 1.0, "share",
        "conflict of roles that a full tie to an enforcing agency brings")
    kept_by_record: float = uncertainty(0.4, 0.1, 0.7, "share",
        "understanding a shared record keeps at a change of worker")
    kept_by_formulation: float = uncertainty(0.4, 0.1, 0.7, "share",
        "understanding a joint formulation keeps")


@rule
def coordination_load(agencies: int, has_lead: int, collaboration: Collaboration) -> float:
    """Part of every tie that is lost to coordinating many agencies.

    ``L = min(1, l max(0, n - m)) (1 - b lead)`` with n agencies, m manageable ones. Networks
    coordinate with a moderate number or need a broker (Wiktorowicz et al. 2010; Milward & Provan
    1998). Numbers: assumption.
    """
    excess = max(0.0, agencies - collaboration.manageable_agencies)
    load = min(1.0, collaboration.load_per_agency * excess)
    return load * (1.0 - collaboration.lead_relief) if has_lead == 1 else load


@rule
def role_conflict(
    own_enforces: int, enforcer_tie: float, under_order: int, collaboration: Collaboration
) -> float:
    """Conflict of helping and enforcing around a man, in [0, 1].

    ``min(1, c_o own + c_t tie)`` with ``tie`` the strongest effective tie to an enforcing agency;
    half of it once he is under no order (assumption: enforcement undermines the helper).
    """
    conflict = collaboration.conflict_tied * enforcer_tie
    conflict = min(1.0, conflict + own_enforces * collaboration.conflict_own)
    return conflict if under_order == 1 else 0.5 * conflict


@rule
def practice_with(
    tie: float, shared_record: int, colocated: int, formulation: int, collaboration: Collaboration
) -> float:
    """How far practice about one man is shared with one agency, in [0, 1].

    ``1 - (1 - tie)(1 - w_r record)(1 - w_l place days/5)(1 - w_f formulation)``, with ``tie`` the
    effective tie: each closes part of the gap that is left (assumption).
    """
    gap = 1.0 - tie
    if shared_record == 1:
        gap *= 1.0 - collaboration.record_weight
    if colocated == 1:
        days = collaboration.days_together / WORKING_DAYS
        gap *= 1.0 - collaboration.colocation_weight * days
    if formulation == 1:
        gap *= 1.0 - collaboration.formulation_weight
    return 1.0 - gap


@rule
def works_jointly(tie: float, colocated: int, collaboration: Collaboration, uniform: float) -> int:
    """Decide whether two agencies work on one man together this week.

    ``P = b + t tie + l place days/5``, at most 1 (assumption: those who know each other call).
    """
    probability = collaboration.joint_work_base + collaboration.joint_work_tie * tie
    if colocated == 1:
        days = collaboration.days_together / WORKING_DAYS
        probability += collaboration.joint_work_colocated * days
    return 1 if uniform < probability else 0


@rule
def settle_tie(tie: TieState, collaboration: Collaboration) -> None:
    """Let a tie grow with joint work, decay in quiet weeks, suffer from failures; clear the counts.

    With q the share of shared men worked on jointly, f the failures per shared man, each at most 1:
    ``dc = g q (1 - c) - d (1 - q) c - x f c``. A tie between agencies that share none of the
    simulated men stays as it is: what they do for others is not known (assumption).
    """
    if tie.shared_men > 0:
        share = min(1.0, tie.joint_work / tie.shared_men)
        failed = min(1.0, tie.failures / tie.shared_men)
        strength = tie.strength
        tie.strength_sum += strength
        tie.weeks_used += 1
        tie.strength = (
            strength
            + collaboration.tie_growth * share * (1.0 - strength)
            - collaboration.tie_decay * (1.0 - share) * strength
            - collaboration.tie_failure * failed * strength
        )
    tie.shared_men = tie.joint_work = tie.failures = 0


@rule
def holds_joint_formulation(collaboration: Collaboration, uniform: float) -> int:
    """Decide whether joint work yields a joint formulation of his concerns (assumption)."""
    return 1 if uniform < collaboration.joint_formulation else 0


@rule
def consents_to_share(trust: float, reluctance: float, collaboration: Collaboration) -> int:
    """Whether a man consents to the shared record: reluctance below ``b + (1 - b) T``.

    Claims that a man lets agencies write about him once he trusts enough, which differs between
    men, evenly, and takes it back when trust is lost (assumption).
    """
    base = collaboration.consent
    return 1 if reluctance < base + (1.0 - base) * trust else 0


@rule
def handover_succeeds(tie: float, collaboration: Collaboration, uniform: float) -> int:
    """Decide whether a referral arrives: ``P = b + t tie`` (assumption)."""
    return 1 if uniform < collaboration.handover_base + collaboration.handover_tie * tie else 0


@rule
def referral_crosses_wall(practice: float, collaboration: Collaboration, uniform: float) -> int:
    """Decide whether prison's referral reaches the service outside: ``P = 1 - m (1 - x)``.

    m is the chance that messages about a man go wrong, x how far prison healthcare and the service
    share practice. Claims that the referral is a message: who works as one loses none (assumption;
    men are in treatment sooner where a provider works on both sides, Connor & Hughes 2025).
    """
    return 1 if uniform < 1.0 - collaboration.messages_lost * (1.0 - practice) else 0


@rule
def breaks_promise(tie: float, collaboration: Collaboration, uniform: float) -> int:
    """Decide whether a promise made for other agencies is broken: ``P = p (1 - q tie)``.

    Claims that promises about other agencies' help hold where the tie holds (assumption). The loss
    of trust that follows is a discrete event, not part of a gate.
    """
    chance = collaboration.promise_break * (1.0 - collaboration.promise_tie * tie)
    return 1 if uniform < chance else 0


@rule
def message_goes_wrong(recorded: float, collaboration: Collaboration, uniform: float) -> int:
    """Decide what becomes of agencies' messages: 0 arrives, 1 lost, 2 contradictory.

    ``P(wrong)`` lies between the two declared chances by the share of his agencies in the record;
    the lowest uniforms contradict, so that less loss never turns an arrived message into a wrong
    one (assumption).
    """
    most = collaboration.messages_lost
    least = min(most, collaboration.messages_lost_recorded)
    wrong = most + recorded * (least - most)
    if uniform >= wrong:
        return 0
    return 2 if uniform < wrong * collaboration.messages_contradict else 1


@rule
def weeks_to_wait(tie: float, collaboration: Collaboration) -> float:
    """Mean weeks until a service starts: ``w (1 - q tie)``, at least half a week (assumption)."""
    return max(0.5, collaboration.waiting_weeks * (1.0 - collaboration.waiting_tie * tie))


@rule
def understanding_kept(recorded: float, formulation: int, collaboration: Collaboration) -> float:
    """Share of understanding that survives a change of worker, in [0, 1].

    ``1 - (1 - k_r recorded)(1 - k_f formulation)``: without either the new worker starts from
    nothing (assumption).
    """
    lost = 1.0 - collaboration.kept_by_record * recorded
    if formulation == 1:
        lost *= 1.0 - collaboration.kept_by_formulation
    return 1.0 - lost
