"""Give the memory of closed pages back to the machine.

The C library keeps what was freed in pieces for later: after twenty visits it kept a third as much
again as the pages that were open.
"""

import ctypes
import threading

AFTER = 1.0
"""Seconds after a page is left, when Solara has let go of what it held."""


def give_back() -> None:
    """Return freed memory to the operating system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def give_back_soon() -> None:
    """Give it back when the page that is being left is gone."""
    timer = threading.Timer(AFTER, give_back)
    timer.daemon = True
    timer.start()
