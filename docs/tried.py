"""What the trial of ``experiments/engager_trial_again.toml`` gives, kept as ``tried.json``.

``python -m docs.tried`` runs it anew, at the defaults and at the posterior, and writes the file.
"""

import json
import sys
from pathlib import Path
from typing import Any

from docs.fitted import what_ships
from docs.markdown import table
from engager_sim.scenarios.fitted_parameters import DEFAULTS, POSTERIOR
from engager_sim.studies.trial.study import trial

KEPT = Path(__file__).with_name("tried.json")
STUDY = Path(__file__).parents[1] / "experiments" / "engager_trial_again.toml"
UNDER = (DEFAULTS, POSTERIOR)
FOUND = "found"


def made_from() -> dict[str, Any]:
    """Name what the trial's numbers depend on."""
    return what_ships() | {"study": STUDY.read_text(encoding="utf-8")}


def kept() -> Any:
    """Read what the trial gave last."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def trial_by_size() -> str:
    """Write a row per size, at the defaults and at the posterior."""
    rows = [
        (
            parameters,
            f"{row['men']:,}",
            f"{row['effect']:.2f} [{row['effect_low']:.2f}, {row['effect_high']:.2f}]",
            f"{row['looked_null']:.0%}",
            f"{row['power']:.0%} [{row['power_low']:.0%}, {row['power_high']:.0%}]",
            f"{row['textbook_power']:.0%}",
            f"{row['complete_power']:.0%}",
        )
        for parameters in UNDER
        for row in kept()[FOUND][parameters]["power"]
    ]
    headings = (
        "Parameters",
        "Men",
        "True effect",
        "Null",
        "Power",
        "By the formula",
        "Power, nobody lost",
    )
    return table(headings, rows)


def trial_in_words() -> str:
    """Quote what the command says of the trial's own size, at the posterior."""
    return "\n>\n".join(f"> {sentence}" for sentence in kept()[FOUND][POSTERIOR]["in_words"])


def main() -> None:
    """Run the trial anew and keep what it gives."""
    facts = made_from() | {FOUND: {}}
    for parameters in UNDER:
        found = trial(STUDY, parameters=parameters)
        chosen = (found.power["outcome"] == "core_om") & (
            found.power["week"] == found.study.primary
        )
        rows = found.power[chosen].to_json(orient="records", double_precision=5)
        facts[FOUND][parameters] = {"power": json.loads(rows), "in_words": found.in_words()}
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")


if __name__ == "__main__":
    main()
