"""What lives lived in distress come to in quality of life, with a slope that is uncertain."""

from engager_sim.costs.prices import WEEKS_A_YEAR, Vector


def quality_adjusted_years(
    weeks_lived: Vector, distress_lived: Vector, slope: Vector, utility_at_zero: float
) -> Vector:
    """Quality-adjusted life years of the year after release: ``u0 w / 52 - b D``.

    Parameters
    ----------
    weeks_lived : float64 array
        w, outcome ``weeks_lived_52w``.
    distress_lived : float64 array, same shape
        D, outcome ``distress_lived_52w``, points x years.
    slope : float64 array, same shape
        b, utility lost per point, the price ``utility_per_point``.
    utility_at_zero : float
        u0, utility of a man without any distress (``costs.utility_at_zero`` of the theory).

    Notes
    -----
    Assumption: a linear mapping, that of the outcome ``qaly_52w``.
    """
    return utility_at_zero * weeks_lived / WEEKS_A_YEAR - slope * distress_lived
