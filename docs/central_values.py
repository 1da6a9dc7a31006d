"""Central values: informed parameters at posterior medians, all others at their prior's median.

``python -m docs.central_values`` writes them into the declarations of the theory: an uncertain
parameter that the figures inform gets ``fitted=VALUE``, one that they do not inform has none. No
median of a prior, no range and no source is touched. ``--check`` then holds the world of central
values against the posterior and keeps, in ``central_values.json``, the outcomes that lie outside
its central 80%.
"""

import argparse
import ast
import importlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from docs.expectations import expected_quantiles
from docs.fitted import result, what_ships
from docs.markdown import code, table
from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory, outcomes_of
from engager_sim.designs.outcome_columns import all_columns
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.fitted_parameters import POSTERIOR, STRUCTURE, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import Theory

KEPT = Path(__file__).with_name("central_values.json")
CALL, KEYWORD = "uncertainty", "fitted"
REPLICATES, CENTRAL_REPLICATES, SEED = 400, 100, 1
"""Replicates under draws of the posterior, and at central values."""
CENTRAL = (0.1, 0.5, 0.9)
DIGITS = 3
GIVEN = re.compile(r",\s*fitted=[-+.0-9e]+\)$")
LINE, INDENT = 100, "\n        "

type Numbers = npt.NDArray[np.float64]


def central_values(fitted: FittedParameters, informed: Iterable[str]) -> dict[str, float]:
    """Give the posterior median of each informed number, to three digits, within its range.

    Rival theories have no median and stay as they are declared.
    """
    paths = [parameter.path for parameter in fitted.parameters]
    medians = {}
    for path in informed:
        if path != STRUCTURE:
            column = paths.index(path)
            parameter = fitted.parameters[column]
            middle = float(f"{np.median(fitted.numbers[:, column]):.{DIGITS}g}")
            medians[path] = min(max(middle, parameter.low), parameter.high)
    return medians


def informed_parameters() -> list[str]:
    """Name the parameters that the figures inform, by the calibration that ships."""
    return [row["parameter"] for row in result()["parameters"] if row["verdict"] == "informed"]


def with_fitted(source: str, theme: str, values: Mapping[str, float]) -> str:
    """Give the text of a theme's module with the fitted values of its class's parameters.

    Parameters
    ----------
    source : str
        The text of the module.
    theme : str
        Name of the class that declares the parameters.
    values : mapping
        A fitted value by parameter's name; of one that is not named, it is taken out.
    """
    text = source.encode()
    starts = np.cumsum([0, *(len(line) for line in text.splitlines(keepends=True))])
    for name, call in reversed(list(_declarations(source, theme))):
        start, end = (
            int(starts[line - 1]) + column
            for line, column in (
                (call.lineno, call.col_offset),
                (call.end_lineno or 0, call.end_col_offset or 0),
            )
        )
        declared = GIVEN.sub(")", text[start:end].decode())
        if name in values:
            declared = _with_keyword(declared, f"{KEYWORD}={values[name]:g}", call.col_offset)
        text = text[:start] + declared.encode() + text[end:]
    return text.decode()


def _with_keyword(call: str, keyword: str, column: int) -> str:
    """Add a keyword to a call that begins at a column; on a line of its own where it is long."""
    *before, last = call.split("\n")
    is_long = len(last) + (0 if before else column) + len(keyword) + 2 > LINE
    return f"{call[:-1]},{INDENT if is_long else ' '}{keyword})"


def _declarations(source: str, theme: str) -> Iterable[tuple[str, ast.Call]]:
    """Yield the uncertain numbers that a class declares, each with its call, in their order."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name == theme:
            for line in node.body:
                call = line.value if isinstance(line, ast.AnnAssign) else None
                if (
                    isinstance(line, ast.AnnAssign)
                    and isinstance(line.target, ast.Name)
                    and isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id == CALL
                ):
                    yield line.target.id, call


def write_theory(values: Mapping[str, float]) -> list[Path]:
    """Write fitted values into the theory's declarations; give the files that changed."""
    changed_files = []
    for theme in fields(Theory):
        declared = type(getattr(Theory(), theme.name))
        file = Path(str(importlib.import_module(declared.__module__).__file__))
        own = {
            path.partition(".")[2]: value
            for path, value in values.items()
            if path.partition(".")[0] == theme.name
        }
        source = file.read_text(encoding="utf-8")
        written = with_fitted(source, declared.__name__, own)
        if written != source:
            file.write_text(written, encoding="utf-8")
            changed_files.append(file)
    return changed_files


