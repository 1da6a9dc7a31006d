"""What is kept of the replicates of a trial: tables of a block, and what is read back from them."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.designs.execution.store import Store
from engager_sim.designs.execution.workload import BlockTables
from engager_sim.studies.trial.replicate import ANALYSIS_COLUMNS, CORE_OM, SERVICE, TrialRecord
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.world.observed import YEAR

ANALYSES, ARM_MEANS, LEAVER_EFFECTS = "analyses", "arm_means", "leaver_effects"
REPLICATE_TABLES = (ANALYSES, ARM_MEANS, LEAVER_EFFECTS)
"""The tables of a block."""

MEAN_COLUMNS = ("replicate", "agencies", "outcome", "week", "programme", "usual_care")
EFFECT_COLUMNS = ("replicate", "leaver", "own_effect")
SHARED, SEPARATE = "shared", "separate"

type Numbers = npt.NDArray[np.float64]


def measures(study: TrialStudy) -> list[tuple[str, int]]:
    """List the outcomes and weeks of which means are kept, in their order."""
    return [*((CORE_OM, week) for week in study.follow_up), (SERVICE, YEAR)]


def replicate_tables(study: TrialStudy, records: Mapping[int, TrialRecord]) -> BlockTables:
    """Make the tables of a block from the records of its replicates, by number."""
    analyses = [row for record in records.values() for row in record.analyses]
    means = [
        (replicate, agencies, outcome, week, *column)
        for replicate, record in records.items()
        for agencies, values in ((SHARED, record.shared), (SEPARATE, record.separate))
        if values is not None
        for (outcome, week), column in zip(measures(study), values.T.tolist(), strict=True)
    ]
    effects = [
        pd.DataFrame(
            {
                "replicate": replicate,
                "leaver": np.arange(len(record.own_effects)),
                "own_effect": record.own_effects,
            }
        )
        for replicate, record in records.items()
    ]
    return {
        ANALYSES: pd.DataFrame(analyses, columns=list(ANALYSIS_COLUMNS)),
        ARM_MEANS: pd.DataFrame(means, columns=list(MEAN_COLUMNS)),
        LEAVER_EFFECTS: pd.concat(effects, ignore_index=True),
    }


def read_analyses(store: Store) -> pd.DataFrame:
    """Read every analysis of every replicate."""
    return pd.concat(store.tables(ANALYSIS_COLUMNS, ANALYSES), ignore_index=True)


def read_arm_means(store: Store, study: TrialStudy) -> tuple[Numbers, Numbers | None]:
    """Read the means over men with shared and with separate agencies, if these can be divided.

    Each of shape (replicates, 2, measures): in the programme, then in usual care.
    """
    table = pd.concat(store.tables(MEAN_COLUMNS, ARM_MEANS), ignore_index=True)
    count = len(measures(study))
    shared, separate = (
        table[table["agencies"] == agencies][["programme", "usual_care"]]
        .to_numpy(np.float64)
        .reshape(-1, count, 2)
        .transpose(0, 2, 1)
        for agencies in (SHARED, SEPARATE)
    )
    return shared, separate if len(separate) else None


def read_own_effects(store: Store, replicates: int) -> Numbers:
    """Read men's own effects, shape (replicates, men): 8 bytes for each."""
    parts = [table["own_effect"] for table in store.tables(["own_effect"], LEAVER_EFFECTS)]
    return np.concatenate(parts).reshape(replicates, -1)
