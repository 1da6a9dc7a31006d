"""A run's findings for its report: headline outcomes of each scenario, and where spread lies."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.outcomes.declaration import PERCENTAGE_POINTS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.reports.missing_text import headline_missing, missing_sentences
from engager_sim.reports.outcome_text import outcome_label, titled, with_interval
from engager_sim.reports.report_table import ReportTable
from engager_sim.reports.spread import spread_table
from engager_sim.runs.tables.runs import DIFFERENCE
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.run.summary import groups_of, missing_in

CONTACT = ("engaged_6w", "engaged_12w", "engaged_26w")


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say how many men are in contact, and which headline outcomes differ between the arms."""
    holds = IntervalContents.of_manifest(manifest).named
    sentences = []
    for scenario, rows in _by_scenario(folder):
        groups = groups_of(rows)
        if DIFFERENCE in groups:
            sentences.append(_clear_differences(scenario, rows, holds))
        else:
            sentences.append(_contact(scenario, rows, holds))
        missing = headline_missing(missing_in(rows), *groups)
        sentences += [f"{titled(scenario)}: {said}" for said in missing_sentences(missing)]
    return sentences


def uncertainty(_: Mapping[str, Any]) -> str:
    """Say what arms have in common."""
    return "Arms share agencies and weeks of a replicate, so their difference is paired."


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give the headline outcomes of each scenario, and where their spread comes from."""
    for scenario, rows in _by_scenario(folder):
        groups = groups_of(rows)
        estimates = rows.set_index(["outcome", "whom"])
        cells = [
            [
                outcome_label(name),
                *(
                    with_interval(estimates.loc[(name, whom)], name, "mean", whom == DIFFERENCE)
                    for whom in groups
                ),
            ]
            for name in HEADLINE
        ]
        title = titled(scenario)
        yield ReportTable(
            title[:1].upper() + title[1:],
            f"Mean over replicates and its 95% interval; {PERCENTAGE_POINTS}.",
            ["Outcome", *(titled(whom).capitalize() for whom in groups)],
            cells,
            "summary",
        )
        about = rows[rows["whom"] == groups[-1]]
        yield from spread_table(titled(scenario, groups[-1]), about, "mean")


def _by_scenario(folder: Path) -> Iterable[tuple[str, pd.DataFrame]]:
    summary = pd.read_parquet(folder / "summary.parquet")
    return ((str(name), rows) for name, rows in summary.groupby("scenario", sort=False))


def _clear_differences(scenario: str, rows: pd.DataFrame, holds: str) -> str:
    headline = _headline(rows, DIFFERENCE)
    clear = headline[(headline["low"] > 0.0) | (headline["high"] < 0.0)]
    names = [name for name in HEADLINE if name in clear.index]
    return (
        f"{titled(scenario)}, programme less usual care: of {len(headline)} headline outcomes "
        f"{len(names)} differ by more than their 95% interval ({holds}): "
        f"{_listed(clear, names) if names else 'none'}."
    )


def _contact(scenario: str, rows: pd.DataFrame, holds: str) -> str:
    estimates = _listed(_headline(rows, "all"), CONTACT)
    return f"{titled(scenario)}, means and their 95% intervals ({holds}): {estimates}."


def _headline(rows: pd.DataFrame, whom: str) -> pd.DataFrame:
    return rows[(rows["whom"] == whom) & rows["outcome"].isin(HEADLINE)].set_index("outcome")


def _listed(estimates: pd.DataFrame, names: Sequence[str]) -> str:
    return "; ".join(
        f"{outcome_label(name)} {with_interval(row, name, 'mean', bool(row['whom'] == DIFFERENCE))}"
        for name, row in ((name, estimates.loc[name]) for name in names)
    )
