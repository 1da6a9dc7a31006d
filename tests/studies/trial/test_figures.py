"""The pictures of a trial: on their pages, with what they show in words."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.figures.picture import text_of
from engager_sim.studies.trial.figures import pictures
from engager_sim.studies.trial.figures.why_null import finding
from engager_sim.studies.trial.study import trial
from tests.figures.test_figures import assert_all_on_the_page
from tests.studies.trial.made_up import STUDY, study_in


@pytest.mark.parametrize(
    ("low", "told"),
    [
        ((0.5, 0.0, 0.0), "delivery takes most"),
        ((0.25, 0.1, 0.0), "Delivery or supervision takes most"),
        ((-0.1, 0.0, -0.1), "can be told from no effect"),
        ((float("nan"), 0.0, 0.0), "What dilution takes from the effect"),
    ],
)
def test_the_part_that_dilutes_most_is_named_only_where_it_is_clear(
    low: tuple[float, ...], told: str
) -> None:
    points = {"delivery": 0.6, "supervision": 0.3, "caseload": 0.1}
    steps = pd.DataFrame({"points": points, "high": dict.fromkeys(points, 0.4)})
    steps["low"] = low
    assert told in finding(steps)


@pytest.mark.parametrize("replicates", [2, 6])
def test_pictures_lie_on_their_pages_and_say_what_they_show(
    replicates: int, tmp_path: Path
) -> None:
    text = STUDY.replace("replicates = 6", f"replicates = {replicates}")
    for index, picture in enumerate(
        pictures(trial(study_in(tmp_path, text), parameters="defaults"))
    ):
        assert_all_on_the_page(picture.figure)
        picture.save(tmp_path / "picture.png", index)
        told, title, words = text_of(tmp_path / "picture.png")
        assert (told, title) == (index, picture.title)
        assert len(words) > 60
