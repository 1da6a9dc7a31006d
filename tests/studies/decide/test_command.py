"""``engager-sim decide``: what it writes, goes on from, and refuses."""

from pathlib import Path

import pytest

from engager_sim.reports.page import REPORT
from engager_sim.studies.decide.board import BOARD_HTML, BOARD_PDF
from tests.command_line.command import engager_sim, one_message
from tests.faults.kills import files_of

FEW = ("--replicates", "40", "--populations", "10", "--lives", "8")


def decided(offer: Path, out: Path, *options: object) -> str:
    """Decide about peers in small, and give what was printed."""
    files = (offer / "today.toml", offer / "peers.toml")
    result = engager_sim("decide", *files, *FEW, "--out", out, *options)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_decision_that_lost_runs_or_pages_goes_on_and_ends_with_the_same_bytes(
    offer: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    printed = decided(offer, out, "--threads", 2)
    assert "board.html" in printed
    before = files_of(out)
    lost, *_, damaged = sorted((out / "runs").glob("*"))
    lost.unlink()
    damaged.write_bytes(damaged.read_bytes()[:-1])
    decided(offer, out, "--threads", 1)
    assert files_of(out) == before
    for page in (BOARD_HTML, BOARD_PDF, REPORT):
        (out / page).unlink()
    assert engager_sim("report", out).exit_code == 0
    assert files_of(out) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--for", "caseload"), "neither more nor less is better"),
        (("--budget", "10"), "buys none of the options"),
        (("--lives", "7"), "at least 8"),
        (("--parameters", "defaults"), "a decision weighs what is not known"),
        (("--worth", "0"), "no sum of money"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_line(
    offer: Path, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    files = (offer / "today.toml", offer / "peers.toml")
    out = tmp_path / "out"
    assert words in one_message(engager_sim("decide", *files, "--out", out, *options))
    assert not out.exists()
