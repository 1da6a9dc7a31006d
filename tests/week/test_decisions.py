"""Each decision draws under a name of its own: no key of the dice is drawn for two purposes."""

import ast
import dataclasses
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

import engager_sim
from engager_sim.scenarios.scenario import Scenario
from engager_sim.world.dice import Chance
from tests.benchmarks.benchmark import plan_of
from tests.benchmarks.plain_model import DrawnBefore, PlainModel

MEN = 40
READ_AGAIN = {Chance.ARM, Chance.PRIORITY, Chance.PLACE, Chance.CORE_OM_SCORE}
"""Lots that are compared with one another: a man's own is looked up again for every other man. And
the last score of a man who died, which is kept at every mark that he did not reach."""

type Key = tuple[int, int, int, int]
type CodeLine = tuple[str, int]


class Recorder(DrawnBefore):
    """Uniforms that remember which line of the code asked for which key, and how often."""

    def __init__(self, seed: int, replicate: int) -> None:
        super().__init__(seed, replicate)
        self.lines: defaultdict[Key, Counter[CodeLine]] = defaultdict(Counter)


def note_key(uniforms: Recorder, who: int, week: int, event: int, occasion: int = 0) -> float:
    """Draw, and note the line of the code that asked."""
    key, asker = (who, week, event, occasion), sys._getframe(1)
    uniforms.lines[key][asker.f_code.co_filename, asker.f_lineno] += 1
    return uniforms[key]


@pytest.fixture(scope="module", params=Scenario.presets())
def drawn(request: pytest.FixtureRequest) -> dict[Key, Counter[CodeLine]]:
    """Run a preset with fewer men from beginning to end, uncompiled, and collect what it draws."""
    scenario = Scenario.load(request.param)
    people = dataclasses.replace(scenario.setting.population, leavers=MEN)
    setting = dataclasses.replace(scenario.setting, population=people)
    plan = plan_of(dataclasses.replace(scenario, setting=setting))
    uniforms = Recorder(plan.seed, 0)
    PlainModel(plan, uniforms, note_key).run_for(plan.weeks)
    return uniforms.lines


def names_of(keys: Iterable[Key]) -> set[str]:
    return {Chance(event).name for _, _, event, _ in keys}


def test_no_key_is_drawn_from_two_lines_of_the_code(drawn: dict[Key, Counter[CodeLine]]) -> None:
    assert names_of(key for key, lines in drawn.items() if len(lines) > 1) == set()


def test_no_key_is_drawn_twice_save_where_lots_are_compared(
    drawn: dict[Key, Counter[CodeLine]],
) -> None:
    twice = names_of(key for key, lines in drawn.items() if lines.total() > 1)
    assert twice <= {chance.name for chance in READ_AGAIN}


def test_nearly_every_decision_is_drawn_in_a_run(drawn: dict[Key, Counter[CodeLine]]) -> None:
    assert len(names_of(drawn)) > 0.8 * len(Chance)


def test_no_name_is_drawn_under_in_two_calls_of_the_package() -> None:
    """Also in calls that no preset reaches."""
    calls = Counter(
        node.attr
        for file in Path(engager_sim.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == Chance.__name__
    )
    assert calls == dict.fromkeys(Chance.__members__, 1)
