"""What an option changes of today's service, and what that costs, before anything is run."""

from collections.abc import Iterator
from typing import Any

from engager_sim.costs.prices import LOCAL
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.unpriced_changes import unpriced
from engager_sim.studies.decide.options import extra_at_medians
from engager_sim.studies.decide.wording import yearly_text

COSTS = "costs."
"""How keys begin that say what things cost, and change nothing of the service."""


def against_today(today: Scenario, option: Scenario) -> Iterator[str]:
    """Say in sentences what an option changes and what it costs; nothing of today's own file.

    Parameters
    ----------
    today : Scenario
        The service as it is.
    option : Scenario
        The same with what could be bought.
    """
    if today.file == option.file:
        return
    changes = [
        f"{key} from {_shown(before)} to {_shown(after)}"
        for key, before, after in today.difference(option)
        if not key.startswith(COSTS)
    ]
    yield f"Against {today.file.name} it changes {'; '.join(changes) or 'nothing'}"
    extra = extra_at_medians(today, option)
    first = float((extra.yearly(LOCAL) + extra.once(LOCAL))[0])
    spent = yearly_text(first, float(extra.yearly(LOCAL)[0]))
    yield f"It can be had {spent}, at median prices"
    yield from unpriced(today, option)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
