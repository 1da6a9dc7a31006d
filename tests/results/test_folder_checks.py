"""Where a results folder may be: what is in the way is named, and nothing is touched."""

import os
from pathlib import Path

import pytest

from engager_sim.results.atomic_write import UNFINISHED
from engager_sim.results.folder_checks import refuse_foreign, tidy
from tests.command_line.command import engager_sim, one_message


def lay(place: Path, what: str) -> Path:
    """Put something in the way, and give the path at which results are asked for."""
    if what == "dangling link":
        place.symlink_to(place.with_name("nowhere"))
    elif what == "link loop":
        place.symlink_to(place.with_name("back"))
        place.with_name("back").symlink_to(place)
    elif what == "pipe":
        os.mkfifo(place)
    elif what == "device":
        return Path("/dev/null")
    elif what == "link to a device":
        place.symlink_to("/dev/null")
    else:
        place.write_text("mine", encoding="utf-8")
    return place / "below" if what == "below a file" else place


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("dangling link", "a link"),
        ("link loop", "a link"),
        ("pipe", "a device, pipe or socket"),
        ("device", "a device, pipe or socket"),
        ("link to a device", "a link"),
        ("file", "a file"),
        ("below a file", "a file"),
    ],
)
def test_what_is_in_the_way_of_results_is_named(what: str, told: str, tmp_path: Path) -> None:
    out = lay(tmp_path / "out", what)
    before = sorted(tmp_path.iterdir())
    message = one_message(engager_sim("run", "usual_care", "--replicates", 1, "--out", out))
    assert f"{told} is in the way" in message or f"{told} that leads to no folder" in message
    assert "--out" in message
    assert sorted(tmp_path.iterdir()) == before


def test_a_link_to_a_folder_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    refuse_foreign(tmp_path / "out")
    refuse_foreign(tmp_path / "out" / "below")


def test_drafts_of_a_killed_command_are_removed(tmp_path: Path) -> None:
    draft = tmp_path / "figures" / f".half{UNFINISHED}"
    draft.parent.mkdir()
    draft.write_bytes(b"half")
    tidy(tmp_path)
    assert not draft.exists()
