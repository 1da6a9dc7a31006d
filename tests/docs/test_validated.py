"""The validation that documents quote is of these rules and this posterior."""

import dataclasses
import json

import pytest

from docs import validated
from engager_sim.studies.validate.expected import Expected, read_expected
from engager_sim.studies.validate.study import validate

AGAIN = (
    "substance_service_log_odds", "qaly_difference", "no_community_contact", "reoffending_shape",
    "rarest_way_out", "recalls_for_lost_contact", "reoffending_by_housing",
)  # fmt: skip
"""Measures that need no variant but the trial itself."""


def test_it_was_made_from_these_rules_and_this_posterior() -> None:
    """After a change of either: python -m docs.validated."""
    found = validated.kept()
    assert {key: found[key] for key in validated.made_from()} == validated.made_from()


def test_measuring_again_gives_the_same_figures() -> None:
    expected = read_expected()
    patterns = [
        dataclasses.replace(pattern, parts=parts)
        for pattern in expected.patterns
        if (parts := tuple(part for part in pattern.parts if part.measure in AGAIN))
    ]
    again = validate(
        "posterior",
        validated.REPLICATES,
        validated.SEED,
        expected=Expected(tuple(patterns), expected.near_errors),
    )
    quoted = {part["measure"]: part["figure"] for part in validated.kept()["parts"]}
    figures = again.parts.set_index("measure")["figure"].to_dict()
    assert set(figures) == set(AGAIN)
    for name, figure in figures.items():  # other processors may round otherwise
        assert figure == pytest.approx(quoted[name], rel=1e-3, abs=1e-5), name


def test_every_pattern_stands_in_the_table_with_what_it_misses() -> None:
    table = validated.patterns_met()
    assert table.count("\n") == 1 + len(validated.kept()["patterns"])
    missed = [part for part in validated.kept()["parts"] if part["verdict"] != "met"]
    for part in missed:
        assert part["label"] in table


def test_what_is_kept_is_plain_data_that_names_what_it_was_made_from() -> None:
    text = validated.KEPT.read_text(encoding="utf-8")
    assert json.loads(text)["replicates"] == validated.REPLICATES
