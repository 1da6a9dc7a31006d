"""The [[factors]] of a study file: each checked against the declaration of what it varies."""

import dataclasses
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, Len

from engager_sim.designs.factors import SETTING, Factor
from engager_sim.designs.setting_factors import declared_settings
from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.layered_file import KeyPath, LayeredFile, did_you_mean
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.world.records import ARMS
from engager_sim.world.setting import Arm

ONE_KEYS = ("parameter", "low", "high", "choices", "levels")
MANY_KEYS = ("every", "theme", "arm", "except")
EVERY = Literal["lever", "uncertainty", "parameter"]
type Names = Annotated[list[str], Len(1, 400)]


def read_factors(file: LayeredFile, need_levels: bool) -> tuple[Factor, ...]:
    """Read the factors of a study.

    Parameters
    ----------
    need_levels : bool
        Whether each number needs a list of levels, as a factorial design does.

    Raises
    ------
    ScenarioError
        If there are none, one is unknown, stands there twice, or has a range or a level outside
        what is declared.
    """
    entries = file.data.get("factors")
    if not isinstance(entries, list) or not entries:
        raise file.error(
            "the study varies nothing",
            ("factors",),
            allowed="at least one table [[factors]]",
            fix='write for example [[factors]] and below it parameter = "supervision.interval"',
        )
    factors: list[Factor] = []
    for index, entry in enumerate(entries):
        path: KeyPath = ("factors", index)
        if not isinstance(entry, dict):
            raise file.error("this should be a table", path, value=entry, fix="write [[factors]]")
        for factor in _factors_of(entry, path, file, need_levels):
            if factor.path in [known.path for known in factors]:
                raise file.error(
                    "this factor is there twice", path, value=factor.path, fix="keep one of them"
                )
            factors.append(factor)
    _refuse_both_arms_and_one(factors, file)
    return tuple(factors)


def declared_factor(path: str) -> Factor:
    """Make the factor of a parameter or setting over its whole declared range.

    Raises
    ------
    UsageError
        If nothing is declared under this path.
    """
    settings = declared_settings()
    if path in settings:
        fact = settings[path]
        low, high = fact.range or (0.0, len(fact.choices) - 1.0)
        kind: Any = "integer" if fact.range else "category"
        facts = (fact.meaning, fact.unit, SETTING, Role.SETTING.value)
        return Factor(path, kind, low, high, fact.choices, _all(fact.choices), *facts)
    try:
        _, parameter = find_parameter(path)
    except UsageError as error:
        near = did_you_mean(path, settings)
        raise UsageError(error.problem, key=path, fix=near or error.fix) from None
    return _of_parameter(path, parameter)


def _of_parameter(path: str, parameter: Parameter) -> Factor:
    kind: Any = parameter.kind
    choices = (False, True) if kind == "on/off" else parameter.choices
    low, high = parameter.low, parameter.high
    facts = (parameter.meaning, parameter.unit, parameter.theme, parameter.role.value)
    is_prior = parameter.role is Role.UNCERTAINTY and kind == "real"
    median = parameter.median if is_prior else None
    return Factor(path, kind, low, high, choices, _all(choices), *facts, median)


def _all(choices: tuple[str | bool, ...]) -> tuple[float, ...]:
    return tuple(map(float, range(len(choices))))


def _factors_of(
    entry: dict[str, Any], path: KeyPath, file: LayeredFile, need_levels: bool
) -> Iterator[Factor]:
    if "every" in entry:
        yield from _every(entry, path, file, need_levels)
        return
    refuse_unknown(entry, (*ONE_KEYS, "every"), path, file)
    if "parameter" not in entry:
        raise file.error(
            "the key parameter is missing", path, fix='add a line parameter = "theme.name"'
        )
    name = checked(str, entry["parameter"], (*path, "parameter"), file)
    try:
        factor = declared_factor(name)
    except EngagerError as error:
        raise file.error(
            error.problem, (*path, "parameter"), value=name, allowed=error.allowed, fix=error.fix
        ) from None
    if not factor.choices:
        _refuse_ranges(entry, path, file, need_levels)
    factor = _narrowed(factor, entry, path, file)
    if need_levels and not factor.levels:
        raise file.error(
            "a factorial design needs levels",
            (*path, "levels"),
            fix=f"add for example levels = [{factor.low:g}, {factor.high:g}]",
        )
    yield factor


def _refuse_ranges(
    entry: dict[str, Any], path: KeyPath, file: LayeredFile, need_levels: bool
) -> None:
    """Refuse a range where a design takes levels, and levels where it takes a range."""
    for key in ("low", "high") if need_levels else ("levels",):
        if key in entry:
            design, fix = "sampled", "give low and high in its place"
            if need_levels:
                design, fix = "factorial", "take the line out; what is simulated is named in levels"
            raise file.error(
                f"a {design} design has no use for this", (*path, key), value=entry[key], fix=fix
            )


