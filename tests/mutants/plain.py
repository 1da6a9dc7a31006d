"""A plugin of pytest: rules and engine run as they are written, and nothing is shrunk.

Compiling a changed rule takes minutes, running it as plain Python milliseconds; both give the same
numbers. What hypothesis finds is told as it was found, for all that counts is that it was found.
"""

import functools

from hypothesis import Phase, settings
from numba.core import config

config.DISABLE_JIT = True  # before anything of the package is read


class _Nothing:
    """Stands for what machine code alone can do; a posterior rests on its name as before."""

    def __call__(self, _record: object) -> None:
        """Do nothing."""


def pytest_sessionstart() -> None:
    """Choose how hypothesis draws, before any test is read."""
    from engager_sim.week import engine

    engine.read_ahead = functools.update_wrapper(_Nothing(), engine.read_ahead)
    shared = settings.get_profile("repeatable")
    settings.register_profile("mutants", shared, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")
