"""For whom: a planted group is found with the theme that carries it, and shuffled men show none."""

import numpy as np
import pytest

from engager_sim.statistics.subgroups import Condition
from engager_sim.studies.decide.group_words import NO_GROUP, group_sentences
from engager_sim.studies.decide.groups import groups_table
from engager_sim.studies.decide.men_effects import HALVES, MenEffects
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.traits import TRAITS, described, traits_at_entry
from engager_sim.studies.decide.worlds import WHOLE, men_outcomes
from engager_sim.theory import THEMES
from tests.studies.decide.board_tables import PEERS, WEEKLY, case, with_groups

NO_HOME = [trait.id for trait in TRAITS].index("no_home")
OPTIONS = 3


def planted(decision: Decision, gain: float, shuffled: bool = False) -> MenEffects:
    """Plant a gain for men without a home that supervision carries; others gain a little."""
    rng = np.random.default_rng(3)
    inside = traits_at_entry(decision.design, decision.settings)[..., NO_HOME] > 0.5
    if shuffled:
        inside = rng.permuted(inside, axis=1)
    outcomes = len(men_outcomes(decision.settings))
    means = np.zeros((1 + len(THEMES), OPTIONS, *inside.shape, outcomes, HALVES))
    means[:, :, :, :, 0, :] = 0.02 + gain * inside[:, :, np.newaxis]
    means[1 + THEMES.index("supervision"), :, :, :, 0, :] = 0.02
    means += rng.normal(0.0, 0.05, means.shape)
    counts = np.zeros(means.shape[1:-1], np.int64)
    return MenEffects(means, counts, counts, np.zeros((0, 0, 0, 0), np.float32))


def test_a_planted_group_is_found_with_the_theme_that_carries_it(decision: Decision) -> None:
    found = groups_table(decision.settings, decision.design, planted(decision, 0.3))
    first = found.groupby("option", sort=False).first()
    assert set(first["group"]) == {"men without a home to go to"}
    assert first["inside"].to_numpy() == pytest.approx(0.32, abs=0.03)
    assert first["outside"].to_numpy() == pytest.approx(0.02, abs=0.03)
    assert set(first["mechanism"]) == {"supervision"}
    assert (first["removed"] > 0.8).all()


def test_a_group_is_told_as_context_mechanism_and_outcome(decision: Decision) -> None:
    found = groups_table(decision.settings, decision.design, planted(decision, 0.3))
    sentence = group_sentences(found, decision.facts, "weekly")[0]
    assert sentence.startswith("Weekly does more for men without a home to go to (")
    assert "through supervision" in sentence
    assert "against" in sentence


def test_board_and_sentences_name_the_groups_whose_difference_is_told_from_none() -> None:
    known = with_groups(case(WEEKLY, PEERS), "two_peers", -0.001, 0.03)
    (sentence,) = group_sentences(known.tables["groups"], known.facts, "two_peers")
    sections = {each.heading: list(each.sentences) for each in known.page.sections}
    (on_board,) = sections["For whom"]
    assert "for men without work (40% of men)" in sentence
    assert "for men without work (40% of men)" in on_board
    both = with_groups(case(WEEKLY, PEERS), "two_peers", 0.01, 0.03)
    assert len(group_sentences(both.tables["groups"], both.facts, "two_peers")) == 2
    assert len({each.heading: each.sentences for each in both.page.sections}["For whom"]) == 2


@pytest.mark.parametrize(
    ("trait", "threshold", "above", "words"),
    [
        ("substance", 0.15, True, "some need for help with drugs or alcohol, above 0.1 of 1"),
        (
            "substance",
            0.15,
            False,
            "little or no need for help with drugs or alcohol, 0.1 of 1 or less",
        ),
        ("work", 0.35, True, "a clear need for help with work or money, above 0.3 of 1"),
        ("work", 0.35, False, "no severe need for help with work or money, 0.3 of 1 or less"),
        (
            "relationships",
            0.8,
            True,
            "a severe need for help with family or relationships, above 0.8 of 1",
        ),
        ("relationships", 0.8, False, "any but the most severe need for help with family or"),
        ("core_om_at_entry", 19.0, False, "distress of 19 of 40 (CORE-OM) or less at entry"),
    ],
)
def test_men_are_described_in_plain_words_with_the_number(
    trait: str, threshold: float, above: bool, words: str
) -> None:
    number = [each.id for each in TRAITS].index(trait)
    assert described([Condition(number, threshold, above)]).startswith(f"men with {words}")


def test_men_dealt_out_anew_show_no_group(decision: Decision) -> None:
    found = groups_table(decision.settings, decision.design, planted(decision, 0.3, shuffled=True))
    homes = found["group"].str.contains("home").sum() if len(found) else 0
    assert homes == 0


def test_that_no_group_was_found_is_said(decision: Decision) -> None:
    none = groups_table(decision.settings, decision.design, planted(decision, 0.0)).iloc[:0]
    (sentence,) = group_sentences(none, decision.facts, "weekly")
    assert NO_GROUP in sentence


def test_traits_are_those_of_the_men_who_live_on(decision: Decision) -> None:
    traits = traits_at_entry(decision.design, decision.settings)
    populations, men = decision.settings.populations, decision.design.most_men(WHOLE)
    assert traits.shape == (populations, men, len(TRAITS))
    assert not np.array_equal(traits[0], traits[1])
    assert ((traits[..., 0] >= 18.0) & (traits[..., 0] < 100.0)).all()