def outside_the_middle(fitted: FittedParameters, values: Mapping[str, float]) -> list[Any]:
    """Hold headline outcomes of every preset at central values against the posterior.

    Returns
    -------
    list of list
        Scenario, outcome, value at central values, 10%, 50% and 90% of the posterior, of those
        outcomes whose value lies outside.
    """
    rows = []
    for preset in Scenario.presets():
        scenario = Scenario.load(preset)
        columns = [
            column
            for column in all_columns(min(scenario.setting.population.allocation) > 0)
            if column.outcome.id in HEADLINE
        ]
        central = _runs(changed(scenario, values), columns, CENTRAL_REPLICATES, None).mean(axis=1)
        drawn = fitted.drawn(REPLICATES).draws
        runs = _runs(scenario, columns, REPLICATES, fitted)
        for column, value, each in zip(columns, central.tolist(), runs, strict=True):
            low, middle, high = expected_quantiles(each, drawn, CENTRAL)
            if value < low or value > high:  # neither where there is no value
                rows.append([preset, column.name, value, low, middle, high])
    return rows


def _runs(
    scenario: Scenario, columns: Any, replicates: int, fitted: FittedParameters | None
) -> Numbers:
    """Simulate outcomes, shape (outcomes, replicates)."""
    design = Design(
        scenarios=(scenario,),
        factors=(),
        values=np.empty((1, 0)),
        seed=SEED,
        columns=tuple(columns),
        first_replicates=(0,),
        fitted=fitted,
    )
    store, workload = Memory(), OutcomeRuns(design)
    executor = Threads(threads_of_this_machine())
    carry_out(workload, blocks_of(workload, replicates), store, executor)
    names = [column.name for column in columns]
    return outcomes_of(store, design, replicates, names)[:, 0, 0]


def made_from() -> dict[str, Any]:
    """Name what the comparison depends on."""
    return what_ships() | {"replicates": REPLICATES, "central_replicates": CENTRAL_REPLICATES}


def kept() -> Any:
    """Read the last comparison."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def fitted_values() -> str:
    """Write a row per parameter that stands at its posterior median."""
    rows = [(code(path), f"{value:g}") for path, value in kept()["values"].items()]
    return table(("Parameter", "Central value (fitted)"), rows)


def defaults_outside() -> str:
    """Write a row per outcome whose value at central values lies outside the central 80%."""
    rows = [
        (preset, code(outcome), f"{value:.3g}", f"{middle:.3g} [{low:.3g}, {high:.3g}]")
        for preset, outcome, value, low, middle, high in kept()["outside"]
    ]
    return table(("Scenario", "Outcome", "At defaults", "Posterior, central 80%"), rows)


def main(arguments: list[str] | None = None) -> None:
    """Write central values into the theory, or hold those that stand against the posterior."""
    parser = argparse.ArgumentParser(prog="python -m docs.central_values", description=__doc__)
    parser.add_argument("--check", action="store_true", help="hold what stands to the posterior")
    only_check = parser.parse_args(arguments).check
    fitted = FittedParameters.load(POSTERIOR)
    if fitted is None:
        raise AssertionError("a posterior is no default")
    values = central_values(fitted, informed_parameters())
    if not only_check:  # rules are loaded once a process: another one sees what is written here
        for file in write_theory(values):
            sys.stdout.write(f"{file.name} written\n")
        return
    facts = made_from() | {"values": values, "outside": outside_the_middle(fitted, values)}
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written: {len(facts['outside'])} outcomes lie outside\n")


if __name__ == "__main__":
    main()
