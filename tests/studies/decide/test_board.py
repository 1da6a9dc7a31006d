"""A page for a board says what its tables say, in few and plain words, the same each time."""

import re

import pandas as pd
import pytest
from matplotlib.text import Text

from engager_sim.costs.prices import PRICES
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.descriptions import cited_parameters
from engager_sim.studies.decide.board.content import MOST_WORDS, BoardPage, count_words
from engager_sim.studies.decide.board.grounds import plain
from engager_sim.studies.decide.board.html import board_html
from engager_sim.studies.decide.board.pdf import board_sheet
from engager_sim.studies.decide.harm import harm_assumed_away
from engager_sim.theory import parameters
from tests.studies.decide.board_tables import (
    PEERS,
    TODAY,
    WEEKLY,
    Case,
    Offered,
    case,
    with_groups,
    with_information,
)
from tests.studies.decide.visible_html import Visible

UNKNOWN_TO_A_BOARD = re.compile(
    r"\b(replicates?|posteriors?|levers?|priors?|shapley|arms?|fates?)\b", re.IGNORECASE
)
BOTH = Offered("weekly + two_peers", 4.0, 45_000.0, 0.0, "over budget")
MANY = tuple(
    Offered(f"something_rather_long_to_say {number}", 1.0 + number, 1_000.0 * number, 0.05)
    for number in range(1, 20)
)
CASES = {
    "best told": case(WEEKLY, PEERS),
    "none told": case(
        WEEKLY._replace(standing="not told from the best"), PEERS, first_by_health="weekly"
    ),
    "today is best": case(
        WEEKLY._replace(gain=-1.0), PEERS._replace(gain=-2.0, standing="behind"), todays="best"
    ),
    "today is as good": case(WEEKLY, PEERS, todays="not told from the best"),
    "one option": case(PEERS),
    "no budget": case(WEEKLY, PEERS, budget=None),
    "points of distress": case(WEEKLY, PEERS, outcome="core_om_26w", counts_men=False),
    "over budget": case(WEEKLY, PEERS, BOTH),
    "harm": case(WEEKLY, PEERS._replace(worse=0.04)),
    "many": case(*MANY, PEERS._replace(gain=50.0)),
    "a group": with_groups(case(WEEKLY, PEERS), "two_peers", 0.03),
    "settled": with_information(
        case(WEEKLY, PEERS), {"meaning": "how much trust grows", "worth": 0.01}, everything=0.02
    ),
    "informed": with_information(
        case(*MANY, PEERS._replace(gain=50.0)),
        {"meaning": "how much trust grows", "worth": 2.0},
        {"meaning": "hours of peers", "threshold": 0.3, "side": "below", "instead": TODAY},
    ),
}


def on_sheet(page: BoardPage) -> str:
    """Read all that is written on a sheet, its charts' labels too."""
    written = board_sheet(page).findobj(Text)
    return " ".join(text.get_text() for text in written if text.get_visible())


