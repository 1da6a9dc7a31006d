"""The numbers of the presets change only together with a line in the changelog that says so."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.studies.run.golden import GOLDEN, summarised

CHANGELOG = Path(__file__).parents[3] / "CHANGELOG.md"
CLOSE = 1e-9
"""Other processors may round the last bits otherwise."""


def golden() -> dict[str, Any]:
    stored: dict[str, Any] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return stored


def test_the_presets_give_the_numbers_that_the_changelog_last_announced() -> None:
    found, stored = summarised(), golden()["means"]
    assert found.keys() == stored.keys()
    for name, means in found.items():
        assert means == pytest.approx(stored[name], rel=CLOSE, nan_ok=True), (
            f"{name} changed: say so under Changes results, then run tests.studies.run.golden"
        )


def test_the_changelog_says_when_the_numbers_changed() -> None:
    _, _, after = CHANGELOG.read_text(encoding="utf-8").partition("### Changes results")
    assert golden()["changelog"] in " ".join(after.split())
