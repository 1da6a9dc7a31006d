"""Motivation, felt need, and what is left to a man (7.6)."""

import math

from tests.replication.records import OPEN, Record, Theory, World

GOALS_IF_OFF = 0.3


def motivation(man: Record) -> float:
    """``(Ma + Mc licence (1 - Ma))(1 + need) / 2``."""
    pressed = man.autonomous + man.controlled * man.on_licence * (1.0 - man.autonomous)
    return float(pressed * (1.0 + man.perceived_need) / 2.0)


def willingness(theory: Theory, man: Record) -> float:
    """``exp(b (M - M0))``, M0 three quarters of the median."""
    motive = theory.client_motivation
    return math.exp(motive.between_meetings * (motivation(man) - 0.75 * motive.autonomous_median))


def when_willing(chance: float, willing: float) -> float:
    """``1 - (1 - p)^w``."""
    return float(1.0 - (1.0 - chance) ** willing)


def goals_in_use(theory: Theory) -> float:
    """How far the goals are his own: the lever; with the theme off 0.3."""
    motive = theory.client_motivation
    return float(motive.own_goals) if motive.on else GOALS_IF_OFF


def small_win(theory: Theory, man: Record) -> None:
    """``dMa = w goals (1 - Ma)`` and ``dG = p (1 - G)``."""
    motive = theory.client_motivation
    if not motive.on:
        return
    man.autonomous += motive.win_gain * motive.own_goals * (1.0 - man.autonomous)
    man.goal_progress += motive.goal_pace * (1.0 - man.goal_progress)


def coercion(man: Record) -> None:
    """``dMa = -0.05 Ma``."""
    man.autonomous -= 0.05 * man.autonomous


def settle_motivation(world: World, man: Record) -> None:
    """Motivation settles, felt need follows his situation; he acts on what was agreed."""
    theory = world.theory(man)
    motive = theory.client_motivation
    brought, goals = man.autonomous_at_entry, goals_in_use(theory)
    own = brought + man.goal_progress * goals * (1.0 - brought)
    man.autonomous += motive.autonomous_fade * (own - man.autonomous)
    man.controlled = motive.controlled_on_licence if man.on_licence else 0.0
    felt = felt_need(world, theory, man)
    if felt > man.perceived_need:
        man.perceived_need = felt
    else:
        man.perceived_need += 0.3 * (felt - man.perceived_need)
    if man.episode == OPEN and motive.on:
        act_between_meetings(theory, man)


def felt_need(world: World, theory: Theory, man: Record) -> float:
    """``n = N (1 - dip)`` in weeks 0 to 3 after release, then ``n + j C (1 - n)``."""
    motive = theory.client_motivation
    need = (man.needs_mean + man.distress / 40.0) / 2.0
    if 0 <= world.week - man.release_week < 4:
        need *= 1.0 - motive.honeymoon_dip
    return float(need + motive.crisis_jump * man.crisis * (1.0 - need))


def act_between_meetings(theory: Theory, man: Record) -> None:
    """Progress ``dG = p goals Ma (1 - G)``; then ``K + q Ma (K - K0)(1 - K)``."""
    motive = theory.client_motivation
    man.goal_progress += (
        motive.goal_pace * motive.own_goals * man.autonomous * (1.0 - man.goal_progress)
    )
    gained = man.coping - theory.therapeutic_approach.coping_at_start
    if gained > 0.0 and theory.therapeutic_approach.on:
        man.coping += motive.practising * man.autonomous * gained * (1.0 - man.coping)
