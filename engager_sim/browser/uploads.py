"""A scenario file that a visitor hands in, read as the command line reads one."""

import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.scenario import Scenario


def scenario_from_bytes(name: str, content: bytes) -> Scenario:
    """Read a scenario from the bytes of a file.

    The file stands alone: it may build on a preset, not on other files of the visitor's.

    Parameters
    ----------
    name : str
        The file's name, as the browser tells it; folders in it are left out.
    content : bytes
        What stands in it.

    Raises
    ------
    ScenarioError
        As for a file of that name in the working folder.
    """
    plain = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name or "scenario.toml"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder).resolve() / plain
        try:
            file.write_bytes(content)
            return Scenario.load(file)
        except OSError as error:
            raise ScenarioError(
                f"this file cannot be read ({error.strerror})", file=plain
            ) from None
        except ScenarioError as error:
            raise _without(file.parent, error) from None


def _without(folder: Path, error: ScenarioError) -> ScenarioError:
    """Say the same without the folder in which the text lay for a moment."""

    def plain(part: str | None) -> str | None:
        if part is None:
            return None
        return part.replace(f"{folder}/", "").replace(f", from {folder}", "")

    return ScenarioError(
        plain(error.problem) or "",
        file=plain(error.file),
        key=error.key,
        value=error.value,
        allowed=plain(error.allowed),
        fix=error.fix,
    )
