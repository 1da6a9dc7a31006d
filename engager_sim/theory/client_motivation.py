"""Client motivation: why a man would come, from within and because he must; what he does himself.

Autonomous motivation grows with own goals, small wins and the relationship, and is hurt by
coercion; controlled motivation works only while he is on licence; felt need dips after release
and jumps in a crisis. Between meetings motivation makes him practise what was agreed, get on with
his own goals, turn up at services and come back after a miss.
"""

import math
from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import MOST_DISTRESS
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty

HONEYMOON_WEEKS = 4
REFERENCE_NEED = 0.5
"""Felt need with which men begin, and of the man beside whom willingness is measured. Fixed: it is
where a scale begins and claims nothing (assumption)."""
WEIGHT_OF_DISTRESS = 0.5
"""Weight of distress against needs in what a man feels. Fixed at even weights: needs and distress
go together, so another weight can hardly be told from it (assumption)."""
NEED_PACE = 0.3
"""Part of the gap by which felt need falls in a week. Fixed: the dip after release, which is
uncertain, says how far felt need falls (assumption)."""
COERCION_LOSS = 0.05
"""Part of autonomous motivation that a coercive event costs (2-10%; assumption). Fixed: such events
are rare, so its value can hardly show in what is observed."""
REFERENCE_GOALS = 0.3
"""How far the goals worked on are the man's own in usual care (assumption)."""


@dataclass
class MotivationState:
    """A leaver's motivation; all in [0, 1]."""

    # fmt: off
    autonomous: float = state("motivation from his own goals",
        "share", 0, 1, "settle_motivation", "drawn")
    controlled: float = state("motivation from pressure", "share", 0, 1, "settle_motivation")
    perceived_need: float = state("need for help that he feels",
        "share", 0, 1, "settle_motivation", REFERENCE_NEED)
    goal_progress: float = state("progress on his own goals",
        "share", 0, 1, "meet")


@dataclass(frozen=True)
class ClientMotivation:
    """Parameters of client motivation."""

    # fmt: off
    on: int = theme_switch("client motivation")
    own_goals: float = lever(REFERENCE_GOALS, 0.0, 1.0, "share",
        "how far the goals worked on are the man's own",
        anchors=("the order's or the service's goals", "agreed goals, his own among them",
            "his own goals, in his own words, looked at together every time"))
    autonomous_median: float = uncertainty(0.35, 0.15, 0.6, "share",
        "median autonomous motivation at entry; its usual-care reference")
    autonomous_spread: float = uncertainty(0.4, 0.1, 1.0, "log-odds",
        "spread of it between men, as a logistic scale")
    contact_gain: float = uncertainty(0.03, 0.01, 0.05, "share per contact",
        "gain from a good contact, times trust and own goals")
    win_gain: float = uncertainty(0.06, 0.0, 0.15, "share per win", "gain from a small win")
    goal_pace: float = uncertainty(0.08, 0.02, 0.25, "share",
        "progress on his goals that a small win makes, or a week of fully motivated work on them")
    practising: float = uncertainty(0.03, 0.0, 0.10, "share per week",
        "growth of the coping that he gained, by practising it between meetings at full motivation")
    between_meetings: float = uncertainty(0.8, 0.0, 2.0, "log hazard",
        "how much more often a man of full motivation than one of none does what is left to him")
    autonomous_fade: float = uncertainty(0.01, 0.0, 0.03, "share per week",
        "weekly return towards the motivation he came with, or that his progress has made his own")
    controlled_on_licence: float = uncertainty(0.18, 0.0, 0.5, "share",
        "part of what is missing of motivation to attend that pressure makes up for on licence")
    honeymoon_dip: float = uncertainty(0.25, 0.10, 0.40, "share",
        "part of felt need that goes in the first four weeks out")
    crisis_jump: float = uncertainty(0.5, 0.1, 0.9, "share",
        "part of the gap to full felt need that a full crisis closes")


@rule
def motivation(state: MotivationState, on_licence: int) -> float:
    """Motivation to attend, in [0, 1].

    ``(Ma + Mc licence (1 - Ma))(1 + need) / 2``: pressure fills part of what is missing, only
    while on licence (mandated clients left early where identified or external motivation was low,
    Wild et al. 2016; form: assumption).
    """
    drive = state.autonomous
    if on_licence == 1:
        drive += state.controlled * (1.0 - state.autonomous)
    return drive * 0.5 * (1.0 + state.perceived_need)


@rule
def willingness(state: MotivationState, on_licence: int, parameters: ClientMotivation) -> float:
    """How much more often than others he does what is left to him: ``exp(b (M - M0))``.

    M is his :func:`motivation`, M0 that of a man of median autonomous motivation and the reference
    felt need, without pressure; his willingness is 1. It multiplies hazards: of being seen by a
    service that he uses, of a contact when a miss is followed up, of coming back
    (:func:`when_willing`).

    Claims that the motivation of offenders is linked with attrition, really but weakly (Olver et
    al. 2011: r = -.13), through what they do between meetings; the form is an assumption.
    """
    usual = parameters.autonomous_median * 0.5 * (1.0 + REFERENCE_NEED)
    above = motivation(state, on_licence) - usual
    return math.exp(parameters.between_meetings * above)


