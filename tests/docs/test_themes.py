"""The tables of laws and themes that documents quote are of these rules."""

from itertools import combinations

import pytest

from docs import laws, themes
from docs.fitted import rules_alone, rules_that_stand
from engager_sim.laws.statements import LAWS
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.theory import THEMES


def test_laws_and_themes_were_tried_under_these_rules() -> None:
    """After a change of rules: make laws screen themes, then python -m docs.laws."""
    for found, stands in ((laws.kept(), rules_alone()), (themes.kept(), rules_that_stand())):
        assert {key: found[key] for key in stands} == stands


def test_every_law_stands_in_the_table() -> None:
    assert [row["law"] for row in laws.kept()["laws"]] == [law.id for law in LAWS]
    assert {row["law"] for row in laws.kept()["net"]} == {law.id for law in LAWS if law.net}


def test_every_theme_and_every_pair_stands_in_the_tables() -> None:
    assert set(themes.ABOUT) == set(THEMES)
    assert set(themes.LOOKED_AT) <= {outcome.id for outcome in OUTCOMES}
    for preset in themes.PRESETS:
        assert set(themes.kept()["effects"][preset]) == set(THEMES)
        pairs = {"+".join(pair) for pair in combinations(THEMES, 2)}
        assert set(themes.kept()["interactions"][preset]) == pairs
        assert len(pairs) == 21


@pytest.mark.parametrize(
    ("found", "outcome", "claimed"),
    [
        ([0.2, 0.1, 0.3], "trust_12w", True),
        ([0.2, -0.1, 0.5], "trust_12w", False),
        ([-0.2, -0.3, -0.1], "trust_12w", False),
        ([-0.2, -0.3, -0.1], "core_om_26w", True),
        ([None, None, None], "trust_12w", False),
    ],
)
def test_an_effect_is_as_claimed_if_it_is_clear_of_0_on_the_better_side(
    found: list[float | None], outcome: str, claimed: bool
) -> None:
    assert themes._is_as_claimed(found, outcome) == claimed
