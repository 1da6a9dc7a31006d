"""Whether default intervals are as wide as those of ten times as many draws: ``widths.json``.

``python -m docs.widths`` compares the made-up service with what it could buy, at the default number
of replicates under several seeds and once at ten times as many, and writes the file; run it after
``make posterior``. It takes some minutes.
"""

import json
import statistics
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docs.fitted import what_ships
from docs.markdown import table
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.compare.settings import CompareSettings
from engager_sim.studies.compare.study import compare

type Row = Mapping[Any, Any]

KEPT = Path(__file__).with_name("widths.json")
SERVICE = Path(__file__).parents[1] / "experiments" / "decision"
OPTIONS = ("weekly", "two_peers", "one_roof")
REPLICATES = CompareSettings.replicates
TIMES = 10
SEEDS = (1, 2, 3, 4, 5)
SEED_OF_MANY = 6
REPLICATES_OF_A_DRAW = 2
WITHIN = 0.1
CARRIED = {True: "larger than the noise of a draw's mean", False: "smaller"}


def made_from() -> dict[str, Any]:
    """Name what the widths depend on."""
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(SERVICE.glob("*"))}
    return what_ships() | {"service": files, "replicates": REPLICATES, "times": TIMES}


def kept() -> Any:
    """Read the widths as they were found last."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def widths_beside_more_draws() -> str:
    """Write a row per kind of difference: default widths beside those of ten times as many."""
    rows = []
    for carried in (True, False):
        ratios = [row["ratios"] for row in kept()["widths"] if row["by_parameters"] == carried]
        means = [statistics.mean(of_outcome) for of_outcome in ratios]
        single = [ratio for of_outcome in ratios for ratio in of_outcome]
        rows.append(
            (
                CARRIED[carried],
                len(ratios),
                f"{statistics.median(single):.2f}",
                f"{min(means):.2f} to {max(means):.2f}",
                f"{statistics.mean(abs(mean - 1.0) <= WITHIN for mean in means):.0%}",
                f"{statistics.mean(abs(ratio - 1.0) <= WITHIN for ratio in single):.0%}",
            )
        )
    return table(
        (
            "Differences whose spread between draws is",
            "How many",
            "Ratio of widths, median",
            "Means over seeds, least to most",
            f"Means within {WITHIN:.0%}",
            f"Single answers within {WITHIN:.0%}",
        ),
        rows,
    )


def _headline_differences(replicates: int, seed: int) -> dict[tuple[str, str], Row]:
    """Compare; give the headline differences whose interval is no single point."""
    options = [SERVICE / f"{option}.toml" for option in OPTIONS]
    found = compare(SERVICE / "today.toml", *options, replicates=replicates, seed=seed).differences
    rows = found[found["outcome"].isin(HEADLINE)].to_dict("records")
    return {(row["other"], row["outcome"]): row for row in rows if row["high"] > row["low"]}


def _width(row: Row) -> float:
    return float(row["high"] - row["low"])


def _is_carried_by_parameters(row: Row) -> bool:
    """Tell whether draws differ by more than noise adds to the mean of a draw's replicates."""
    between = row["parameters"] ** 2 + row["structure"] ** 2
    return bool(between > row["chance"] ** 2 / REPLICATES_OF_A_DRAW)


def main() -> None:
    """Compare anew and keep the ratios."""
    many = _headline_differences(TIMES * REPLICATES, SEED_OF_MANY)
    few = [_headline_differences(REPLICATES, seed) for seed in SEEDS]
    rows = [
        {
            "option": place[0],
            "outcome": place[1],
            "by_parameters": _is_carried_by_parameters(row),
            "ratios": [round(_width(rows[place]) / _width(row), 4) for rows in few],
        }
        for place, row in many.items()
        if all(place in rows for rows in few)
    ]
    facts = made_from() | {"widths": rows}
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")


if __name__ == "__main__":
    main()
