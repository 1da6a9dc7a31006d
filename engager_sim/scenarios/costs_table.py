"""The table ``[costs]`` of a scenario file: prices in place of those declared, and own items."""

from collections.abc import Iterator
from typing import Annotated, Any

from annotated_types import Ge, Gt, Le, Len

from engager_sim.costs.price_list import MOST_POUNDS, OwnItem, PriceList
from engager_sim.costs.prices import PRICES, Quantiles
from engager_sim.scenarios.layered_file import KeyPath, LayeredFile
from engager_sim.scenarios.setting_tables import COSTS, read_record
from engager_sim.scenarios.value_checks import checked, refuse_unknown
from engager_sim.theory.costs import Costs

ITEMS = "items"
CERTAIN = Annotated[float, Ge(0), Le(MOST_POUNDS)]
UNCERTAIN = Annotated[list[Annotated[float, Gt(0), Le(MOST_POUNDS)]], Len(3, 3)]


def read_costs(file: LayeredFile) -> PriceList:
    """Read what a scenario says of costs: prices of the last word, items of every file.

    A file adds its items to those of the scenarios that it builds on; one of the same name takes
    the place of the one before.

    Raises
    ------
    ScenarioError
        On the first key or value that cannot be used.
    """
    items: dict[str, OwnItem] = {}
    for layer in file.layers:
        alone = LayeredFile((layer,), layer.data, file.sent)
        items |= {item.name: item for item in _own_items(alone)}
    table = file.data.get(COSTS, {})
    own = {name: _price(name, value, file) for name, value in table.items() if name != ITEMS}
    return PriceList(own, tuple(items.values()))


def costs_data(prices: PriceList) -> dict[str, Any]:
    """Write them as the table would have them; empty where a scenario says nothing."""
    own: dict[str, Any] = {
        name: amount.median if amount.low == amount.high else list(amount)
        for name, amount in prices.own_prices.items()
    }
    items = [
        {"name": item.name, "per_year": item.per_year, "start_up": item.start_up}
        | ({"posts": item.posts} if item.posts else {})
        | {"perspective": item.perspective}
        for item in prices.items
    ]
    return own | ({ITEMS: items} if items else {})


def flat_costs(prices: PriceList) -> dict[str, Any]:
    """Write them key by key; items go by their names."""
    data = costs_data(prices)
    items = {
        f"{COSTS}.{ITEMS}.{item['name']}.{key}": value
        for item in data.pop(ITEMS, [])
        for key, value in item.items()
        if key != "name"
    }
    return {f"{COSTS}.{name}": value for name, value in data.items()} | items


def _own_items(file: LayeredFile) -> Iterator[OwnItem]:
    """Read the items of one file."""
    names: set[str] = set()
    for index, entry in enumerate(_entries(file)):
        path = (COSTS, ITEMS, index)
        item = read_record(OwnItem, entry, path, file)
        if item.name in names:
            raise file.error(
                "two items have the same name",
                (*path, "name"),
                value=item.name,
                allowed="a name of its own for each",
                fix="rename one of them",
            )
        if not {"per_year", "start_up", "posts"} & set(entry):
            raise file.error(
                "this item costs nothing",
                path,
                value=item.name,
                allowed="pounds per_year, at start_up, posts, or several of them",
                fix="add a line per_year = ...",
            )
        names.add(item.name)
        yield item


def _entries(file: LayeredFile) -> list[Any]:
    table = file.data.get(COSTS, {})
    if not isinstance(table, dict):
        fix = f"write a table [{COSTS}]"
        raise file.error("this should be a table", (COSTS,), value=table, fix=fix)
    refuse_unknown(table, (*PRICES, ITEMS), (COSTS,), file, _place_of)
    entries = table.get(ITEMS, [])
    if not isinstance(entries, list):
        fix, path = f"write each one as a table [[{COSTS}.{ITEMS}]]", (COSTS, ITEMS)
        raise file.error("this should be a list of tables", path, value=entries, fix=fix)
    return entries


def _price(name: str, value: object, file: LayeredFile) -> Quantiles:
    """Read one price: a number that is certain, or its 5%, median and 95%."""
    path: KeyPath = (COSTS, name)
    unit = PRICES[name].unit
    if not isinstance(value, list):
        certain = checked(CERTAIN, value, path, file, unit)
        return Quantiles(certain, certain, certain)
    amount = Quantiles(*checked(UNCERTAIN, value, path, file, unit))
    if not amount.low <= amount.median <= amount.high:
        raise file.error(
            "these are not in order",
            path,
            value=", ".join(f"{number:g}" for number in amount),
            allowed="the 5%, the median and the 95%, none below the one before",
            fix=f"write [{', '.join(f'{number:g}' for number in sorted(amount))}]",
        )
    return amount


def _place_of(name: str) -> str | None:
    """Say where a name belongs that prices hours used and not what is employed."""
    if name in Costs.__dataclass_fields__:
        return f"{name} belongs in [theory.costs], which prices hours used: see docs/costs.md"
    return None
