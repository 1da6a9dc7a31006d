"""The files of a board's page: HTML without a network, a PDF with text, the same bytes."""

import re
from base64 import b64decode
from pathlib import Path

from engager_sim.studies.decide.board import BOARD_HTML, BOARD_PDF, board_pages
from engager_sim.studies.decide.board.content import MOST_WORDS, count_words
from engager_sim.studies.decide.board.drawing import COLOURS, FORMS
from engager_sim.studies.decide.board.html import board_html
from engager_sim.studies.decide.board.pdf import write_pdf
from engager_sim.studies.decide.study import Decision
from tests.studies.decide.board_tables import PEERS, TODAY, WEEKLY, case
from tests.studies.decide.visible_html import Visible

KNOWN = case(WEEKLY, PEERS)


def test_a_page_in_html_needs_no_network_and_names_its_parts() -> None:
    page = board_html(KNOWN.page)
    tags = Visible(page).tags
    assert ("html", {"lang": "en-GB"}) in tags
    assert {"img", "main", "footer", "table"} <= {tag for tag, _ in tags}
    assert all(about.get("scope") in ("col", "row") for tag, about in tags if tag == "th")
    assert all(about.get("alt") for tag, about in tags if tag == "img")
    assert "script" not in {tag for tag, _ in tags}
    assert "http" not in page
    assert [about["href"] for tag, about in tags if tag == "a"] == ["report.html"]


def test_its_charts_are_drawings_that_hold_no_date() -> None:
    sources = [about["src"] for tag, about in Visible(board_html(KNOWN.page)).tags if tag == "img"]
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
    for again in ("one", "other"):
        (tmp_path / again).mkdir()
        for name, write in board_pages(KNOWN.tables, KNOWN.facts).items():
            write(tmp_path / again / name)
    for name in (BOARD_HTML, BOARD_PDF):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_the_text_of_the_pdf_can_be_selected(tmp_path: Path) -> None:
    file = tmp_path / "board.pdf"
    write_pdf(KNOWN.page, file)
    held = file.read_bytes()
    assert b"/ToUnicode" in held
    assert b"/FontFile2" in held
    assert b"/CreationDate" not in held
    assert re.search(rb"/MediaBox \[ 0 0 595\.\d+ 841\.\d+ \]", held)
    assert held.count(b"/Type /Page ") == 1


def test_names_from_people_are_text() -> None:
    known = case(WEEKLY, PEERS._replace(name="<b>two</b>"))
    page = board_html(known.page)
    assert "<b>two" not in page
    assert "&lt;b&gt;two" in page


def test_a_decision_writes_its_pages(decision: Decision, tmp_path: Path) -> None:
    pages = board_pages(decision.tables(), decision.facts)
    assert list(pages) == [BOARD_HTML, BOARD_PDF]
    for name, write in pages.items():
        write(tmp_path / name)
    text = " ".join(Visible((tmp_path / BOARD_HTML).read_text(encoding="utf-8")).texts)
    assert count_words(text) <= MOST_WORDS
    assert TODAY in text
