"""What an option changes of today's service, and what that costs, before anything is run."""

from collections.abc import Iterator

from engager_sim.costs.prices import LOCAL
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.unpriced_changes import unpriced, value_shown
from engager_sim.studies.decide.options import extra_at_medians
from engager_sim.studies.decide.wording import yearly_text

COSTS = "costs."
"""How keys begin that say what things cost, and change nothing of the service."""


def against_today(today: Scenario, option: Scenario) -> Iterator[str]:
    """Say in sentences what an option changes and what it costs.

    Parameters
    ----------
    today : Scenario
        The service as it is.
    option : Scenario
        The same with what could be bought.
    """
    changes = [
        f"{key} from {value_shown(before, key)} to {value_shown(after, key)}"
        for key, before, after in today.difference(option)
        if not key.startswith(COSTS)
    ]
    yield f"Against {today.file.name} it changes {'; '.join(changes) or 'nothing'}"
    extra = extra_at_medians(today, option)
    spent = yearly_text(float(extra.first_year(LOCAL)[0]), float(extra.yearly(LOCAL)[0]))
    yield f"It can be had {spent}, at median prices"
    yield from unpriced(today, option)
