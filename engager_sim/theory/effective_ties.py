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
def share_covered(covered: int, claims: int) -> float:
    """Coverage: ``covered / claims``, and 1 for a man who needs nobody.

    Parameters
    ----------
    covered : int
        His needs and his order that an agency serves which his practitioner's agency is, or is
        tied to.
    claims : int
        His needs and his order, served or not.

    Notes
    -----
    Claims that each of them weighs alike (assumption).
    """
    return covered / claims if claims > 0 else 1.0


@rule
def mean_over(total: float, count: int, otherwise: float) -> float:
    """Mean of what his agencies have: ``total / count``, and ``otherwise`` where there is none.

    Shared practice is a mean over what is served; the effective tie and the record are means over
    all that a man needs, and nothing for what nobody serves. Claims that every agency counts alike,
    whatever he needs it for (assumption).
    """
    return total / count if count > 0 else otherwise


@rule
def practice_around(coverage: float, shared_practice: float) -> float:
    """Practice that holds a man, which gates the relationship: ``coverage x shared practice``.

    Claims that what nobody serves is held by nobody: taking away the only agency for a need never
    raises it (assumption).
    """
    return coverage * shared_practice


@rule
def tie_across_wall(tie: float, both_sides: int) -> float:
    """Tie between prison healthcare and a service outside: full where one provider is both.

    Claims that one provider on both sides of the wall hands on as to its own (assumption).
    """
    return 1.0 if both_sides == 1 else tie


@rule
def tie_after_departure(strength: float, posts: int, share_lost: float) -> float:
    """Tie of an agency once one of its practitioners has left: ``c (1 - l / n)``.

    Parameters
    ----------
    posts : int
        n, how many posts of practitioners the agency has.
    share_lost : float
        l, the share of trust that a change of worker costs a man, with or without overlap.

    Notes
    -----
    Claims that a tie lives in those who work together, each an equal part of it, and passes to a
    successor as a man's trust does (assumption).
    """
    return strength * (1.0 - share_lost / posts)


@rule
def tie_behind_wait(handed_on: int, tie: float, reference_tie: float) -> float:
    """Tie that shortens a man's wait for a service: ``max(tie, usual)`` once he is handed on.

    Otherwise the usual tie counts. It is asked twice: for the practitioner who handed him on, with
    the tie of usual care, and for the prison that referred him, with what came of that.

    Parameters
    ----------
    handed_on : int
        1 while the practitioner who handed him on still has to do with him, or if prison referred
        him; else 0.
    tie : float
        The effective tie of who handed him on, in [0, 1].

    Notes
    -----
    Claims that being handed on never makes a wait longer (assumption).
    """
    return max(tie, reference_tie) if handed_on == 1 else reference_tie
