"""What writes the tables: reads rules and tests, rewrites between markers, or only checks."""

from pathlib import Path

import pytest

from docs import generate
from docs.declarations import week
from docs.generate import main, rewritten
from docs.markdown import table
from docs.rules import equations, grounds, mechanism, parameters_read, rule_rows
from docs.tested import TestName, rules_in_tests
from engager_sim.compilation import Rule
from engager_sim.errors import UsageError
from engager_sim.theory import peers
from engager_sim.theory.relationship import grow
from engager_sim.week.order import WEEK
from tests.edited_package import comment_everywhere, copied, run_copied

STALE = "# A page\n\nBefore.\n\n<!-- generated: week -->\n\nlast year\n\n<!-- end -->\n\nAfter.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the only document of a house of its own, with a table out of date."""
    page = tmp_path / "page.md"
    page.write_text(STALE)
    monkeypatch.setattr(generate, "DOCUMENTS", tmp_path)
    return page


def test_a_table_is_rewritten_and_what_stands_around_it_is_left_alone() -> None:
    text = rewritten(STALE, {})
    assert text.startswith("# A page\n\nBefore.\n")
    assert text.endswith("\nAfter.\n")
    assert "last year" not in text
    assert week() in text


def test_writing_twice_changes_nothing_more() -> None:
    once = rewritten(STALE, {})
    assert rewritten(once, {}) == once


def test_checking_tells_that_a_table_is_out_of_date_and_writes_nothing(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check"]) == 1
    assert page.read_text() == STALE
    assert "page.md is out of date" in capsys.readouterr().err


def test_writing_brings_a_page_up_to_date(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert page.read_text() == rewritten(STALE, {})
    assert "page.md written" in capsys.readouterr().out
    assert main(["--check"]) == 0


def test_a_table_that_cannot_be_written_is_left_and_named_and_the_others_are_written(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> str:
        raise UsageError("this posterior was fitted to other rules")

    kept = "<!-- generated: fit in numbers -->\n\nas fitted\n\n<!-- end -->\n"
    page.write_text(STALE + kept)
    monkeypatch.setitem(generate.TABLES, "fit in numbers", refused)
    assert main([]) == 1
    assert page.read_text() == rewritten(STALE, {}) + kept
    told = capsys.readouterr().err
    assert told.startswith("left as they are: fit in numbers: this posterior was fitted to other")
    assert main(["--check"]) == 1


def test_comments_in_the_rules_leave_every_document_up_to_date(tmp_path: Path) -> None:
    package = copied(tmp_path, "docs", "tests", "experiments", "README.md")
    comment_everywhere(package)
    checked = run_copied(package, "-m", "docs.generate", "--check")
    assert checked.returncode == 0, checked.stderr


def test_a_marker_that_names_no_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="horoscope"):
        rewritten("<!-- generated: horoscope -->\n<!-- end -->", {})


def test_the_week_has_a_row_per_event() -> None:
    assert len(week().splitlines()) == 2 + len(WEEK)


def test_a_cell_keeps_a_table_whole() -> None:
    assert table(("a", "b"), [("one | two\nlines", "")]).splitlines()[-1] == (
        "| one \\| two lines | - |"
    )


def test_a_mechanism_is_told_without_its_equation() -> None:
    told = "Decide whether a man leaves: ``P = p (1 - T)`` (assumption)."
    assert mechanism(told) == "Decide whether a man leaves"
    assert mechanism("Share of men, in [0, 1].\n\nMore.") == "Share of men, in [0, 1]"


def test_equations_are_what_is_written_as_code_save_single_names() -> None:
    told = "Grow.\n\n``dT = t (1 -\n T)`` and ``dR = r R``, with ``a`` the anchoring."
    assert equations(told) == ("dT = t (1 - T)", "dR = r R")


def test_grounds_are_studies_with_a_year_and_the_word_assumption() -> None:
    told = (
        "Notes\n-----\nTrust is in Lennox et al.\n(2021, abstract); see Milward & Provan 1998, "
        "HM Inspectorate of Probation (2021) and 1234 men. Rates: assumption."
    )
    assert grounds(told) == (
        "Lennox et al. 2021", "Milward & Provan 1998", "HM Inspectorate of Probation 2021",
        "assumption",
    )  # fmt: skip


def test_parameters_read_include_those_of_rules_that_a_rule_calls() -> None:
    strain: Rule = peers.strain_of_peer  # type: ignore[assignment]
    assert {"peers.strain_recovery", "peers.hours", "peers.hours_per_man"} <= set(
        parameters_read(strain)
    )


def test_a_test_that_uses_a_rule_only_through_a_helper_is_found() -> None:
    found = rules_in_tests()["relationship", grow.__name__]
    helped = "test_one_gate_alone_builds_much_less_than_half_of_what_both_build"
    assert TestName("patterns/test_precondition.py", helped) in found


def test_rules_come_room_by_room_in_the_order_of_the_theory() -> None:
    rooms = list(dict.fromkeys(row.room for row in rule_rows()))
    assert rooms[:3] == ["collaboration", "client_engagement", "ways_out"]
    assert rooms[-1] == "traits"
