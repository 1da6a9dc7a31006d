"""The file of a posterior: draws, what made them, and what they rest on.

A posterior whose basis is no longer what it was is refused, with the first thing that differs.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from engager_sim.errors import EngagerError, ScenarioError, UsageError
from engager_sim.scenarios.input_file import open_input
from engager_sim.scenarios.posterior_basis import PosteriorBasis, text_of
from engager_sim.scenarios.scenario import Scenario

MOST_BYTES = 500_000_000
METADATA = b"engager_sim"
"""The entry of a file's metadata that holds the facts."""
RESULT = "result"
"""The fact that holds the calibration's tables."""
BASIS, FINGERPRINT, DIGEST = "basis", "fingerprint_of_the_rules", "digest_of_the_draws"
"""The facts that hold what the draws rest on, its fingerprint, and a digest of the draws."""
NAME_ANOTHER = "name the posterior.parquet that engager-sim calibrate wrote"
FIT_AGAIN = "name a file as engager-sim calibrate wrote it, or fit again"


def write_posterior(
    draws: pd.DataFrame,
    facts: Mapping[str, Any],
    file: Path,
    scenarios: Sequence[Scenario] = (),
    outcomes: Collection[str] = (),
) -> None:
    """Write draws as a posterior that can be named with ``--parameters``.

    Parameters
    ----------
    draws : pandas.DataFrame
        A column per parameter's path, a row per draw; categories by name.
    facts : mapping
        What made it; what the draws rest on and digests of both are added.
    file : Path
        Where to write it.
    scenarios : sequence of Scenario
        In which the parameters were fitted.
    outcomes : collection of str
        Which outcomes the targets read.
    """
    texts = {scenario.name: text_of(scenario) for scenario in scenarios}
    basis = PosteriorBasis.of([str(path) for path in draws.columns], texts, outcomes)
    added = {BASIS: basis.data(), FINGERPRINT: basis.fingerprint, DIGEST: _digest(draws)}
    metadata = {METADATA: json.dumps({**facts, **added}, sort_keys=True)}
    table = pa.Table.from_pandas(draws, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(metadata), file, compression="zstd")


def read_posterior(file: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Read draws, a column per parameter's path, and the facts of what made them.

    Raises
    ------
    UsageError
        If the file is no posterior, was changed, or was fitted to other rules.
    """
    try:
        with open_input(file, MOST_BYTES, "a posterior") as stream, pq.ParquetFile(stream) as whole:
            facts = _facts(whole)
            _refuse_no_posterior(file, whole.metadata, facts)
            draws = whole.read().replace_schema_metadata(None).to_pandas()
    except ScenarioError as error:
        raise posterior_error(
            file, error.problem, value=error.value, allowed=error.allowed, fix=NAME_ANOTHER
        ) from None
    except (OSError, MemoryError, pa.ArrowException) as error:
        reason = str(error).partition(".")[0].strip()
        raise posterior_error(
            file, f"this file cannot be read as Parquet: {reason}", fix=NAME_ANOTHER
        ) from None
    if draws.empty or draws.columns.empty:
        raise posterior_error(file, "there are no draws in this posterior", fix="fit it again")
    if _digest(draws) != facts[DIGEST]:
        raise posterior_error(
            file, "these draws are not those that were fitted: the file was changed", fix=FIT_AGAIN
        )
    if differs := _difference(facts.get(BASIS), [str(path) for path in draws.columns]):
        again = f"fit it again: {facts.get('made_by', 'engager-sim calibrate')}"
        raise posterior_error(
            file, f"this posterior was fitted to other rules: {differs}", fix=again
        )
    return draws, facts


def _refuse_no_posterior(file: Path, claimed: Any, facts: Mapping[str, Any]) -> None:
    """Refuse a file by what it says of itself, before its table is read."""
    if DIGEST not in facts:
        raise posterior_error(
            file, "this file does not say what made it, so it is no posterior", fix=NAME_ANOTHER
        )
    groups = (claimed.row_group(index) for index in range(claimed.num_row_groups))
    sizes = (
        claimed.num_rows * claimed.num_columns * 8,
        sum(group.total_byte_size for group in groups),
    )
    if max(sizes) > MOST_BYTES:
        raise posterior_error(
            file,
            "the table in this file is too large for a posterior",
            value=f"{claimed.num_rows:,} draws of {claimed.num_columns:,} parameters",
            allowed=f"at most {MOST_BYTES:,} bytes",
            fix=NAME_ANOTHER,
        )


def posterior_error(file: Path, problem: str, **more: Any) -> UsageError:
    """Make an error about a file of draws."""
    return UsageError(problem, file=file, key="parameters", **more)


def _difference(kept: Any, drawn: Collection[str]) -> str:
    """Say the first thing that is not as it was when the draws were fitted; nothing if all is."""
    try:
        fitted = PosteriorBasis(**kept)
        now = PosteriorBasis.of(drawn, fitted.scenarios, fitted.outcomes)
        return next(now.differences_from(fitted), "")
    except (TypeError, AttributeError):
        return "those of a version that described them otherwise"
    except EngagerError as error:  # a scenario is gone, or says what no scenario can say any more
        return error.problem


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a finite number")


def _digest(draws: pd.DataFrame) -> str:
    """Hash columns and values as text, which reading and writing do not change."""
    columns = (map(str, draws[name].tolist()) for name in draws.columns)
    names = tuple(map(str, draws.columns))
    rows: list[tuple[str, ...]] = [names, *zip(*columns, strict=True)]
    text = "".join(f"{','.join(row)}\n" for row in rows)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _facts(whole: Any) -> dict[str, Any]:
    """Read what a file says made it; nothing where it says nothing that can be read."""
    try:
        metadata = whole.schema_arrow.metadata or {}
        facts = json.loads(metadata.get(METADATA, b"{}"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}
