"""Options that every study command has."""

from pathlib import Path
from typing import Annotated

import typer

Out = Annotated[
    Path | None,
    typer.Option(help="Folder for the results; results/NAME unless given.", show_default=False),
]
Threads = Annotated[
    int | None, typer.Option(help="Blocks of runs at a time; by default, one per processor.")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        help="Address of a Dask scheduler, such as tcp://10.0.0.1:8786; its workers do the runs.",
        show_default=False,
    ),
]
TlsFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--tls",
        help="For a cluster over TLS, three times: authority, certificate and key (PEM files).",
        show_default=False,
    ),
]
Parameters = Annotated[
    str,
    typer.Option(
        help="Where parameters come from: posterior (drawn, two replicates per draw), a "
        "posterior.parquet that calibrate wrote, or defaults: central values, whose intervals "
        "hold Monte Carlo error alone."
    ),
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Say how many runs, how long and how much disk; write nothing."),
]
