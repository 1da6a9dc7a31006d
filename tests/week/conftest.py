"""A staged week for the tests of single events."""

import pytest

from tests.week.scene import Scene, staged


@pytest.fixture
def scene() -> Scene:
    """Stage a week of a man of the programme."""
    return staged()
