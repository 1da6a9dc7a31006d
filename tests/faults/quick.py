"""A study's way from beginning to end without what costs time and is not about files."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

from engager_sim.console.progress import ProgressBar
from engager_sim.designs.execution import carry_out
from engager_sim.results import study_manifest, study_results
from engager_sim.studies import pipeline
from tests.faults.faulty_disk import JumpingClock


@contextmanager
def quick(random: Random, drawn: bool) -> Iterator[None]:
    """Leave out what costs time and is not about files, and let clocks jump."""
    clock = JumpingClock(random)
    patches: list[Any] = [
        patch.object(study_manifest, "versions", lambda: {"engager_sim": "0"}),
        patch.object(study_manifest, "source_fingerprint", lambda: "rules"),
        patch.object(ProgressBar, "shown", _no_progress),
        patch.object(pipeline, "Terminal", lambda **_: _Silent()),
        patch.object(carry_out, "while_listening", lambda work: work()),
        patch.object(pipeline, "while_listening", lambda work: work()),
        patch.object(pipeline, "capacity_notes", lambda _: ()),
        patch.object(study_results, "datetime", clock),
        patch.object(pipeline, "datetime", clock),
    ]
    if not drawn:
        patches.append(patch.object(pipeline, "write_report", lambda *_, **__: None))
    with ExitStack() as stack:
        for patched in patches:
            stack.enter_context(patched)
        yield


class _Silent:
    def print(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def _no_progress(self: ProgressBar, _: object) -> Iterator[ProgressBar]:
    self._prepared, self._update = lambda: None, lambda **_: None  # type: ignore[assignment]
    yield self
