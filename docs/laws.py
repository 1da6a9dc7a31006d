"""What the last trial of laws and the last screen came to, kept as ``laws.json``.

``make laws screen`` tries and screens; ``python -m docs.laws`` then keeps what they wrote.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from docs.fitted import rules_alone
from docs.markdown import code, table
from engager_sim.laws.narrative import HEADINGS, NET_HEADINGS, law_cells, net_cells
from engager_sim.laws.narrative import findings as law_findings
from engager_sim.screening.narrative import HEADINGS as SCREEN_HEADINGS
from engager_sim.screening.narrative import cells, findings

KEPT = Path(__file__).with_name("laws.json")
RESULTS = Path(__file__).parents[1] / "results"
TABLES = {"laws": "laws/laws", "net": "laws/net", "screen": "screen/screen"}
WEAKEST = 30


def kept() -> Any:
    """Read the last trial of laws and the last screen."""
    return json.loads(KEPT.read_text(encoding="utf-8"))


def laws_that_hold() -> str:
    """Write a row per law: what it says, how far off the worst trial is, whether it holds."""
    rows = _rows("laws")
    how_many, *_ = law_findings(pd.DataFrame(rows), pd.DataFrame())
    told = [(*law_cells(row), row["drivers"]) for row in rows]
    return f"{how_many}\n\n{table((*HEADINGS, 'The shortfall goes with'), told)}"


def net_effects() -> str:
    """Write a row per change: what it does from the same staff hours, in both arms."""
    return table(NET_HEADINGS, [net_cells(row) for row in _rows("net")])


def screened_parameters() -> str:
    """Write the weakest parameters of the screen, and name those that are inert."""
    effects = pd.DataFrame(_rows("screen"))
    if effects.empty:
        return "No screen is kept yet."
    rows = [
        (code(parameter), *rest)
        for parameter, *rest in map(cells, effects.head(WEAKEST).to_dict("records"))
    ]
    return "\n\n".join([*findings(effects), table(SCREEN_HEADINGS, rows)])


def main(folder: Path = RESULTS) -> None:
    """Keep what the commands wrote; of one that was not run, what is kept of the same rules."""
    facts: dict[str, Any] = dict(rules_alone())
    before = kept()
    for name, file in TABLES.items():
        written = folder / f"{file}.parquet"
        if written.is_file():
            frame = pd.read_parquet(written)
            facts[name] = json.loads(frame.to_json(orient="records", double_precision=6))
        else:
            facts[name] = before[name] if rules_alone().items() <= before.items() else []
    KEPT.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT.name} written\n")


def _rows(name: str) -> list[Any]:
    """Give the rows of a kept table; a number that there is none of is NaN."""
    return [
        {key: float("nan") if value is None else value for key, value in row.items()}
        for row in kept()[name]
    ]


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
