"""Where the scenarios of a visit come from: presets, and files that the visitor sends."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit

from engager_sim.browser.visit_state import SentFile, WorldSettings
from engager_sim.errors import ScenarioError, UsageError
from engager_sim.scenarios.csv_rows import read_header
from engager_sim.scenarios.input_file import decode_text, refuse_too_large
from engager_sim.scenarios.layered_file import SCENARIO
from engager_sim.scenarios.network_survey import ENDS
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.toml_file import MOST_BYTES
from engager_sim.scenarios.uploaded_file import DATA, UploadedFile, encoded_size


def preset_settings(name: str) -> WorldSettings:
    """Read a preset; no other file of this machine, whatever a visitor's browser asks for.

    Raises
    ------
    UsageError
        If there is none of this name.
    """
    if name not in (presets := Scenario.presets()):
        raise UsageError("there is no such preset", value=name, allowed=", ".join(presets))
    return WorldSettings(Scenario.load(name))


def sent_settings(files: Sequence[SentFile]) -> WorldSettings:
    """Read a scenario from files that were sent.

    Raises
    ------
    ScenarioError
        If it cannot be used.
    """
    uploaded = [UploadedFile(name, text.encode()) for name, text in files]
    return WorldSettings(Scenario.from_upload(uploaded), sent=tuple(files))


def sent_scenario(files: Sequence[Mapping[str, Any]], current: WorldSettings) -> WorldSettings:
    """Read what a visitor sends: a scenario with its own data, or own data for what he has.

    Parameters
    ----------
    files : sequence of mapping
        As the browser sends them (see :func:`received`).
    current : WorldSettings
        What own data without a scenario file is for: a preset, or files that were sent before.

    Raises
    ------
    ScenarioError
        If it cannot be used.
    """
    given = received(files)
    if all(_is_data(file) for file in given):
        names = {name for name, _ in given}
        given = [*(file for file in _scenario_for(given, current) if file[0] not in names), *given]
    return sent_settings(given)


def _is_data(file: SentFile) -> bool:
    return Path(file[0]).suffix.lower() in DATA


def _scenario_for(data: Sequence[SentFile], current: WorldSettings) -> Sequence[SentFile]:
    """Give the files that own data is added to; for a preset, a scenario file that names it."""
    if current.sent:
        return current.sent
    if not current.is_preset:
        raise ScenarioError(
            "own data came without the scenario file that names it",
            file=data[0][0],
            fix="choose the scenario file too, or a preset before",
        )
    name = current.source.name
    table: dict[str, Any] = {"question": current.source.question, "based_on": name}
    for file in data:
        table |= (
            {"network": {"ties": file[0]}}
            if _holds_ties(file)
            else {"population": {"men": file[0]}}
        )
    return [(f"{name}_own_data.toml", tomlkit.dumps(table))]


def _holds_ties(file: SentFile) -> bool:
    """Tell a network, or a table of ties, from a table of men."""
    name, text = file
    uploaded = UploadedFile(name, text.encode())
    if uploaded.suffix.lower() != ".csv":
        return True
    return set(ENDS) <= set(read_header(uploaded, MOST_BYTES, "a table")[1])


def received(files: Sequence[Mapping[str, Any]]) -> list[SentFile]:
    """Decode files as the browser sends them; nothing is decoded of what is too large.

    Parameters
    ----------
    files : sequence of mapping
        The ``name`` of each, its ``size``, and its ``bytes`` in base 64.

    Raises
    ------
    ScenarioError
        If one is too large or no text.
    """
    size = sum(max(file["size"], encoded_size(file["bytes"])) for file in files)
    largest = max(files, key=lambda file: int(file["size"]))
    what = SCENARIO.name if len(files) == 1 else "the page, with those that came with it"
    refuse_too_large(UploadedFile(largest["name"], b""), size, MOST_BYTES, what)
    decoded = [UploadedFile.decoded(file["name"], file["bytes"]) for file in files]
    return [(file.name, decode_text(file, file.content)) for file in decoded]