@rule
def when_willing(chance: float, willing: float) -> float:
    """A chance within a week, of a man so willing: ``1 - (1 - p)^w``.

    The chance that a hazard w times as high comes to.

    Arithmetic; it claims nothing about people.
    """
    return 1.0 - math.pow(1.0 - chance, willing)


@rule
def gain_from_contact(state: MotivationState, trust: float, parameters: ClientMotivation) -> None:
    """Let a good contact strengthen autonomous motivation: ``dMa = g T goals (1 - Ma)``.

    Assumption.
    """
    gain = parameters.contact_gain * trust * parameters.own_goals
    state.autonomous += gain * (1.0 - state.autonomous)


@rule
def gain_from_win(state: MotivationState, parameters: ClientMotivation) -> None:
    """Let a small win (a need eased, a service started) bring progress and motivation.

    ``dMa = w goals (1 - Ma)``, ``dG = p (1 - G)`` (competence and autonomy as routes to
    internalised motivation, self-determination theory; rates: assumption).
    """
    state.autonomous += parameters.win_gain * parameters.own_goals * (1.0 - state.autonomous)
    state.goal_progress += parameters.goal_pace * (1.0 - state.goal_progress)


@rule
def pursue_goals(state: MotivationState, parameters: ClientMotivation) -> None:
    """Let a man get on with his goals between meetings: ``dG = p goals Ma (1 - G)``.

    Claims that he works on goals that are his own, as far as he wants to himself: pressure makes
    him come, it does not make him act (self-determination theory; form: assumption).
    """
    step = parameters.goal_pace * parameters.own_goals * state.autonomous
    state.goal_progress += step * (1.0 - state.goal_progress)


@rule
def coping_after_practice(
    autonomous: float, coping: float, coping_at_start: float, parameters: ClientMotivation
) -> float:
    """Coping after a week of practising what was agreed: ``K + q Ma (K - K0)(1 - K)``.

    Nothing where he has gained nothing: ``K <= K0``. Claims that sessions give him something to
    practise, and that he practises as far as he wants to himself (assumption).
    """
    gained = max(0.0, coping - coping_at_start)
    return coping + parameters.practising * autonomous * gained * (1.0 - coping)


@rule
def loss_from_coercion(state: MotivationState) -> None:
    """Let a coercive event (a recall, contradictory orders on licence) cost: ``dMa = -0.05 Ma``.

    Assumption.
    """
    state.autonomous -= COERCION_LOSS * state.autonomous


@rule
def settle_motivation(
    state: MotivationState, at_entry: float, on_licence: int, parameters: ClientMotivation
) -> None:
    """Let autonomous motivation return slowly to what has become his own; set the controlled part.

    ``dMa = f (Mb - Ma)``, ``Mb = M1 + G goals (1 - M1)``, M1 what he came with, G the progress on
    his goals. The controlled part is its declared value on licence, else 0. Claims that he keeps
    wanting what he has got done for goals of his own (internalised motivation, self-determination
    theory; form: assumption).
    """
    own = at_entry + state.goal_progress * parameters.own_goals * (1.0 - at_entry)
    state.autonomous += parameters.autonomous_fade * (own - state.autonomous)
    state.controlled = parameters.controlled_on_licence if on_licence == 1 else 0.0


@rule
def weight_of_situation(needs: float, distress: float) -> float:
    """How much a man's situation weighs, in [0, 1]: ``(N + D / 40) / 2``.

    N is the mean of his needs, D his distress, of 40 points at most. Claims that needs and distress
    make up for each other in what he feels (assumption).
    """
    return (1.0 - WEIGHT_OF_DISTRESS) * needs + WEIGHT_OF_DISTRESS * (distress / MOST_DISTRESS)


@rule
def felt_need(needs: float, crisis: float, weeks_out: float, parameters: ClientMotivation) -> float:
    """Need that a man's situation would make him feel, in [0, 1].

    ``n = N (1 - dip)`` in the first four weeks out, else N; then ``n + j C (1 - n)``, N the weight
    of his needs and his distress (dip 10-40%; assumption; honeymoon overconfidence is one of the
    types of disengagement).
    """
    need = needs
    if 0.0 <= weeks_out < HONEYMOON_WEEKS:
        need *= 1.0 - parameters.honeymoon_dip
    return need + parameters.crisis_jump * crisis * (1.0 - need)


@rule
def perceive(state: MotivationState, felt: float) -> None:
    """Let perceived need follow the situation: at once upwards, ``dn = 0.3 (felt - n)`` downwards.

    A crisis is felt at once (assumption).
    """
    if felt > state.perceived_need:
        state.perceived_need = felt
    else:
        state.perceived_need += NEED_PACE * (felt - state.perceived_need)


@rule
def goals_in_use(parameters: ClientMotivation) -> float:
    """How far the goals worked on are his own: the lever, or its reference with the theme off.

    Arithmetic; it claims nothing about people.
    """
    return parameters.own_goals if parameters.on == 1 else REFERENCE_GOALS
