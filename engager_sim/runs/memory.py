"""Give freed memory back to the machine, which the C library keeps in pieces for later."""

import ctypes


def give_back() -> None:
    """Return freed memory to the operating system, where the C library can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
