"""What a results folder must hold, and what to say where something is missing."""

from pathlib import Path

import pandas as pd

from engager_sim.errors import ResultsError
from engager_sim.results.study_results import DICTIONARY, FIGURES, STANDING

RUN_AGAIN = "run its command again; what is kept is not run twice"


def refuse_missing_parts(folder: Path) -> None:
    """Refuse a results folder that is not finished, or of which a part was moved away.

    Raises
    ------
    ResultsError
        Naming the parts that are missing.
    """
    missing = [name for name in (STANDING, DICTIONARY, FIGURES) if not (folder / name).exists()]
    if DICTIONARY not in missing:
        # A table may be called null, which is no missing value here.
        described = pd.read_csv(folder / DICTIONARY, keep_default_na=False)
        tables = described["table"].unique()
        missing += [
            f"{table}.parquet"
            for table in tables
            if not (folder / f"{table}.parquet").exists() and not (folder / table).is_dir()
        ]
    if missing:
        raise ResultsError(
            f"this results folder is not finished, or parts of it were moved: it has no "
            f"{', '.join(missing)}",
            file=folder,
            fix=RUN_AGAIN,
        )
