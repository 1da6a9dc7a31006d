"""Tables as spreadsheets and statistics programs write them."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engager_sim import compare, simulate
from engager_sim.scenarios.posterior_basis import text_of
from engager_sim.scenarios.scenario import Scenario
from tests.scenarios.services import changed, may_be_refused, refusal, write

SCALES = "[population.scales]\n"


def _service(folder: Path, men: str, population: str = "", tables: str = "") -> Path:
    write(folder, men, "men.csv")
    men_line = f'men = "men.csv"\n{population}'
    return write(folder, changed(("leavers = 20", men_line), ("[network]", f"{tables}\n[network]")))


def _given(folder: Path, column: str, *service: str) -> list[float]:
    men = Scenario.load(_service(folder, *service)).men
    assert men is not None
    return [float(value) for value in men[column]]


@pytest.mark.parametrize("code", ["-99", "-99.0", "999", "88", "-9", "-1", "NA", "N/A", ".", "nan"])
@pytest.mark.parametrize("column", ["distress", "prior_trust", "short_sentence", "arm"])
def test_a_code_for_a_missing_value_is_told_as_such(tmp_path: Path, code: str, column: str) -> None:
    error = refusal(_service(tmp_path, f"{column}\n{code}\n"))
    assert error.key == f"row 2, column {column}"
    assert "this looks like a code for a missing value" in str(error)
    assert "leave the cell empty, or write missing = [" in str(error)
    assert "nearest" not in str(error)
    missing = (error.fix or "").partition("write ")[2].partition(" under")[0]
    assert Scenario.load(_service(tmp_path, f"{column}\n{code}\n", missing)).men is not None


def test_a_code_is_blank_where_the_scenario_says_so(tmp_path: Path) -> None:
    men = "id,distress,prior_trust,short_sentence\n-99,-99.0,0.5,NA\nb,3,999,yes\n"
    file = _service(tmp_path, men, 'missing = [-99, 999, "NA"]')
    scenario = Scenario.load(file)
    assert scenario.men is not None
    np.testing.assert_array_equal(scenario.men["distress"], [math.nan, 3])
    np.testing.assert_array_equal(scenario.men["prior_trust"], [0.5, math.nan])
    np.testing.assert_array_equal(scenario.men["short_sentence"], [math.nan, 1])
    assert scenario.ids == ("-99", "b")
    told = "distress: given for 1 of 2 men, drawn for 1 (1 by a code for a missing value)"
    assert told in scenario.notes
    again = Scenario.load(write(tmp_path, scenario.to_toml(), "again.toml"))
    assert again.men is not None
    assert again.men.tobytes() == scenario.men.tobytes()


def test_a_code_that_no_cell_holds_is_told(tmp_path: Path) -> None:
    men = "id,distress,prior_trust\n77,-99.0,0.5\nb,NA,NA\n"
    scenario = Scenario.load(_service(tmp_path, men, 'missing = [77, -99, "NA", "none"]'))
    assert "codes for missing values in no cell that is read: 77, 'none'" in scenario.notes
    all_held = Scenario.load(_service(tmp_path, men, 'missing = [-99, "NA"]'))
    assert not any("no cell" in note for note in all_held.notes)


def test_yes_and_no_may_be_numbers(tmp_path: Path) -> None:
    assert _given(tmp_path, "short_sentence", "short_sentence\n1.0\n0.0\n1\n") == [1, 0, 1]


@pytest.mark.parametrize(
    "men",
    [
        "id,distress\na,3\n,\n\n , \nb,4\n,,,\n",
        "sep=,\nid,distress\na,3\nb,4\n",
        "\ufeffsep=,\r\nid,distress,,\r\na,3,,\r\nb,4,,\r\n,,,\r\n",
    ],
)
def test_what_spreadsheets_add_is_no_man(tmp_path: Path, men: str) -> None:
    assert _given(tmp_path, "distress", men) == [3, 4]


def test_rows_are_counted_as_lines_after_a_first_line_of_the_spreadsheet(tmp_path: Path) -> None:
    assert refusal(_service(tmp_path, "sep=,\ndistress\n41\n")).key == "row 3, column distress"
    assert "separate columns by commas" in str(refusal(_service(tmp_path, "sep=;\nid;distress\n")))


def test_all_columns_that_are_not_known_come_in_one_message(tmp_path: Path) -> None:
    error = refusal(_service(tmp_path, "notes,distres,core_total\nx,3,4\n"))
    assert error.key == "row 1, columns 1, 2, 3"
    assert error.value == "notes, distres, core_total"
    assert "3 columns are not known" in str(error)
    assert 'distres: did you mean "distress"?' in str(error)
    error = refusal(_service(tmp_path, "initials,core_total\nx,3\n"))
    assert 'write ignore = ["initials", "core_total"] under [population]' in str(error)


def test_columns_can_be_left_out_and_have_other_names(tmp_path: Path) -> None:
    men = "client,core_total,notes,distress\na,3,calm,x\nb,4,,y\n"
    names = '[population.columns]\nid = "client"\ndistress = "core_total"'
    scenario = Scenario.load(_service(tmp_path, men, 'ignore = ["notes", "distress"]', names))
    assert scenario.men is not None
    assert scenario.men["distress"].tolist() == [3, 4]
    assert scenario.ids == ("a", "b")
    assert "columns of men.csv not read, as asked: notes, distress" in scenario.notes
    again = Scenario.load(write(tmp_path, scenario.to_toml(), "again.toml"))
    assert again.setting == scenario.setting
    alone = Scenario.load(write(tmp_path, text_of(scenario), "alone.toml"))
    assert (alone.men, alone.setting.population.leavers) == (None, 2)


def test_a_scale_is_mapped_as_it_is_declared(tmp_path: Path) -> None:
    scales = "[population.scales]\nprior_trust = [1, 4]\nneed_work = [5, 1]"
    men = "prior_trust,need_work\n1,5\n4,1\n2,3\n,\n"
    assert _given(tmp_path, "prior_trust", men, "", scales) == [0, 1, pytest.approx(1 / 3)]
    assert "from 1 to 4" in str(
        refusal(_service(tmp_path, "prior_trust,need_work\n5,1\n", "", scales))
    )
    assert "[population.scales]" in str(refusal(_service(tmp_path, "prior_trust\n3\n")))


def test_a_scale_of_a_column_without_values_is_told(tmp_path: Path) -> None:
    """Such a line would otherwise do nothing, and say nothing."""
    scales = "[population.scales]\nprior_trust = [1, 4]\nneed_work = [5, 1]"
    notes = Scenario.load(_service(tmp_path, "need_work\n5\n", "", scales)).notes
    assert "scales of columns without a value: prior_trust" in notes


@pytest.mark.parametrize(
    ("population", "tables", "key", "part"),
    [
        ("missing = [nan]", "", "population.missing[1]", "not a finite number"),
        ("missing = [true]", "", "population.missing[1]", "a number or text"),
        ("missing = -99", "", "population.missing", "a list, each a number or text"),
        ('ignore = ["notse"]', "", "row 1", "the column notse is missing"),
        ('ignore = "notes"', "", "population.ignore", "a list"),
        ("", '[population.columns]\ndistres = "a"', "population.columns.distres", "distress"),
        ("", '[population.columns]\ndistress = "core"', "row 1", "the column core is missing"),
        ('ignore = ["a", "a"]', "", "population.columns", "in two ways"),
        ("columns = 3", "", "population.columns", "a table"),
        ("", SCALES + "prior_trust = [1, 1]", "population.scales.prior_trust", "same"),
        (
            "",
            "[population.scales]\nprior_trust = [1, inf]",
            "population.scales.prior_trust[2]",
            "fin",
        ),
        ("", "[population.scales]\ndistress = [1, 4]", "population.scales.distress", "prior_trust"),
    ],
)
def test_a_way_of_reading_that_cannot_be_is_refused(
    tmp_path: Path, population: str, tables: str, key: str, part: str
) -> None:
    error = refusal(_service(tmp_path, "distress\n3\n", population, tables))
    assert error.key == key
    assert part in str(error)


def test_a_way_of_reading_needs_a_table(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, changed(("leavers = 20", "leavers = 20\nmissing = [-99]"))))
    assert error.key == "population.missing"
    assert "no table of men" in str(error)


def test_men_read_in_two_ways_are_the_same_men(tmp_path: Path) -> None:
    one = Scenario.load(_service(tmp_path, "distress\n3\n4\n"))
    write(tmp_path, "core,x\n3,a\n4,b\n", "other.csv")
    text = changed(
        ("leavers = 20", 'men = "other.csv"\nignore = ["x"]'), ("[network]", "[network]")
    )
    text = text.replace("[network]", '[population.columns]\ndistress = "core"\n[network]')
    other = Scenario.load(write(tmp_path, text, "other.toml"))
    assert len(compare(one, other, replicates=2, parameters="defaults").differences)


def test_own_ids_come_back_in_the_table_of_leavers(tmp_path: Path) -> None:
    scenario = Scenario.load(_service(tmp_path, "id,distress\nM 1,3\n,4\nM 3,\n"))
    leavers = simulate(scenario, 2, leavers=True, parameters="defaults").leavers
    assert leavers is not None
    assert leavers["id"].astype(object).where(leavers["id"].notna(), "").tolist() == [
        "M 1", "", "M 3", "M 1", "", "M 3",
    ]  # fmt: skip
    without = simulate(
        Scenario.load(write(tmp_path, changed())), 1, leavers=True, parameters="defaults"
    ).leavers
    assert without is not None
    assert "id" not in without


CELLS = st.one_of(
    st.text(max_size=6), st.floats().map(str), st.sampled_from(["yes", "-99", "1.0", "", "red"])
)
COLUMNS = ("id", "distress", "prior_trust", "need_housing", "arm", "team", "entry_week")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=3))
def test_any_cell_is_read_or_refused_and_every_number_is_in_its_range(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    text = "\n".join(",".join(row) for row in [list(COLUMNS), *rows])
    file = _service(tmp_path, text.encode("utf-8", "replace").decode(), "missing = [7]")
    if may_be_refused(file) is None:
        men = Scenario.load(file).men
        assert men is not None
        for name in ("prior_trust", "arm", "team"):
            assert (np.isnan(men[name]) | ((men[name] >= 0) & (men[name] <= 1))).all()
        assert (
            np.isnan(men["distress"]) | ((men["distress"] >= 0) & (men["distress"] <= 40))
        ).all()
    else:
        assert refusal(file).fix
