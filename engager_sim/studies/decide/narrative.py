"""A decision's findings for its report: what to buy, for whom, who may be harmed, how sure."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.reports.finding import table_rows
from engager_sim.reports.kept_table import kept_table
from engager_sim.reports.missing_text import MISSING, missing_sentences
from engager_sim.reports.report_table import ReportTable
from engager_sim.results.manifest import read_manifest
from engager_sim.studies.decide.board import board_pages
from engager_sim.studies.decide.cells import (
    DOUBT_HEADINGS,
    MEN_HEADINGS,
    OPTION_HEADINGS,
    doubt_cells,
    doubts_of_the_best,
    men_cells,
    option_cells,
)
from engager_sim.studies.decide.columns import DERIVED
from engager_sim.studies.decide.findings import findings
from engager_sim.studies.decide.on_the_way import change_text, today_text
from engager_sim.studies.decide.wording import label_of, pounds, what_is_gained


def answer(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Say what to buy, for whom, who may be harmed, and how sure that is."""
    missing = kept_table(folder, MISSING)
    return [*findings(_tables(folder), manifest["method"]), *missing_sentences(missing)]


def uncertainty(_: Mapping[str, Any]) -> str:
    """Say what is paired, and what chances and intervals are of."""
    return (
        "All worlds follow the same men with common random numbers. Chances of being best, regret "
        "and the worth of information are of expectations: Monte Carlo error is removed. What all "
        "draws assume alike, no draw can doubt."
    )


def report_tables(folder: Path) -> Iterable[ReportTable]:
    """Give options, men, doubts, levers and spending."""
    facts = read_manifest(folder)["method"]
    tables = _tables(folder)
    gained = what_is_gained(facts)
    yield ReportTable(
        "Options",
        f"More than today of {gained}, with its 95% interval; what the local budget spends more in "
        "the first year and then, at median prices; that per unit of gain; and the share of draws "
        "in which the option is best of what the budget buys.",
        OPTION_HEADINGS,
        list(option_cells(tables, facts)),
        *_shown("options", tables["options"]),
    )
    yield ReportTable(
        "Men better and worse off",
        "Shares of men whose expected distress changes by at least 1 point, or whose chance "
        "changes by at least 5 percentage points; realised: by at least 5 points of distress in "
        "one and the same life.",
        MEN_HEADINGS,
        list(men_cells(tables, facts)),
        *_shown("men", tables["men"]),
    )
    yield ReportTable(
        "Without a theme",
        "What is left of the best option's gain where a theme does nothing in either world: of the "
        "lives that are run with and without it, fewer than those of the table of options.",
        DOUBT_HEADINGS,
        list(doubt_cells(tables, facts)),
        *_shown("doubts", doubts_of_the_best(tables)),
    )
    yield _on_the_way(tables["on_the_way"], facts)
    yield _net_benefit(tables["net_benefit"], facts)
    yield _spend(tables["spend"], facts)
    yield _levers(tables["levers"], facts)


def _shown(name: str, rows: pd.DataFrame) -> tuple[str, list[int]]:
    """Say of which table a table of the report shows which rows."""
    return name, [row.number for row in table_rows(name, rows)]


def pages(folder: Path, manifest: Mapping[str, Any]) -> Mapping[str, Callable[[Path], None]]:
    """Give the page for a board, as HTML and as PDF."""
    return board_pages(_tables(folder), manifest["method"])


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: kept_table(folder, name) for name in DERIVED}


def _net_benefit(table: pd.DataFrame, facts: Mapping[str, Any]) -> ReportTable:
    return ReportTable(
        "Net benefit",
        "Worth of the health that a year's men gain, less what health and social care spend more "
        "in the first year, with its 95% interval, and the share of draws in which it is the "
        "highest.",
        ("A life year's worth", "Option", "Net benefit", "Best"),
        [
            (
                pounds(row["worth"]),
                label_of(facts, row["option"]),
                f"{pounds(row['net_benefit'])} [{pounds(row['low'])}, {pounds(row['high'])}]",
                "over budget" if pd.isna(row["chance_best"]) else f"{row['chance_best']:.0%}",
            )
            for row in table.to_dict("records")
        ],
        *_shown("net_benefit", table),
    )


def _on_the_way(table: pd.DataFrame, facts: Mapping[str, Any]) -> ReportTable:
    return ReportTable(
        "What each option changes on the way",
        "Other outcomes of today's service, over all men, and what each option changes of them: "
        "the central 95% of what is expected over parameters and rival theories, with the Monte "
        "Carlo error of the mean. What an option does not move was not what held men back. Of "
        "twenty outcomes that it does not move, one at most looks as if it did.",
        ("Option", "Outcome", "Today", "Change"),
        [
            (label_of(facts, row["option"]), row["label"], today_text(row), change_text(row))
            for row in table.to_dict("records")
        ],
        *_shown("on_the_way", table),
    )


def _spend(table: pd.DataFrame, facts: Mapping[str, Any]) -> ReportTable:
    return ReportTable(
        "Spending more than today",
        "At median prices, with the central 95% of draws; a sum counts all that one payer's "
        "perspective counts.",
        ("Option", "Item", "Payer", "A year", "Once"),
        [
            (
                label_of(facts, row["option"]),
                row["item"],
                str(row["payer"]),
                *(_amount(row, name) for name in ("per_year", "once")),
            )
            for row in table.to_dict("records")
        ],
        *_shown("spend", table),
    )


def _levers(table: pd.DataFrame, facts: Mapping[str, Any]) -> ReportTable:
    return ReportTable(
        "What options change, and on what that rests",
        "A level that is judged stands with what its scale looks like. A law of the theory fixes "
        "which way a change moves men: that is assumed.",
        ("Option", "Change", "Today", "With it", "Source", "Scale", "Assumed"),
        [
            (
                label_of(facts, row["option"]),
                row["meaning"],
                row["today"],
                row["with_option"],
                row["source"],
                row["anchors"],
                row["laws"],
            )
            for row in table.to_dict("records")
        ],
        *_shown("levers", table),
    )


def _amount(row: Mapping[Any, Any], name: str) -> str:
    ends = f"{pounds(row[f'{name}_low'])}, {pounds(row[f'{name}_high'])}"
    return f"{pounds(row[name])} [{ends}]"
