"""The table of declared parameters: what scenario files may set, for readers and for programs."""

import csv
import io
import json
from collections.abc import Callable

from engager_sim.errors import UsageError
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.theory import parameters
from engager_sim.theory.declaration import ASSUMPTION, Parameter
from engager_sim.theory.sources import SOURCES

COLUMNS = (
    "path",
    "theme",
    "name",
    "role",
    "kind",
    "unit",
    "low",
    "high",
    "default",
    "prior_5",
    "prior_50",
    "prior_95",
    "choices",
    "source",
    "citation",
    "meaning",
    "anchors",
)
"""Columns of the table; ``path`` is the key of a scenario file after ``[theory]``."""

type Row = dict[str, str | float | int | bool | list[str] | None]


def parameter_rows(theme: str | None = None) -> list[Row]:
    """Make a row per declared parameter.

    Parameters
    ----------
    theme : str, optional
        Only the parameters of this theme or part of the circumstances.

    Returns
    -------
    list of dict
        Keys as in :data:`COLUMNS`; ``default`` as a scenario file writes it, ``low`` and ``high``
        are ``None`` where there are only choices, and the quantiles of the prior, of which the
        default is the median, where the number is not uncertain.

    Raises
    ------
    UsageError
        If there is no such theme.
    """
    themes = list(dict.fromkeys(parameter.theme for parameter in parameters()))
    if theme is not None and theme not in themes:
        raise UsageError(
            "there is no theme of this name",
            key="theme",
            value=theme,
            allowed=", ".join(themes),
            fix=did_you_mean(theme, themes) or "choose one of these",
        )
    return [_row(parameter) for parameter in parameters() if theme in (None, parameter.theme)]


def as_csv(rows: list[Row]) -> str:
    """Write rows as CSV; choices are joined by ``|``."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows({name: _plain(value, "|") for name, value in row.items()} for row in rows)
    return text.getvalue()


def as_json(rows: list[Row]) -> str:
    """Write rows as a JSON list of objects."""
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def as_markdown(rows: list[Row]) -> str:
    """Write rows as a table for the documents: what to set, what it means, where it comes from."""
    asked = "Prior: 5%, median, 95%"
    lines = [f"| Parameter | Role | Meaning | Unit | Allowed | Default | {asked} | Source |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for row in rows:
        allowed = (
            _plain(row["choices"], ", ") if row["choices"] else f"{row['low']} to {row['high']}"
        )
        meaning = "; at ".join(str(text) for text in (row["meaning"], row["anchors"]) if text)
        cells = (f"`{row['path']}`", row["role"], meaning, row["unit"], allowed)
        default = _plain(row["default"], ", ")
        known = row["prior_5"] is not None
        prior = f"{row['prior_5']:g}, {row['prior_50']:g}, {row['prior_95']:g}" if known else "-"
        lines.append("| " + " | ".join(map(str, (*cells, default, prior, row["source"]))) + " |")
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[list[Row]], str]] = {
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
}
"""Writers of the table, by the name of their format."""


def _row(parameter: Parameter) -> Row:
    bounded = parameter.kind in ("real", "integer")
    return {
        "path": parameter.path,
        "theme": parameter.theme,
        "name": parameter.name,
        "role": parameter.role.value,
        "kind": parameter.kind,
        "unit": parameter.unit,
        "low": parameter.low if bounded else None,
        "high": parameter.high if bounded else None,
        "default": _default(parameter),
        **_prior(parameter),
        "choices": _choices(parameter),
        "source": parameter.source_of_default,
        "citation": _citation_of(parameter),
        "meaning": parameter.meaning,
        "anchors": parameter.anchored,
    }


def _prior(parameter: Parameter) -> Row:
    prior = parameter.prior or (None, None, None)
    levels = ("prior_5", "prior_50", "prior_95")
    return {
        level: None if value is None else round(value, 6)
        for level, value in zip(levels, prior, strict=True)
    }


def _default(parameter: Parameter) -> str | float | bool:
    if parameter.kind == "category":
        return parameter.choices[int(parameter.default)]
    return bool(parameter.default) if parameter.kind == "on/off" else parameter.default


def _choices(parameter: Parameter) -> list[str]:
    return ["false", "true"] if parameter.kind == "on/off" else list(parameter.choices)


def _citation_of(parameter: Parameter) -> str:
    prior = _citation(parameter.source)
    return prior if parameter.fitted is None else f"fitted to published figures; prior: {prior}"


def _citation(source: str) -> str:
    if source == ASSUMPTION:
        return "an assumption of this model"
    cited = SOURCES[source]
    parts = (cited.citation, cited.locator, f"read: {cited.mark}")
    return "; ".join(part for part in parts if part)


def _plain(value: object, between: str) -> str:
    if isinstance(value, list):
        return between.join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
