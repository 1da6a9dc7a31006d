"""A plugin of pytest: rules and engine run as they are written, and nothing is shrunk.

Compiling a changed rule takes minutes, running it as plain Python milliseconds; both give the same
numbers. What hypothesis finds is told as it was found, for all that counts is that it was found.
"""

from hypothesis import Phase, settings
from numba.core import config

config.DISABLE_JIT = True  # before anything of the package is read


def pytest_sessionstart() -> None:
    """Choose how hypothesis draws, before any test is read."""
    from engager_sim.week import engine

    engine.read_ahead = lambda _: None  # for machine code only
    shared = settings.get_profile("repeatable")
    settings.register_profile("mutants", shared, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutants")
