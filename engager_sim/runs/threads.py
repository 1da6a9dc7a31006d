"""Many runs on the threads of this machine; results come in order, whatever the threads."""

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from threading import Thread

type Progress = Callable[[int, int], None]
"""Called with how many runs are done and how many were asked for."""

AHEAD = 4
"""Calls handed out per thread at a time: enough to keep it busy, few to drop on an interrupt."""


def threads_of_this_machine() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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


def in_order[R](
    run: Callable[[int], R], count: int, threads: int, progress: Progress | None = None
) -> list[R]:
    """Call ``run`` with 0, 1, ... on several threads.

    Parameters
    ----------
    run : callable
        Takes a number; must not depend on any other call.
    count : int
        How many calls.
    threads : int
        How many at a time.
    progress : callable, optional
        Told how many are done, after each.

    Returns
    -------
    list
        The results, in the order of their numbers.

    Raises
    ------
    Exception
        The error of the lowest number that failed. Calls that have not begun are then dropped, as
        they are on an interrupt.
    """
    results: list[R] = []
    numbers = iter(range(count))
    with ThreadPoolExecutor(min(threads, count), "run") as pool:
        under_way: deque[Future[R]] = deque()
        try:
            for number in islice(numbers, AHEAD * threads):
                under_way.append(pool.submit(run, number))
            while under_way:
                results.append(under_way.popleft().result())
                for number in islice(numbers, 1):
                    under_way.append(pool.submit(run, number))
                if progress is not None:
                    progress(len(results), count)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return results
