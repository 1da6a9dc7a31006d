"""The declarations of parameters, and the table made from them."""

import csv
import io
import json

import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.parameters_table import (
    COLUMNS,
    as_csv,
    as_json,
    as_markdown,
    parameter_rows,
)
from engager_sim.theory import THEMES, parameters
from engager_sim.theory.declaration import ASSUMPTION, FITTED, Role
from engager_sim.theory.sources import SOURCES

DECLARED = list(parameters())


def test_names_of_parameters_are_unique() -> None:
    assert len({parameter.path for parameter in DECLARED}) == len(DECLARED)


def test_a_declaration_is_complete() -> None:
    for parameter in DECLARED:
        assert parameter.low < parameter.high, parameter.path
        assert parameter.low <= parameter.default <= parameter.high, parameter.path
        assert parameter.unit, parameter.path
        assert parameter.role in set(Role), parameter.path
        assert parameter.source == ASSUMPTION or parameter.source in SOURCES, parameter.path
        assert parameter.kind in ("real", "integer", "category", "on/off"), parameter.path
        assert (parameter.kind == "category") == bool(parameter.choices), parameter.path


def test_a_meaning_is_one_sentence_without_a_full_stop() -> None:
    for parameter in DECLARED:
        meaning = parameter.meaning
        assert meaning == meaning.strip(), parameter.path
        assert len(meaning) >= 10, parameter.path
        assert not meaning.endswith("."), parameter.path
        assert ". " not in meaning, parameter.path
        assert "\n" not in meaning, parameter.path


def test_the_table_has_a_row_per_parameter_and_all_columns() -> None:
    rows = parameter_rows()
    assert [row["path"] for row in rows] == [parameter.path for parameter in DECLARED]
    assert all(tuple(row) == COLUMNS for row in rows)


def test_the_table_cites_what_is_not_assumed() -> None:
    declared = {parameter.path: parameter for parameter in parameters()}
    for row in parameter_rows():
        parameter = declared[str(row["path"])]
        assert str(row["citation"]).startswith("fitted to") == (row["source"] == FITTED)
        if parameter.source == ASSUMPTION:
            assert str(row["citation"]).endswith("an assumption of this model")
        else:
            cited = SOURCES[parameter.source]
            assert cited.citation in str(row["citation"])
            assert f"read: {cited.mark}" in str(row["citation"])


@pytest.mark.parametrize("theme", THEMES)
def test_the_table_can_be_cut_to_one_theme(theme: str) -> None:
    rows = parameter_rows(theme)
    assert rows
    assert {row["theme"] for row in rows} == {theme}


def test_an_unknown_theme_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='did you mean "supervision"'):
        parameter_rows("supervison")


def test_csv_and_json_hold_the_same_rows() -> None:
    rows = parameter_rows()
    from_csv = list(csv.DictReader(io.StringIO(as_csv(rows))))
    from_json = json.loads(as_json(rows))
    assert from_json == rows
    assert [row["path"] for row in from_csv] == [row["path"] for row in from_json]
    mode = next(row for row in from_csv if row["path"] == "supervision.mode")
    assert mode["choices"] == "managerial|reflective|shared"
    assert mode["default"] == "managerial"


def test_markdown_has_a_line_per_parameter_with_equal_cells() -> None:
    lines = as_markdown(parameter_rows()).splitlines()
    assert len(lines) == len(DECLARED) + 2
    assert {line.count("|") for line in lines} == {9}
