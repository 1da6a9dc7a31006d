"""Captions of printed tables."""

import pytest

from engager_sim.console.plain_table import plain_table, with_line


@pytest.mark.parametrize(
    ("caption", "below"),
    [("simulated", "simulated. A line."), ("It is noise.", "It is noise. A line."),
     ("", "A line.")],
)  # fmt: skip
def test_a_line_below_a_table_follows_one_full_stop(caption: str, below: str) -> None:
    assert with_line(plain_table("question", caption, ("x",)), "A line.").caption == below


def test_sentences_get_no_line() -> None:
    assert with_line("A sentence.", "A line.") == "A sentence."
