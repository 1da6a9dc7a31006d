"""What a declared column of a table is, and the columns that every table begins with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

NEVER_MISSING = "never missing"


@dataclass(frozen=True, slots=True)
class Column:
    """One declared column of a table: its name, one sentence about it, the unit of its values.

    ``denominator`` says over whom a mean or share is taken, ``missing`` when there is no value, and
    ``baseline`` what a change is counted from; empty where that does not apply.
    """

    name: str
    meaning: str
    unit: str
    denominator: str = ""
    missing: str = NEVER_MISSING
    baseline: str = ""


SCENARIO = Column("scenario", "name of the scenario", "name")
REPLICATE = Column(
    "replicate", "number of the replicate: with the seed, it fixes the random numbers", "number"
)
ARM = Column("arm", "programme or usual_care", "name")


def words(values: npt.ArrayLike, names: Iterable[str]) -> pd.Categorical:
    """Turn codes into words, kept as codes inside: -1 is missing.

    Parameters
    ----------
    values : array_like of int
        Indices into ``names``; below zero for a missing value.
    names : iterable of str
        The words.
    """
    codes = np.asarray(values, dtype=np.int64)
    return pd.Categorical.from_codes(
        np.where(codes < 0, -1, codes).tolist(), categories=pd.Index(list(names), dtype=object)
    )


def one_word(word: str, count: int) -> pd.Categorical:
    """Repeat one word, as a column of words."""
    return words(np.zeros(count, np.int64), [word])


def where(values: npt.NDArray[Any], missing: npt.NDArray[np.bool_]) -> Any:
    """Make a column of whole numbers that may be missing."""
    return pd.arrays.IntegerArray(np.asarray(values, np.int64).copy(), np.array(missing, bool))
