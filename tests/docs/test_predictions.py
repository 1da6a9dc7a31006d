"""What is predicted is of the posterior and the rules that stand."""

import numpy as np

from docs import predictions


def test_the_predictions_are_those_of_what_ships() -> None:
    """After a change of either: python -m docs.predictions."""
    found = predictions.kept()
    assert {key: found[key] for key in predictions.made_from()} == predictions.made_from()


def test_every_figure_has_a_row_and_an_interval_about_its_median() -> None:
    assert predictions.predicted_figures().count("\n") == 1 + len(predictions.PREDICTED)
    assert "no value" in predictions.predicted_figures()  # of usual care, who miss no appointment
    for by_arm in predictions.kept()["found"][""].values():
        for both in by_arm.values():
            for ends in both.values():
                assert ends == [None] * 3 or ends == sorted(ends)


def test_missed_is_what_was_not_kept() -> None:
    outcomes = np.full((2 * len(predictions.PREDICTED), 2, 4), 0.7)
    runs = predictions._as_predicted(outcomes)[:, 0]
    found = predictions._quantiles(runs, np.array([0, 0, 1, 1]))
    assert found["Appointments missed"]["programme"]["expected"] == [0.3, 0.3, 0.3]
    assert found["Engaged at week 52"]["programme"]["observed"] == [0.7, 0.7, 0.7]
