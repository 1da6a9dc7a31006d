"""Give the memory of closed pages back to the machine.

After twenty visits the C library kept a third as much again as the pages that were open.
"""

import threading

from engager_sim.runs.memory import give_back

AFTER = 1.0
"""Seconds after a page is left, when Solara has let go of what it held."""


def give_back_soon() -> None:
    """Give it back when the page that is being left is gone."""
    timer = threading.Timer(AFTER, give_back)
    timer.daemon = True
    timer.start()
