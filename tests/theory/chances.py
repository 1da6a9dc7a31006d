"""The chance behind a decision, found by asking the rule and nothing else."""

from collections.abc import Callable

SMALLEST, LARGEST = 2.0**-53, 1.0 - 2.0**-53


def chance_that(decides: Callable[[float], bool | int]) -> float:
    """Find the chance of a yes, for a rule that says yes below some uniform and no from there on.

    Parameters
    ----------
    decides : callable
        From a uniform number to yes or no.

    Returns
    -------
    float
        The uniform at which yes turns into no, to within 1e-16; 0 for never, 1 for always.
    """
    rarest, commonest = decides(SMALLEST), decides(LARGEST)
    assert rarest in (0, 1), f"{rarest} is neither yes nor no"
    assert commonest in (0, 1), f"{commonest} is neither yes nor no"
    if not rarest:
        return 0.0
    if commonest:
        return 1.0
    yes, no = SMALLEST, LARGEST
    for _ in range(56):
        middle = 0.5 * (yes + no)
        if decides(middle):
            yes = middle
        else:
            no = middle
    return no
