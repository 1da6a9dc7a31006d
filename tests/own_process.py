"""Processes of their own that begin with the libraries read, which takes longer than most tests."""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess

LIBRARIES = [
    "engager_sim.compilation",  # before numba, which it tells how far to optimise
    "hypothesis", "matplotlib.pyplot", "numba", "pandas", "pyarrow.parquet", "pydantic", "pytest",
    "scipy.stats", "statsmodels.stats.api", "typer",
]  # fmt: skip
"""Read once, for all such processes."""
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(LIBRARIES)


def begin(work: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """Begin some work in a process that prints nothing.

    Parameters
    ----------
    work : callable
        A function that a new process finds by its module and name.
    """
    process = PROCESSES.Process(target=_silently, args=(work, arguments))
    process.start()
    return process


def be_silent() -> None:
    """Print nothing more from this process, nor from what it starts."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _silently(work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    be_silent()
    work(*arguments)
