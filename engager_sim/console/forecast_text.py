"""A forecast in words: runs, time on this machine, room on disk."""

from collections.abc import Sequence

from engager_sim.console.request import Request
from engager_sim.designs.execution.blocks import Block
from engager_sim.designs.execution.forecast import forecast, most_bytes
from engager_sim.designs.execution.workload import Workload
from engager_sim.results.tables import parquet_bytes
from engager_sim.visible_text import shown_path


def forecast_text(workload: Workload, blocks: Sequence[Block], request: Request, name: str) -> str:
    """Run a short probe and say what the whole would take.

    Parameters
    ----------
    name : str
        Of the study.
    """
    expected = forecast(workload, blocks)
    seconds = expected.seconds(request.workers)
    probed = sum(parquet_bytes(frame) for tables in expected.probe for frame in tables.values())
    size = min(probed / expected.probed * expected.runs, most_bytes(workload, blocks))
    points = f", {workload.points:,} points" if workload.points > 1 else ""
    return (
        f"{expected.runs:,} runs ({workload.runs_per_replicate:,} per replicate{points}) in "
        f"{expected.blocks:,} chunks.\n"
        f"About {_duration(seconds)} on {request.workers} threads of this machine, from a probe of "
        f"{expected.probed} runs.\n"
        f"At most {size / 1e6:,.1f} MB in {shown_path(request.folder(name))}."
    )


def _duration(seconds: float) -> str:
    if seconds < 90.0:
        return "a second" if seconds < 1.5 else f"{seconds:.0f} seconds"
    minutes = seconds / 60.0
    return f"{minutes:.0f} minutes" if minutes < 90.0 else f"{minutes / 60.0:.1f} hours"
