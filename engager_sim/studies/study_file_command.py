"""The command of every kind of study that is asked by a study file alone."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from engager_sim.console.options import Cluster, DryRun, Out, Parameters, Threads, TlsFiles
from engager_sim.studies.kind import StudyKind


def study_file_command(kind: StudyKind) -> Callable[..., None]:
    """Make the command of a kind: it reads the file, and runs what that asks."""

    def command(
        study: Annotated[Path, typer.Argument(help="A study file.", show_default=False)],
        out: Out = None,
        parameters: Parameters = "posterior",
        threads: Threads = None,
        cluster: Cluster = None,
        tls: TlsFiles = None,
        dry_run: DryRun = False,
    ) -> None:
        from engager_sim.console.request import Request
        from engager_sim.scenarios.fitted_parameters import FittedParameters
        from engager_sim.studies.pipeline import run_study

        read = getattr(kind.part("settings"), kind.reader)
        fitted = [FittedParameters.load(parameters)] if kind.draws else []
        request = Request(out, threads, cluster, tuple(tls or ()), dry_run)
        run_study(kind, read(study, *fitted), request)

    command.__doc__ = kind.summary
    if not kind.draws:
        signature = inspect.signature(command)
        kept = [option for name, option in signature.parameters.items() if name != "parameters"]
        command.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
    return command
