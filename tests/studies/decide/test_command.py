"""``engager-sim decide``: what it writes, goes on from, and refuses."""

import re
from pathlib import Path

import pandas as pd
import pytest

from engager_sim.reports.page import REPORT
from engager_sim.studies.decide.board import BOARD_HTML, BOARD_PDF
from tests.command_line.command import engager_sim, one_message
from tests.faults.kills import files_of
from tests.reports.test_page import read

FEW = ("--replicates", "40", "--populations", "10", "--lives", "8")


def decided(offer: Path, out: Path, *options: object) -> str:
    """Decide about peers in small, and give what was printed."""
    files = (offer / "today.toml", offer / "peers.toml")
    result = engager_sim("decide", *files, *FEW, "--out", out, *options)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def finished(offer: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a finished decision."""
    out = tmp_path_factory.mktemp("decided") / "out"
    assert "board.html" in decided(offer, out, "--threads", 2)
    return out


def test_every_page_of_a_decision_is_written_again_from_its_folder(finished: Path) -> None:
    before = files_of(finished)
    for page in (BOARD_HTML, BOARD_PDF, REPORT):
        (finished / page).unlink()
    assert engager_sim("report", finished).exit_code == 0
    assert files_of(finished) == before


def test_the_report_leads_from_its_sentences_to_the_rows_of_their_numbers(finished: Path) -> None:
    text, reader = read(finished)
    assert {"options.csv", "men.csv", "net_benefit.csv", "spend.csv"} <= set(reader.links)
    sentence = next(said for said in text.split("<p>") if "best by net benefit" in said)
    number = int(re.findall(r'href="#net_benefit-(\d+)"', sentence)[0])
    row = pd.read_csv(finished / "net_benefit.csv").iloc[number - 1]
    assert f"worth GBP {row['worth']:,.0f}" in sentence
    assert f'<tr id="net_benefit-{number}"><td>GBP {row["worth"]:,.0f}' in text


def test_lives_are_never_taken_for_replicates_with_men_of_their_own(
    offer: Path, finished: Path
) -> None:
    files = (offer / "today.toml", offer / "peers.toml")
    more = engager_sim("decide", *files, *FEW, "--replicates", 42, "--out", finished)
    assert "replicates_before_lives was 40, is 42" in one_message(more)


def test_todays_service_may_stand_anywhere_and_that_is_said(offer: Path) -> None:
    told = engager_sim("decide", offer / "peers.toml", offer / "today.toml", *FEW, "--dry-run")
    assert told.exit_code == 0, told.output
    note = " ".join(told.stderr.split())
    assert "today.toml is today's service, wherever it stands: all others are based on it" in note


def test_other_options_in_a_folder_are_refused_by_their_names(offer: Path, finished: Path) -> None:
    files = (offer / f"{name}.toml" for name in ("today", "weekly", "peers"))
    other = engager_sim("decide", *files, *FEW, "--out", finished)
    assert "made of today, peers, and asked for now are today, weekly, peers" in one_message(other)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--for", "caseload"), "neither more nor less is better"),
        (("--budget", "10"), "buys none of the options"),
        (("--lives", "7"), "at least 8"),
        (("--parameters", "defaults"), "a decision weighs what is not known"),
        (("--worth", "0"), "no sum of money"),
        (("--worth", "0.4"), "whole pounds"),
        (("--worth", "1e300"), "no sum of money"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_line(
    offer: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    files = (offer / "today.toml", offer / "peers.toml")
    out = tmp_path / "out"
    assert words in one_message(engager_sim("decide", *files, "--out", out, *options))
    assert not out.exists()
