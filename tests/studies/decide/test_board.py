"""A page for a board says what its tables say, in few and plain words, the same each time."""

import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from matplotlib.text import Text

from engager_sim.costs.prices import PRICES
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.reports.descriptions import cited_parameters
from engager_sim.studies.decide.board import BOARD_HTML, BOARD_PDF, board_pages
from engager_sim.studies.decide.board.content import MOST_WORDS, BoardPage, count_words
from engager_sim.studies.decide.board.drawing import COLOURS, FORMS
from engager_sim.studies.decide.board.grounds import plain
from engager_sim.studies.decide.board.html import board_html
from engager_sim.studies.decide.board.pdf import board_sheet, write_pdf
from engager_sim.studies.decide.study import Decision, prepare
from engager_sim.theory import parameters
from tests.studies.decide.board_tables import (
    PEERS,
    TODAY,
    WEEKLY,
    Case,
    Offered,
    case,
    with_information,
)

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
    "informed": with_information(
        case(*MANY, PEERS._replace(gain=50.0)),
        {"meaning": "how much trust grows", "worth": 2.0},
        {"meaning": "hours of peers", "threshold": 0.3, "side": "below", "instead": TODAY},
    ),
}


class Visible(HTMLParser):
    """Gathers what is read of a page: its text, and what stands for pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "title")
        self.tags.append((tag, dict(attrs)))
        self.texts += [str(value) for name, value in attrs if name == "alt"]

    def handle_endtag(self, _: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.texts += [] if self._hidden else [data]


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
        "Two peers gives most: 3.0 [2.0, 4.0] more of 90 men (engaged at week 12), for GBP 40,000."
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


def test_an_option_may_be_no_better_than_today() -> None:
    assert CASES["today is best"].page.answer[0] == (
        "Nothing on offer is expected to give more than today's service."
    )
    first, second, _ = CASES["today is as good"].page.answer
    assert first == "Two peers and today's service cannot be told from each other."
    assert second.endswith("today's service costs nothing more.")


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
        "today's service", "two peers", "weekly", "weekly + two peers",
    ]  # fmt: skip
    assert [row.is_best for row in rows] == [False, True, False, False]
    assert rows[1].cells == ("3.0 [2.0, 4.0]", "18", "0", "40,000", "70%")
    assert rows[3].cells[-1] == "over budget"
    assert not rows[3].is_affordable


def test_what_the_table_leaves_out_is_counted() -> None:
    page = CASES["many"].page
    assert len(page.rows) <= 8
    assert page.more == f"{len(MANY) + 2 - len(page.rows)} more in the report."
    assert page.rows[1].label == "two peers"


def test_who_may_be_harmed_is_said_with_its_interval() -> None:
    (harmed,) = sections_of("harm")["Who may be harmed"]
    assert "4.0% [0%, 8.0%] of men may expect more distress" in harmed
    assert sections_of("best told")["Who may be harmed"] == [
        "Fewer than 0.5% of men may expect more distress, recall or lost contact."
    ]


def test_how_sure_it_is_says_what_is_cited_assumed_and_doubted() -> None:
    sure = CASES["best told"].page.sections[0]
    cited, every = cited_parameters()
    assert sure.sentences[0].startswith(f"{cited} of {every} numbers cite a study")
    assert "That they help is what the theory assumes" in sure.sentences[1]
    assert sure.sentences[2] == (
        "Above 40% doubt that supervision works at all, today's service is better."
    )
    assert len(CASES["none told"].page.sections[0].sentences) == 2


def test_the_chart_says_what_the_gain_rests_on() -> None:
    gain, themes = CASES["best told"].page.charts
    assert gain.finding.replace("\xa0", " ") == ("Weekly costs least per further man: GBP 2,500.")
    assert themes.finding == (
        "Supervision carries most: were that to do nothing, 25% would be left."
    )
    assert "supervision 0.8" in themes.alternative


def test_what_is_worth_finding_out_comes_before_what_was_judged() -> None:
    assert sections_of("informed")["Find out first"] == [
        "How much trust grows: knowing it is worth 2.0 men a year.",
        "Hours of peers; below 0.3, today's service is better.",
    ]
    assert sections_of("best told")["Find out first"] == [
        "Judged, not counted: median quality of sessions."
    ]


def test_no_number_is_named_in_words_that_a_board_does_not_know() -> None:
    named = [plain(each.meaning) for each in parameters()]
    named += [price.meaning for price in PRICES.values()] + [each.label for each in OUTCOMES]
    assert [name for name in named if UNKNOWN_TO_A_BOARD.search(name)] == []


def test_a_page_in_html_needs_no_network_and_names_its_parts() -> None:
    page = board_html(CASES["best told"].page)
    tags = Visible(page).tags
    assert ("html", {"lang": "en-GB"}) in tags
    assert {"img", "main", "footer", "table"} <= {tag for tag, _ in tags}
    assert all(about.get("scope") in ("col", "row") for tag, about in tags if tag == "th")
    assert all(about.get("alt") for tag, about in tags if tag == "img")
    assert "script" not in {tag for tag, _ in tags}
    assert "http" not in page
    assert [about["href"] for tag, about in tags if tag == "a"] == ["report.html"]


def test_its_charts_are_drawings_that_hold_no_date() -> None:
    sources = [
        about["src"] for tag, about in Visible(board_html(CASES["harm"].page)).tags if tag == "img"
    ]
    for source in sources:
        drawing = b64decode(str(source).partition("base64,")[2]).decode()
        assert drawing.startswith("<?xml")
        assert "date" not in drawing.lower()


def test_colours_stand_out_on_white() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert all(1.05 / (light(colour) + 0.05) >= 3.0 for colour in COLOURS)
    assert len(set(FORMS)) >= 7


def test_equal_tables_give_equal_bytes(tmp_path: Path) -> None:
    known = CASES["best told"]
    for again in ("one", "other"):
        (tmp_path / again).mkdir()
        for name, write in board_pages(known.tables, known.facts).items():
            write(tmp_path / again / name)
    for name in (BOARD_HTML, BOARD_PDF):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_the_text_of_the_pdf_can_be_selected(tmp_path: Path) -> None:
    file = tmp_path / "board.pdf"
    write_pdf(CASES["best told"].page, file)
    held = file.read_bytes()
    assert b"/ToUnicode" in held
    assert b"/FontFile2" in held
    assert b"/CreationDate" not in held
    assert re.search(rb"/MediaBox \[ 0 0 595\.\d+ 841\.\d+ \]", held)
    assert held.count(b"/Type /Page ") == 1


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


def test_names_from_people_are_text() -> None:
    known = case(WEEKLY, PEERS._replace(name="<b>two</b>"))
    page = board_html(known.page)
    assert "<b>two" not in page
    assert "&lt;b&gt;two" in page


def test_a_decision_writes_its_pages(decision: Decision, tmp_path: Path) -> None:
    pages = prepare(decision.settings).pages(decision)
    assert list(pages) == [BOARD_HTML, BOARD_PDF]
    for name, write in pages.items():
        write(tmp_path / name)
    text = " ".join(Visible((tmp_path / BOARD_HTML).read_text(encoding="utf-8")).texts)
    assert count_words(text) <= MOST_WORDS
    assert TODAY in text
