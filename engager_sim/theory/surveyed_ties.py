"""Surveyed ties: what the levers of collaboration change in ties that a scenario lists.

A part of the collaboration theme. A survey says what is there at the levers' values of its own
file; these rules say what is there at other values. They are applied once, when the agencies are
deployed, and no week calls them.
"""

from engager_sim.compilation import rule

WEAKEST, STRONGEST = 0.01, 0.99
"""Ties and levels beyond these count as these: a tie of 0 or 1 has no log-odds (assumption)."""


@rule
def surveyed_strength(strength: float, then: float, level: float) -> float:
    """Strength of a surveyed tie once its lever is moved.

    ``logit c' = logit c + logit l' - logit l``, with l the value of ``initial_tie`` at the survey
    (``then``) and l' its value now (``level``). Claims that a change moves weak and strong ties
    alike in log-odds; no tie moves against the lever (assumption).
    """
    if level == then:
        return strength
    tie = min(STRONGEST, max(WEAKEST, strength))
    before = min(STRONGEST, max(WEAKEST, then))
    now = min(STRONGEST, max(WEAKEST, level))
    odds = tie / (1.0 - tie) * now / (1.0 - now) * (1.0 - before) / before
    moved = odds / (1.0 + odds)
    return max(strength, moved) if level > then else min(strength, moved)


@rule
def share_outdated(answer: int, then: float, level: float) -> float:
    """Share of surveyed pairs of one answer that are drawn anew once a lever's share is moved.

    ``(l' - l) / (l' (1 - l))`` of those without when the share rises from l (``then``) to l'
    (``level``), ``(l - l') / (l (1 - l'))`` of those with when it falls, else none. Drawn with
    chance l', the pairs without gain (l' - l) / (1 - l) and the pairs with keep l' / l: claims that
    the levers move surveyed pairs as they move others (assumption).
    """
    if answer == 0 and level > then:
        return (level - then) / (level * (1.0 - then))
    if answer == 1 and level < then:
        return (then - level) / (then * (1.0 - level))
    return 0.0
