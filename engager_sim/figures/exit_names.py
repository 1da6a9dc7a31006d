"""How exits are named in figures: short enough for a band, a row or a legend."""

from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit

NO_EXIT = "no exit yet"
SHORT_NAMES = {
    Exit.ABRUPT_ENDING: "stopped without preparation",
    Exit.LOST_WITH_WORKER: "lost with worker",
    Exit.RECALL: "not resumed after recall",
    Exit.MOVED_AWAY: "moved away",
}


def exit_name(cause: Exit) -> str:
    """Name an exit cause."""
    return NO_EXIT if cause == Exit.NONE else SHORT_NAMES.get(cause, EXIT_MEANINGS[cause])
