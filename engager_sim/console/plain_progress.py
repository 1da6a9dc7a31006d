"""A bar for work that is told as a name, how much of it is done, and how much there is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engager_sim.console.preparation import preparation
from engager_sim.console.terminal import Terminal
from engager_sim.visible_text import visible

type Watch = Callable[[str, int, int], None]


@contextmanager
def plain_progress() -> Iterator[Watch]:
    """Show a bar on the error stream; yields what to tell it with."""
    messages = Terminal(stderr=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=messages,
        transient=True,
    )
    with bar, preparation(messages) as prepared:
        task = bar.add_task("preparing the rules", total=None)

        def watch(what: str, done: int, asked: int) -> None:
            prepared()
            bar.update(task, description=visible(what), completed=done, total=asked)

        yield watch
