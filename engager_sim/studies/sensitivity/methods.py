"""The methods of sensitivity analysis, declared: how each samples, what it estimates, its needs."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engager_sim.designs import samplers
from engager_sim.designs.samplers import Numbers, Problem
from engager_sim.errors import UsageError
from engager_sim.studies.sensitivity import salib_analyses as salib
from engager_sim.studies.sensitivity.salib_analyses import Analyse

type Sample = Callable[[Problem, int, int], Numbers]
type RowsPerBlock = Callable[[int, int], int]


@dataclass(frozen=True, slots=True)
class Method:
    """One method.

    Attributes
    ----------
    name, label : str
        What a study file calls it, and what figures do.
    sample : callable
        Takes a problem, a number of samples and a seed; gives a design on the unit cube.
    analyse : callable
        Takes a problem, the design, the response and a seed; gives indices by name, the main one
        first. ``S2`` is a matrix, all others have a value per factor or group.
    meanings : dict of str to str
        What each index says.
    rows_per_block : callable or None
        Rows of the design that belong together, given the number of factors or groups and of all
        rows; the bootstrap draws rows in such blocks. ``None`` where nothing can be left out.
    least_samples : int
        Fewest samples that give an answer to rely on.
    groups : bool
        Whether factors can be taken together.
    powers_of_two : bool
        Whether the number of samples must be a power of two.
    settles : bool
        Whether the first part of the design is a design by itself, so that indices can be seen to
        settle.
    numbers_only : bool
        Whether every factor must be a real number, because slopes are taken.
    fills_ranges : bool
        Whether points fill all ranges, each factor independently of the others. Along eFAST's
        search curves factors move together; other designs sit on few levels or move by steps.
    resamples : int
        Bootstrap resamples, unless a study says otherwise: fewer where each is dear.
    """

    name: str
    label: str
    sample: Sample
    analyse: Analyse
    meanings: dict[str, str]
    rows_per_block: RowsPerBlock | None
    least_samples: int
    groups: bool = False
    powers_of_two: bool = False
    settles: bool = True
    numbers_only: bool = False
    fills_ranges: bool = False
    resamples: int = 200

    @property
    def samples_are_blocks(self) -> bool:
        """Whether the bootstrap draws samples, rather than sets of curves, or nothing."""
        return self.rows_per_block is not None and self.rows_per_block(1, 0) > 0

    def block_rows(self, factors: int, rows: int) -> int:
        """Count the rows of a block of a design; all its rows if nothing can be left out."""
        return rows if self.rows_per_block is None else self.rows_per_block(factors, rows)

    def rows_per_sample(self, factors: int) -> int:
        """Count the points of the design that a sample takes, for so many factors or groups."""
        if self.rows_per_block is None:
            return 1
        return self.rows_per_block(factors, 0) or samplers.FAST_SETS * factors

    @property
    def main(self) -> str:
        """The index by which factors are ranked."""
        return next(iter(self.meanings))


FIRST = "share of the outcome's variance that goes if this factor alone is fixed, on average"
TOTAL = "share of the outcome's variance that this factor has a part in, alone or with others"


SHARES_OF_VARIANCE = {"ST": TOTAL, "S1": FIRST}


def _latin(
    name: str, label: str, analyse: Analyse, meanings: dict[str, str], least: int, resamples: int
) -> Method:
    """Declare a method of a Latin hypercube, whose points are independent of each other."""
    sample = samplers.latin_sample
    method = Method(name, label, sample, analyse, meanings, lambda *_: 1, least)
    return replace(method, fills_ranges=True, resamples=resamples)


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method(
            "sobol",
            "Sobol",
            samplers.sobol_sample,
            salib.sobol_analyse,
            SHARES_OF_VARIANCE | {"S2": "share that two factors have only together"},
            rows_per_block=lambda factors, _: 2 * factors + 2,
            least_samples=16,
            groups=True,
            powers_of_two=True,
            fills_ranges=True,
        ),
        Method(
            "morris",
            "Morris",
            samplers.morris_sample,
            salib.morris_analyse,
            {
                "mu_star": "mean size of the change in the outcome as the factor crosses its range",
                "mu": "mean change, with its sign",
                "sigma": "how much that change depends on the other factors, or bends",
            },
            rows_per_block=lambda factors, _: factors + 1,
            least_samples=4,
            groups=True,
        ),
        Method(
            "fast",
            "eFAST",
            samplers.fast_sample,
            salib.fast_analyse,
            SHARES_OF_VARIANCE,
            rows_per_block=lambda _, rows: rows // samplers.FAST_SETS,
            least_samples=257,
            settles=False,
        ),
        _latin("rbd_fast", "RBD-FAST", salib.rbd_fast_analyse, {"S1": FIRST}, 60, 200),
        _latin(
            "delta",
            "Delta",
            salib.delta_analyse,
            {"delta": "how far knowing the factor moves the outcome's distribution (0 to 1)"},
            least=100,
            resamples=50,
        ),
        _latin(
            "pawn",
            "PAWN",
            salib.pawn_analyse,
            {
                "median": "typical distance of the outcome's distribution with the factor known",
                "maximum": "largest such distance",
            },
            least=100,
            resamples=50,
        ),
        Method(
            "dgsm",
            "Derivative-based",
            samplers.dgsm_sample,
            salib.dgsm_analyse,
            {
                "dgsm": "upper bound on the total share of variance, from squared slopes",
                "vi": "mean squared slope over the factor's range",
            },
            rows_per_block=lambda factors, _: factors + 1,
            least_samples=16,
            numbers_only=True,
        ),
        _latin("hdmr", "HDMR", salib.hdmr_analyse, SHARES_OF_VARIANCE, 1000, 20),
        _latin(
            "regional",
            "Regional (RSA)",
            salib.regional_analyse,
            {
                "mean": "how different the factor's values are behind each tenth of the outcome, "
                "for each point",
                "maximum": "the same for the tenth that differs most",
            },
            least=100,
            resamples=200,
        ),
        Method(
            "fractional_factorial",
            "Fractional factorial",
            samplers.factorial_sample,
            salib.factorial_analyse,
            {"ME": "half the change in the outcome from the lower to the upper end of the range"},
            rows_per_block=None,
            least_samples=1,
            settles=False,
        ),
    )
}
"""Every method, by name."""


def refuse_too_few(method: Method, samples: int, factors: int) -> None:
    """Refuse a number of samples with which a method gives no answer.

    Raises
    ------
    UsageError
        Saying how many it takes.
    """
    if samples < method.least_samples:
        raise UsageError(
            f"too few samples for {method.label}",
            key="method.samples",
            value=samples,
            allowed=f"at least {method.least_samples}",
        )
    if method.powers_of_two and samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        raise UsageError(
            f"{method.label} needs a power of two",
            key="method.samples",
            value=samples,
            allowed="16, 32, 64, ...",
            fix=f"write {below} or {2 * below}",
        )
    if factors < 2:
        raise UsageError(
            f"{method.label} tells factors apart, and there is only one",
            key="factors",
            value=factors,
            allowed="at least 2",
            fix="add a factor, or give this one levels and use engager-sim sweep",
        )
