"""What is said of Monte Carlo error beside indices, in each case."""

from engager_sim.studies.sensitivity.noise_statement import noise_statement


def test_a_statement_on_noise_says_where_it_cannot_be_told_and_where_it_is_most() -> None:
    def said(in_means: float, points: int, whole: int, of: int, drawn: bool) -> str:
        shares = {"chance_in_means": in_means, "points": points, "replicates": whole}
        return noise_statement(shares, 96, of, drawn)

    assert said(0.123, 96, 20, 20, drawn=False) == (
        "Monte Carlo error makes 12.3% of the variance between points' means."
    )
    assert said(0.51, 96, 20, 20, drawn=True) == (
        "Monte Carlo error and drawn parameters make 51.0% of the variance between points' means, "
        "so that indices mostly describe noise."
    )
    assert said(float("nan"), 96, 1, 1, drawn=False) == (
        "With one replicate, Monte Carlo error cannot be separated from the factors' effects, and "
        "inflates total indices."
    )
    assert said(float("nan"), 96, 2, 2, drawn=True) == (
        "With the two replicates of one draw, Monte Carlo error cannot be separated from the "
        "factors' effects, and inflates total indices."
    )
    assert said(float("nan"), 1, 8, 8, drawn=False) == (
        "Too few points and replicates have all their values, so Monte Carlo error cannot be "
        "separated from the factors' effects."
    )
    assert said(float("nan"), 96, 2, 2, drawn=False) == (
        "All points have the same mean: there is no variance between them to divide."
    )
    assert said(0.1, 90, 6, 8, drawn=False).endswith(
        " From 90 of 96 points and 6 of 8 replicates, which have all their values."
    )
