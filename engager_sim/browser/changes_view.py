"""The data of the list of changes: in each world the parameter, and its value before and now."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from engager_sim.browser.visit import Visit, value_at
from engager_sim.browser.visit_state import WorldSettings
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.theory_values import Value, named_values
from engager_sim.world.records import ARMS


def changes_view(visit: Visit, names: Sequence[str]) -> list[dict[str, Any]]:
    """List the changes in each world, under the world's name."""
    return [
        {"name": name, "changes": _rows(settings)}
        for name, settings in zip(names, visit.settings, strict=False)
    ]


def revert(visit: Visit, world: int, path: str) -> None:
    """Undo one change in one world."""
    state = visit.state
    state.settings[world].changes.pop(path, None)
    visit.show(dataclasses.replace(state, edited=world))


def _rows(settings: WorldSettings) -> list[dict[str, Any]]:
    given = named_values(settings.source.theories()) if settings.changes else {}
    rows = []
    for path, value in settings.changes.items():
        table, parameter = find_parameter(path)
        rows.append(
            {
                "path": path,
                "theme": parameter.theme.replace("_", " "),
                "label": parameter.name.replace("_", " "),
                "arm": table.replace("_", " ") if table in ARMS else "both arms",
                "before": _shown(value_at(given, path)),
                "now": _shown(value),
                "unit": parameter.unit if parameter.kind in ("real", "integer") else "",
            }
        )
    return rows


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
