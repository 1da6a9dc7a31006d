"""The patterns that the model has to show, and the tests that look for them."""

import ast
import re

from docs.markdown import table
from docs.tested import TESTS, TestName
from engager_sim.studies.validate.expected import read_expected

FOLDER = TESTS / "patterns"


def patterns() -> str:
    """Write a row per pattern, with its tests."""
    found = patterns_in_tests()
    rows = [
        (
            pattern.number,
            f"**{pattern.name}.** {pattern.claim}",
            pattern.source,
            pattern.standing_text,
            "<br>".join(test.link("../") for test in found.get(pattern.number, []))
            or "no test; measured by `validate`",
        )
        for pattern in read_expected().patterns
    ]
    return table(("", "Pattern", "Where it was seen", "Standing", "Tests"), rows)


def patterns_in_tests() -> dict[int, list[TestName]]:
    """Find the tests of each pattern: by their names, or by a file that is about one alone."""
    found: dict[int, list[TestName]] = {}
    for file in sorted(FOLDER.glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        heading = (ast.get_docstring(tree) or "").partition(":")[0]
        about = [int(number) for number in re.findall(r"\d+", heading)]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = re.match(r"test_pattern_(\d+)_", node.name)
                number = int(named[1]) if named else about[0] if len(about) == 1 else None
                if number is not None:
                    test = TestName(file.relative_to(TESTS).as_posix(), node.name)
                    found.setdefault(number, []).append(test)
    return found
