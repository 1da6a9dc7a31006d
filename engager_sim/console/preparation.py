"""What the commands that simulate say while rules are being compiled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from engager_sim.compilation import NOT_KEPT_BECAUSE, is_compiled_on_disk
from engager_sim.console.terminal import Terminal

COMPILING = (
    f"Compiling the rules for this command alone; about a minute. Not kept: {NOT_KEPT_BECAUSE}."
    if NOT_KEPT_BECAUSE
    else "Compiling the rules for this machine, once; about a minute."
)
READING = "Reading the compiled rules; what of them does not fit is compiled anew."
SLOW_SECONDS = 3.0


@contextmanager
def preparation(messages: Terminal) -> Iterator[Callable[[], None]]:
    """Say that rules are being compiled: at once when none are on disk, else when it takes long.

    Yields what to call when the rules are ready.
    """
    wait, said = (SLOW_SECONDS, READING) if is_compiled_on_disk() else (0.0, COMPILING)
    message = Timer(wait, messages.print, [said])
    message.daemon = True
    message.start()
    try:
        yield message.cancel
    finally:
        message.cancel()