def _narrowed(factor: Factor, entry: dict[str, Any], path: KeyPath, file: LayeredFile) -> Factor:
    """Apply a study's own range, choices and levels, all within what is declared."""
    if factor.choices:
        for key in ("low", "high", "levels"):
            if key in entry:
                raise file.error(
                    f"{factor.path} is a choice and has no {key}",
                    (*path, key),
                    fix="name its values under choices",
                )
        return _chosen(factor, entry, path, file) if "choices" in entry else factor
    if "choices" in entry:
        raise file.error(
            f"{factor.path} is a number and has no choices",
            (*path, "choices"),
            fix="give low and high, or levels",
        )
    low, high = (
        _number(factor, entry[key], (*path, key), file) if key in entry else declared
        for key, declared in (("low", factor.low), ("high", factor.high))
    )
    if low >= high:
        raise file.error(
            "the lower bound is not below the upper",
            (*path, "low"),
            value=low,
            allowed=f"below {high:g}",
            fix="exchange the two, or leave the factor out",
        )
    levels: list[float] = []
    if "levels" in entry:
        number: Any = int if factor.kind == "integer" else float
        kind = Annotated[list[number], Len(2, 100)]
        given = checked(kind, entry["levels"], (*path, "levels"), file)
        for index, level in enumerate(given):
            levels.append(_number(factor, level, (*path, "levels", index), file))
        if len(set(levels)) < len(levels):
            raise file.error("a level is there twice", (*path, "levels"), value=str(given))
        low, high = min(levels), max(levels)
    own = (low, high) != (factor.low, factor.high)
    median = None if own else factor.median
    return dataclasses.replace(factor, low=low, high=high, levels=tuple(levels), median=median)


def _chosen(factor: Factor, entry: dict[str, Any], path: KeyPath, file: LayeredFile) -> Factor:
    where = (*path, "choices")
    kind = bool if factor.kind == "on/off" else Literal[factor.choices]
    chosen = checked(Annotated[list[kind], Len(2, 50)], entry["choices"], where, file)  # type: ignore[valid-type]
    if len(set(chosen)) < len(chosen):
        raise file.error("a choice is there twice", where, value=str(chosen))
    choices = tuple(chosen)
    return dataclasses.replace(
        factor, choices=choices, levels=_all(choices), high=len(choices) - 1.0
    )


def _number(factor: Factor, value: object, path: KeyPath, file: LayeredFile) -> float:
    kind: Any = int if factor.kind == "integer" else float
    within = Annotated[kind, Ge(factor.low), Le(factor.high)]
    return float(checked(within, value, path, file, factor.unit))


def _every(
    entry: dict[str, Any], path: KeyPath, file: LayeredFile, need_levels: bool
) -> Iterator[Factor]:
    """Take every lever, uncertainty or parameter, of all themes or one, over its declared range."""
    refuse_unknown(entry, MANY_KEYS, path, file)
    if need_levels:
        raise file.error(
            "a factorial design needs levels, so each factor by itself",
            (*path, "every"),
            fix="name each parameter with its levels, or sample with latin_hypercube",
        )
    which = checked(EVERY, entry["every"], (*path, "every"), file)
    themes = tuple(dict.fromkeys(parameter.theme for parameter in parameters()))
    theme = ""
    if "theme" in entry:
        theme = checked(Literal[themes], entry["theme"], (*path, "theme"), file)
    arm = checked(Arm, entry["arm"], (*path, "arm"), file) if "arm" in entry else ""
    known = tuple(parameter.path for parameter in parameters())
    left_out: list[str] = checked(Names, entry.get("except", ["-"]), (*path, "except"), file)
    if "except" in entry:
        refuse_unknown(dict.fromkeys(left_out), known, (*path, "except"), file)
    # Switches are left out: each takes a whole theme away, which is a study of its own.
    taken = {
        parameter.path: parameter
        for parameter in parameters()
        if which in ("parameter", parameter.role.value)
        and parameter.role is not Role.SETTING
        and theme in ("", parameter.theme)
    }
    if "except" in entry and (idle := [name for name in left_out if name not in taken]):
        raise file.error(
            "this would not be taken anyway",
            (*path, "except"),
            value=idle[0],
            fix="take the name out",
        )
    for parameter in taken.values():
        if parameter.path in left_out:
            continue
        one_arm = arm and parameter.role is not Role.UNCERTAINTY
        yield _of_parameter(f"{arm}.{parameter.path}" if one_arm else parameter.path, parameter)


def _refuse_both_arms_and_one(factors: list[Factor], file: LayeredFile) -> None:
    paths = [factor.path for factor in factors]
    for index, path in enumerate(paths):
        for arm in ARMS:
            if f"{arm}.{path}" in paths:
                raise file.error(
                    f"{path} would be set twice: for both arms and for {arm}",
                    ("factors", min(index, len(file.data["factors"]) - 1)),
                    fix="keep the one for both arms, or one for each arm",
                )
