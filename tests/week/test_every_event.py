"""Every event of the week has a behaviour that a test stages."""

import re
from pathlib import Path

from engager_sim.week.order import WEEK


def test_every_event_of_the_week_has_a_test_of_its_behaviour() -> None:
    folder = Path(__file__).parent
    tests = "".join(file.read_text(encoding="utf-8") for file in folder.glob("test_*_events.py"))
    staged = set(re.findall(r"def test_([a-z_]+?)__", tests))
    assert {event.name for event in WEEK} <= staged
