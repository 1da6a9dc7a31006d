"""A page for a board says what its tables say, in few and plain words, the same each time."""

import pandas as pd
import pytest
from matplotlib.text import Text

from engager_sim.studies.decide.board.composition import board_page
from engager_sim.studies.decide.board.content import MOST_WORDS, BoardPage, count_words
from engager_sim.studies.decide.board.html import board_html
from engager_sim.studies.decide.board.pdf import board_sheet
from engager_sim.studies.decide.findings import answer_sentences
from tests.studies.decide.board_tables import (
    BOTH,
    CASES,
    MANY,
    PEERS,
    TODAY,
    UNKNOWN_TO_A_BOARD,
    WEEKLY,
    Case,
    Offered,
    case,
)
from tests.studies.decide.visible_html import Visible


def on_sheet(page: BoardPage) -> str:
    """Read all that is written on a sheet, its charts' labels too."""
    written = board_sheet(page).findobj(Text)
    return " ".join(text.get_text() for text in written if text.get_visible())


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


def test_an_option_that_changes_nothing_does_not_come_nearest_to_todays_service() -> None:
    idle, losing = WEEKLY._replace(gain=0.0), PEERS._replace(gain=-2.0, standing="behind")
    tables, facts = case(idle, losing, todays="best")
    options = tables["options"]
    options.loc[options["option"] == "weekly", ["gain_low", "gain_high"]] = 0.0
    answer = " ".join(board_page(tables, facts).answer)
    assert "Two peers comes nearest" in answer


def test_a_best_option_is_named_with_its_gain_spending_and_chance() -> None:
    first, second, third = CASES["best told"].page.answer
    assert first.replace("\xa0", " ") == (
        "Two peers gives most: 3.0 [2.0, 4.0] more of 90 men (engaged at week 12), for GBP 40,000 "
        "a year."
    )
    assert second == "Its chance of being best is 70%."
    assert third.replace("\xa0", " ") == (
        "Weighing health against spending, at GBP 20,000 to 30,000 a quality-adjusted life year, "
        "today's service is best."
    )


def test_a_best_option_whose_gain_may_be_none_is_best_on_average() -> None:
    told = CASES["best told"]
    options = told.tables["options"].copy()
    is_best = options["standing"] == "best"
    options.loc[is_best, "gain_low"] = -0.5
    tables = {**told.tables, "options": options}
    first = board_page(tables, told.facts).answer[0]
    assert "gives most on average, perhaps none: 3.0 [-0.5, 4.0]" in first.replace("\xa0", " ")
    said = next(
        text for text in map(str, answer_sentences(tables, told.facts)) if "gives most" in text
    )
    assert "on average, and may give none or less than today's service" in said


def cheaper_by_half(low: float, high: float) -> Case:
    """Offer one roof beside, which costs half of two peers and gives a little less."""
    roof = Offered("one_roof", 2.5, 20_000.0, 0.3)
    both = Offered("weekly + one_roof", 2.9, 45_000.0, 0.2)
    known = case(WEEKLY, PEERS, roof, both)
    pair = {"base": "two_peers", "other": "one_roof", "gain": -0.5, "low": -high, "high": -low}
    return Case(known.tables | {"pairs": pd.DataFrame([pair])}, known.facts)


def test_a_cheaper_choice_that_may_give_as_much_is_named() -> None:
    """By its mean it may be told from the best, and a board would still want to know of it."""
    known = cheaper_by_half(-0.2, 1.2)
    _, chance, _ = known.page.answer
    assert chance.replace("\xa0", " ") == (
        "Its chance of being best is 70%; one roof may give as much for GBP 20,000 less."
    )
    said = list(answer_sentences(known.tables, known.facts))
    assert (
        "one roof costs GBP 20,000 less in the first year and may well give as much: 0.5 [-0.2, "
        "1.2] less."
    ) in said
    clear = cheaper_by_half(0.2, 0.8)
    assert clear.page.answer[1] == "Its chance of being best is 70%."
    assert not any("as much" in said for said in answer_sentences(clear.tables, clear.facts))


def test_todays_row_says_what_the_outcome_is_today() -> None:
    assert CASES["best told"].page.rows[0].cells[0] == "30.0"


def test_what_was_offered_singly_has_a_row_before_combinations() -> None:
    singles = [Offered(f"single_{number}", 0.1 * number, 50_000.0, 0.0) for number in range(1, 3)]
    mixed = [Offered(f"weekly + single_{number}", 2.5, 55_000.0, 0.0) for number in range(6)]
    labels = [row.label for row in case(WEEKLY, PEERS, *singles, *mixed).page.rows]
    assert {f"single {number}" for number in range(1, 3)} <= set(labels)


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
    cells = "3.0 [2.0, 4.0]", "18 [9.0, 27]", "0 [0, 0]", "40,000", "70%"
    assert tuple(cell.replace("\xa0", " ") for cell in rows[1].cells) == cells
    assert [
        part
        for cell in rows[1].cells
        for part in cell.split(" ")
        if part.count("[") != part.count("]")
    ] == []
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
