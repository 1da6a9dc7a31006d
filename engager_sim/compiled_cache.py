"""The folder in which machine code is kept from one process to the next.

What numba keeps is read back with pickle, and so runs as code. A folder is therefore used only if
nobody else can put anything into it, or exchange it or a folder above it; without such a folder
nothing is kept, and every process compiles for itself.
"""

import os
import shutil
import stat
import tempfile
import time
import uuid
from contextlib import suppress
from pathlib import Path

import platformdirs

PREFIX, OUT_OF_USE = "compiled-", "removed-"
MOST_KEPT, MOST_DAYS, IN_USE_HOURS = 6, 30, 1
"""How many folders of other rules are kept, for how long after their last use, and how recently a
folder must have been used for another process to be at work with it."""

PRIVATE, OF_OTHERS = 0o700, 0o077


def compiled_cache(name: str) -> tuple[Path | None, str]:
    """Open the folder of the machine code of some rules; remove those unused for long.

    Parameters
    ----------
    name : str
        Fingerprint of the rules, and of all else on which their machine code depends.

    Returns
    -------
    folder : Path or None
        The folder; ``None`` if there is none that is safe and can be written to.
    reason : str
        Why there is none.
    """
    try:
        root = _root()
        _trust(root)
        folder = root / f"{PREFIX}{name}"
        _make(folder)
        _refuse_unless_private(folder)
        os.utime(folder)  # when it was last used
        tempfile.TemporaryFile(dir=folder).close()
    except RuntimeError:  # of pathlib and platformdirs
        return None, "this user has no home folder"
    except OSError as error:
        return None, f"{error.filename}: {error.strerror}" if error.strerror else str(error)
    _remove_old(root, folder)
    return folder, ""


def _root() -> Path:
    """Find the folder of all caches. Without symbolic links, so that none can be exchanged."""
    chosen = os.environ.get("ENGAGER_SIM_CACHE_DIR")
    root = Path(chosen) if chosen else platformdirs.user_cache_path("engager_sim").expanduser()
    return Path(os.path.realpath(root))


def _make(folder: Path) -> None:
    if not os.path.lexists(folder):
        folder.mkdir(PRIVATE, exist_ok=True)  # another process may be faster


def _trust(folder: Path) -> None:
    """Make a folder and those above it, unless others could exchange what lies in one of them."""
    if folder != folder.parent:
        _trust(folder.parent)
    _make(folder)
    if os.name != "posix":  # Windows keeps other users out of a home folder by other means
        return
    facts = folder.lstat()
    if facts.st_uid not in (0, os.getuid()):
        raise PermissionError(f"{folder} belongs to another user")
    is_sticky = bool(facts.st_mode & stat.S_ISVTX)  # where only an entry's owner may exchange it
    by_all, by_group = facts.st_mode & stat.S_IWOTH, facts.st_mode & stat.S_IWGRP
    if not is_sticky and (by_all or (by_group and not _is_own_group(facts.st_gid))):
        raise PermissionError(f"other users may write to {folder}")


def _is_own_group(group_id: int) -> bool:
    """Tell whether a group is a user's private one, in which many systems let a group write."""
    import grp
    import pwd

    try:
        user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(group_id)
    except KeyError:
        return False
    return group.gr_name == user and set(group.gr_mem) <= {user}


def _refuse_unless_private(folder: Path) -> None:
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode):
        raise PermissionError(f"{folder} is a link or a file; remove it")
    if os.name == "posix" and (facts.st_uid != os.getuid() or facts.st_mode & OF_OTHERS):
        raise PermissionError(f"{folder} is not private to this user; remove it")


def _remove_old(root: Path, current: Path) -> None:
    """Remove the folders of other rules that are too many or too old, unless they are in use.

    A folder is renamed first, which only one process can do. A process that is at work with it
    finds it missing, and numba makes it anew when there is something to keep.
    """
    now, used = time.time(), []
    for folder in [*root.glob(f"{PREFIX}*"), *root.glob(f"{OUT_OF_USE}*")]:
        with suppress(OSError):  # another process has removed it
            used.append((folder.lstat().st_mtime, folder))
    used.sort(reverse=True)
    others = [(last_use, folder) for last_use, folder in used if folder != current]
    for rank, (last_use, folder) in enumerate(others):
        hours = (now - last_use) / 3600
        if hours > IN_USE_HOURS and (rank >= MOST_KEPT or hours > 24 * MOST_DAYS):
            with suppress(OSError):
                removed = folder.rename(root / f"{OUT_OF_USE}{uuid.uuid4().hex}")
                shutil.rmtree(removed, ignore_errors=True)
