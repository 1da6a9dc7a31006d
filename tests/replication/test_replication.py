"""The model rebuilt from its document lives the same weeks as the engine, in every preset."""

import ast
from pathlib import Path

import pytest

from engager_sim.scenarios.scenario import Scenario
from tests.replication.comparison import Changes, weeks_compared

LEAVER_WEEKS = 10_000
FEWER, LONGER_STRIDE = 3_000, 12
ELSEWHERE: tuple[tuple[str, Changes], ...] = (
    ("engager_trial", {"collaboration.on": False}),
    ("peer_led", {"client_engagement.on": False}),
    ("engager_trial", {"client_motivation.on": False}),
    ("engager_trial", {"supervision.on": False}),
    ("therapy_led", {"therapeutic_approach.on": False}),
    ("peer_led", {"peers.on": False}),
    ("engager_trial", {"preparations_for_ending.on": False}),
    ("peer_led", {"turnover.overlap": True, "supervision.mode": "shared"}),
    ("engager_trial", {"relationship.coupling": "additive"}),
)
"""What no preset does."""
FROM_THE_PACKAGE = {
    "engager_sim.compilation",
    "engager_sim.week.event_log",
    "engager_sim.world",
    "engager_sim.world.dice",
}
HARNESS = ("comparison.py", "test_replication.py", "__main__.py")


@pytest.mark.parametrize("preset", Scenario.presets())
def test_a_week_told_from_the_document_is_the_week_of_the_engine(preset: str) -> None:
    agreement = weeks_compared(preset, LEAVER_WEEKS)
    assert agreement.differences == []
    assert agreement.leaver_weeks >= LEAVER_WEEKS


@pytest.mark.parametrize(("preset", "changes"), ELSEWHERE)
def test_it_is_where_no_preset_goes(preset: str, changes: Changes) -> None:
    agreement = weeks_compared(preset, FEWER, changes, LONGER_STRIDE)
    assert agreement.differences == []
    assert agreement.leaver_weeks >= FEWER


def test_the_replication_reads_records_and_uniforms_and_no_rule() -> None:
    for file in Path(__file__).parent.glob("*.py"):
        if file.name not in HARNESS:
            modules = {
                node.module or ""
                for node in ast.walk(ast.parse(file.read_text()))
                if isinstance(node, ast.ImportFrom)
            }
            package = {module for module in modules if module.startswith("engager_sim")}
            assert package <= FROM_THE_PACKAGE, file.name
