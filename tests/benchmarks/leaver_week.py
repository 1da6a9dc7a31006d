"""Where a leaver-week's time goes, and its floor: ``python -m tests.benchmarks.leaver_week``.

The rules are run as they are written, as a plain Mesa model, and what they ask of the processor is
counted: uniforms, and functions that have no instruction of their own. What each of these costs is
measured in compiled code, in the same run. Their sum is the floor: a leaver-week cannot cost less
as long as the same uniforms are drawn and the same functions taken. What the engine takes beyond it
are sums and products, looking at records, branches, calls, the week's tables and the outcomes.
"""

import ast
import inspect
import math
import statistics
import sys
import textwrap
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from engager_sim.compilation import entry_point
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import justice
from engager_sim.world import dice as chance
from engager_sim.world.dice import Dice, dice_for
from tests.benchmarks.bar import Bar
from tests.benchmarks.benchmark import NANO, ROUNDS, SEED, Compiled, leaver_weeks, machine, seconds
from tests.benchmarks.plain_model import DrawnBefore, PlainModel, write_down

REPLICATES = 40
TIMES = 1_000_000
COUNTED: dict[Any, str] = {
    math.exp: "exponentials",
    math.log: "logarithms",
    math.pow: "powers",
    math.sqrt: "square roots",
    math.cos: "sines",
    math.sin: "sines",
    math.erfc: "error functions",
}
"""Functions that take the processor longer than an instruction, and what they are counted as."""
OVER_FLOOR = Bar(1.8, at_least=False)
THEORY = str(Path(justice.__file__).parent)
"""The room whose rules hold equations, powers among them."""


@entry_point
def _uniforms(dice: Dice, count: int) -> float:
    total = 0.0
    for who in range(count):
        total += chance.draw(dice, who, 3, chance.Chance.ATTEND)
    return total


@entry_point
def _exponentials(_dice: Dice, count: int) -> float:
    total = 0.0
    for number in range(count):
        total += math.exp(-1e-6 * number)
    return total


@entry_point
def _logarithms(_dice: Dice, count: int) -> float:
    total = 0.0
    for number in range(count):
        total += math.log(1e-6 * (number + 1))
    return total


@entry_point
def _powers(_dice: Dice, count: int) -> float:
    total = 0.0
    for number in range(count):
        total += math.pow(1e-4 * number, 0.58)
    return total


@entry_point
def _nothing(_dice: Dice, count: int) -> float:
    total = 0.0
    for number in range(count):
        total += 1e-6 * number
    return total


MEASURED = {
    "uniforms": _uniforms,
    "exponentials": _exponentials,
    "logarithms": _logarithms,
    "powers": _powers,
}
"""What is measured; the few others are taken to cost what a logarithm does."""


class Asked(Counter[str]):
    """Counts what Python functions ask for while they run."""

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        """Count one call, as ``sys.setprofile`` tells it."""
        if event == "c_call" and argument in COUNTED:
            self[COUNTED[argument]] += 1
        elif event == "call":
            self["rules called"] += frame.f_code in _rules()
            self["powers"] += _powers_in(frame.f_code)


@cache
def _rules() -> set[CodeType]:
    modules = [module for name, module in sys.modules.items() if name.startswith("engager_sim.")]
    rules = (getattr(made, "py_func", None) for module in modules for made in vars(module).values())
    return {rule.__code__ for rule in rules if rule is not None}


@cache
def _powers_in(code: CodeType) -> int:
    """Count the powers that are written as operators in a rule of the theory."""
    if not code.co_filename.startswith(THEORY):
        return 0
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    return sum(isinstance(node, ast.Pow) for node in ast.walk(tree))


def counted(compiled: Compiled) -> dict[str, float]:
    """Count what a leaver-week asks for, on average over one run."""
    uniforms = DrawnBefore(SEED, 0)
    model = PlainModel(compiled.plan, uniforms, write_down)
    asked = Asked()
    sys.setprofile(asked)
    try:
        model.run_for(compiled.plan.weeks)
    finally:
        sys.setprofile(None)
    compiled.run(0)
    weeks = leaver_weeks(compiled.world)
    asked["uniforms"] = len(uniforms.asked)
    return {name: count / weeks for name, count in asked.items()}


def cost_of(work: Callable[[Dice, int], float]) -> float:
    """Measure nanoseconds for one of what a loop repeats."""
    repeated = partial(work, dice_for(SEED, 0), TIMES)
    repeated()
    return NANO * statistics.median(seconds(repeated) for _ in range(ROUNDS)) / TIMES


def main() -> None:
    """Count, measure, and print the table."""
    print(machine())
    compiled = Compiled(Scenario.load("engager_trial"))
    asked = counted(compiled)
    calls = asked.pop("rules called")
    loop = cost_of(_nothing)
    costs = {name: max(0.0, cost_of(work) - loop) for name, work in MEASURED.items()}
    whole = NANO * statistics.median(compiled.cost(REPLICATES) for _ in range(ROUNDS))
    print(f"\nA leaver-week of {compiled.plan.scenario}: how many, ns each, ns")
    floor = 0.0
    for name in sorted(asked, key=lambda name: -asked[name]):
        each = costs.get(name, costs["logarithms"])
        floor += asked[name] * each
        print(f"  {name:<24}{asked[name]:8.2f}{each:8.1f}{asked[name] * each:8.1f}")
    print(f"  {'the floor: all of these':<24}{'':16}{floor:8.1f}")
    print(f"  {'all else':<24}{'':16}{whole - floor:8.1f}   in {calls:.0f} rules called")
    print(f"  {'the leaver-week':<24}{'':16}{whole:8.1f}")
    ratio = whole / floor
    print(f"  {ratio:.2f} times the floor    {OVER_FLOOR.judge(ratio)}")


if __name__ == "__main__":
    main()
