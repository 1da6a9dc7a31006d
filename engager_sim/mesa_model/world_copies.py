"""Copies of a world, to which it can be restored."""

from engager_sim.world.records import World


def copy_world(world: World) -> World:
    """Copy a world with all its records; the two share nothing."""
    return World._make(records.copy() for records in world)


def restore_world(world: World, before: World) -> None:
    """Restore a world in place from a copy, so that views onto its records stay valid.

    Own data of men is left alone: no week writes it, and worlds share it.
    """
    for name in World._fields:
        if name != "given":
            getattr(world, name)[...] = getattr(before, name)
