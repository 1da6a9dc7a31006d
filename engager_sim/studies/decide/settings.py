"""What can be asked of a decision, checked: today's service, options, a budget, an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from engager_sim.errors import UsageError
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.direction import DIRECTIONS
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.decide.options import Option

OUTCOME = "engaged_12w"
"""What a decision is for unless another outcome is named."""
WORTH_OF_A_QALY = (20_000.0, 30_000.0)
"""Pounds per quality-adjusted life year: the range in which NICE's manual (PMG36) decides."""
TODAY = "today"
"""What a service's own file is called as a rule: engager-sim new does."""
ALL_MEN, MEN = "all men", "men"
"""Over whom an outcome is a mean by which options are weighed, and how some of them are told."""
LEAST_REPLICATES, LEAST_POPULATIONS, LEAST_LIVES = 40, 10, 8
MOST_RUNS = 10_000_000
"""Runs of one decision's whole worlds: a night of a large machine, and tables that can be read."""
MOST_WORTH = 10_000_000.0
"""Pounds for a quality-adjusted life year; what is named for them is whole pounds."""


@dataclass(frozen=True)
class DecideSettings:
    """What a decision asks.

    Attributes
    ----------
    today : Scenario
        The service as it is.
    options : tuple of Option
        What could be bought, combinations among them.
    fitted : FittedParameters or None
        Where parameters are drawn from; a decision needs draws.
    budget : float or None
        Pounds more in the first year; no limit if none is given.
    outcome : str
        What it is for: an outcome that has a direction.
    worth : tuple of float
        Pounds that a quality-adjusted life year may be worth, the lowest first.
    replicates : int
        Of each world, two under each draw.
    populations, lives : int
        How many populations of men are followed again and again, and through how many lives each.
    seed : int
        Random seed.
    left_out : tuple of str
        Combinations that are not weighed, and why.

    Raises
    ------
    UsageError
        If a number cannot be used, the outcome has no direction, or nothing is drawn.
    """

    today: Scenario
    options: tuple[Option, ...]
    fitted: FittedParameters | None
    budget: float | None = None
    outcome: str = OUTCOME
    worth: tuple[float, ...] = WORTH_OF_A_QALY
    replicates: int = 800
    populations: int = 40
    lives: int = 40
    seed: int = 1
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_unusable_numbers(self.replicates, self.seed, None)
        for name, value, least in (
            ("replicates", self.replicates, LEAST_REPLICATES),
            ("populations", self.populations, LEAST_POPULATIONS),
            ("lives", self.lives, LEAST_LIVES),
        ):
            if value < least or value % 2:
                raise UsageError(
                    "too few to tell what is expected from noise, or an odd number",
                    key=name, value=value, allowed=f"an even number of at least {least}",
                )  # fmt: skip
        runs = len(self.scenarios) * (self.replicates + self.populations * self.lives)
        if runs > MOST_RUNS:
            raise UsageError(
                f"{runs:,} runs are more than one decision can weigh",
                key="replicates, populations and lives",
                value=f"{self.replicates:,}, {self.populations:,} and {self.lives:,}",
                allowed=f"at most {MOST_RUNS:,} runs",
                fix="name fewer: 800, 40 and 40 are what stands unless asked otherwise",
            )
        if self.fitted is None or self.fitted.only is not None:
            raise UsageError(
                "a decision weighs what is not known, and one set of parameters doubts nothing",
                key="parameters",
                fix="name posterior or a posterior.parquet; compare looks at central values",
            )
        if not self.worth or not all(
            1.0 <= worth <= MOST_WORTH and worth == round(worth) for worth in self.worth
        ):
            raise UsageError(
                "this is no sum of money that tables can name",
                key="worth", value=", ".join(f"{worth:g}" for worth in self.worth),
                allowed=f"whole pounds from 1 to {MOST_WORTH:,.0f}",
            )  # fmt: skip
        checked_outcome(self.outcome)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Today's service, then the options."""
        return (self.today, *(option.scenario for option in self.options))

    @property
    def direction(self) -> int:
        """1 if more of the outcome is better, -1 if less is."""
        return DIRECTIONS[self.outcome]

    @property
    def question(self) -> str:
        """What is asked, in words."""
        offered = [option.label for option in self.options if len(option.parts) == 1]
        of_budget = "" if self.budget is None else f" with GBP {self.budget:,.0f} in the first year"
        return f"What should we buy{of_budget}: {_or(offered)}?"

    @property
    def folder_name(self) -> str:
        """Where its results go unless another folder is named.

        Services whose files are all called today are told apart by the folders of these.
        """
        today = self.today
        service = today.file.resolve().parent.name if today.name == TODAY else today.name
        return f"decide/{service}"


def checked_outcome(name: str) -> Outcome:
    """Find the outcome that a decision is for.

    Raises
    ------
    UsageError
        If there is none of this name, or it has no direction.
    """
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    if name in DIRECTIONS:
        return declared[name]
    if name in declared:
        over = declared[name].denominator
        reason = "of this outcome neither more nor less is better by itself"
        if over != ALL_MEN and over.startswith(MEN):
            reason = f"this outcome is of some men ({over}), and an option may change who they are"
        raise UsageError(
            reason, key="for", value=name, allowed=", ".join(DIRECTIONS),
            fix="engager-sim compare tells how it differs",
        )  # fmt: skip
    raise UsageError(
        "there is no such outcome", key="for", value=name, allowed=", ".join(DIRECTIONS),
        fix=did_you_mean(name, DIRECTIONS),
    )  # fmt: skip


def _or(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
