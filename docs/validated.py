"""What the last validation came to, kept as ``validated.json`` for the documents' tables.

``python -m docs.validated`` validates anew and writes the file; run it after ``make posterior``.
"""

import json
import sys
from pathlib import Path
from typing import Any

from docs.fitted import prediction, what_ships
from docs.markdown import table
from engager_sim.scenarios.fitted_parameters import POSTERIOR
from engager_sim.studies.validate.narrative import (
    COLUMNS,
    bounds,
    figure,
    labelled,
    verdict_by_standing,
)
from engager_sim.studies.validate.study import validate

KEPT = Path(__file__).with_name("validated.json")
REPLICATES, SEED = 400, 1


def made_from() -> dict[str, Any]:
    """Name what a validation's numbers depend on."""
    return what_ships() | {"replicates": REPLICATES, "seed": SEED}


def kept() -> Any:
    """Read the last validation."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def patterns_met() -> str:
    """Write a row per pattern: its verdict, and what is off."""
    found = kept()
    rows = []
    for pattern in found["patterns"]:
        its = [part for part in found["parts"] if part["number"] == pattern["number"]]
        off = [_off(part) for part in its if part["verdict"] != "met"]
        verdicts = verdict_by_standing(pattern["standing"], _shown(pattern["verdict"]))
        rows.append((pattern["number"], pattern["pattern"], *verdicts, "; ".join(off)))
    return table(("", "Pattern", *COLUMNS, "Found, and off by"), rows)


def parts_of_patterns() -> str:
    """Write a row per part of a pattern, under the fitted model and under each theory alone."""
    rows = [
        (
            part["number"],
            labelled(part),
            f"{figure(part['figure'])} [{figure(part['low'])}, {figure(part['high'])}]",
            bounds(part),
            part["why"],
            _shown(part["verdict"]),
            f"{figure(part['gated'])} {part['verdict_gated']}",
            f"{figure(part['additive'])} {part['verdict_additive']}",
        )
        for part in found_parts()
    ]
    headings = ("", "What", "Found", "Wanted", "Why", "Verdict", "Gated alone", "Additive alone")
    return table(headings, rows)


def found_parts() -> list[Any]:
    """Give the parts of the last validation; a bound that there is none of is NaN."""
    return [
        {key: float("nan") if value is None else value for key, value in part.items()}
        for part in kept()["parts"]
    ]


def figures_held_out() -> str:
    """Write a row per held-out figure: what was published, what is predicted, the verdict."""
    rows = [
        (
            row["label"],
            row["role"].replace("_", " "),
            f"{row['value']:g} ({row['mark']})",
            prediction(row),
            _shown(row["verdict"]) + (f", {row['off']:.1f} errors outside" if row["off"] else ""),
        )
        for row in kept()["figures"]
        if row["role"] != "fit"
    ]
    return table(
        ("Held-out figure", "Role", "Published", "Predicted, 90% interval", "Verdict"), rows
    )


def verdicts_by_theory() -> str:
    """Count verdicts under the fitted model and under each rival theory alone."""
    patterns = kept()["patterns"]
    rows = []
    for name, key in (
        ("fitted, both theories", "verdict"),
        ("gated alone", "verdict_gated"),
        ("additive alone", "verdict_additive"),
    ):
        verdicts = [pattern[key] for pattern in patterns]
        rows.append((name, *(verdicts.count(each) for each in ("met", "near", "missed"))))
    return table(("Theory", "Met", "Near", "Missed"), rows)


def main() -> None:
    """Validate anew and keep the verdicts."""
    found = validate(POSTERIOR, REPLICATES, SEED)
    facts = made_from() | {
        name: json.loads(frame.to_json(orient="records", double_precision=6))
        for name, frame in found.tables().items()
    }
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written: {found.met} of {len(found.patterns)} patterns met\n")


def _off(part: Any) -> str:
    off = figure(abs(part["off"]))
    return f"{labelled(part)}: {figure(part['figure'])}, {part['verdict']} by {off}"


def _shown(verdict: str) -> str:
    return verdict if verdict == "met" else f"**{verdict}**"


if __name__ == "__main__":
    main()
