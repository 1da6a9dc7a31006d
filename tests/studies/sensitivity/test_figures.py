"""Figures of sensitivity studies belong to their method, and say what they show and leave out."""

import dataclasses
import itertools
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from engager_sim.designs.missing_values import MISSING
from engager_sim.figures.factor_labels import factor_labels
from engager_sim.figures.picture import Picture, text_of
from engager_sim.studies.sensitivity.figures import pictures as pictures_of
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.settings import read_sensitivity
from engager_sim.studies.sensitivity.study import Sensitivity, sensitivity
from tests.figures.layout import assert_all_on_the_page, assert_equal_files, text_around
from tests.scenarios.services import SERVICE, write

STUDY = """\
question = "What moves trust?"
scenario = "service.toml"
replicates = {replicates}
outcomes = {outcomes}

[method]
name = "{method}"
samples = {samples}
{more}
"""
FACTORS = """
[[factors]]
parameter = "programme.supervision.interval"

[[factors]]
parameter = "programme.supervision.mode"

[[factors]]
parameter = "relationship.trust_growth"

[[factors]]
parameter = "population.leavers"
low = 10
high = 14
"""
OF_PARAMETERS = FACTORS.rpartition("[[factors]]")[0]
"""For methods of many points: with another number of men, each would be another service."""
SLOPES = """
[[factors]]
parameter = "programme.supervision.interval"

[[factors]]
parameter = "relationship.trust_growth"
"""
LEVERS = """
[[factors]]
every = "lever"
arm = "programme"
"""
FEW_RESAMPLES = 2
TRUST, CONTACT = "trust_12w_programme", "engaged_12w_programme"

ALONG_FACTORS = {"tornado", "conditional_means"}
BELONGING = {
    "sobol": (32, {"indices", "second_order", "convergence", "groups"} | ALONG_FACTORS),
    "morris": (8, {"indices", "morris_plane", "convergence"}),
    "fast": (257, {"indices", "groups"}),
    "rbd_fast": (120, {"indices", "convergence", "groups"} | ALONG_FACTORS),
    "delta": (100, {"indices"} | ALONG_FACTORS),
    "pawn": (100, {"indices"} | ALONG_FACTORS),
    "dgsm": (32, {"indices", "convergence"}),
    "hdmr": (1000, {"indices", "groups"} | ALONG_FACTORS),
    "regional": (100, {"indices"} | ALONG_FACTORS),
    "fractional_factorial": (1, {"indices"}),
}
"""Samples of each method, and the pictures that belong to it."""

