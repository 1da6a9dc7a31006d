"""What the fitted model predicts of figures that it was never held against: ``predictions.json``.

``python -m docs.predictions`` simulates draws of the posterior with a follow-up of 104 weeks and
writes the file; run it after ``make posterior``. It takes a few minutes.
"""

import dataclasses
import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from docs.expectations import expected_quantiles
from docs.fitted import what_ships
from docs.markdown import table
from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory, outcomes_of
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.laws.worlds import on_both_sides
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario

KEPT = Path(__file__).with_name("predictions.json")
PRESET, WEEKS, REPLICATES, SEED = "engager_trial", 104, 2000, 1
LEVELS = (0.05, 0.5, 0.95)
ARMS = ("usual_care", "programme")
PREDICTED = {
    "Reoffending within 26 weeks": "reoffended_26w",
    "Reoffending within 52 weeks": "reoffended_52w",
    "Reoffending within 104 weeks": "reoffended_104w",
    "Reoffending within 52 weeks, under 25": "reoffended_52w_under_25",
    "Reoffending within 52 weeks, 25 to 34": "reoffended_52w_25_to_34",
    "Reoffending within 52 weeks, 35 or over": "reoffended_52w_35_or_over",
    "Reoffending within 104 weeks, under 25": "reoffended_104w_under_25",
    "Reoffending within 104 weeks, 25 to 34": "reoffended_104w_25_to_34",
    "Reoffending within 104 weeks, 35 or over": "reoffended_104w_35_or_over",
    "Unplanned endings, of episodes that ended": "unplanned_ending",
    "Attrition: men who leave by themselves": "attrition",
    "Appointments missed": "attendance_rate",
    "Engaged at week 52": "engaged_52w",
    "Engaged at week 104": "engaged_104w",
    "Recalled within a year": "recalled_52w",
    "In substance treatment within 3 weeks": "treated_3w",
    "Seen by a substance service within a year": "substance_service_52w",
}
"""What is predicted, in words, and the outcome that it is read from."""
COMPLEMENTS = ("Appointments missed",)
"""What is all that the outcome is not."""
EXPECTED, OBSERVED = "expected", "observed"
CONTINUITY = ("In substance treatment within 3 weeks", "Seen by a substance service within a year")
ONE_PROVIDER, DIFFERENCE = "one provider", "difference"
SERVICES = {"": "as in the trial", ONE_PROVIDER: "one provider on both sides of the prison wall"}
HEADINGS = (
    "Usual care, expected", "Usual care, of an arm", "Programme, expected", "Programme, of an arm"
)  # fmt: skip


def made_from() -> dict[str, Any]:
    """Name what the predictions depend on."""
    return what_ships() | {
        "replicates": REPLICATES, "seed": SEED, "weeks": WEEKS, "predicted": PREDICTED
    }  # fmt: skip


def kept() -> Any:
    """Read the last predictions."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def predicted_figures() -> str:
    """Write a row per figure: median and 90% predictive intervals, in each arm."""
    found = kept()["found"][""]
    return table(("Figure", *HEADINGS), [(words, *_intervals(found[words])) for words in PREDICTED])


def predicted_continuity() -> str:
    """Write continuity of treatment with and without one provider, and the difference."""
    found = kept()["found"]
    names = {**SERVICES, DIFFERENCE: "difference, one provider less not"}
    rows = [
        (words, what, *_intervals(found[key][words]))
        for words in CONTINUITY
        for key, what in names.items()
    ]
    return table(("Figure", "Service", *HEADINGS), rows)


def main() -> None:
    """Predict anew and keep what comes of it."""
    trial = Scenario.load(PRESET)
    trial = dataclasses.replace(
        trial, setting=dataclasses.replace(trial.setting, follow_up_weeks=WEEKS)
    )
    both = dataclasses.replace(on_both_sides(trial), name=ONE_PROVIDER)
    columns = find_columns([f"{name}_{arm}" for name in PREDICTED.values() for arm in ARMS])
    fitted = FittedParameters.load(POSTERIOR)
    if fitted is None:
        raise AssertionError("a posterior is no default")
    design = Design(
        scenarios=(trial, both),
        factors=(),
        values=np.empty((1, 0)),
        seed=SEED,
        columns=columns,
        first_replicates=(0, 0),
        fitted=fitted,
    )
    store, workload = Memory(), OutcomeRuns(design)
    executor = Threads(threads_of_this_machine())
    carry_out(workload, blocks_of(workload, REPLICATES), store, executor)
    names = [column.name for column in columns]
    runs = outcomes_of(store, design, REPLICATES, names)[:, :, 0]
    here, there = _as_predicted(runs).swapaxes(0, 1)
    draws = fitted.drawn(REPLICATES).draws
    found = {
        key: _quantiles(runs, draws)
        for key, runs in (("", here), (ONE_PROVIDER, there), (DIFFERENCE, there - here))
    }
    facts = made_from() | {"found": found}
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")


type Numbers = npt.NDArray[np.float64]
type Ends = dict[str, list[float | None]]


def _as_predicted(outcomes: Numbers) -> Numbers:
    """Turn outcomes, the first axis, into what is predicted: all the rest, where that is asked."""
    is_rest = np.repeat([words in COMPLEMENTS for words in PREDICTED], len(ARMS))
    return np.where(is_rest[:, np.newaxis, np.newaxis], 1.0 - outcomes, outcomes)


def _quantiles(runs: Numbers, draws: npt.NDArray[np.int64]) -> dict[str, dict[str, Ends]]:
    """Give quantiles over runs of shape (outcomes times arms, replicates), by words and arm."""
    rows = iter(runs)
    return {words: {arm: _ends(next(rows), draws) for arm in ARMS} for words in PREDICTED}


def _ends(runs: Numbers, draws: npt.NDArray[np.int64]) -> Ends:
    known = runs[np.isfinite(runs)]
    observed = np.quantile(known, LEVELS).tolist() if len(known) else [math.nan] * len(LEVELS)
    both = {EXPECTED: expected_quantiles(runs, draws, LEVELS), OBSERVED: observed}
    return {
        which: [None if math.isnan(end) else round(end, 5) for end in ends]
        for which, ends in both.items()
    }


def _intervals(by_arm: Any) -> list[str]:
    return [_interval(by_arm[arm][which]) for arm in ARMS for which in (EXPECTED, OBSERVED)]


def _interval(ends: Any) -> str:
    if ends[0] is None:
        return "no value"
    low, middle, high = (100.0 * end for end in ends)
    return f"{middle:.1f}% [{low:.1f}, {high:.1f}]"


if __name__ == "__main__":
    main()
