"""Digests of rules: what they are blind to, and what they see."""

import itertools
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from engager_sim.scenarios.rule_digests import RuleDigests, asked_of

RULES = '''
import math
from enum import IntEnum

import numpy as np

LIMIT = 3
TABLE = np.array([1, 2])


class Cause(IntEnum):
    NONE = 0
    CRISIS = 1


def helped(skill: float, hours: float) -> float:
    """Say how much help."""
    return skill * hours


def left(cause: int) -> int:
    return 1 if cause == Cause.CRISIS else 0


def rule(man, hours: float) -> float:
    """Change a man."""
    need: float = man.need
    need -= helped(man.skill, hours)
    if need > LIMIT and left(man.cause) == 1:
        return math.exp(need) + TABLE[0]
    return need
'''
NUMBERS = itertools.count()


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Give what takes the digest of ``rule`` in a module that is written out as a text."""
    monkeypatch.syspath_prepend(tmp_path)

    def of(text: str) -> str:
        name = f"rules_{next(NUMBERS)}"
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        return RuleDigests({}).of(import_module(name).rule).text

    return of


def edited(old: str, new: str) -> str:
    assert old in RULES
    return RULES.replace(old, new)


@pytest.mark.parametrize(
    "text",
    [
        RULES.replace("\n    need -= ", "\n    # less of it\n    need -=   "),
        RULES.replace("Change a man.", "Change him."),
        RULES.replace('    """Change a man."""\n', ""),
        RULES.replace("need: float = man.need", "need = man.need").replace("hours: float", "hours"),
        RULES.replace("return need", "return (need)"),
        re.sub(r"(?<!\.)\bneed\b", "rest", RULES),
        RULES.replace("helped", "help_given"),
        RULES.replace("LIMIT", "MOST"),
        RULES.replace("CRISIS", "TURMOIL"),
        RULES.replace("NONE = 0", "NONE = 0\n    RECALL = 7"),
        RULES.replace("import math\n", "").replace("math.exp", "exp")
        .replace("import numpy", "from math import exp\n\nimport numpy"),
        RULES + "\n\ndef another():\n    return 1.0\n",
    ],
    ids=[
        "a comment and spaces", "a docstring", "no docstring", "annotations", "brackets",
        "the name of a local variable", "the name of a function", "the name of a constant",
        "the name of a member", "another member", "imports", "another function",
    ],
)  # fmt: skip
def test_what_changes_no_number_changes_no_digest(digest: Callable[[str], str], text: str) -> None:
    assert text != RULES
    assert digest(text) == digest(RULES)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("TABLE[0]", "TABLE[1]"),
        ("need -=", "need +="),
        ("need > LIMIT", "need >= LIMIT"),
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = 3.0"),
        ("np.array([1, 2])", "np.array([1, 3])"),
        ("CRISIS = 1", "CRISIS = 2"),
        ("skill * hours", "hours * skill"),
        ("skill * hours", "skill * hours * 2.0"),
        ("man.skill", "man.habit"),
        ("math.exp", "math.expm1"),
        ("helped(man.skill, hours)", "helped(hours, man.skill)"),
        ("1 if cause", "2 if cause"),
    ],
)
def test_a_change_of_the_rule_or_of_what_it_reaches_changes_the_digest(
    digest: Callable[[str], str], old: str, new: str
) -> None:
    assert digest(edited(old, new)) != digest(RULES)


def test_the_file_of_a_function_does_not_count(
    digest: Callable[[str], str], tmp_path: Path
) -> None:
    helped = RULES[RULES.index("def helped") : RULES.index("def left")]
    (tmp_path / "other_rules.py").write_text(helped, encoding="utf-8")
    moved = RULES.replace(helped, "").replace("import math", "import math\nimport other_rules")
    named = moved.replace("helped(", "other_rules.helped(")
    try:
        assert digest(named) == digest(RULES)
    finally:
        sys.modules.pop("other_rules")


def test_arguments_that_trade_places_are_seen_where_they_are_passed_by_name(
    digest: Callable[[str], str],
) -> None:
    by_name = edited("helped(man.skill, hours)", "helped(skill=man.skill, hours=hours)")
    traded = by_name.replace("def helped(skill: float, hours", "def helped(hours: float, skill")
    assert digest(traded.replace("skill * hours", "hours * skill")) != digest(by_name)


def test_what_a_function_encloses_counts() -> None:
    def made(weeks: int) -> Callable[..., Any]:
        def within(man: Any) -> bool:
            return bool(man.week < weeks)

        return within

    digests = RuleDigests({})
    assert digests.of(made(4)).text == digests.of(made(4)).text
    assert digests.of(made(4)).text != digests.of(made(13)).text
    assert digests.of(made(4)).fields == {"week"}


def test_fields_are_those_of_all_that_is_called() -> None:
    def inner(man: Any) -> Any:
        return man.trust

    def outer(man: Any) -> Any:
        man.rapport = inner(man)

    assert RuleDigests({}).of(outer).fields == {"trust", "rapport"}


def test_what_has_no_digest_is_an_error() -> None:
    odd = object()

    def reaches() -> Any:
        return odd

    with pytest.raises(TypeError, match="which has no digest"):
        RuleDigests({}).of(reaches)


def test_a_function_that_a_program_writes_is_known_by_the_rules_it_calls() -> None:
    def first(man: Any, week: Any) -> None:
        man.week = week

    def second(man: Any) -> None:
        man.week += 1

    names: dict[str, Any] = {"first": first, "second": second}
    exec("def lives(man, week):\n    first(man, week)\n    second(man)\n", names)

    def digest(*rules: Callable[..., Any]) -> str:
        return RuleDigests({"lives": (("man", "week"), rules)}).of(names["lives"]).text

    assert digest(first, second) == digest(first, second)
    assert digest(first, second) != digest(second, first)
    with pytest.raises(TypeError, match="a program writes lives"):
        RuleDigests({}).of(names["lives"])


def test_what_a_rule_asks_for_is_told_by_position() -> None:
    def event(world: Any, week: Any) -> None:
        del world, week

    assert asked_of(("leaver", "world", "week"), event) == [1, 2]
    assert asked_of(("week", "world"), event) == [1, 0]
