"""Every command that a document shows can be typed as it stands there, in the order of the page.

A study says by ``--dry-run`` what it would do: it reads and checks all that it is given. The
tutorial's decision is really made, in small.
"""

import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import click
import pytest
import typer
from typer.core import TyperGroup

from engager_sim.command_line.main import app
from engager_sim.designs.execution import forecast
from engager_sim.studies import pipeline
from tests.command_line.command import engager_sim
from tests.docs.test_documents import EVERY_PAGE, REPOSITORY

FENCED = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
INLINE = re.compile(r"`((?:engager-sim|make|python -m) [^`]+)`")
REMARK = re.compile(r"\s+# .*$")
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)

ONLY_READ = re.compile(r"engager-sim (browse|laws|screen|elicit .*--out)|elicited\.parquet")
"""What serves, takes half an hour, or rests on a form filled in: only its words are read."""
ELSEWHERE = ("source", "pip", "dask", "cd", "git")
"""Commands of other programs, which no test types."""
SERVICE = "experiments/decision"
READERS_OWN = {
    "today.toml": f"{SERVICE}/today.toml",
    "weekly.toml": f"{SERVICE}/weekly.toml",
    "peers.toml": f"{SERVICE}/two_peers.toml",
    "ties.csv": f"{SERVICE}/ties.csv",
    "base.toml": f"{SERVICE}/today.toml",
    "my_service.toml": f"{SERVICE}/today.toml",
    "my_trial.toml": "experiments/engager_trial_again.toml",
}
"""Files that a page takes its reader to have, and what stands for them."""
COMMANDS = typer.main.get_command(app)


def commands_on(page: Path) -> Iterator[str]:
    """Give the commands of a page, fenced or within a sentence, in its order and once each."""
    text = page.read_text(encoding="utf-8")
    found = {}
    for fence in FENCED.finditer(text):
        if fence[1] == "console":
            lines = fence[2].replace("\\\n", " ").splitlines()
            found |= {REMARK.sub("", line): fence.start() for line in lines if line.strip()}
    prose = FENCED.sub(lambda fence: " " * len(fence[0]), text)
    found = {spoken[1]: spoken.start() for spoken in INLINE.finditer(prose)} | found
    yield from (" ".join(command.split()) for command in sorted(found, key=found.__getitem__))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to stand in, with the experiments and the files of a reader's own.

    A dry run probes as little as can be: how well it foretells is held elsewhere.
    """
    shutil.copytree(REPOSITORY / "experiments", tmp_path / "experiments")
    for name, source in READERS_OWN.items():
        shutil.copy(REPOSITORY / source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "effect_notes", lambda *_: [])
    monkeypatch.setattr(forecast, "PROBED_POINTS", 1)
    return tmp_path


def typed(command: str) -> str:
    """Type a command; say what is wrong with it, or nothing."""
    program, *words = shlex.split(command)
    if program == "make":
        targets = TARGET.findall((REPOSITORY / "Makefile").read_text(encoding="utf-8"))
        return "" if words[0] in targets else "no such target"
    if program == "python":
        return "" if importlib.util.find_spec(words[1]) else "no such module"
    if program != "engager-sim":
        return "" if program in ELSEWHERE else "no such program"
    named, given = resolved(words)
    if ONLY_READ.search(command):
        named.make_context(words[0], given)
        return ""
    if PLACEHOLDER.search(command) or (not given and any(each.required for each in named.params)):
        return called(*words[: len(words) - len(given)], "--help")
    if any("--dry-run" in each.opts for each in named.params):
        return called_once(*words, *({"--dry-run"} - set(words)))
    return called(*words)


def resolved(words: Sequence[str]) -> tuple[click.Command, list[str]]:
    """Find the command that words name, and the words that are left for it."""
    command, left = COMMANDS, list(words)
    while isinstance(command, TyperGroup) and left and left[0] in command.commands:
        command = command.commands[left.pop(0)]
    return command, left


def called(*words: str) -> str:
    """Call a command of this package; say how it ended, or nothing if well."""
    result = engager_sim(*words)
    return "" if result.exit_code == 0 else f"{result.exit_code}: {result.output[-500:]}"


called_once = cache(called)
"""The same for a study that several pages ask."""


@EVERY_PAGE
@pytest.mark.usefixtures("desk")
def test_every_command_on_a_page_can_be_typed(page: Path) -> None:
    wrong = {command: typed(command) for command in commands_on(page)}
    assert {command: what for command, what in wrong.items() if what} == {}


def test_the_tutorials_decision_leads_to_the_board_page_that_it_names(desk: Path) -> None:
    tutorial = REPOSITORY / "docs" / "tutorial_decide.md"
    decision = next(each for each in commands_on(tutorial) if f"decide {SERVICE}" in each)
    _, *words = shlex.split(decision)
    assert called(*words, "--replicates", "40", "--populations", "10", "--lives", "8") == ""
    folder = "results/decide/decision"
    assert f"`{folder}`" in tutorial.read_text(encoding="utf-8")
    written = {file.name for file in (desk / folder).iterdir()}
    assert {"board.html", "board.pdf", "report.html"} <= written


def test_a_command_that_cannot_be_typed_is_told(desk: Path) -> None:
    page = desk / "page.md"
    page.write_text("```console\nengager-sim fly today.toml\nmake bread  # with flour\n```\n")
    assert [command for command in commands_on(page) if typed(command)] == [
        "engager-sim fly today.toml",
        "make bread",
    ]
