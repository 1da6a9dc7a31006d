"""Effective ties: what the agencies' ties come to for one man.

A part of the collaboration theme, which declares the parameters and the ties themselves.
"""

from engager_sim.compilation import rule


@rule
def effective_tie(strength: float, load: float) -> float:
    """Tie that is left for the men: ``c (1 - L)``, its strength less the load of coordination.

    Claims that coordinating many agencies takes from every tie in proportion (assumption).
    """
    return strength * (1.0 - load)


@rule
def mean_over_agencies(total: float, serving: int) -> float:
    """Mean of what the agencies that serve a man have: shared practice, effective tie, record.

    Claims that every agency that serves him counts alike, whatever he needs it for (assumption).
    """
    return total / serving


@rule
def tie_behind_wait(handed_on: int, tie: float, reference_tie: float) -> float:
    """Tie that shortens a man's wait for a service: ``max(tie, usual)`` once he is handed on.

    Otherwise the tie of usual care counts.

    Parameters
    ----------
    handed_on : int
        1 while the practitioner who handed him on still has to do with him, else 0.
    tie : float
        The effective tie of his practitioner's agency, in [0, 1].

    Notes
    -----
    Claims that being handed on never makes a wait longer (assumption).
    """
    return max(tie, reference_tie) if handed_on == 1 else reference_tie
