"""A kind of study whose runs cost nothing, to be disturbed thousands of times."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from engager_sim.designs.execution.blocks import Block, blocks_of
from engager_sim.designs.execution.carry_out import Execution, carry_out
from engager_sim.designs.execution.workload import RUNS, BlockTables
from engager_sim.figures.picture import Picture
from engager_sim.reports.report_table import ReportTable
from engager_sim.runs.tables.column import Column, words
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.kind import PreparedStudy

WEEKS = "weekly"
ROWS_PER_RUN = 2


@dataclass(frozen=True)
class NamedScenario:
    """What a manifest asks of a scenario."""

    name: str
    data: dict[str, Any]

    def resolved(self) -> dict[str, Any]:
        return self.data

    def difference(self, _: object) -> list[tuple[str, Any, Any]]:
        return []


@cache
def scenario(drawn: bool) -> Any:
    """Give a real scenario where a report is made of it, else one that says next to nothing."""
    if drawn:
        return NamedScenario("usual_care", Scenario.load("usual_care").resolved())
    return NamedScenario("usual_care", {"question": "What happens?"})


@dataclass(frozen=True)
class Asked:
    """What is asked of the study: it grows by points and replicates."""

    points: int
    replicates: int
    whole: bool = False
    drawn: bool = False


@dataclass(frozen=True)
class FakeRuns:
    """Numbers that depend on point and replicate alone."""

    asked: Asked

    keys = ("point", "replicate")
    runs_per_replicate = 1
    leaver_weeks = 1_600_000
    bytes_per_replicate = 64

    @property
    def tables(self) -> tuple[str, ...]:
        return (RUNS, WEEKS) if self.asked.whole else (RUNS,)

    @property
    def points(self) -> int:
        return self.asked.points

    def compile(self) -> None:
        """Compile nothing."""

    def describe(self, point: int) -> str:
        return str(point)

    def run_block(self, block: Block) -> BlockTables:
        return {name: _tables(block)[name] for name in self.tables}


@cache
def _tables(block: Block) -> BlockTables:
    point, replicate = (
        axis.ravel() for axis in np.meshgrid(block.points, block.replicates, indexing="ij")
    )
    value = np.where(replicate % 3 == 2, np.nan, np.sin(point * 31.0 + replicate))
    runs = pd.DataFrame({"point": point, "replicate": replicate, "value": value})
    weeks = runs.loc[runs.index.repeat(ROWS_PER_RUN), ["point", "replicate"]]
    week = np.tile(np.arange(ROWS_PER_RUN), len(runs))
    kind = words((weeks["point"].to_numpy() + week) % 3 - 1, ["inside", "outside"])
    return {RUNS: runs, WEEKS: weeks.assign(week=week, where=kind).reset_index(drop=True)}


@dataclass(frozen=True)
class Mean:
    """The mean of all values."""

    settings: Asked
    done: int
    mean: float
    failed: Mapping[str, int]

    @property
    def asked(self) -> int:
        return self.settings.points * self.settings.replicates

    def tables(self) -> dict[str, pd.DataFrame]:
        return {"mean": pd.DataFrame({"mean": [self.mean]})}


class FakeKind:
    """A kind of study in one piece."""

    name, question = "fake", "What is the mean?"

    def check(self) -> None:
        """Lack nothing."""

    def part(self, _: str) -> "FakeKind":
        return self

    def prepare(self, asked: Asked) -> PreparedStudy[Mean]:
        workload = FakeRuns(asked)
        blocks = blocks_of(workload, asked.replicates)

        def analyse(execution: Execution) -> Mean:
            carry_out(workload, blocks, execution.store, execution.executor, execution.watch)
            values = pd.concat(execution.store.tables(["value"]))["value"]
            return Mean(asked, len(values), float(values.mean()), {})

        return PreparedStudy(
            question=self.question,
            name=self.name,
            scenarios=(scenario(asked.drawn),),
            seed=1,
            replicates=asked.replicates,
            fitted=None,
            workload=workload,
            blocks=blocks,
            facts={"points": asked.points, "tables": list(workload.tables)},
            analyse=analyse,
            whole_tables=asked.whole,
            csv=asked.whole,
            points_digest=str,
        )

    def declared(self, mean: Mean) -> Mapping[str, Sequence[Column]]:
        def columns(*names: str) -> list[Column]:
            return [Column(name, f"the {name}", "number") for name in names]

        weeks = {WEEKS: columns("point", "replicate", "week", "where")}
        return {
            RUNS: columns("point", "replicate", "value"),
            **(weeks if mean.settings.whole else {}),
            "mean": columns("mean"),
        }

    def pictures(self, mean: Mean) -> list[Picture]:
        from matplotlib.figure import Figure

        if not mean.settings.drawn:
            return []
        figure = Figure(figsize=(1.0, 1.0))
        figure.add_subplot().bar([0], mean.mean)
        return [Picture("mean", "The mean", "The mean of all values.", figure)]

    def printed(self, mean: Mean) -> Iterable[Any]:
        yield f"The mean is {mean.mean:.3f}."

    def answer(self, folder: Path, _: Mapping[str, Any]) -> list[str]:
        return [f"The mean is {pd.read_parquet(folder / 'mean.parquet')['mean'].iloc[0]:.3f}."]

    def uncertainty(self, _: Mapping[str, Any]) -> str:
        return "There is no interval."

    def report_tables(self, _: Path) -> Iterable[ReportTable]:
        return []

    def pages(self, folder: Path, _: Mapping[str, Any]) -> Mapping[str, Callable[[Path], None]]:
        said = " ".join(self.answer(folder, {}))
        return {"page.txt": partial(_write, said)}


def _write(text: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
