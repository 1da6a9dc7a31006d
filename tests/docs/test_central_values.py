"""Central values are written into declarations, and only there."""

from docs import central_values
from docs.central_values import with_fitted

SOURCE = '''
@dataclass(frozen=True)
class Justice:
    """Parameters, one with an umlaut: ä."""

    # fmt: off
    weeks: float = setting(26.0, 0.0, 104.0, "weeks", "ä weeks on licence")
    reoffending_year: float = uncertainty(0.60, 0.35, 0.80, "probability",
        "reoffending within a year (ä)", "MoJ reoffending")
    shape: float = uncertainty(0.7, 0.58, 0.80, "shape", "falls", "NZ")


class Other:
    shape: float = uncertainty(0.7, 0.58, 0.80, "shape", "another")
'''


def test_fitted_values_are_written_replaced_and_taken_out_again() -> None:
    written = with_fitted(SOURCE, "Justice", {"reoffending_year": 0.652, "shape": 0.61})
    assert '"reoffending within a year (ä)", "MoJ reoffending", fitted=0.652)\n' in written
    assert '"shape", "falls", "NZ", fitted=0.61)\n' in written
    assert '"another")' in written
    again = with_fitted(written, "Justice", {"shape": 0.002})
    assert again.count("fitted=") == 1
    assert "fitted=0.002)" in again
    assert with_fitted(again, "Justice", {}) == SOURCE


def test_a_long_line_is_broken_before_the_fitted_value() -> None:
    long = SOURCE.replace('"falls"', f'"{"falls " * 8}"')
    written = with_fitted(long, "Justice", {"shape": 0.61})
    assert ",\n        fitted=0.61)" in written
    assert with_fitted(written, "Justice", {}) == long


def test_the_comparison_is_of_what_ships() -> None:
    """After a change of rules or posterior: python -m docs.central_values --check."""
    found = central_values.kept()
    assert {key: found[key] for key in central_values.made_from()} == central_values.made_from()
    assert central_values.defaults_outside().count("\n") == 1 + len(found["outside"])
