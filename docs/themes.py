"""What each theme is good for, alone and in pairs, kept as ``themes.json``.

``python -m docs.themes`` runs every preset with each theme off, and each pair of them, under the
posterior, and writes the file; ``python -m docs.themes defaults 100`` does so at central values,
with 100 replicates.
"""

import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from docs.fitted import rules_that_stand
from docs.markdown import table, titled
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.batch import men_tables, packed_seeds, run_batch
from engager_sim.runs.one_run import compile_for
from engager_sim.runs.plan import arms_with_men, plan_of
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.fitted_parameters import POSTERIOR, REPLICATES_PER_DRAW, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.statistics.intervals import mean_and_interval
from engager_sim.theory import THEMES
from engager_sim.week.tallies import no_tables
from engager_sim.world.deployment import fresh
from engager_sim.world.records import ARMS

KEPT = Path(__file__).with_name("themes.json")
REPLICATES, SEED = 200, 1
PRESETS = (
    "usual_care", "engager_trial", "therapy_led", "colocated_hub", "through_the_gate", "peer_led",
)  # fmt: skip
ABOUT: Mapping[str, tuple[str, ...]] = {
    "collaboration": ("trust_12w", "treated_3w", "onward_service_52w"),
    "client_engagement": ("community_contact", "attendance_rate", "engaged_26w"),
    "client_motivation": ("motivation_12w", "attendance_rate", "engaged_26w"),
    "supervision": ("trust_12w", "understanding_12w", "staff_burnout"),
    "therapeutic_approach": ("understanding_12w", "core_om_26w"),
    "peers": ("community_contact", "trust_12w", "engaged_26w"),
    "preparations_for_ending": ("planned_ending", "onward_service_52w", "core_om_52w"),
}
"""The outcomes that each theme is about."""
LESS_IS_BETTER = ("core_om_26w", "core_om_52w", "staff_burnout")
IN_PAIRS = ("trust_12w", "engaged_26w")
"""The outcomes in which pairs of themes are looked at."""
LOOKED_AT = tuple(dict.fromkeys([*(name for names in ABOUT.values() for name in names), *IN_PAIRS]))

type Numbers = npt.NDArray[np.float64]
type Off = tuple[str, ...]