every_method = pytest.mark.parametrize("method", METHODS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the small service, into which studies are written."""
    return write(tmp_path_factory.mktemp("studies"), SERVICE).parent


def studied(folder: Path, method: str, factors: str = FACTORS, **more: object) -> Sensitivity:
    """Carry out a small study."""
    facts = {
        "method": method, "samples": BELONGING[method][0], "replicates": 2,
        "outcomes": f'["{TRUST}"]', "more": "",
    }  # fmt: skip
    file = write(folder, STUDY.format(**facts | more) + factors, "study.toml")
    return sensitivity(dataclasses.replace(read_sensitivity(file), resamples=FEW_RESAMPLES))


class WhenAsked[Value](dict[str, Value]):
    """Values by method, each made when it is first asked for: workers divide the methods."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, method: str) -> Value:
        self[method] = self.make(method)
        return self[method]


@pytest.fixture(scope="module")
def by_method(folder: Path) -> WhenAsked[Sensitivity]:
    """Carry out a small study by a method; Morris's with two outcomes."""
    two = {"outcomes": f'["{TRUST}", "{CONTACT}"]'}

    def make(method: str) -> Sensitivity:
        factors = OF_PARAMETERS if BELONGING[method][0] > 200 else FACTORS
        factors = SLOPES if METHODS[method].numbers_only or method == "fast" else factors
        return studied(folder, method, factors, **(two if method == "morris" else {}))

    return WhenAsked(make)


@pytest.fixture(scope="module")
def drawn(by_method: WhenAsked[Sensitivity]) -> WhenAsked[list[Picture]]:
    return WhenAsked(lambda method: pictures_of(by_method[method]))


@pytest.fixture(scope="module")
def of_many(folder: Path) -> Sensitivity:
    """Carry out a Morris study of all 28 levers."""
    return studied(folder, "morris", LEVERS, samples=4)


def kind(picture: Picture) -> str:
    """Strip the outcome from a picture's name."""
    return picture.name.removesuffix(f"_{TRUST}").removesuffix(f"_{CONTACT}")


@every_method
def test_a_method_has_the_pictures_that_belong_to_it(
    method: str, drawn: WhenAsked[list[Picture]]
) -> None:
    assert {kind(picture) for picture in drawn[method]} == BELONGING[method][1]


def test_every_outcome_has_its_bars_and_its_plane(drawn: WhenAsked[list[Picture]]) -> None:
    names = {picture.name for picture in drawn["morris"]}
    for outcome in (TRUST, CONTACT):
        assert {f"indices_{outcome}", f"morris_plane_{outcome}"} < names


@every_method
def test_pictures_have_names_of_their_own_and_say_what_they_show_in_numbers(
    method: str, drawn: WhenAsked[list[Picture]]
) -> None:
    names = [picture.name for picture in drawn[method]]
    assert len(set(names)) == len(names)
    for picture in drawn[method]:
        assert not picture.title.endswith("?"), picture.title
        assert re.search(r"\d\.\d", picture.description), picture.name
        assert "nan" not in picture.description


@every_method
def test_pictures_state_the_question_and_that_they_are_simulated(
    method: str, drawn: WhenAsked[list[Picture]]
) -> None:
    for picture in drawn[method]:
        text = text_around(picture.figure)
        assert "What moves trust?" in text
        assert "Simulated." in text
        assert "2 replicates each" in text


@every_method
def test_nothing_written_runs_off_the_page_or_onto_anything_else(
    method: str, drawn: WhenAsked[list[Picture]]
) -> None:
    for picture in drawn[method]:
        assert_all_on_the_page(picture.figure)
        assert_words_apart(picture)


def assert_words_apart(picture: Picture) -> None:
    """Compare all words of a picture that was laid out."""
    beyond = labels_beyond_the_axes(picture.figure)
    texts = set(picture.figure.findobj(Text)) - beyond
    seen = [text for text in texts if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in seen]
    for (one, here), (other, there) in itertools.combinations(boxes, 2):
        across = min(here.x1, there.x1) - max(here.x0, there.x0)
        down = min(here.y1, there.y1) - max(here.y0, there.y0)
        assert min(across, down) < 2.5, (picture.name, one, other)


def labels_beyond_the_axes(figure: Figure) -> set[Text]:
    """Gather the labels of ticks that are not drawn, for they lie beyond the axes."""
    beyond = set()
    for axis in [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]:
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not low <= tick.get_loc() <= high:
                beyond.add(tick.label1)
    return beyond


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_equal_studies_give_equal_files_that_carry_their_words(
    method: str, by_method: WhenAsked[Sensitivity], drawn: WhenAsked[list[Picture]], tmp_path: Path
) -> None:
    assert_equal_files(drawn[method], pictures_of(by_method[method]), tmp_path)
    for picture in drawn[method]:
        picture.save(tmp_path / "picture.png")
        kept = text_of(tmp_path / "picture.png")
        assert kept[1:] == (picture.title, picture.description)


def test_of_many_factors_the_largest_are_drawn_and_it_is_said(of_many: Sensitivity) -> None:
    bars, plane = pictures_of(of_many)
    without_effect = of_many.without_effect(TRUST)
    acting = 28 - len(without_effect)
    assert 15 < acting < 28
    shown = {label.get_text() for label in bars.figure.axes[0].get_yticklabels()}
    labels = factor_labels(of_many.settings.study.factors)
    assert not shown & {labels[name] for name in without_effect}
    assert "No effect here, and not drawn: " in text_around(bars.figure)
    named = f"The 15 largest of {acting} have names, the other {acting - 15} faint marks."
    assert named in text_around(plane.figure)
    for picture in (bars, plane):
        assert_all_on_the_page(picture.figure)
        assert_words_apart(picture)
    named = [text.get_text() for text in plane.figure.axes[0].texts]
    assert len(set(named) & set(factor_labels(of_many.settings.study.factors).values())) == 15


def test_pictures_of_an_outcome_say_which_runs_have_no_value_of_it(
    by_method: WhenAsked[Sensitivity],
) -> None:
    missing = pd.DataFrame(
        [(TRUST, 18, 0, 5, "no man in the denominator", 6, 3, 0, 3, False)],
        columns=[column.name for column in MISSING],
    )
    lacking = dataclasses.replace(by_method["morris"], missing=missing)
    for picture in pictures_of(lacking):
        if picture.name.endswith((TRUST, CONTACT)):
            text = " ".join(text_around(picture.figure).split())
            assert ("of 18 runs 5 have no value" in text) is picture.name.endswith(TRUST)


def test_factors_that_are_taken_together_are_drawn_by_the_name_of_their_group(folder: Path) -> None:
    for method in ("sobol", "morris"):
        result = studied(folder, method, more='groups = "role"')
        pictures = pictures_of(result)
        expected = BELONGING[method][1] - {"groups", "morris_plane"}
        assert {kind(picture) for picture in pictures} == expected
        names = [label.get_text() for label in pictures[0].figure.axes[0].get_yticklabels()]
        assert {"levers", "uncertainties"} <= set(names)


def test_an_outcome_that_nothing_moves_is_drawn_all_the_same(
    by_method: WhenAsked[Sensitivity],
) -> None:
    for method in ("sobol", "morris"):
        result = by_method[method]
        tables = {
            name: table.assign(value=0.0, low=0.0, high=0.0)
            for name in ("indices", "second_order", "convergence", "groups")
            if len(table := getattr(result, name))
        }
        chance = result.chance.assign(
            factors=np.nan, common_luck=np.nan, own_luck=np.nan, chance_in_means=np.nan
        )
        points = result.points.assign(**{column.name: 0.5 for column in result.design.columns})
        still = dataclasses.replace(result, points=points, chance=chance, **tables)
        for picture in pictures_of(still):
            assert_all_on_the_page(picture.figure)
            assert "nan" not in picture.description
