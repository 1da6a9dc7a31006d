"""Threads of this machine, of linear algebra, and work that an interrupt can stop waiting for."""

import functools
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread
from typing import Any

from threadpoolctl import ThreadpoolController

type Progress = Callable[[int, int], None]
"""Called with how many runs are done and how many were asked for."""


def threads_of_this_machine() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def one_thread_of_algebra() -> AbstractContextManager[Any]:
    """Give linear algebra one thread for a while: how many it has may change its last digits."""
    one: AbstractContextManager[Any] = _libraries_of_algebra().limit(limits=1)
    return one


@functools.cache
def _libraries_of_algebra() -> ThreadpoolController:
    """Find the libraries of this process once, which takes longer than most sums."""
    import scipy.linalg  # noqa: F401 - brings a library besides numpy's

    return ThreadpoolController()


def while_listening(work: Callable[[], None]) -> None:
    """Do something long in a thread of its own, so that an interrupt is heard at once.

    The compiler cannot be interrupted. After an interrupt the thread is left behind; it ends with
    the process.
    """
    failed: list[BaseException] = []

    def do() -> None:
        try:
            work()
        except BaseException as error:  # handed to the one who waits
            failed.append(error)

    thread = Thread(target=do, name="while-listening", daemon=True)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
