"""The trial that documents quote is of these rules, this posterior and this study file."""

from docs import tried


def test_it_was_made_from_what_there_is() -> None:
    """After a change of any: python -m docs.tried."""
    found = tried.kept()
    assert {key: found[key] for key in tried.made_from()} == tried.made_from()


def test_both_sets_of_parameters_are_told() -> None:
    text = tried.trial_by_size()
    assert text.count("| defaults |") == text.count("| posterior |") == 4
    assert "CORE-OM" in tried.trial_in_words()
