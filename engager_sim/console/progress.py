"""Progress of a study on the error stream: how many runs, how fast, how long still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from engager_sim.console.preparation import preparation
from engager_sim.console.terminal import Terminal
from engager_sim.designs.execution.carry_out import RunCount
from engager_sim.visible_text import visible


class _Rate(ProgressColumn):
    """Runs a second."""

    def render(self, task: Task) -> Text:
        """Write the rate of a task."""
        return Text(f"{task.speed:,.0f} runs/s" if task.speed else "")


@dataclass
class ProgressBar:
    """Shows how far a study is, and remembers it for messages.

    Attributes
    ----------
    done, asked : int
        Runs, as far as they are known.
    done_before : int or None
        Runs that were kept when this session began.
    """

    done: int = 0
    asked: int = 0
    done_before: int | None = None

    @property
    def made(self) -> int:
        """Runs made in this session."""
        return self.done - (self.done_before or 0)

    @contextmanager
    def shown(self, messages: Terminal) -> Iterator["ProgressBar"]:
        """Show the bar; the rules are being prepared until the first runs are told."""
        bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[point]}", markup=False),
            console=messages,
            transient=True,
            speed_estimate_period=60.0,
        )
        with bar, preparation(messages) as prepared:
            task = bar.add_task("preparing the rules", total=None, point="")
            self._prepared, self._update = prepared, partial(bar.update, task)
            yield self

    def watch(self, count: RunCount) -> None:
        """Show how many runs are done."""
        self._prepared()
        self.done, self.asked = count.done, count.asked
        if self.done_before is None:
            self.done_before = count.done
        self._update(
            description="runs", completed=count.done, total=count.asked, point=visible(count.point)
        )

    def tell(self, activity: str) -> None:
        """Show what is done while no run is under way."""
        self._prepared()
        self._update(description=activity, point="")
