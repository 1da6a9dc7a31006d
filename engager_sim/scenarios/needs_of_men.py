"""How many of the men come with which need: read from somebody's words, and said in words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engager_sim.errors import UsageError
from engager_sim.scenarios.choices import meant
from engager_sim.scenarios.service_vocabulary import NEEDS
from engager_sim.scenarios.theory_values import declared
from engager_sim.theory.circumstances import NEED_NAMES

PARAMETERS = (
    "housed_at_release", "substance_prevalence", "work_prevalence", "relationships_prevalence",
)  # fmt: skip
"""What a scenario file says of each need under ``[theory.circumstances]``."""
HOUSING = NEEDS[0]
"""The need of which the file says how many do not have it: those in stable accommodation."""
LABELS = dict(zip(NEEDS, NEED_NAMES, strict=False))
SHARE = re.compile(r"(?P<need>.+?)[\s=:]+(?P<number>[\d.]+)\s*(?P<percent>%?)")


def read_need(text: str) -> tuple[str, float]:
    """Read a need and the share of men who come with it: ``substance=0.9``, ``housing 85%``.

    Returns
    -------
    need : str
        One of ``NEEDS``.
    share : float
        0 to 1.

    Raises
    ------
    UsageError
        If there is no such need, or this is no share.
    """
    found = SHARE.fullmatch(text.strip())
    if found is None or found["number"].count(".") > 1 or found["number"] == ".":
        raise _no_share(text)
    need, number = meant(found["need"], LABELS), float(found["number"])
    share = number / 100.0 if found["percent"] else number
    if share > 1.0:
        raise _no_share(text, f"did you mean {number:g}%?" if number <= 100.0 else None)
    return need, share


def read_needs(texts: Iterable[str]) -> dict[str, float]:
    """Read several needs.

    Raises
    ------
    UsageError
        If one is said twice, or cannot be read.
    """
    needs: dict[str, float] = {}
    for need, share in map(read_need, texts):
        if needs.setdefault(need, share) != share:
            raise UsageError(
                "two shares are said of this need", key="need", value=need,
                fix="say one of them",
            )  # fmt: skip
    return needs


def usual_needs() -> dict[str, float]:
    """Give the share of men with each need where nothing is said."""
    circumstances = declared()["circumstances"]
    return shares_of({name: circumstances[name].default for name in PARAMETERS})


def shares_of(circumstances: Mapping[str, Any]) -> dict[str, float]:
    """Give the share of men with each need, of ``NEEDS``, from what a file says of them."""
    said = zip(NEEDS, PARAMETERS, strict=True)
    return {need: _turned(need, circumstances[name]) for need, name in said}


def as_written(needs: Mapping[str, float]) -> dict[str, float]:
    """Give what a file says of the needs of men, by its parameter."""
    said = zip(NEEDS, PARAMETERS, strict=True)
    return {name: _turned(need, needs[need]) for need, name in said if need in needs}


def in_percent(needs: Mapping[str, float]) -> str:
    """Write shares as they can be read again: ``housing 38%, substance 60%``."""
    return ", ".join(f"{need} {100.0 * share:.3g}%" for need, share in needs.items())


def men_narrative(circumstances: Mapping[str, Any]) -> str:
    """Say of the men how many come with which need, how many are housed, and how old they are."""
    shares = shares_of(circumstances)
    others = ", ".join(
        f"{100.0 * share:.3g}% over {LABELS[need]}"
        for need, share in shares.items()
        if need != HOUSING
    )
    return (
        f"{others.replace('over', 'with a need over', 1)}; "
        f"{100.0 * circumstances[PARAMETERS[0]]:.3g}% in stable accommodation on release; "
        f"median age {circumstances['age_median']:g}"
    )


def _turned(need: str, share: float) -> float:
    return round(1.0 - share, 6) if need == HOUSING else share


def _no_share(text: str, fix: str | None = None) -> UsageError:
    return UsageError(
        "this is no need with a share of men",
        value=text,
        allowed=f"one of {', '.join(NEEDS)}, and 0 to 1 or a percentage",
        fix=fix or "write it as in substance=90%",
    )
