"""Client motivation: why a man would come, from within and because he must.

Autonomous motivation grows with own goals, small wins and the relationship, and is hurt by
coercion; controlled motivation works only while he is on licence; felt need dips after release
and jumps in a crisis.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.circumstances import MOST_DISTRESS
from engager_sim.theory.declaration import lever, state, theme_switch, uncertainty

HONEYMOON_WEEKS = 4
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
        "share", 0, 1, "settle_motivation", "drawn")
    goal_progress: float = state("progress on his own goals", "share", 0, 1, "meet")


@dataclass(frozen=True)
class ClientMotivation:
    """Parameters of client motivation."""

    # fmt: off
    on: int = theme_switch("client motivation")
    own_goals: float = lever(REFERENCE_GOALS, 0.0, 1.0, "share",
        "how far the goals worked on are the man's own")
    autonomous_median: float = uncertainty(0.35, 0.15, 0.6, "share",
        "median autonomous motivation at entry; its usual-care reference")
    autonomous_spread: float = uncertainty(0.4, 0.1, 1.0, "log-odds",
        "spread of it between men, as a logistic scale")
    contact_gain: float = uncertainty(0.03, 0.01, 0.05, "share per contact",
        "gain from a good contact, times trust and own goals")
    win_gain: float = uncertainty(0.06, 0.0, 0.15, "share per win", "gain from a small win")
    progress_per_win: float = uncertainty(0.12, 0.02, 0.3, "share per win",
        "progress on his goals that one small win makes")
    coercion_loss: float = uncertainty(0.05, 0.02, 0.10, "share per event",
        "loss from a coercive event")
    autonomous_fade: float = uncertainty(0.01, 0.0, 0.03, "share per week",
        "weekly return towards the motivation he came with")
    controlled_on_licence: float = uncertainty(0.5, 0.1, 0.9, "share",
        "controlled motivation while on licence; none after it")
    controlled_worth: float = uncertainty(0.35, 0.0, 0.8, "share",
        "worth of controlled against autonomous motivation for attending")
    reference_need: float = uncertainty(0.5, 0.2, 0.8, "share",
        "felt need, where client motivation is switched off")
    honeymoon_dip: float = uncertainty(0.25, 0.10, 0.40, "share",
        "part of felt need that goes in the first four weeks out")
    crisis_jump: float = uncertainty(0.5, 0.1, 0.9, "share",
        "part of the gap to full felt need that a full crisis closes")
    felt_distress: float = uncertainty(0.5, 0.0, 1.0, "share",
        "weight of distress against needs in the need that a man feels")
    need_pace: float = uncertainty(0.3, 0.1, 0.8, "share per week",
        "pace at which felt need follows his situation")


@rule
def motivation(state: MotivationState, on_licence: int, parameters: ClientMotivation) -> float:
    """Motivation to attend, in [0, 1].

    ``(Ma + w Mc licence (1 - Ma))(1 + need) / 2``: pressure fills part of what is missing, only
    while on licence (mandated clients left early where identified or external motivation was low,
    Wild et al. 2016; form: assumption).
    """
    drive = state.autonomous
    if on_licence == 1:
        drive += parameters.controlled_worth * state.controlled * (1.0 - state.autonomous)
    return drive * 0.5 * (1.0 + state.perceived_need)


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
    state.goal_progress += parameters.progress_per_win * (1.0 - state.goal_progress)


@rule
def loss_from_coercion(state: MotivationState, parameters: ClientMotivation) -> None:
    """Let a coercive event (a recall, contradictory orders on licence) cost: ``dMa = -c Ma``.

    Assumption.
    """
    state.autonomous -= parameters.coercion_loss * state.autonomous


@rule
def settle_motivation(
    state: MotivationState, at_entry: float, on_licence: int, parameters: ClientMotivation
) -> None:
    """Let autonomous motivation return slowly to what he came with; set the controlled part.

    Assumption.
    """
    state.autonomous += parameters.autonomous_fade * (at_entry - state.autonomous)
    state.controlled = parameters.controlled_on_licence if on_licence == 1 else 0.0


@rule
def weight_of_situation(needs: float, distress: float, parameters: ClientMotivation) -> float:
    """How much a man's situation weighs, in [0, 1]: ``(1 - v) N + v D / 40``.

    N is the mean of his needs, D his distress, of 40 points at most, and v the weight of distress.
    Claims that needs and distress make up for each other in what he feels (assumption).
    """
    weight = parameters.felt_distress
    return (1.0 - weight) * needs + weight * (distress / MOST_DISTRESS)


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
def perceive(state: MotivationState, felt: float, parameters: ClientMotivation) -> None:
    """Let perceived need follow the situation at its pace; a crisis is felt at once.

    Upward moves are immediate, downward ones take the declared pace (assumption).
    """
    if felt > state.perceived_need:
        state.perceived_need = felt
    else:
        state.perceived_need += parameters.need_pace * (felt - state.perceived_need)


@rule
def goals_in_use(parameters: ClientMotivation) -> float:
    """How far the goals worked on are his own: the lever, or its reference with the theme off.

    Arithmetic; it claims nothing about people.
    """
    return parameters.own_goals if parameters.on == 1 else REFERENCE_GOALS
