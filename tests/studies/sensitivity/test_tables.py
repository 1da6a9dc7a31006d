"""Tables of a sensitivity study, made of estimates written by hand."""

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import find_columns
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.index_estimates import IndexEstimates, Response
from engager_sim.studies.sensitivity.methods import METHODS
from engager_sim.studies.sensitivity.tables import (
    SHARE_COLUMNS,
    convergence_table,
    groups_table,
    indices_table,
    interval_of_size,
    second_order_table,
    variance_table,
)
from engager_sim.studies.sensitivity.variance_components import variance_shares

EVEN = np.linspace(-0.05, 0.05, 101)
"""A bootstrap that is even about its middle: 95% of it lies within 0.0475."""
HALF = 0.0475


def estimates_of(**values: list[float]) -> IndexEstimates:
    """Make estimates of a few factors with intervals of equal width."""
    known = {name: np.array(of_factors) for name, of_factors in values.items()}
    bootstrap = {name: of_factors + EVEN[:, None] for name, of_factors in known.items()}
    return IndexEstimates(known, bootstrap, blocks=7, of=8)


def response(names: str) -> Response:
    return Response(list(names), {}, np.zeros((8, len(names))), np.zeros((8, 1)))


def sobol_table() -> pd.DataFrame:
    """Make the table of four factors: one clear, two tied, one below 0."""
    shares = [0.7, 0.2, 0.21, -0.06]
    estimates = estimates_of(ST=shares, S1=[0.02, 1.2, 0.3, 0.1])
    estimates.values["S2"] = np.zeros((4, 4))
    return indices_table("y", METHODS["sobol"], response("abcd"), estimates)


def test_factors_are_ranked_and_those_whose_intervals_overlap_are_tied() -> None:
    table = sobol_table()
    main = table[table["index"] == "ST"].set_index("factor")
    assert main["rank"].to_dict() == {"a": 1, "c": 2, "b": 3, "d": 4}
    assert main["tied_with"].to_dict() == {"a": "", "b": "c", "c": "b", "d": ""}
    assert main["low"].to_numpy() == pytest.approx(main["value"].to_numpy() - HALF)
    assert main["high"].to_numpy() == pytest.approx(main["value"].to_numpy() + HALF)
    assert set(table["blocks"]) == {7}
    assert set(table["of"]) == {8}
    assert "S2" not in set(table["index"])


def test_values_that_no_share_has_are_kept_and_explained() -> None:
    table = sobol_table().set_index(["index", "factor"])
    assert table.loc[("ST", "d"), "value"] == -0.06
    assert table.loc[("ST", "d"), "note"].startswith("below 0")
    assert table.loc[("S1", "b"), "note"].startswith("above 1")
    assert table.loc[("S1", "a"), "note"] == "not told apart from 0"
    assert table.loc[("S1", "d"), "note"] == ""


def test_a_factor_without_effect_has_no_rank_and_no_ties() -> None:
    estimates = estimates_of(mu_star=[0.0, 2.0, 2.05], mu=[0.0, -2.0, 2.0], sigma=[0.0, 1.0, 1.0])
    for resampled in estimates.bootstrap.values():
        resampled[:, 0] = 0.0
    table = indices_table("y", METHODS["morris"], response("abc"), estimates)
    for _, rows in table.groupby("index"):
        dead, *others = rows.to_dict("records")
        assert pd.isna(dead["rank"])
        assert (dead["tied_with"], dead["note"]) == ("", NO_EFFECT)
        assert sorted(row["rank"] for row in others) == [1, 2]
        assert not any("a" in row["tied_with"] for row in others)


def test_an_index_with_a_direction_is_ranked_and_tied_by_size() -> None:
    estimates = estimates_of(mu_star=[1.0, 2.0, 3.0], mu=[0.2, -2.0, 1.95], sigma=[1, 1, 1])
    table = indices_table("y", METHODS["morris"], response("abc"), estimates)
    mu = table[table["index"] == "mu"].set_index("factor")
    assert mu["rank"].to_dict() == {"b": 1, "c": 2, "a": 3}
    assert mu["tied_with"].to_dict() == {"a": "", "b": "c", "c": "b"}
    assert set(table["note"]) == {""}


