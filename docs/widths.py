"""Whether default intervals are as wide as those of ten times as many draws: ``widths.json``.

``python -m docs.widths`` compares the made-up service with what it could buy, at the default number
of replicates under several seeds and once at ten times as many, and writes the file; run it after
``make posterior``. It takes some minutes.
"""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from docs.fitted import what_ships
from docs.markdown import table
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.studies.compare.settings import CompareSettings
from engager_sim.studies.compare.study import compare

KEPT = Path(__file__).with_name("widths.json")
SERVICE = Path(__file__).parents[1] / "experiments" / "decision"
OPTIONS = ("weekly", "two_peers", "one_roof")
REPLICATES = CompareSettings.replicates
TIMES = 10
SEEDS = (1, 2, 3, 4, 5)
SEED_OF_MANY = 6
WITHIN = 0.1


def made_from() -> dict[str, Any]:
    """Name what the widths depend on."""
    files = {file.name: file.read_text(encoding="utf-8") for file in sorted(SERVICE.glob("*"))}
    return what_ships() | {"service": files, "replicates": REPLICATES, "times": TIMES}


def kept() -> Any:
    """Read the widths as they were found last."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def widths_beside_more_draws() -> str:
    """Write a row per option: how default widths stand beside those of ten times the draws."""
    rows = []
    for option in OPTIONS:
        ratios = [row["ratios"] for row in kept()["widths"] if row["option"] == option]
        means = [statistics.mean(of_outcome) for of_outcome in ratios]
        single = [ratio for of_outcome in ratios for ratio in of_outcome]
        rows.append(
            (
                option.replace("_", " "),
                len(ratios),
                f"{statistics.median(single):.2f}",
                f"{min(means):.2f} to {max(means):.2f}",
                f"{statistics.mean(abs(ratio - 1.0) <= WITHIN for ratio in single):.0%}",
            )
        )
    return table(
        (
            "Option less today",
            "Headline outcomes that it moves",
            "Ratio of widths, median",
            "Means over seeds, least to most",
            f"Single answers within {WITHIN:.0%}",
        ),
        rows,
    )


def _widths(replicates: int, seed: int) -> dict[tuple[str, str], float]:
    """Give the width of each headline difference's interval that is no single point."""
    options = [SERVICE / f"{option}.toml" for option in OPTIONS]
    found = compare(SERVICE / "today.toml", *options, replicates=replicates, seed=seed)
    rows = found.differences[found.differences["outcome"].isin(HEADLINE)]
    widths = zip(rows["other"], rows["outcome"], rows["high"] - rows["low"], strict=True)
    return {(option, outcome): width for option, outcome, width in widths if width > 0.0}


def main() -> None:
    """Compare anew and keep the ratios."""
    many = _widths(TIMES * REPLICATES, SEED_OF_MANY)
    few = [_widths(REPLICATES, seed) for seed in SEEDS]
    rows = [
        {
            "option": option,
            "outcome": outcome,
            "ratios": [round(widths[option, outcome] / width, 4) for widths in few],
        }
        for (option, outcome), width in many.items()
        if all((option, outcome) in widths for widths in few)
    ]
    facts = made_from() | {"widths": rows}
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")


if __name__ == "__main__":
    main()
