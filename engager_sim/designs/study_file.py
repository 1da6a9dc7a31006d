"""Study files: the question, the scenarios, the factors and the method of a sweep or analysis."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from annotated_types import Ge, Le, Len

from engager_sim.designs.factor_tables import read_factors
from engager_sim.designs.factors import Factor
from engager_sim.designs.matched_populations import refuse_other_men
from engager_sim.designs.outcome_columns import OutcomeColumn, find_columns
from engager_sim.errors import ScenarioError
from engager_sim.scenarios.layered_file import FileKind, LayeredFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import preset_files, read_layers
from engager_sim.scenarios.scenario_names import shown_name
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.records import ARMS

COMMON = ("question", "scenario", "compared_with", "replicates", "seed", "outcomes", "factors")
OTHER_MEN = "compare such scenarios with engager-sim compare --unpaired"
MOST_NUMBERS = 200_000_000
"""Values of outcomes that an analysis holds at once: 1.6 GB."""
STUDY = FileKind(
    "a study file", 'begin with question = "..." and scenario = "engager_trial" (or another)'
)
type Question = Annotated[str, Len(1)]
type Replicates = Annotated[int, Ge(1), Le(100_000)]
type Seed = Annotated[int, Ge(0), Le(MAX_SEED)]


@dataclass(frozen=True)
class Study:
    """What every study file says, whatever its method; its name is the file's without the ending.

    The factors vary in ``scenario``, and alike in ``compared_with``: if there is one, outcomes are
    differences, the first less this one. ``columns`` are the outcomes it is about, ``replicates``
    the runs of each point.
    """

    name: str
    question: str
    scenario: Scenario
    compared_with: Scenario | None
    factors: tuple[Factor, ...]
    columns: tuple[OutcomeColumn, ...]
    replicates: int
    seed: int

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios to run at each point."""
        if self.compared_with is None:
            return (self.scenario,)
        return (self.scenario, self.compared_with)

    @property
    def of_what(self) -> str:
        """Say whether outcomes are those of a scenario or a difference between two."""
        if self.compared_with is None:
            return self.scenario.name
        return f"{self.scenario.name} less {self.compared_with.name}"


def open_study(path: str | Path, *tables: str, common: tuple[str, ...] = COMMON) -> LayeredFile:
    """Read a study file and refuse keys that no study has.

    Parameters
    ----------
    path : str or Path
        The file.
    tables : str
        The tables that this kind of study has besides the common keys.
    common : tuple of str
        The common keys that this kind of study has.

    Raises
    ------
    ScenarioError
        If it cannot be read, or has an unknown key.
    """
    file = Path(path)
    if file.name in preset_files() and not file.exists():
        raise ScenarioError(
            "this is a scenario, not a study",
            file=file,
            fix="a study file names it: scenario = " + f'"{file.name}"',
        )
    read = read_layers(file, STUDY)
    if len(read.layers) > 1:
        raise read.error(
            "a study builds on no other file",
            ("based_on",),
            value=read.top.data["based_on"],
            fix="take the line out; what is varied is named by scenario",
        )
    refuse_unknown(read.data, (*common, *tables), (), read)
    return read


def read_study(
    file: LayeredFile, need_levels: bool, columns: tuple[OutcomeColumn, ...] | None = None
) -> Study:
    """Read what every study file says.

    Parameters
    ----------
    need_levels : bool
        Whether each factor that is a number needs a list of levels.
    columns : tuple of OutcomeColumn, optional
        The outcomes, for a kind of study whose file does not name them.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    data = file.data
    if columns is not None and "outcomes" in data:
        raise file.error(
            "this kind of study chooses its outcomes itself", ("outcomes",), fix="leave it out"
        )
    for key in ("question", "scenario", *(() if columns is not None else ("outcomes",))):
        if key not in data:
            raise file.error(f"the key {key} is missing", (key,), fix=f"add a line {key} = ...")
    name = file.name
    scenario = named_scenario(file, "scenario")
    other = named_scenario(file, "compared_with") if "compared_with" in data else None
    if other is not None:
        with file.naming(("compared_with",)):
            refuse_other_men(scenario, other, fix=OTHER_MEN)
        if shown_name(other.name) == shown_name(scenario.name):
            other = dataclasses.replace(other, name=f"{other.name} again")
    if columns is None:
        columns = _columns(file)
    _refuse_arms_without_men(file, scenario, columns)
    return Study(
        name=name,
        question=checked(Question, data["question"], ("question",), file),
        scenario=scenario,
        compared_with=other,
        factors=read_factors(file, need_levels),
        columns=columns,
        replicates=checked(Replicates, data.get("replicates", 20), ("replicates",), file),
        seed=checked(Seed, data.get("seed", 1), ("seed",), file),
    )


def refuse_too_many_values(
    file: LayeredFile, study: Study, points: int, key: tuple[str, str]
) -> None:
    """Refuse a study whose outcomes would not fit into memory.

    Raises
    ------
    ScenarioError
        Saying how many values it would have.
    """
    numbers = points * max(
        len(study.factors), len(study.scenarios) * len(study.columns) * study.replicates
    )
    if numbers > MOST_NUMBERS:
        raise file.error(
            "the study is too large to be analysed",
            key,
            value=f"{points:,} points, {study.replicates:,} replicates",
            allowed=f"at most {MOST_NUMBERS:,} values of outcomes",
            fix="name fewer points, replicates or outcomes",
        )


def read_option(file: LayeredFile, table: str, key: str, annotation: Any, otherwise: object) -> Any:
    """Read one value of a table of options, or what stands for it when it is left out."""
    options = file.data.get(table, {})
    return checked(annotation, options[key], (table, key), file) if key in options else otherwise


def read_table(file: LayeredFile, table: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """Read a table of options and refuse keys that it does not have."""
    options = file.data.get(table, {})
    if not isinstance(options, dict):
        raise file.error("this should be a table", (table,), value=options, fix=f"write [{table}]")
    refuse_unknown(options, keys, (table,), file)
    return options


def named_scenario(file: LayeredFile, *path: str | int) -> Scenario:
    """Load the scenario that a study file names at some key: a preset, or a file beside it."""
    value: Any = file.data
    for key in path:
        value = value[key]
    name = checked(str, value, path, file)
    if name in preset_files():
        return Scenario.load(name)
    return Scenario.load(file.top.file.parent / name)


def _refuse_arms_without_men(
    file: LayeredFile, scenario: Scenario, columns: tuple[OutcomeColumn, ...]
) -> None:
    parts = dict(zip(ARMS, scenario.setting.population.allocation, strict=True))
    if scenario.men is not None or min(parts.values()) > 0:
        return
    for column in columns:
        if column.is_difference or parts.get(column.whom) == 0:
            raise file.error(
                f"{scenario.name} has one arm, so this outcome has no value",
                ("outcomes",),
                value=column.name,
                fix=f"write {column.outcome.id}",
            )


def _columns(file: LayeredFile) -> tuple[OutcomeColumn, ...]:
    kind = Annotated[list[str], Len(1, 400)]
    names = checked(kind, file.data["outcomes"], ("outcomes",), file)
    with file.naming(("outcomes",)):
        return find_columns(names)
