"""What could be bought: options, every combination of them, and what each adds to spending."""

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from engager_sim.costs.employment import employed
from engager_sim.costs.price_list import median_prices
from engager_sim.costs.prices import LOCAL
from engager_sim.costs.spending import Spending, extra_spend, yearly_spend
from engager_sim.designs.matched_populations import (
    refuse_other_men,
    refuse_other_theory,
    refuse_other_weeks,
)
from engager_sim.errors import UsageError
from engager_sim.scenarios.combined import change_of, clashes, combined
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import find_scenario, read_layers
from engager_sim.scenarios.scenario_names import refuse_names_alike

KEEP_THE_MEN = "change the service alone: an option keeps [population] as it is today"
DIVIDER = ", "
"""Between the names of what a combination is made of, in tables."""
TODAYS_SERVICE = "today's service"
"""What sentences call it."""
MOST_OPTIONS = 31
"""Options and combinations together: each is a world that is simulated whole."""


@dataclass(frozen=True)
class Option:
    """Something that could be bought.

    Attributes
    ----------
    scenario : Scenario
        The service with it.
    parts : tuple of str
        The names of the options that it combines; its own where it is one.
    first_year : float
        Pounds that the service's own budget spends on it beyond today's in the first year, start-up
        included, at median prices.
    """

    scenario: Scenario
    parts: tuple[str, ...]
    first_year: float

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.scenario.name

    @property
    def label(self) -> str:
        """Its name in words."""
        return _words(self.parts)

    def is_within(self, budget: float | None) -> bool:
        """Tell whether a budget buys it."""
        return budget is None or self.first_year <= budget


def option_label(name: str) -> str:
    """Write the name of a file in words."""
    return name.replace("_", " ")


class OfferedOptions(NamedTuple):
    """Today's service, what could be bought, and what was left out of it and why."""

    today: Scenario
    options: tuple[Option, ...]
    left_out: tuple[str, ...]


type Named = Scenario | str | os.PathLike[str]


def with_today_first(files: Sequence[str]) -> list[str]:
    """Put today's service first: the one that all the others build on, wherever it stands.

    Without such a one the first that is named is today's service, and the order stays.

    Parameters
    ----------
    files : sequence of str
        Presets or files.

    Raises
    ------
    ScenarioError
        If one of them cannot be found or read.
    """
    found = [read_layers(find_scenario(name)).layers for name in files]
    layers = [[os.path.realpath(layer.file) for layer in each] for each in found]
    for index, name in enumerate(files):
        others = layers[:index] + layers[index + 1 :]
        if others and all(layers[index][-1] in each[:-1] for each in others):
            return [name, *files[:index], *files[index + 1 :]]
    return [*files]


def offered(
    today: Named, options: Sequence[Named], combine: bool, budget: float | None
) -> OfferedOptions:
    """Read today's service and the options, and put together those that a budget buys together.

    Parameters
    ----------
    today, options : Scenario, str or path
        Scenarios, presets or files.
    combine : bool
        Whether to add every combination of options that the budget buys; each must be a file that
        changes today's.
    budget : float or None
        Pounds more in the first year.

    Raises
    ------
    UsageError
        If there is no option, one is about other men, a budget buys none, or there are too many.
    """
    base, singles = _loaded(today), [_loaded(option) for option in options]
    if not singles:
        raise UsageError(
            "there is nothing to choose from", key="options", fix="name a file that changes today's"
        )
    refuse_names_alike([base, *singles])
    for scenario in singles:
        _refuse_other_world(base, scenario)
    found = [Option(each, (each.name,), _first_year(base, each)) for each in singles]
    _refuse_useless(budget, found)
    more, left_out = _combinations(today, options, budget) if combine else ([], [])
    if len(found) + len(more) > MOST_OPTIONS:
        raise UsageError(
            "so many options and combinations cannot be weighed in one study",
            key="options", value=len(found) + len(more), allowed=f"at most {MOST_OPTIONS}",
            fix="name fewer options, or a smaller --budget",
        )  # fmt: skip
    _refuse_labels_alike([*found, *more])
    return OfferedOptions(base, (*found, *more), tuple(left_out))


def _refuse_other_world(today: Scenario, option: Scenario) -> None:
    """Refuse what is not a service for the same men, in the same weeks, under the same theory."""
    refuse_other_men(today, option, key="options", fix=KEEP_THE_MEN)
    refuse_other_weeks(today, option, key="options")
    refuse_other_theory(today, option, key="options")
    if DIVIDER in option.name:
        raise UsageError(
            "a comma and a blank divide the names of options in tables",
            key="options", file=option.file, value=option.name, fix="rename the file",
        )  # fmt: skip


