"""A scenario file that a visitor uploads, read as the command line reads one."""

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
        The file's name, as the browser sends it; folders in it are left out.
    content : bytes
        Its content.

    Raises
    ------
    ScenarioError
        As for a file of that name in the working folder.
    """
    file_name = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name or "scenario.toml"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder).resolve() / file_name
        try:
            file.write_bytes(content)
            return Scenario.load(file)
        except OSError as error:
            raise ScenarioError(
                f"this file cannot be read ({error.strerror})", file=file_name
            ) from None
        except ScenarioError as error:
            raise _without_folder(file.parent, error) from None


def _without_folder(folder: Path, error: ScenarioError) -> ScenarioError:
    """Remove the temporary folder from an error's message."""

    def shortened(text: str | None) -> str | None:
        if text is None:
            return None
        return text.replace(f"{folder}/", "").replace(f", from {folder}", "")

    return ScenarioError(
        shortened(error.problem) or "",
        file=shortened(error.file),
        key=error.key,
        value=error.value,
        allowed=shortened(error.allowed),
        fix=error.fix,
    )
