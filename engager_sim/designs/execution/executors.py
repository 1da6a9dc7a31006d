"""Who carries out blocks: threads of this machine, or the workers of a Dask cluster."""

import logging
import platform
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from importlib.metadata import version
from itertools import islice
from typing import Any, Protocol

from engager_sim.compilation import source_fingerprint
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.workload import BlockTables, Workload
from engager_sim.errors import EngagerError, UsageError

type Finished = tuple[Block, BlockTables]
AHEAD = 2
"""Blocks handed out per thread or worker at a time."""


class Executor(Protocol):
    """Carries out the blocks of a workload, in any order."""

    def finished(self, workload: Workload, blocks: Sequence[Block]) -> Iterator[Finished]:
        """Yield each block with its tables as it is finished."""


class Threads:
    """Threads of this machine; the compiled engine lets them run side by side.

    Parameters
    ----------
    count : int
        How many blocks at a time.
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def finished(self, workload: Workload, blocks: Sequence[Block]) -> Iterator[Finished]:
        """Yield each block with its tables as it is finished."""
        waiting = iter(blocks)
        with ThreadPoolExecutor(self.count, "block") as pool:
            under_way = {
                pool.submit(workload.run_block, block): block
                for block in islice(waiting, AHEAD * self.count)
            }
            try:
                while under_way:
                    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in sorted(done, key=lambda each: under_way[each].number):
                        block = under_way.pop(future)
                        if future.exception() is not None:
                            yield from _earlier(under_way, block)
                        for following in islice(waiting, 1):
                            under_way[pool.submit(workload.run_block, following)] = following
                        yield block, future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _earlier(under_way: Mapping[Future[BlockTables], Block], failed: Block) -> Iterator[Finished]:
    """Wait for the blocks before one that failed: whose error is raised must not be chance."""
    for future, block in sorted(under_way.items(), key=lambda item: item[1].number):
        if block.number < failed.number:
            yield block, future.result()


class DaskCluster:
    """The workers of a Dask cluster, each with this package installed.

    Parameters
    ----------
    address : str
        The scheduler's address, such as ``tcp://10.0.0.1:8786``.
    certificates : mapping of str to str
        For TLS: ``tls_ca_file``, ``tls_client_cert`` and ``tls_client_key``; empty without.

    Raises
    ------
    UsageError
        If Dask is not installed, nothing answers at the address, or the cluster is lost.
    """

    def __init__(self, address: str, certificates: dict[str, str] | None = None) -> None:
        self.address = address
        self.certificates = certificates or {}

    def finished(self, workload: Workload, blocks: Sequence[Block]) -> Iterator[Finished]:
        """Yield each block with its tables as it is finished."""
        distributed = _distributed()
        with self._client(distributed) as client:
            try:
                yield from self._on_workers(distributed, client, workload, blocks)
            except EngagerError:
                raise
            except Exception as error:  # of the network, of workers, of what they lack
                raise UsageError(
                    f"the cluster was lost, or cannot do the work: {error}",
                    key="cluster",
                    value=self.address,
                    fix="what was finished is kept; the same command goes on from there",
                ) from error

    def _on_workers(
        self, distributed: Any, client: Any, workload: Workload, blocks: Sequence[Block]
    ) -> Iterator[Finished]:
        # Scattered once: every block needs the workload, and it can be large.
        (shared,) = client.scatter([workload], broadcast=True)
        ours = _engine_here()
        waiting = iter(blocks)

        def submit(block: Block) -> Any:
            return client.submit(_on_worker, shared, block, ours, pure=False, retries=2)

        workers = self._workers(client)
        at_work = {submit(block): block for block in islice(waiting, AHEAD * workers)}
        under_way = distributed.as_completed(at_work)
        for future in under_way:
            block = at_work.pop(future)
            tables = future.result()
            for following in islice(waiting, 1):
                made = submit(following)
                at_work[made] = following
                under_way.add(made)
            yield block, tables

    def _workers(self, client: Any) -> int:
        count = len(client.scheduler_info(n_workers=-1)["workers"])
        if count == 0:
            raise UsageError(
                "the scheduler has no workers",
                key="cluster",
                value=self.address,
                allowed="at least one",
                fix=f"start one with: dask worker {self.address}",
            )
        return count

    def reach(self) -> None:
        """Make sure that the scheduler answers, before anything is begun."""
        with self._client(_distributed()) as client:
            self._workers(client)

    def _client(self, distributed: Any) -> Any:
        security = None
        if self.certificates:
            security = distributed.Security(require_encryption=True, **self.certificates)
        try:
            return distributed.Client(self.address, security=security, timeout="10s")
        except (OSError, TimeoutError, ValueError, TypeError) as error:
            raise UsageError(
                f"no Dask scheduler answers: {error}",
                key="cluster",
                value=self.address,
                allowed="an address such as tcp://10.0.0.1:8786",
                fix="start one with: dask scheduler, and workers with: dask worker ADDRESS",
            ) from error


def _engine_here() -> dict[str, str]:
    """Name what a run's bytes depend on, on whichever machine this is called."""
    libraries = {name: version(name) for name in ("numpy", "numba")}
    return {"rules": source_fingerprint(), "python": platform.python_version(), **libraries}


def _on_worker(workload: Workload, block: Block, wanted: dict[str, str]) -> BlockTables:
    here = _engine_here()
    if here != wanted:
        other = ", ".join(f"{name} {here[name]}" for name in wanted if here[name] != wanted[name])
        raise UsageError(
            f"a worker of the cluster differs from this machine: it has {other}",
            key="cluster",
            fix="install the same version of engager_sim and its libraries on every worker",
        )
    return workload.run_block(block)


def _distributed() -> Any:
    try:
        import distributed

        # What it has to say is said once, by the error that a lost cluster ends in.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
    except ImportError:
        raise UsageError(
            "a cluster needs Dask, which is not installed",
            key="cluster",
            fix="install it with: pip install 'engager-sim[cluster]'",
        ) from None
    return distributed
