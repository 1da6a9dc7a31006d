"""What options change, on what each change rests, and which of its effects the theory assumes."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from engager_sim.designs.effect_changes import reason_without_effect
from engager_sim.errors import UsageError
from engager_sim.laws.declaration import Law
from engager_sim.laws.statements import LAWS
from engager_sim.reports.descriptions import source_text
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.unpriced_changes import value_shown
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.theory.declaration import Parameter

SETTING = "what the service has"
"""On what a change rests that is no lever of the theory: it can be counted."""


def levers_table(settings: DecideSettings) -> pd.DataFrame:
    """Make a row per option and thing that it changes: from what, to what, resting on what."""
    rows: list[dict[str, Any]] = []
    plan = plan_of(settings.today, 0)
    for option in settings.options:
        if len(option.parts) > 1:
            continue
        for key, here, there in settings.today.difference(option.scenario):
            parameter = _parameter(key)
            idle = "" if parameter is None else reason_without_effect(key, settings.today, plan)
            rows.append(
                {
                    "option": option.name,
                    "key": key,
                    "meaning": key if parameter is None else parameter.meaning,
                    "today": value_shown(here, key) + (f" (not in use: {idle})" if idle else ""),
                    "with_option": value_shown(there, key),
                    "source": SETTING if parameter is None else source_text(parameter),
                    "anchors": "" if parameter is None else parameter.anchored,
                    "guess": parameter is not None and bool(parameter.anchors),
                    "laws": "; ".join(law.statement for law in laws_about(key, parameter)),
                }
            )
    return pd.DataFrame(rows)


def laws_about(key: str, parameter: Parameter | None) -> Iterator[Law]:
    """Yield the laws that say which way a lever or setting moves men, one of each statement."""
    said: set[str] = set()
    path = None if parameter is None else parameter.path
    for law in LAWS:
        if law.is_about(key, path) and law.statement not in said:
            said.add(law.statement)
            yield law


def _parameter(key: str) -> Parameter | None:
    try:
        return find_parameter(key.removeprefix("theory."))[1]
    except UsageError:
        return None
