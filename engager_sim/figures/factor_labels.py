"""Factors of a study as its figures write them: at axes, in rows, in notes."""

from collections import Counter
from collections.abc import Sequence

from engager_sim.designs.factors import Factor
from engager_sim.figures.line_breaks import unbroken
from engager_sim.figures.style import spaced
from engager_sim.world.records import ARMS

BOTH_ARMS = "both arms"
ARMLESS = ("population", "network")
"""Settings in which arms have no part."""
ROLES = {"lever": "levers", "uncertainty": "uncertainties", "setting": "settings"}


def axis_name(factor: Factor) -> str:
    """Write a factor at an axis: its theme, its name and unit, and the arm if it is of one."""
    first = factor.path.split(".")[0]
    name = f"{_group(factor).capitalize()}: {name_with_unit(factor)}"
    return f"{name}, {spaced(first)} arm" if first in ARMS else name


def name_with_unit(factor: Factor) -> str:
    """Write a factor's name and unit, which is not broken over lines."""
    return factor.name if factor.choices else f"{factor.name} ({unbroken(factor.unit)})"


def text_with_unit(factor: Factor, text: str) -> str:
    """Add to the text of a value the factor's unit, if it has one."""
    return text if factor.choices else f"{text} {factor.unit}"


def level_names(factor: Factor) -> list[str]:
    """Write the levels of a factor."""
    return [factor.text(level) for level in factor.levels]


def is_descending(factor: Factor) -> bool:
    """Tell whether a study lists a factor's levels from high to low."""
    return len(factor.levels) > 1 and factor.levels[0] > factor.levels[-1]


def factor_labels(factors: Sequence[Factor]) -> dict[str, str]:
    """Name every factor of a study in a few words, by path, and every theme and role.

    A name stands alone where it says enough; otherwise the theme follows, and the arm if it is not
    that of most factors.
    """
    groups_of_name: dict[str, set[str]] = {}
    for factor in factors:
        groups_of_name.setdefault(factor.name, set()).add(_group(factor))
    labels = {}
    for factor in factors:
        is_ambiguous = len(groups_of_name[factor.name]) > 1 or " " not in factor.name
        arm = _arm(factor)
        more = [_group(factor)] if is_ambiguous else []
        more += [arm] if arm not in ("", usual_arm(factors)) else []
        name = factor.name
        if name == "on":
            name, more = _group(factor), ["on or off", *more[1:]]
        labels[factor.path] = f"{name} ({', '.join(more)})" if more else name
    groups = {group for factor in factors for group in (factor.theme, factor.role)}
    return labels | {group: ROLES.get(group, spaced(group)) for group in groups}


def usual_arm(factors: Sequence[Factor]) -> str:
    """Find the arm of most factors, which labels need not repeat."""
    arms = Counter(arm for factor in factors if (arm := _arm(factor)))
    return arms.most_common(1)[0][0] if arms else BOTH_ARMS


def _group(factor: Factor) -> str:
    """Name the theme, or the table of settings, in which a factor stands."""
    return spaced(factor.path.split(".")[-2])


def _arm(factor: Factor) -> str:
    """Name the arm whose factor this is; nothing where arms have no part in it."""
    first = factor.path.split(".")[0]
    if first in ARMLESS:
        return ""
    return spaced(first) if first in ARMS else BOTH_ARMS