def sections_of(name: str) -> dict[str, list[str]]:
    """Give the sentences of a case's sections by heading."""
    return {each.heading: list(each.sentences) for each in CASES[name].page.sections}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def known(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def test_either_page_has_few_words_and_only_plain_ones(known: Case) -> None:
    for text in (" ".join(Visible(board_html(known.page)).texts), on_sheet(known.page)):
        assert 100 < count_words(text) <= MOST_WORDS
        assert not UNKNOWN_TO_A_BOARD.search(text)


def test_both_pages_hold_the_same_text(known: Case) -> None:
    page = known.page
    here, there = "".join(Visible(board_html(page)).texts), set(on_sheet(page).split())
    for text in page.texts():
        assert text in here
        assert set(text.split()) <= there


def test_the_answer_takes_three_sentences(known: Case) -> None:
    assert len(known.page.answer) <= 3
    assert "quality-adjusted" in known.page.answer[-1]


def test_a_best_option_is_named_with_its_gain_spending_and_chance() -> None:
    first, second, third = CASES["best told"].page.answer
    assert first.replace("\xa0", " ") == (
        "Two peers gives most: 3.0 [2.0, 4.0] more of 90 men (engaged at week 12), for GBP 40,000 "
        "a year."
    )
    assert second == "The chance that it is best is 70%."
    assert third.replace("\xa0", " ") == (
        "Weighing health alone against spending, at GBP 20,000 to 30,000 a quality-adjusted life "
        "year, today's service is best."
    )


def test_options_that_cannot_be_told_apart_are_not_ranked() -> None:
    first, second, third = CASES["none told"].page.answer
    assert first == "No option can be told from the others."
    assert "weekly is the cheapest: 2.0 [1.0, 3.0]" in second
    assert third.endswith("weekly is best.")
    assert not any(row.is_best for row in CASES["none told"].page.rows)


def test_by_health_alone_choices_are_not_ranked_either() -> None:
    none = case(WEEKLY, PEERS, by_health="not told from the best").page.answer[-1]
    assert none.endswith("life year, no choice can be told from the others.")
    three = case(WEEKLY, PEERS, BOTH, by_health="not told from the best")
    net = three.tables["net_benefit"]
    net.loc[net["option"] == PEERS.name, "standing"] = "behind"
    net.loc[net["option"] == BOTH.name, "standing"] = "over budget"
    assert three.page.answer[-1].endswith(", today's service and weekly cannot be told apart.")


def test_an_option_may_be_no_better_than_today() -> None:
    assert CASES["today is best"].page.answer[0] == (
        "Nothing on offer is expected to give more than today's service."
    )
    first, second, _ = CASES["today is as good"].page.answer
    assert first == "Two peers and today's service cannot be told from each other."
    assert second.endswith("today's service costs nothing more.")


def test_an_option_that_saves_money_and_is_as_good_as_today_is_named() -> None:
    fewer = WEEKLY._replace(gain=-0.1, spend=-5_000.0, standing="not told from the best")
    _, second, _ = case(fewer, PEERS._replace(standing="behind"), todays="best").page.answer
    assert second.replace("\xa0", " ") == (
        "Today's service has the highest mean and costs nothing more; weekly is the cheapest: "
        "-0.1 [-1.1, 0.9], saving GBP 5,000 a year."
    )


def test_todays_service_is_named_by_its_file_where_that_says_more() -> None:
    tables, facts = case(WEEKLY, PEERS)
    named = {name: table.replace(TODAY, "our_service") for name, table in tables.items()}
    page = Case(named, facts | {"today": "our_service"}).page
    assert page.rows[0].label == "today's service (our service)"
    assert page.answer[-1].endswith("today's service is best.")


def test_one_option_alone_is_weighed_against_today() -> None:
    page = CASES["one option"].page
    assert page.question.startswith("Should we buy this with GBP 60,000")
    assert page.answer[0].startswith("Two peers gives more than today's service")


def test_without_a_budget_none_is_told_or_drawn() -> None:
    page = CASES["no budget"].page
    assert page.question == "What should we buy?"
    assert "budget" not in on_sheet(page)


def test_an_outcome_that_is_no_share_has_its_unit_and_men_are_judged_by_distress() -> None:
    page = CASES["points of distress"].page
    assert "3.000 [2.000, 4.000] points 0-40 less per man (" in page.answer[0]
    assert page.reading.endswith("by 1 point of distress.")


def test_spending_without_a_price_is_said() -> None:
    unpriced = case(WEEKLY, PEERS, unpriced={"weekly": ["weekly changes something"]})
    assert "Some changes have no price" in unpriced.page.sections[0].sentences[-1]


def test_the_table_begins_with_today_then_the_best_and_ends_with_what_the_budget_does_not_buy() -> (
    None
):
    rows = CASES["over budget"].page.rows
    assert [row.label for row in rows] == [
        "today's service", "two peers", "weekly", "weekly and two peers",
    ]  # fmt: skip
    assert [row.is_best for row in rows] == [False, True, False, False]
    assert rows[1].cells == ("3.0 [2.0, 4.0]", "18 [9.0, 27]", "0 [0, 0]", "40,000", "70%")
    assert rows[3].cells[-1] == "over budget"
    assert not rows[3].is_affordable


def test_what_options_ask_is_left_out_where_it_would_fill_the_page() -> None:
    assert len(CASES["best told"].page.offered) == 2
    assert CASES["many"].page.offered == []
    short = [WEEKLY._replace(name=f"o{number}", gain=-1.0) for number in range(9)]
    assert case(*short, PEERS).page.offered == []


def test_what_the_table_leaves_out_is_counted() -> None:
    page = CASES["many"].page
    assert len(page.rows) <= 8
    assert page.more == f"{len(MANY) + 2 - len(page.rows)} more in the report."
    assert page.rows[1].label == "two peers"
    assert page.rows[-1].label == "something rather long to say 1"  # its gain costs least


def test_who_may_be_harmed_is_said_with_its_interval_and_what_is_assumed() -> None:
    (harmed,) = sections_of("harm")["Who may be harmed"]
    assert harmed.startswith(
        "The theory assumes that this harms nobody; computed is that 4.0% [0%, 8.0%] of "
        "men may expect a worse chance: engaged at week 12"
    )
    assert sections_of("best told")["Who may be harmed"] == [
        "The theory assumes that this harms nobody; computed is that fewer than 0.5% of "
        "men may expect more distress, recall or lost contact."
    ]


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
    assert "that this harms" in harm_assumed_away(all_levers, ["two_peers"])
    assert "that part of this harms" in harm_assumed_away(all_levers, ["two_peers", "weekly"])
    assert harm_assumed_away(all_levers.assign(laws=""), ["weekly"]) == ""


def test_how_sure_it_is_says_what_is_cited_assumed_and_doubted() -> None:
    sure = CASES["best told"].page.sections[0]
    cited, every = cited_parameters()
    assert sure.sentences[0].startswith(f"{cited} of {every} numbers cite a study")
    assert "That options help is what the theory assumes" in sure.sentences[1]
    assert sure.sentences[2] == (
        "Above 40% doubt that supervision works at all, today's service is better."
    )
    assert len(CASES["none told"].page.sections[0].sentences) == 2


def test_the_chart_says_what_the_gain_rests_on() -> None:
    gain, themes = CASES["best told"].page.charts
    assert gain.finding.replace("\xa0", " ") == (
        "Weekly costs least per further man: GBP 2,500 a year."
    )
    assert themes.finding == (
        "Supervision carries most: were that to do nothing, 25% would be left."
    )
    assert "supervision 0.8" in themes.alternative


def test_a_steady_year_is_told_beside_a_first_one_that_costs_more() -> None:
    page = case(WEEKLY, PEERS._replace(spend=55_300.0, then=1_500.0)).page
    assert "for GBP 55,300 in the first year, GBP 1,500 a year then" in page.answer[0].replace(
        "\xa0", " "
    )
    assert page.rows[1].cells[3] == "55,300, then 1,500"
    assert page.charts[0].finding.replace("\xa0", " ") == (
        "Per further man, weekly costs least in the first year (GBP 2,500), two peers in a steady "
        "year (GBP 500)."
    )


def test_what_is_worth_finding_out_comes_before_what_was_judged() -> None:
    assert sections_of("informed")["Find out first"] == [
        "How much trust grows.",
        "Hours of peers; below 0.3, today's service is better.",
    ]
    assert sections_of("settled")["Find out first"] == [
        "To know more would hardly change the choice.",
        "Judged, not counted: median quality of sessions.",
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
        "No group was found for whom it does more than for others."
    ]
    assert "For whom" not in sections_of("today is best")


def test_no_number_is_named_in_words_that_a_board_does_not_know() -> None:
    named = [plain(each.meaning) for each in parameters()]
    named += [price.meaning for price in PRICES.values()] + [each.label for each in OUTCOMES]
    assert [name for name in named if UNKNOWN_TO_A_BOARD.search(name)] == []


def test_nothing_on_the_sheet_leaves_it_or_meets_the_footer(known: Case) -> None:
    sheet = board_sheet(known.page)
    sheet.set_dpi(72)  # as a PDF measures
    boxes = [
        text.get_window_extent().transformed(sheet.transFigure.inverted())
        for text in sheet.texts
        if text.get_text()
    ]
    assert all(0.0 < box.x0 < box.x1 < 1.0 and 0.0 < box.y0 < box.y1 < 1.0 for box in boxes)
    footer = boxes[-1]
    assert all(box.y0 >= footer.y0 - 1e-6 for box in boxes)
