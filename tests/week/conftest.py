"""A staged week for the tests of single events."""

from collections.abc import Iterator

import numpy as np
import pytest

from engager_sim.week.event_log import Event
from tests.week.scene import Scene, staged

WITH_A_CAUSE = (Event.EXIT, Event.LOST_WAITING)


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Stage a week of a man of the programme; only what ends something is noted with a cause."""
    scene = staged()
    yield scene
    rows = scene.log.rows[: scene.log.used[0]]
    assert ((rows["cause"] == 0) | np.isin(rows["event"], WITH_A_CAUSE)).all()