def kept() -> Any:
    """Read what was computed last."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def effects_of_themes() -> str:
    """Write a row per theme and outcome that it is about: with the theme less without."""
    labels = {outcome.id: outcome.label for outcome in OUTCOMES}
    rows = []
    for theme in THEMES:
        for outcome in ABOUT[theme]:
            told = [_cell(kept()["effects"][preset][theme][outcome]) for preset in PRESETS]
            rows.append((titled(theme), labels[outcome], *told))
    return table(("Theme", "Outcome", *map(titled, PRESETS)), rows)


def interactions_of_themes() -> str:
    """Write a row per pair of themes and outcome: what both do beyond what each does."""
    labels = {outcome.id: outcome.label for outcome in OUTCOMES}
    rows = []
    for pair in combinations(THEMES, 2):
        for outcome in IN_PAIRS:
            found = [kept()["interactions"][preset]["+".join(pair)][outcome] for preset in PRESETS]
            rows.append((" x ".join(map(titled, pair)), labels[outcome], *map(_cell, found)))
    return table(("Pair", "Outcome", *map(titled, PRESETS)), rows)


def themes_without_effect() -> str:
    """Name the themes, and the outcomes of them, that nowhere move the way that is claimed."""
    effects = kept()["effects"]
    idle = {
        theme: [
            outcome
            for outcome in ABOUT[theme]
            if not any(
                _is_as_claimed(effects[preset][theme][outcome], outcome) for preset in PRESETS
            )
        ]
        for theme in THEMES
    }
    themes = [titled(theme) for theme in THEMES if len(idle[theme]) == len(ABOUT[theme])]
    pairs = [f"{titled(theme)} on `{name}`" for theme, names in idle.items() for name in names]
    return (
        "Themes that move nothing they are about as claimed in any preset: "
        f"{', '.join(themes) or 'none'}. Outcomes of a theme of which that is true: "
        f"{', '.join(pairs) or 'none'}."
    )


def main(parameters: str = POSTERIOR, count: str = str(REPLICATES)) -> None:
    """Compute all effects and interactions, and keep them."""
    replicates = int(count)
    fitted = FittedParameters.load(parameters)
    facts: dict[str, Any] = {
        **rules_that_stand(), "parameters": parameters, "replicates": replicates, "seed": SEED,
        "effects": {}, "interactions": {},
    }  # fmt: skip
    for preset in PRESETS:
        worlds = _worlds(Scenario.load(preset), fitted, replicates)
        facts["effects"][preset] = {
            theme: {name: _less(worlds, name, (), (theme,)) for name in ABOUT[theme]}
            for theme in THEMES
        }
        facts["interactions"][preset] = {
            "+".join(pair): {name: _beyond(worlds, name, pair) for name in IN_PAIRS}
            for pair in combinations(THEMES, 2)
        }
        sys.stdout.write(f"{preset} done\n")
    KEPT.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")


def _worlds(
    scenario: Scenario, fitted: FittedParameters | None, replicates: int
) -> dict[Off, Numbers]:
    """Run a preset with nothing off, each theme off and each pair off, random numbers in common."""
    off: list[Off] = [(), *((theme,) for theme in THEMES), *combinations(THEMES, 2)]
    with ThreadPoolExecutor(threads_of_this_machine(), "themes") as pool:
        return dict(
            zip(off, pool.map(partial(_run, scenario, fitted, replicates), off), strict=True)
        )


def _run(scenario: Scenario, fitted: FittedParameters | None, replicates: int, off: Off) -> Numbers:
    """Run a preset with some themes off, shape (replicates, outcomes looked at)."""
    plan = plan_of(changed(scenario, {f"{theme}.on": False for theme in off}), SEED, fitted)
    compile_for(plan)
    theories = np.stack([np.asarray(plan.theories_of(each)) for each in range(replicates)])
    results = np.empty((replicates, len(OUTCOMES), 1 + len(ARMS)))
    run_batch(
        plan.template, fresh(plan.template), theories.view(np.recarray), plan.entry,
        packed_seeds(plan.seed, np.arange(replicates)), plan.weeks, no_tables(), results,
        men_tables(0, 0),
    )  # fmt: skip
    arm = ARMS[min(arms_with_men(plan))]
    columns = find_columns([f"{name}_{arm}" for name in LOOKED_AT])
    return np.stack([column.of(results) for column in columns], axis=1)


def _less(worlds: Mapping[Off, Numbers], outcome: str, one: Off, other: Off) -> list[float | None]:
    """Average one world less another, with a 95% interval."""
    return _told(_column(worlds, one, outcome) - _column(worlds, other, outcome))


def _beyond(worlds: Mapping[Off, Numbers], outcome: str, pair: Off) -> list[float | None]:
    """Average what two themes do together beyond what each does, with a 95% interval."""
    both, neither = _column(worlds, (), outcome), _column(worlds, pair, outcome)
    each = [_column(worlds, (theme,), outcome) for theme in pair]
    return _told(both + neither - each[0] - each[1])


def _column(worlds: Mapping[Off, Numbers], off: Off, outcome: str) -> Numbers:
    return np.asarray(worlds[off][:, LOOKED_AT.index(outcome)])


def _told(differences: Numbers) -> list[float | None]:
    """Average over draws, whose replicates are averaged first; None where there is no value."""
    draws = differences.reshape(-1, REPLICATES_PER_DRAW)
    known = draws[~np.isnan(draws).any(axis=1)].mean(axis=1)
    return [None if np.isnan(each) else round(each, 6) + 0.0 for each in mean_and_interval(known)]


def _is_as_claimed(found: list[float | None], outcome: str) -> bool:
    """Whether an interval lies clear of 0 on the side on which the outcome is better."""
    mean = found[0]
    return mean is not None and _is_clear(found) and (mean < 0.0) == (outcome in LESS_IS_BETTER)


def _is_clear(found: list[float | None]) -> bool:
    """Whether an interval lies clear of 0."""
    _, low, high = found
    return low is not None and high is not None and (low > 0.0 or high < 0.0)


def _cell(found: list[float | None]) -> str:
    """Write an effect with its interval, in bold if that is clear of 0."""
    if found[0] is None:
        return "no value"
    mean, low, high = (f"{value:.3g}" if value is not None else "?" for value in found)
    return f"**{mean}** [{low}, {high}]" if _is_clear(found) else f"{mean} [{low}, {high}]"


if __name__ == "__main__":
    main(*sys.argv[1:])
