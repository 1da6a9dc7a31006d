"""Study files of trials: ``[trial]`` with attrition, undiluted delivery and prices.

The study file calls attrition ``loss`` and undiluted delivery ``ideal``; its users hold these keys.
"""

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
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.setting_tables import read_record
from engager_sim.scenarios.value_checks import checked
from engager_sim.studies.trial.services import paired_services
from engager_sim.studies.trial.settings import (
    FOLLOWED_UP,
    MEASURABLE,
    AttritionSettings,
    Prices,
    TrialStudy,
    clustered_arms,
    refuse_unusable_designs,
)
from engager_sim.studies.trial.sizes import resized
from engager_sim.studies.trial.undiluted_delivery import UndilutedParts, read_undiluted
from engager_sim.world.records import ARMS

TRIAL, LOSS, IDEAL, PRICES = "trial", "loss", "ideal", "prices"
COMPARED_WITH = "compared_with"
KEYS = (
    *("men", "size", "practitioners", "clustered", "follow_up", "primary", "residual_sd"),
    *("adjusted_for", "level", LOSS, IDEAL, PRICES),
)
FORMER_KEY = "measurement_error"
"""A key that studies once had."""
type Replicates = Annotated[int, Ge(2), Le(100_000)]
COMMON = ("question", "scenario", COMPARED_WITH, "replicates", "seed")

type Sizes = Annotated[list[Annotated[int, Ge(20), Le(20_000)]], Len(1, 12)]
type Size = Annotated[int, Ge(20), Le(20_000)]
type Staff = Annotated[list[Annotated[int, Ge(1), Le(2_000)]], Len(1, 12)]
type Arms = Annotated[list[Literal["programme", "usual_care"]], Len(1, 2)]
type Weeks = Annotated[list[Annotated[int, Ge(4), Le(52)]], Len(1, 5)]
type Week = Annotated[int, Ge(4), Le(52)]
type Points = Annotated[float, Ge(0.0), Le(40.0)]
type Level = Annotated[float, Ge(0.0001), Le(0.5)]
type Covariates = Annotated[list[Literal["baseline", "site"]], Len(0, 2)]
type Shares = Annotated[list[Annotated[float, Ge(0.05), Le(1.0)]], Len(1, 5)]


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
    scenario, compared_with = _services(file)
    men, size = _sizes(file, scenario)
    practitioners = tuple(sorted(set(read_option(file, TRIAL, "practitioners", Staff, []))))
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
    study = TrialStudy(
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
        undiluted=_undiluted(file, table, scenario, compared_with),
        compared_with=compared_with,
        practitioners=practitioners,
        clustered=_clustered(file, scenario, compared_with),
        prices=read_record(Prices, table.get(PRICES, {}), (TRIAL, PRICES), file),
    )
    with file.naming((TRIAL, "practitioners" if practitioners else "men")):
        refuse_unusable_designs(study)
    return study


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


def _services(file: LayeredFile) -> tuple[Scenario, Scenario | None]:
    """Read the scenario with both arms, or the two services of which each has one."""
    scenario = named_scenario(file, "scenario")
    base = named_scenario(file, COMPARED_WITH) if COMPARED_WITH in file.data else None
    with file.naming(("scenario",) if base is None else (COMPARED_WITH,)):
        return paired_services(scenario, base)


def _undiluted(
    file: LayeredFile, table: Any, scenario: Scenario, compared_with: Scenario | None
) -> UndilutedParts:
    if compared_with is None:
        return read_undiluted(file, (TRIAL, IDEAL), table.get(IDEAL, {}), scenario)
    if IDEAL in table:
        raise file.error(
            "two services are compared, and nothing says how undiluted either could be",
            (TRIAL, IDEAL),
            fix="take the table out, or name a scenario with two arms and no compared_with",
        )
    return {}


def _clustered(
    file: LayeredFile, scenario: Scenario, compared_with: Scenario | None
) -> tuple[str, ...]:
    usual = list(clustered_arms(scenario, compared_with))
    named = read_option(file, TRIAL, "clustered", Arms, usual)
    return tuple(arm for arm in ARMS if arm in named)


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
