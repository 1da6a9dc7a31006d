"""Text from people is never markup: every output of a run and of a comparison shows it as text."""

import json
import re
import unicodedata
import warnings
from pathlib import Path

import pandas as pd
import pytest

from engager_sim.designs.execution.carry_out import Execution
from engager_sim.errors import ScenarioError
from engager_sim.figures.drawn_text import BOX, BOXED, drawable, fitting_lines, width_of
from engager_sim.figures.picture import text_of
from engager_sim.reports.html_text import attribute_text, html_text
from engager_sim.results.tables import write_csv
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.figures import pictures as pictures_of_comparison
from engager_sim.studies.compare.study import compare
from engager_sim.studies.run.figures import pictures as pictures_of_run
from engager_sim.studies.run.settings import RunSettings
from engager_sim.studies.run.study import prepare
from engager_sim.visible_text import visible
from tests.command_line.command import engager_sim
from tests.figures.layout import assert_nothing_overlaps
from tests.reports.test_page import read
from tests.scenarios.services import SERVICE, write

MARKS = "$5 \\frac{a}{b} <script>alert(1)<b> [red]hot[/red] {{7*7}} :smile:"
TURNED = "left \u202e thgir"
OTHER_SCRIPTS = "监狱 \U0001f600\U0001f9d1\u200d\U0001f91d\u200d\U0001f9d1 بيت עזרה"
CONTROLS = "bell \x07 red \x1b[31m link \x1b]8;;http://x.example\x07 c1 \x9b2J"
QUESTION = f"{MARKS} {TURNED} {OTHER_SCRIPTS} {CONTROLS}?"
AGENCIES = {
    "helpers": "=1+1 $h$ 监狱 \u202ex <b>",
    "probation": "@SUM $p$ \x1b[31m [red]x[/red]",
    "housing north": "-housing W" + 20 * "W",
    "housing south": "+house " + "long name " * 5,
}
NAMES = ("_$x$ [red] <script> \u202e 监狱", "long " + 40 * "W" + " a")
IDS = ("=1+1", "+2", "-3", "@4", "$5$", "\u202e6", "七", "[red]", *(f"M{n}" for n in range(12)))
STEERING = ("Cc", "Cs")


def assert_steers_nothing(text: str) -> None:
    """Check that a text holds no control and nothing that turns the direction of writing."""
    assert not [
        letter
        for letter in text
        if (unicodedata.category(letter) in STEERING and letter != "\n")
        or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    ]


