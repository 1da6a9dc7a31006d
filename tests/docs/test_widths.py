"""The widths that documents quote are of these rules, this posterior and this service."""

from docs import widths


def test_they_were_made_from_what_there_is() -> None:
    """After a change of any: python -m docs.widths."""
    found = widths.kept()
    assert {key: found[key] for key in widths.made_from()} == widths.made_from()


def test_every_option_is_told() -> None:
    text = widths.widths_beside_more_draws()
    assert text.count("\n") == 1 + len(widths.CARRIED)
    rows = widths.kept()["widths"]
    assert {row["option"] for row in rows} == set(widths.OPTIONS)
    assert all(len(row["ratios"]) == len(widths.SEEDS) for row in rows)
