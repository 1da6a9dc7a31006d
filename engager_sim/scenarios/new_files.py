"""New scenario files: all of them or none, and never over others."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.option_files import OptionFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_answers import Answers
from engager_sim.scenarios.today_file import TODAY, today_text


def write_service(folder: Path, answers: Answers, offers: Sequence[OptionFile]) -> list[Path]:
    """Write a service as it is today, and a file for each thing that it could buy.

    Parameters
    ----------
    folder : Path
        Made if it is not there.

    Returns
    -------
    list of Path
        The files, today's first; each can be run.

    Raises
    ------
    UsageError
        If one of them exists already or cannot be written.
    ScenarioError
        If one of them could not be used; none is left behind.
    """
    texts = {TODAY: today_text(answers)}
    texts |= {offer.file: offer.text(answers) for offer in offers}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_be_written(folder, error) from error
    files = write_new(folder, texts)
    try:
        for file in files:
            Scenario.load(file)
    except EngagerError:
        _remove(files)
        raise
    return files


def write_new(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files that are not there yet, by name, into a folder.

    Raises
    ------
    UsageError
        If one exists already or cannot be written; then none is.
    """
    files: list[Path] = []
    for name, text in texts.items():
        file = folder / name
        try:
            with file.open("x", encoding="utf-8") as stream:
                files.append(file)
                stream.write(text)
        except OSError as error:
            _remove(files)
            raise _cannot_be_written(file, error) from None
    return files


def _cannot_be_written(file: Path, error: OSError) -> UsageError:
    if isinstance(error, FileExistsError):
        problem, fix = "this exists already and is not overwritten", "choose another name or folder"
    else:
        problem, fix = f"this cannot be written: {error.strerror}", "choose another place"
    return UsageError(problem, file=file, fix=fix)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink()