def quoted(text: str) -> str:
    """Write text as a value of TOML."""
    return json.dumps(text, ensure_ascii=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Write two services in which everything that people name is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    text = SERVICE.replace('"What happens in a small service?"', quoted(QUESTION))
    for name, hostile in AGENCIES.items():
        text = re.sub(f'(?<!kind = )"{name}"', lambda _, new=hostile: quoted(new), text)
    rows = "\n".join(f'"{name}",{week % 10}' for week, name in enumerate(IDS))
    (folder / "men.csv").write_text(f"id,entry_week\n{rows}\n", encoding="utf-8")
    text = text.replace("leavers = 20\n", 'men = "men.csv"\n')
    return [write(folder, text, f"{name}.toml") for name in NAMES]


@pytest.fixture(scope="module")
def run(files: list[Path]) -> tuple[Path, str]:
    """Run both; give the folder and what was printed."""
    out = files[0].parent / "run"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asked = ("--replicates", 2, "--leavers", "--events", "--format", "csv", "--out", out)
        finished = engager_sim("run", *files, *asked, draws=True)
    assert finished.exit_code == 0, finished.output
    return out, finished.output


def assert_shown_as_text(folder: Path, printed: str) -> None:
    """Check pictures, report and print of a folder."""
    assert_steers_nothing(printed)
    assert "[red] <script>" in printed
    for picture in (folder / "figures").glob("*.png"):
        _, _, words = text_of(picture)
        assert "nan" not in words
    page, _ = read(folder)
    assert_steers_nothing(page)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;b&gt;" in page
    assert "{{7*7}}" in page
    assert "<bdi>بيت עזרה</bdi>" in page


def test_a_run_shows_names_as_they_are_written(run: tuple[Path, str]) -> None:
    folder, printed = run
    assert_shown_as_text(folder, printed)
    assert "[red]hot[/red]" in printed
    assert ":smile:" in printed
    agencies = pd.read_parquet(folder / "agencies.parquet")
    assert set(agencies["agency"]) == set(AGENCIES.values())


def test_ids_come_back_as_they_were_given_and_start_no_formula(run: tuple[Path, str]) -> None:
    folder, _ = run
    kept = pd.read_parquet(folder / "leavers.parquet")
    given = next(name for name in kept if set(IDS) <= set(kept[name].astype(str)))
    written = pd.read_csv(folder / "leavers.csv", dtype=str, keep_default_na=False)
    assert set(written[given]) == {f"'{name}" if name[0] in "=+-@" else name for name in IDS}


def test_a_comparison_shows_names_as_they_are_written(files: list[Path]) -> None:
    out = files[0].parent / "compare"
    finished = engager_sim("compare", *files, "--replicates", 2, "--out", out, draws=True)
    assert finished.exit_code == 0, finished.output
    assert_shown_as_text(out, finished.output)


def test_long_and_hostile_names_lie_apart_on_every_picture(files: list[Path]) -> None:
    scenarios = tuple(Scenario.load(file) for file in files)
    result = prepare(RunSettings(scenarios, 2, seed=1)).analyse(Execution())
    compared = compare(*scenarios, replicates=2, parameters="defaults")
    for picture in [*pictures_of_run(result), *pictures_of_comparison(compared)]:
        assert_nothing_overlaps(picture.figure)


def test_a_scenario_is_checked_and_shown_without_a_raw_control(files: list[Path]) -> None:
    for command in ("check", "show"):
        shown = engager_sim("scenarios", command, files[0])
        assert shown.exit_code == 0, shown.output
        assert_steers_nothing(shown.output)
    again = write(files[0].parent, engager_sim("scenarios", "show", files[1]).output, "again.toml")
    assert Scenario.load(again).question == QUESTION


def test_commands_name_a_hostile_folder_on_one_line(tmp_path: Path) -> None:
    file, out = write(tmp_path, SERVICE, "a\nb.toml"), tmp_path / "c\nd\x1b[31m"
    run = ("run", file, "--replicates", 2, "--out", out)
    named = "c\\u000ad\\u001b[31m"
    for command, told in (
        ((*run, "--dry-run"), f"{named}."),
        (run, f"{named}: read"),
        (("report", out), f"{named}/report.html"),
        (("scenarios", "check", file), "a\\u000ab.toml can be used"),
    ):
        finished = engager_sim(*command)
        assert finished.exit_code == 0, finished.output
        assert_steers_nothing(finished.output)
        assert "".join(told.split()) in "".join(finished.stdout.split())


def test_an_error_names_a_hostile_file_and_key_on_one_line(tmp_path: Path) -> None:
    file = write(tmp_path, '"a\\u001b[31m\\nb" = 1\n' + SERVICE, "x\u202e\x1b]0;t\x07\n.toml")
    with pytest.raises(ScenarioError) as refused:
        Scenario.load(file)
    assert_steers_nothing(str(refused.value))
    assert "\n" not in str(refused.value)
    assert "\\u202e\\u001b]0;t\\u0007\\u000a.toml" in str(refused.value)


def test_a_name_that_is_no_utf8_can_be_a_scenarios(tmp_path: Path) -> None:
    file = write(tmp_path, SERVICE, b"caf\xe9.toml".decode("utf-8", "surrogateescape"))
    assert Scenario.load(file).name == "caf\\udce9"


def test_only_text_that_starts_a_formula_is_changed_in_csv(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "words": ["=1", "+1", "-1", "@x", "\tx", "\rx", "x=1", None],
            "kinds": pd.Categorical(["-a", "b"] * 4),
            "numbers": [-1.5, 2, 3, 4, 5, 6, 7, 8],
        }
    )
    write_csv(table, tmp_path / "table.csv")
    read_back = pd.read_csv(tmp_path / "table.csv", keep_default_na=False)
    words = ["'=1", "'+1", "'-1", "'@x", "'\tx", "\\u000dx", "x=1", ""]
    assert read_back["words"].tolist() == words
    assert read_back["kinds"].tolist() == ["'-a", "b"] * 4
    assert read_back["numbers"].tolist() == table["numbers"].tolist()


def test_visible_text_leaves_what_steers_nothing_alone() -> None:
    for text in ("plain", "ä é", "a\tb\nc", OTHER_SCRIPTS, MARKS):
        assert visible(text) == text
    assert visible("\u202e\x1b\udcff\U000e0001") == "\\u202e\\u001b\\udcff\\U000e0001"
    assert visible("a\nb", kept="") == "a\\u000ab"


def test_a_picture_has_a_box_where_its_font_has_nothing() -> None:
    assert drawable("监狱 $x$\tä\u0e31") == f"{BOX}{BOX} $x$ ä"
    assert BOX in BOXED
    lines = fitting_lines("W" * 90, 2.0, {"size": 8.0})
    assert "".join(lines) == "W" * 90
    assert all(width_of(line, size=8.0) <= 2.0 for line in lines)


def test_a_line_that_begins_with_words_from_right_to_left_keeps_the_order_of_its_text() -> None:
    words, size = "abc abc abc " + "עזרה " + "abc", {"size": 8.0}
    assert fitting_lines(words, 0.8, size)[-1] == "\u200eעזרה abc"
    assert fitting_lines("עזרה abc", 0.8, size) == ["עזרה abc"]


def test_words_from_right_to_left_are_set_apart_between_tags_and_not_in_attributes() -> None:
    assert html_text("a <b> עזרה, בית 5") == "a &lt;b&gt; <bdi>עזרה, בית</bdi> 5"
    assert attribute_text('"עזרה\u202e"') == "&#34;עזרה\\u202e&#34;"
    assert html_text(5) == 5
    assert re.fullmatch("[a-z]+", html_text("plain"))
