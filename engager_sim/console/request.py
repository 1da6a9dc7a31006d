"""What a command line asks of any study: where, on what, and whether to run at all."""

from dataclasses import dataclass
from pathlib import Path

from engager_sim.designs.execution.executors import DaskCluster, Executor, Threads
from engager_sim.errors import UsageError
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.runs.threads import threads_of_this_machine

RESULTS = Path("results")
"""Where results go unless another folder is named."""
TLS_PARTS = ("tls_ca_file", "tls_client_cert", "tls_client_key")


@dataclass(frozen=True)
class Request:
    """What the command line asked for, whatever the study.

    Attributes
    ----------
    out : Path or None
        Folder for the results; ``results/NAME`` unless given.
    threads : int or None
        Blocks at a time; one per processor unless given.
    cluster : str or None
        Address of a Dask scheduler.
    tls : tuple of Path
        Authority, certificate and key for a cluster over TLS.
    dry_run : bool
        Whether only to say what the study would cost.
    """

    out: Path | None
    threads: int | None = None
    cluster: str | None = None
    tls: tuple[Path, ...] = ()
    dry_run: bool = False

    def folder(self, name: str) -> Path:
        """Say where the results of a study go."""
        return self.out or RESULTS / name

    @property
    def workers(self) -> int:
        """Blocks at a time on this machine."""
        return self.threads or threads_of_this_machine()

    def executor(self) -> Executor:
        """Make the one who runs blocks.

        Raises
        ------
        UsageError
            If the threads or the certificates cannot be used.
        """
        refuse_unusable_numbers(1, 0, self.threads)
        if self.cluster is None:
            if self.tls:
                raise UsageError("certificates are for a cluster", key="tls", fix="add --cluster")
            return Threads(self.workers)
        if self.tls and len(self.tls) != len(TLS_PARTS):
            raise UsageError(
                "TLS needs three files",
                key="tls",
                value=len(self.tls),
                allowed="--tls AUTHORITY --tls CERTIFICATE --tls KEY",
            )
        parts = zip(TLS_PARTS, self.tls, strict=False)
        cluster = DaskCluster(self.cluster, {name: str(file) for name, file in parts})
        cluster.reach()
        return cluster
