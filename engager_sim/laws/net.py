"""The net table: the same changes from the same staff hours, in both arms; signs, no verdict."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from engager_sim.designs.factors import Factor
from engager_sim.laws.declaration import Law
from engager_sim.laws.paired_worlds import Numbers, PairedWorlds
from engager_sim.laws.search import Watch
from engager_sim.statistics.intervals import mean_and_interval

BASE = "engager_trial"
"""Hours bind here, two agencies enforce orders, none leads."""


def net_effect(
    law: Law, factors: tuple[Factor, ...], units: Numbers, seed: int, replicates: int,
    threads: int, watch: Watch,
) -> dict[str, Any]:  # fmt: skip
    """Compute what a law's change does from the same staff hours, over draws from the prior."""
    worlds = PairedWorlds.of(law, factors, begins=BASE)
    worlds.compile()
    effects = []
    with ThreadPoolExecutor(threads, "net") as pool:
        tried = partial(worlds.tried, seed=seed, replicates=replicates)
        for done, trial in enumerate(pool.map(tried, units), start=1):
            effects.append(-trial.shortfall)
            watch(done)
    known = np.array(effects)[~np.isnan(effects)]
    mean, low, high = mean_and_interval(known)
    return {
        "law": law.id,
        "effect": mean,
        "low": low,
        "high": high,
        "worse_draws": float((known < 0.0).mean()) if len(known) else np.nan,
        "turns": bool(high < 0.0),
        "trade_off": law.trade_off,
    }
