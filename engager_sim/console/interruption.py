"""Interruptions: Ctrl-C, and the signals by which clusters and terminals end a command."""

import os
import signal
from types import FrameType

ENDING = ("SIGTERM", "SIGHUP")
"""What clusters send before they kill, and what a terminal sends that is closed."""
BY_SIGNAL = 128
"""Exit codes above it say which signal ended a command."""


class Interruption(KeyboardInterrupt):
    """A signal that ends a command as Ctrl-C does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def listen() -> None:
    """Hear the signals that end a command as Ctrl-C is heard, unless they are ignored (nohup)."""
    for name in ENDING:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def exit_code(error: KeyboardInterrupt) -> int:
    """Say with which code an interrupted command ends: 128 and the signal's number."""
    return BY_SIGNAL + getattr(error, "number", signal.SIGINT)


def _interrupt(number: int, _: FrameType | None) -> None:
    if signal.Signals(number).name == "SIGHUP":
        _turn_from_closed_terminal()
    raise Interruption(number)


def _turn_from_closed_terminal() -> None:
    """Write to nobody from now on: a terminal that is closed takes no message."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        if os.isatty(stream):
            os.dup2(nobody, stream)
