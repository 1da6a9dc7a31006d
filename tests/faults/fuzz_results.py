"""Small results folders of several kinds of study, to be made wrong."""

import contextlib
import io
import shutil
from pathlib import Path
from typing import Any
from unittest.mock import patch

from engager_sim.console.request import Request
from engager_sim.results.study_folder import STANDING
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies import pipeline
from engager_sim.studies.compare.settings import CompareSettings
from engager_sim.studies.registry import kinds
from engager_sim.studies.run.settings import RunSettings
from engager_sim.studies.sweep.settings import read_sweep
from tests.scenarios.services import SERVICE

UNFINISHED = "unfinished"
SWEEP = """
question = "What do supervision and caseload do?"
scenario = "service.toml"
replicates = 4
outcomes = ["engaged_12w"]
[[factors]]
parameter = "supervision.interval"
levels = [1, 4]
[[factors]]
parameter = "client_engagement.caseload"
levels = [8, 16]
"""


def make_results(folder: Path) -> None:
    """Run small studies into folders below this one, and one that was not finished."""
    inputs = folder.with_name(f"{folder.name}-inputs")
    inputs.mkdir(parents=True)
    (inputs / "service.toml").write_text(SERVICE)
    (inputs / "other.toml").write_text(SERVICE.replace("interval = 2", "interval = 1"))
    (inputs / "sweep.toml").write_text(SWEEP)
    here, there = (Scenario.load(inputs / f"{name}.toml") for name in ("service", "other"))
    asked: dict[str, Any] = {
        "run": RunSettings((here, there), 4),
        "compare": CompareSettings((here, there), 4),
        "sweep": read_sweep(inputs / "sweep.toml"),
    }
    with contextlib.redirect_stdout(io.StringIO()), patch.object(pipeline, "_notes", lambda *_: []):
        for kind in kinds():
            if kind.name in asked:
                pipeline.run_study(kind, asked[kind.name], Request(folder / kind.name))
    shutil.copytree(folder / "sweep", folder / UNFINISHED)
    (folder / UNFINISHED / STANDING).unlink()