def test_the_interval_of_a_size_is_folded_at_0() -> None:
    low, high = np.array([-3.0, -1.0, 2.0, np.nan]), np.array([-2.0, 4.0, 5.0, np.nan])
    least, most = interval_of_size("ME", low, high)
    assert least[:3].tolist() == [2.0, 0.0, 2.0]
    assert most[:3].tolist() == [3.0, 4.0, 5.0]
    assert np.isnan([least[3], most[3]]).all()
    assert interval_of_size("ST", low, high) == (low, high)


def test_a_factor_without_a_value_is_ranked_last() -> None:
    estimates = estimates_of(S1=[np.nan, 0.1, -0.2])
    table = indices_table("y", METHODS["rbd_fast"], response("abc"), estimates)
    assert table["rank"].tolist() == [3, 1, 2]


def test_each_pair_of_factors_stands_once_in_the_table_of_second_order() -> None:
    square = np.arange(9.0).reshape(3, 3)
    estimates = IndexEstimates({"S2": square}, {"S2": square + EVEN[:, None, None]}, 1, 1)
    table = second_order_table("y", response("abc"), estimates)
    assert table[["factor", "other"]].to_numpy().tolist() == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert table["value"].tolist() == [1.0, 2.0, 5.0]
    assert table["low"].to_numpy() == pytest.approx(table["value"].to_numpy() - HALF)
    assert second_order_table("y", response("ab"), estimates_of(S1=[0.1, 0.2])).empty


def test_convergence_lists_the_main_index_from_the_fewest_samples_to_the_most() -> None:
    by_samples = {64: estimates_of(S1=[0.4, 0.1]), 8: estimates_of(S1=[0.5, 0.2])}
    table = convergence_table("y", METHODS["rbd_fast"], response("ab"), by_samples)
    assert table["samples"].tolist() == [8, 8, 64, 64]
    assert table["value"].tolist() == [0.5, 0.2, 0.4, 0.1]
    assert set(table["index"]) == {"S1"}


def test_first_order_shares_are_added_up_by_theme_and_role() -> None:
    factors = [
        Factor(path, "real", 0.0, 1.0, (), (), "", "", theme, role)
        for path, theme, role in (
            ("a", "peers", "lever"), ("b", "peers", "uncertainty"), ("c", "costs", "lever"),
        )
    ]  # fmt: skip
    table = groups_table("y", METHODS["sobol"], factors, estimates_of(S1=[0.1, 0.2, 0.4]))
    assert table[["by", "group"]].to_numpy().tolist() == [
        ["theme", "peers"], ["theme", "costs"], ["role", "lever"], ["role", "uncertainty"],
    ]  # fmt: skip
    assert table["value"].tolist() == pytest.approx([0.3, 0.4, 0.5, 0.2])
    # Two factors of one bootstrap resample move together here: their sum moves twice as far.
    assert (table["high"] - table["value"]).tolist() == pytest.approx([2 * HALF, HALF] * 2)


def test_shares_are_not_added_up_where_factors_were_taken_together_or_there_are_none() -> None:
    assert groups_table("y", METHODS["sobol"], (), estimates_of(S1=[0.1, 0.2])).empty
    assert groups_table("y", METHODS["morris"], (), estimates_of(mu=[0.1])).empty


def test_the_table_of_variance_has_the_components_under_their_columns() -> None:
    values = np.array([[[0.0, 2.0], [4.0, 10.0]]])
    columns = find_columns(["trust_12w"])
    (row,) = variance_table(columns, values).to_dict("records")
    assert tuple(row) == ("outcome", *SHARE_COLUMNS, "points", "replicates")
    assert row["outcome"] == "trust_12w"
    assert tuple(row.values())[1:] == variance_shares(values[0])
    assert row["common_luck"] == pytest.approx(6 / 26)
    assert row["chance_in_means"] == pytest.approx(1 / 9)
