"""What the toy prints."""

from collections.abc import Iterable
from typing import Any

from tests.studies.toy.study import Toy


def printed(toy: Toy) -> Iterable[Any]:
    """Say the share."""
    yield f"{toy.share['mean'].iloc[0]:.1%} of the men reoffend."