def _refuse_labels_alike(options: Sequence[Option]) -> None:
    """Refuse options that sentences call by one name, or as they call today's service."""
    seen = {TODAYS_SERVICE.casefold()}
    for option in options:
        if option.label.casefold() in seen:
            raise UsageError(
                f"two choices would be called {option.label}",
                key="options", file=option.scenario.file, fix="rename the file",
            )  # fmt: skip
        seen.add(option.label.casefold())


def extra_at_medians(today: Scenario, option: Scenario) -> Spending:
    """Give what an option employs beyond today's, by item, at median prices."""
    spent = (
        yearly_spend(
            employed(each.deployed, each.theories()), median_prices(each.costs), each.costs.items
        )
        for each in (today, option)
    )
    return extra_spend(*spent)


def _first_year(today: Scenario, option: Scenario) -> float:
    return float(extra_at_medians(today, option).first_year(LOCAL)[0])


def _loaded(named: Named) -> Scenario:
    return named if isinstance(named, Scenario) else Scenario.load(named)


def _refuse_useless(budget: float | None, options: Sequence[Option]) -> None:
    if budget is None:
        return
    try:
        is_sum = 0.0 <= budget < math.inf
    except TypeError:  # from Python it may be anything
        is_sum = False
    if not is_sum:
        raise UsageError(
            "a budget is what can be spent beyond today's", key="budget", value=budget,
            allowed="0 or more pounds", fix="count only what is new, for today's spending goes on; "
            "leave it out where there is no limit",
        )  # fmt: skip
    if not any(option.is_within(budget) for option in options):
        cheapest = min(options, key=lambda option: option.first_year)
        raise UsageError(
            "this budget buys none of the options",
            key="budget",
            value=f"{budget:,.0f}",
            allowed=f"the cheapest, {cheapest.label}, takes GBP {cheapest.first_year:,.0f} in the "
            "first year at median prices",
            fix="name a larger budget or a smaller option, or say your own prices under [costs]",
        )


def _combinations(
    today: Named, options: Sequence[Named], budget: float | None
) -> tuple[list[Option], list[str]]:
    """Combine options; say which clash, and count those that a budget does not buy."""
    if any(isinstance(named, Scenario) for named in (today, *options)):
        raise UsageError(
            "scenarios made in memory cannot be combined", key="combine", fix="name their files"
        )
    files = [read_layers(find_scenario(named)) for named in (today, *options)]  # type: ignore[arg-type]
    base = Scenario.from_layers(files[0])
    changes = [change_of(files[0], file) for file in files[1:]]
    clashing = {
        (one.file.name, other.file.name): keys
        for one, other in combinations(changes, 2)
        if (keys := clashes(one, other))
    }
    single = {file.name: Scenario.from_layers(file) for file in files[1:]}
    same: dict[tuple[str, ...], str] = {}
    found: list[Option] = []
    dear: list[Option] = []
    for count in range(2, len(changes) + 1):
        for some in combinations(changes, count):
            names = tuple(change.file.name for change in some)
            if any(pair in clashing or pair in same for pair in combinations(names, 2)):
                continue
            scenario = combined(files[0], some)
            option = Option(scenario, names, _first_year(base, scenario))
            equal = [name for name in names if not scenario.difference(single[name])]
            if count == 2 and equal:
                same[names] = (
                    f"{option.label} is the same as {option_label(equal[0])}: it is left out."
                )
            else:
                (found if option.is_within(budget) else dear).append(option)
    return found, [*_clashes_told(clashing), *same.values(), *_too_dear_told(dear)]


def _too_dear_told(dear: Sequence[Option]) -> Iterator[str]:
    """Say how many combinations a budget does not buy, and what the cheapest of them costs."""
    if not dear:
        return
    cheapest = min(dear, key=lambda option: option.first_year)
    price = f"GBP {cheapest.first_year:,.0f} in the first year at median prices"
    if len(dear) == 1:
        yield f"{cheapest.label} is left out: it costs more than the budget, {price}."
    else:
        yield (
            f"{len(dear)} combinations are left out: they cost more than the budget; the cheapest, "
            f"{cheapest.label}, takes {price}."
        )


def _clashes_told(clashing: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[str]:
    """Say which options are not combined, in a sentence for all that clash over the same keys."""
    over: dict[str, list[tuple[str, str]]] = {}
    for names, keys in clashing.items():
        over.setdefault(", ".join(keys), []).append(names)
    for said, pairs in over.items():
        together = dict.fromkeys(name for names in pairs for name in names)
        if len(together) > 2 and len(pairs) == math.comb(len(together), 2):
            yield f"No two of {_words(together)} are combined: all set {said}."
        else:
            yield from (f"{_words(names)} are not combined: both set {said}." for names in pairs)


def _words(names: Iterable[str]) -> str:
    *first, last = map(option_label, names)
    return f"{', '.join(first)} and {last}" if first else last
