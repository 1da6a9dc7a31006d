"""All laws tried: kept law by law, so that a trial that was stopped goes on where it was."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.compilation import source_fingerprint
from engager_sim.designs.prior import prior_units, uncertain_factors
from engager_sim.laws.declaration import Law
from engager_sim.laws.net import net_effect
from engager_sim.laws.search import SEARCH, Effort, tried
from engager_sim.laws.statements import LAWS
from engager_sim.laws.worlds import base
from engager_sim.results.atomic_write import write_whole
from engager_sim.results.tables import write_csv, write_parquet

type Watch = Callable[[str, int, int], None]
"""Called with what is tried, how many trials of it are done, and how many were asked for."""


@dataclass(frozen=True, eq=False)
class TrialOfLaws:
    """Every law tried.

    Attributes
    ----------
    effort : Effort
        How hard.
    laws : pandas.DataFrame
        A row per law: the worst trial with fresh seeds, and how many were counterexamples.
    trials : pandas.DataFrame
        A row per trial of a law under one set of parameters.
    net : pandas.DataFrame
        A row per change: what it does from the same staff hours. No rows unless asked for.
    """

    effort: Effort
    laws: pd.DataFrame
    trials: pd.DataFrame
    net: pd.DataFrame

    @property
    def broken(self) -> list[str]:
        """The laws for which there is a counterexample."""
        return self.laws.loc[self.laws["counterexamples"] > 0, "law"].to_list()


def try_laws(
    effort: Effort,
    net_draws: int,
    threads: int,
    watch: Watch,
    folder: Path | None = None,
    laws: Sequence[Law] = LAWS,
) -> TrialOfLaws:
    """Try laws, and compute the net table.

    Parameters
    ----------
    net_draws : int
        Draws of the net table; 0 for none.
    threads : int
        Trials at a time.
    watch : callable
        Told how far it is.
    folder : Path, optional
        Where each law's trials are kept; those that are there already, from the same rules and
        the same effort, are not tried again.
    """
    factors = uncertain_factors()
    units = prior_units(effort.draws, effort.seed)
    tables, rows = [], []
    for law in laws:
        tell = _Told(watch, law.id, effort.trials)
        kept = _kept(folder, law.id, effort, law.base)
        if kept is None or not kept.is_file():
            tables.append(pd.DataFrame(tried(law, factors, units, effort, threads, tell)))
            if kept is not None:
                _keep(kept, tables[-1])
        else:
            tables.append(pd.read_parquet(kept))
            tell(effort.trials)
        rows.append(_told_of(law, tables[-1]))
    net = []
    for law in (law for law in laws if law.net and net_draws):
        tell = _Told(watch, f"{law.id}, net", net_draws)
        net.append(
            net_effect(
                law, factors, units[:net_draws], effort.seed, effort.replicates, threads, tell
            )
        )
    found = TrialOfLaws(
        effort, pd.DataFrame(rows), pd.concat(tables, ignore_index=True), pd.DataFrame(net)
    )
    if folder is not None:
        _write(folder, found)
    return found


def _told_of(law: Law, trials: pd.DataFrame) -> dict[str, Any]:
    """Sum up a law's trials by the one that is worst with fresh seeds."""
    fresh = trials[~trials["stage"].isin(("screen", SEARCH))]
    worst = fresh.sort_values("surely", ascending=False, kind="stable").iloc[0]
    return {
        "law": law.id,
        "statement": law.statement,
        "measure": law.measure.label,
        "week": law.measure.week,
        "unit": law.measure.unit,
        "margin": law.measure.margin,
        "draws": int((trials["stage"] == "screen").sum()),
        "fresh": len(fresh),
        "counterexamples": int(fresh["beyond"].sum()),
        "worse": float(worst["worse"]),
        "as_good": float(worst["as_good"]),
        "shortfall": float(worst["shortfall"]),
        "surely": float(worst["surely"]),
        "draws_short": float(
            (trials.loc[trials["stage"] == "screen", "shortfall"] > law.measure.margin).mean()
        ),
        "drivers": str(worst["drivers"]),
    }


def _kept(folder: Path | None, name: str, effort: Effort, begins: str) -> Path | None:
    """Name the file in which a law's trials are kept, by all that they depend on."""
    if folder is None:
        return None
    rests_on = json.dumps(
        [source_fingerprint(), _declared(), asdict(effort), base(begins).resolved()], default=str
    )
    digest = hashlib.blake2b(rests_on.encode(), digest_size=6).hexdigest()
    return folder / "laws" / f"{name}-{digest}.parquet"


def _declared() -> str:
    """Digest the declarations of laws themselves."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _keep(file: Path, table: pd.DataFrame) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, partial(write_parquet, table))


def _write(folder: Path, found: TrialOfLaws) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("laws", "trials", "net"):
        table: pd.DataFrame = getattr(found, name)
        write_whole(folder / f"{name}.parquet", partial(write_parquet, table))
        write_whole(folder / f"{name}.csv", partial(write_csv, table))


@dataclass(frozen=True)
class _Told:
    """Tells how far one law is."""

    watch: Watch
    what: str
    asked: int

    def __call__(self, done: int) -> None:
        self.watch(self.what, done, self.asked)
