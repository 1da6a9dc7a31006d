"""What can be asked of a trial: sizes, follow-up, measurement, attrition, undiluted delivery.

The study file calls attrition ``loss`` and undiluted delivery ``ideal``; its users hold these keys.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len

from engager_sim.designs.study_file import (
    Question,
    Seed,
    named_scenario,
    open_study,
    read_option,
    read_table,
)
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.setting_tables import read_record
from engager_sim.scenarios.value_checks import checked
from engager_sim.studies.trial.sizes import resized
from engager_sim.studies.trial.undiluted_delivery import UndilutedParts, read_undiluted
from engager_sim.world.observed import MARK_WEEKS

TRIAL, LOSS, IDEAL = "trial", "loss", "ideal"
KEYS = (
    *("men", "size", "follow_up", "primary", "residual_sd"),
    *("adjusted_for", "level", LOSS, IDEAL),
)
FORMER_KEY = "measurement_error"
"""A key that studies once had."""
type Replicates = Annotated[int, Ge(2), Le(100_000)]
COMMON = ("question", "scenario", "replicates", "seed")
MEASURABLE = MARK_WEEKS[1:]
"""Weeks after release at which men's states are kept, so that a trial can measure them."""

FOLLOWED_UP = {4: 0.73, 12: 0.70, 13: 0.70, 26: 0.657, 52: 0.60}
"""Share followed up at each week. Week 26: 184 of 280 men (Byng 2022). Week 4: the pilot's 73% of
60 men (doi 10.1186/s40814-017-0163-6). Week 13 (and 12): an assumption between the two; the pilot's
47% lies below what the trial itself reached three months later, so it says little of the trial.
Week 52: an assumption, a little below week 26."""

type Sizes = Annotated[list[Annotated[int, Ge(20), Le(20_000)]], Len(1, 12)]
type Size = Annotated[int, Ge(20), Le(20_000)]
type Weeks = Annotated[list[Annotated[int, Ge(4), Le(52)]], Len(1, 5)]
type Week = Annotated[int, Ge(4), Le(52)]
type Points = Annotated[float, Ge(0.0), Le(40.0)]
type Level = Annotated[float, Ge(0.0001), Le(0.5)]
type Covariates = Annotated[list[Literal["baseline", "site"]], Len(0, 2)]
type Shares = Annotated[list[Annotated[float, Ge(0.05), Le(1.0)]], Len(1, 5)]
LogOdds = Annotated[float, Ge(-5.0), Le(5.0)]


@dataclass(frozen=True, slots=True)
class AttritionSettings:
    """Who is followed up: the share at each week, and what it depends on."""

    # Expected share of all men at each week of follow-up, in the trial as it was delivered.
    followed_up: tuple[float, ...]
    # Log odds of being followed up per standard deviation of a man's trust and distress then.
    trust: LogOdds = 0.3
    distress: LogOdds = -0.3
    # Log odds for a man whose episode is open then, so that his team can still reach him.
    contact: LogOdds = 0.7


@dataclass(frozen=True)
class TrialStudy:
    """A trial as its study file describes it."""

    # The file's name without its ending, and the question it asks.
    name: str
    question: str
    scenario: Scenario  # the world in which the trial is run
    # How many trials of each size are simulated, and the random seed.
    replicates: int
    seed: int
    men: tuple[int, ...]  # sizes: men in both arms together, in increasing order
    size: int  # the size that the decomposition is about; one of them
    # Weeks after release at which CORE-OM is measured, in increasing order.
    follow_up: tuple[int, ...]
    primary: int  # the week of the primary outcome; one of them
    # Residual standard deviation at the primary week that is reached by adding variation that the
    # model leaves out; ``None`` adds none.
    residual_sd: float | None
    adjusted_for: tuple[str, ...]  # covariates of the analysis: ``baseline``, ``site``
    level: float  # level of the two-sided test; intervals cover one less this
    attrition: AttritionSettings  # who is followed up
    undiluted: UndilutedParts  # what counts as undiluted delivery, by part

    @property
    def primary_index(self) -> int:
        """Index of the primary week among the weeks of follow-up."""
        return self.follow_up.index(self.primary)


@dataclass(frozen=True)
class TrialSettings:
    """What is asked: a trial, and where parameters are drawn from.

    Raises
    ------
    UsageError
        If a number cannot be used.
    """

    study: TrialStudy
    fitted: FittedParameters | None = None

    def __post_init__(self) -> None:
        refuse_unusable_numbers(self.study.replicates, self.study.seed, None)


