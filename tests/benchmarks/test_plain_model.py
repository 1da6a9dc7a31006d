"""The plain model is an oracle: without a compiler, the same uniforms give the same records."""

import dataclasses
from collections.abc import Mapping

import numpy as np
import pytest

from engager_sim.studies.changes import changed
from engager_sim.studies.scenario import Scenario
from engager_sim.studies.theory_values import Value
from engager_sim.week.engine import advance
from engager_sim.week.event_log import empty_log
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for
from engager_sim.world.records import World
from tests.benchmarks.benchmark import plan_of
from tests.benchmarks.large_world import LEAVERS, large_trial
from tests.benchmarks.plain_model import (
    DrawnBefore,
    PlainModel,
    as_records,
    hand_over,
    write_down,
)
from tests.week.worlds import lived, small_trial
