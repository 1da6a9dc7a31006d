"""The pictures of a calibration."""

from pathlib import Path

from engager_sim.studies.calibrate.figures import pictures
from engager_sim.studies.calibrate.study import calibrate
from tests.figures.layout import assert_all_on_the_page
from tests.studies.calibrate.small_study import STUDY, study_in


def test_pictures_lie_on_their_pages_and_say_what_they_show(tmp_path: Path) -> None:
    text = STUDY.replace("truths = 40", "truths = 0")
    calibration = calibrate(study_in(tmp_path, text))
    assert len(calibration.coverage) == 0
    drawn = pictures(calibration)
    assert [picture.name for picture in drawn] == [
        "targets_met",
        "priors_and_posteriors",
        "tied_pairs",
    ]
    for picture in drawn:
        assert_all_on_the_page(picture.figure)
        assert "1,024 points from the prior" in picture.description


def test_one_parameter_and_one_theory_are_enough(tmp_path: Path) -> None:
    entries = STUDY.split("[[factors]]")
    text = "[[factors]]".join([entries[0], entries[3]])
    calibration = calibrate(study_in(tmp_path, text))
    assert len(calibration.ties) == 0
    assert set(calibration.rivals["about"]) == {"reoffending"}
    assert "ranks_of_truths" in [picture.name for picture in pictures(calibration)]
