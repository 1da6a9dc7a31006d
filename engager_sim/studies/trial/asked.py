"""The trial that a command asks for: of a study file, of one scenario, or of two."""

from collections.abc import Sequence
from pathlib import Path

from engager_sim.errors import EngagerError, UsageError
from engager_sim.runs.plan import MAX_REPLICATES
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_names import shown_name
from engager_sim.scenarios.setting_tables import KEYS
from engager_sim.scenarios.toml_file import read_toml
from engager_sim.studies.trial.services import OWN, paired_services
from engager_sim.studies.trial.settings import (
    FOLLOWED_UP,
    AttritionSettings,
    TrialStudy,
    clustered_arms,
    refuse_unusable_designs,
)
from engager_sim.studies.trial.trial_file import read_trial
from engager_sim.studies.trial.undiluted_delivery import DEFAULTS

FOLLOW_UP, PRIMARY = (4, 13, 26, 52), 26
REPLICATES, SEED = 200, 1
SIZES = (20, 20_000)
FEWEST_REPLICATES = 2


def asked_trial(
    asked: str,
    other: str | None = None,
    men: Sequence[int] = (),
    practitioners: Sequence[int] = (),
    replicates: int | None = None,
    seed: int | None = None,
) -> TrialStudy:
    """Make the trial that is asked for.

    Parameters
    ----------
    asked : str
        A study file, or a scenario.
    other : str, optional
        A scenario that is tried against the first.
    men, practitioners : sequence of int
        Sizes, and numbers of practitioners, of its designs; the scenario's own unless given.
    replicates, seed : int, optional

    Raises
    ------
    UsageError, ScenarioError
        If there is nothing to try, or something cannot be used.
    """
    if _is_study(asked):
        options = {"men": men, "practitioners": practitioners, "replicates": replicates}
        given = {"OTHER": other, **options, "seed": seed}
        named = [name for name, value in given.items() if value not in (None, ())]
        if named:
            raise UsageError(
                "a study file says what is asked, and options say it for scenarios",
                key=named[0].lower(),
                fix="write it into the study file, or name scenarios",
            )
        return read_trial(asked)
    if other is None:
        scenario, base = paired_services(Scenario.load(asked), None)
    else:
        scenario, base = paired_services(Scenario.load(other), Scenario.load(asked))
    count = REPLICATES if replicates is None else replicates
    return trial_of(scenario, base, men, practitioners, count, SEED if seed is None else seed)


def trial_of(
    scenario: Scenario,
    compared_with: Scenario | None,
    men: Sequence[int] = (),
    practitioners: Sequence[int] = (),
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> TrialStudy:
    """Make the trial of a scenario with two arms, or of two services; the rest is by default."""
    _refuse_outside("replicates", replicates, FEWEST_REPLICATES, MAX_REPLICATES)
    for size in men:
        _refuse_outside("men", size, *SIZES)
    size = min(men) if men else scenario.setting.population.leavers
    shares = tuple(FOLLOWED_UP[week] for week in FOLLOW_UP)
    has_own = compared_with is None or compared_with.name.startswith(OWN)
    against = "" if has_own or compared_with is None else f"_against_{compared_with.name}"
    study = TrialStudy(
        name=f"trial_{scenario.name}{against}",
        question=f"Would a trial see what {shown_name(scenario.name)} does?",
        scenario=scenario,
        replicates=replicates,
        seed=seed,
        men=tuple(sorted({*men, size})),
        size=size,
        follow_up=FOLLOW_UP,
        primary=PRIMARY,
        residual_sd=None,
        adjusted_for=("baseline", "site") if compared_with is None else ("baseline",),
        level=0.05,
        attrition=AttritionSettings(shares),
        undiluted=dict(DEFAULTS) if compared_with is None else {},
        compared_with=compared_with,
        practitioners=tuple(sorted(set(practitioners))),
        clustered=clustered_arms(scenario, compared_with),
    )
    refuse_unusable_designs(study)
    return study


def _refuse_outside(key: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise UsageError(
            "this number is out of range", key=key, value=value, allowed=f"{low} to {high:,}"
        )


def _is_study(name: str) -> bool:
    """Tell whether a name is that of a study file: of a file that says nothing of a scenario."""
    if not Path(name).is_file():
        return False
    try:
        keys = set(read_toml(Path(name), "a study file", "")[0])
    except EngagerError:
        return True
    return not keys & {*KEYS, "based_on"} - {"question"}
