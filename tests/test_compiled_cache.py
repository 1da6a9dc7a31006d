"""Machine code is kept only where nobody else can put any, and not for ever."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engager_sim.compiled_cache import MOST_DAYS, MOST_KEPT, compiled_cache
from tests.edited_package import PACKAGE

HOUR, DAY = 3600.0, 86400.0
OPENED = """
import sys
from engager_sim.compiled_cache import compiled_cache
print(compiled_cache("rules")[0])
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Choose a folder that is not there yet as the folder of all caches."""
    chosen = tmp_path / "above" / "root"
    monkeypatch.setenv("ENGAGER_SIM_CACHE_DIR", str(chosen))
    return chosen


def old_folder(root: Path, name: str, age: float) -> Path:
    """Make the cache of other rules, last used so many seconds ago."""
    folder = root / f"compiled-{name}"
    folder.mkdir(0o700, parents=True)
    (folder / "code.nbi").touch()
    os.utime(folder, (time.time() - age,) * 2)
    return folder


def test_a_new_folder_is_private_and_so_are_those_above_that_it_needs(root: Path) -> None:
    folder, reason = compiled_cache("rules")
    assert (folder, reason) == (root / "compiled-rules", "")
    for made in (root.parent, root, folder):
        assert made is not None
        assert made.stat().st_mode & 0o777 == 0o700
    assert compiled_cache("rules") == (folder, "")


@pytest.mark.parametrize("mode", [0o777, 0o757])
@pytest.mark.parametrize("above", [0, 1])
def test_a_folder_that_others_may_write_to_is_not_used(root: Path, mode: int, above: int) -> None:
    root.mkdir(parents=True)
    open_folder = [root, *root.parents][above]
    open_folder.chmod(mode)
    assert compiled_cache("rules") == (None, f"other users may write to {open_folder}")
    assert not list(root.iterdir())


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755])
def test_machine_code_in_a_folder_that_is_not_private_is_not_used(root: Path, mode: int) -> None:
    folder = root / "compiled-rules"
    folder.mkdir(0o700, parents=True)
    folder.chmod(mode)
    found, reason = compiled_cache("rules")
    assert found is None
    assert "not private" in reason


def test_machine_code_that_belongs_to_somebody_else_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled_cache("rules")
    user = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: user)
    assert compiled_cache("rules")[0] is None
    assert root.is_dir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_below_somebody_elses_is_not_used(root: Path) -> None:
    root.mkdir(parents=True)
    os.chown(root.parent, 12345, 12345)
    assert compiled_cache("rules") == (None, f"{root.parent} belongs to another user")


def test_a_link_in_the_place_of_the_machine_code_is_not_followed(
    root: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o700)
    root.mkdir(parents=True)
    (root / "compiled-rules").symlink_to(elsewhere)
    found, reason = compiled_cache("rules")
    assert found is None
    assert "is a link" in reason


def test_a_link_above_is_judged_by_where_it_leads(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(root)
    monkeypatch.setenv("ENGAGER_SIM_CACHE_DIR", str(link))
    assert compiled_cache("rules")[0] == root / "compiled-rules"
    root.chmod(0o777)
    assert compiled_cache("rules")[0] is None


def test_a_folder_that_cannot_be_made_is_done_without(root: Path) -> None:
    root.parent.touch()
    found, reason = compiled_cache("rules")
    assert found is None
    assert str(root) in reason


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_user(_: int) -> None:
        raise KeyError

    for name in ("ENGAGER_SIM_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", no_user)
    monkeypatch.chdir(tmp_path)
    assert compiled_cache("rules") == (None, "this user has no home folder")
    assert not list(tmp_path.iterdir())


def test_old_machine_code_goes_and_the_current_stays(root: Path) -> None:
    recent = [old_folder(root, f"recent{number}", HOUR / 2) for number in range(MOST_KEPT + 2)]
    too_many = old_folder(root, "too_many", 2 * HOUR)
    current = old_folder(root, "rules", 2 * MOST_DAYS * DAY)
    left_over = old_folder(root, "x", 2 * MOST_DAYS * DAY).rename(root / "removed-x")
    found, _ = compiled_cache("rules")
    assert found == current
    assert (current / "code.nbi").exists()
    assert all(folder.exists() for folder in recent)
    assert not too_many.exists()
    assert not left_over.exists()
    assert len(list(root.iterdir())) == MOST_KEPT + 3


def test_what_was_unused_for_long_goes_even_if_there_is_little_of_it(root: Path) -> None:
    kept = old_folder(root, "kept", (MOST_DAYS - 1) * DAY)
    gone = old_folder(root, "gone", (MOST_DAYS + 1) * DAY)
    compiled_cache("rules")
    assert (kept.exists(), gone.exists()) == (True, False)


def test_processes_that_start_together_share_a_folder_and_remove_the_old(root: Path) -> None:
    for number in range(3 * MOST_KEPT):
        old_folder(root, str(number), DAY + number)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPENED],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=PACKAGE.parent,
        )
        for _ in range(4)
    ]
    answers = [process.communicate() for process in processes]
    assert answers == [(f"{root / 'compiled-rules'}\n", "")] * 4
    # A folder that one of them is emptying looks new to another, which then keeps one fewer.
    left = {folder.name for folder in root.iterdir()}
    assert "compiled-rules" in left
    assert MOST_KEPT / 2 < len(left) <= MOST_KEPT + 1
