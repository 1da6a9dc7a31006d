"""On what a board's page rests: how sure, who may be harmed, for whom, what to find out first."""

import pandas as pd

from engager_sim.costs.prices import PRICES
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.descriptions import cited_parameters
from engager_sim.studies.decide.board.grounds import plain
from engager_sim.studies.decide.findings import harm_sentences
from engager_sim.studies.decide.harm import harm_assumed_away
from engager_sim.theory import parameters
from tests.studies.decide.board_tables import (
    CASES,
    PEERS,
    UNKNOWN_TO_A_BOARD,
    WEEKLY,
    Offered,
    case,
)


def sections_of(name: str) -> dict[str, list[str]]:
    """Give the sentences of a case's sections by heading."""
    return {each.heading: list(each.sentences) for each in CASES[name].page.sections}


def test_who_may_be_harmed_is_said_with_its_interval_and_what_is_assumed() -> None:
    (harmed,) = sections_of("harm")["Who may be harmed"]
    assert harmed.startswith(
        "The theory assumes this harmless; computed: 4.0% [0%, 8.0%] of "
        "men may expect a worse chance: engaged at week 12"
    )
    assert sections_of("best told")["Who may be harmed"] == [
        "The theory assumes this harmless; computed: fewer than 0.5% of "
        "men may expect more distress, recall or lost contact."
    ]


def test_harm_is_told_of_every_choice_that_the_page_calls_best() -> None:
    cut = Offered("fewer_posts", -1.0, -30_000.0, 0.0, worse=0.1)
    known = case(PEERS, cut, first_by_health="fewer_posts")
    sections = {each.heading: list(each.sentences) for each in known.page.sections}
    (of_peers, of_cut) = sections["Who may be harmed"]
    assert "with two peers fewer than" in of_peers
    assert "with fewer posts 10% [0%, 20%] of men may expect a worse chance" in of_cut
    said = harm_sentences(known.tables, known.facts, "two_peers")
    assert any(each.startswith("fewer posts: 20% [10%, 30%]") for each in said)


def test_a_budget_that_may_not_hold_is_told() -> None:
    dear = Offered("posts", 3.0, 55_000.0, 0.9, "best")
    sections = {each.heading: list(each.sentences) for each in case(dear).page.sections}
    said = " ".join(sections["How sure"]).replace("\xa0", " ")
    assert "Its first year may cost GBP 66,000" in said
    cheap = {each.heading: list(each.sentences) for each in case(PEERS).page.sections}
    assert "may cost" not in " ".join(cheap["How sure"])


def test_harm_is_assumed_away_no_further_than_laws_go() -> None:
    known = case(WEEKLY, PEERS)
    levers = known.tables["levers"]
    more = pd.DataFrame(
        [
            {"option": "two_peers", "key": "costs.support.per_year", "laws": ""},
            {"option": "weekly", "key": "supervision.mode", "laws": ""},
        ]
    )
    all_levers = pd.concat([levers, more], ignore_index=True)
    assert "assumes this harmless" in harm_assumed_away(all_levers, ["two_peers"])
    assert "assumes part of this harmless" in harm_assumed_away(all_levers, ["two_peers", "weekly"])
    assert harm_assumed_away(all_levers.assign(laws=""), ["weekly"]) == ""


def test_how_sure_it_is_says_what_is_cited_assumed_and_doubted() -> None:
    sure = CASES["best told"].page.sections[0]
    cited, every = cited_parameters()
    assert sure.sentences[0].startswith(f"{cited} of {every} numbers cite a study")
    assert "That options help the theory assumes" in sure.sentences[1]
    assert sure.sentences[2] == (
        "Above 40% doubt that supervision works at all, today's service is better."
    )
    assert len(CASES["none told"].page.sections[0].sentences) == 2


def test_what_is_worth_finding_out_comes_before_what_was_judged() -> None:
    assert sections_of("informed")["Find out first"] == [
        "How much trust grows.",
        "Hours of peers; below 0.3, today's service is better.",
    ]
    assert sections_of("settled")["Find out first"] == [
        "To know more would hardly change the choice."
    ]
    assert sections_of("best told")["Find out first"] == [
        "Judged, not counted: median quality of sessions."
    ]


def test_for_whom_it_does_more_is_said_with_how_many_and_through_what() -> None:
    assert sections_of("a group")["For whom"] == [
        "More for men without a home to go to (40% of men): 8.1 more of 100, against 2.0, "
        "through peers."
    ]
    assert sections_of("best told")["For whom"] == [
        "No group was found for whom it clearly does more than for others."
    ]
    assert "For whom" not in sections_of("today is best")


def test_no_number_is_named_in_words_that_a_board_does_not_know() -> None:
    named = [plain(each.meaning) for each in parameters()]
    named += [price.meaning for price in PRICES.values()] + [each.label for each in OUTCOMES]
    assert [name for name in named if UNKNOWN_TO_A_BOARD.search(name)] == []
