"""Results do not depend on clocks, locales or time zones, and are written as Windows can."""

import locale
import os
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engager_sim.results import disk, study_results
from engager_sim.studies import pipeline
from tests.faults.faulty_disk import JumpingClock
from tests.faults.kills import files_of
from tests.studies.test_kind import toy


def test_no_clock_zone_or_locale_is_in_what_a_study_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert toy("usual_care", "--out", tmp_path / "here").exit_code == 0
    before = locale.setlocale(locale.LC_ALL)
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    for module in (study_results, pipeline):
        monkeypatch.setattr(module, "datetime", JumpingClock(Random(1)))
    monkeypatch.setattr(time, "time", lambda: 2e9)
    try:
        locale.setlocale(locale.LC_ALL, "C" if before != "C" else "C.UTF-8")
        assert toy("usual_care", "--out", tmp_path / "there").exit_code == 0
    finally:
        locale.setlocale(locale.LC_ALL, before)
        monkeypatch.undo()
        time.tzset()
    here, there = files_of(tmp_path / "here"), files_of(tmp_path / "there")
    assert here == there
    assert {"manifest.json", "digests.json", "report.html", "figures/share.png"} <= here.keys()


def test_a_study_is_written_where_folders_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert toy("usual_care", "--out", tmp_path / "here").exit_code == 0
    real: Any = os.open

    def of_windows(path: Any, *given: Any, **named: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied", str(path))
        return int(real(path, *given, **named))

    monkeypatch.setattr(disk, "LISTS_BY_ITSELF", True)
    monkeypatch.setattr(os, "open", of_windows)
    monkeypatch.delattr(os, "getuid")
    assert toy("usual_care", "--out", tmp_path / "there").exit_code == 0
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")
