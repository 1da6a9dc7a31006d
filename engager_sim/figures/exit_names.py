"""How causes of exit are written in figures."""

from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit

NO_EXIT = "no exit yet"
SHORT = {
    Exit.ABRUPT_ENDING: "stopped without preparation",
    Exit.LOST_WITH_WORKER: "lost with worker",
}
"""Causes whose meaning is too long for a label."""


def exit_label(cause: Exit) -> str:
    """Name a cause of exit in a few words, or that there was none."""
    return NO_EXIT if cause == Exit.NONE else SHORT.get(cause, EXIT_MEANINGS[cause])