def read_trial_settings(path: Path, fitted: FittedParameters | None) -> TrialSettings:
    """Read a study file for a trial whose parameters come from a posterior, or are defaults."""
    return TrialSettings(read_trial(path), fitted)


def read_trial(path: str | Path) -> TrialStudy:
    """Read a study file for a trial.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    file = open_study(path, TRIAL, common=COMMON)
    for key in ("question", "scenario"):
        if key not in file.data:
            raise file.error(f"the key {key} is missing", (key,), fix=f"add a line {key} = ...")
    _refuse_former_key(file)
    table = read_table(file, TRIAL, KEYS)
    scenario = named_scenario(file, "scenario")
    _refuse_one_arm(file, scenario)
    men, size = _sizes(file, scenario)
    follow_up = _follow_up(file)
    primary = int(read_option(file, TRIAL, "primary", Week, 26))
    if primary not in follow_up:
        raise file.error(
            "the primary outcome is not measured then",
            (TRIAL, "primary"),
            value=primary,
            allowed=", ".join(map(str, follow_up)),
            fix="name one of the weeks of follow_up",
        )
    return TrialStudy(
        name=file.name,
        question=checked(Question, file.data["question"], ("question",), file),
        scenario=scenario,
        replicates=checked(Replicates, file.data.get("replicates", 200), ("replicates",), file),
        seed=checked(Seed, file.data.get("seed", 1), ("seed",), file),
        men=men,
        size=size,
        follow_up=follow_up,
        primary=primary,
        residual_sd=read_option(file, TRIAL, "residual_sd", Points, None),
        adjusted_for=tuple(
            read_option(file, TRIAL, "adjusted_for", Covariates, ["baseline", "site"])
        ),
        level=read_option(file, TRIAL, "level", Level, 0.05),
        attrition=_attrition(file, table.get(LOSS, {}), follow_up),
        undiluted=read_undiluted(file, (TRIAL, IDEAL), table.get(IDEAL, {}), scenario),
    )


def _refuse_former_key(file: LayeredFile) -> None:
    table = file.data.get(TRIAL)
    if isinstance(table, dict) and FORMER_KEY in table:
        raise file.error(
            "the error of a score follows from its reliability, which belongs to the scenario",
            (TRIAL, FORMER_KEY),
            value=table[FORMER_KEY],
            fix="take the line out; for another error than the model's, name a scenario whose "
            "[theory.measurement] sets core_om_reliability",
        )


def _refuse_one_arm(file: LayeredFile, scenario: Scenario) -> None:
    if scenario.men is None and min(scenario.setting.population.allocation) == 0:
        raise file.error(
            "this scenario allocates men to one arm only, and a trial needs two",
            ("scenario",),
            value=scenario.name,
            fix="name a scenario such as engager_trial",
        )


def _sizes(file: LayeredFile, scenario: Scenario) -> tuple[tuple[int, ...], int]:
    own = scenario.setting.population.leavers
    size = int(read_option(file, TRIAL, "size", Size, own))
    named = read_option(file, TRIAL, "men", Sizes, [size])
    men = tuple(sorted({*named, size}))
    for number in men:
        with file.naming((TRIAL, "men" if number in named else "size")):
            resized(scenario, number)
    return men, size


def _follow_up(file: LayeredFile) -> tuple[int, ...]:
    weeks = read_option(file, TRIAL, "follow_up", Weeks, [4, 13, 26, 52])
    for index, week in enumerate(weeks):
        if week not in MEASURABLE:
            raise file.error(
                "men's states are not kept at this week",
                (TRIAL, "follow_up", index),
                value=week,
                allowed=", ".join(map(str, MEASURABLE)),
                fix="name one of these weeks",
            )
    if list(weeks) != sorted(set(weeks)):
        raise file.error(
            "these weeks are not in increasing order, or one is there twice",
            (TRIAL, "follow_up"),
            value=str(weeks),
            fix="name each once, the earliest first",
        )
    return tuple(weeks)


def _attrition(file: LayeredFile, asked: Any, weeks: tuple[int, ...]) -> AttritionSettings:
    path, shares, odds = (TRIAL, LOSS), [FOLLOWED_UP[week] for week in weeks], asked
    if isinstance(asked, dict) and "followed_up" in asked:
        shares = checked(Shares, asked["followed_up"], (*path, "followed_up"), file)
        odds = {key: value for key, value in asked.items() if key != "followed_up"}
    if len(shares) != len(weeks):
        raise file.error(
            "there is not one share for each week of follow-up",
            (*path, "followed_up"),
            value=len(shares),
            allowed=f"{len(weeks)} shares, for weeks {weeks}",
        )
    return read_record(AttritionSettings, odds, path, file, followed_up=tuple(shares))
