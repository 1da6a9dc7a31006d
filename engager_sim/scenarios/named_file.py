"""The files of own data that a scenario file names: beside it, or sent together with it."""

from pathlib import Path

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.layered_file import LayeredFile


def named_file(file: LayeredFile, path: tuple[str, str], name: str) -> Path:
    """Find a file of own data by the name that a scenario gives it.

    Parameters
    ----------
    path : tuple of str
        The key under which it stands.

    Raises
    ------
    ScenarioError
        If it is no name, or a scenario that was sent names a file that was not.
    """
    if not name or "\0" in name:
        raise file.error(
            "this is not the name of a file",
            path,
            value=name,
            fix="give a path from the folder of the scenario file",
        )
    if not file.sent:
        return (file.origin_file(path).parent / name).absolute()
    others = {each.name: each for each in file.sent if each != file.top.file}
    if (plain := Path(name).name) not in others:
        raise file.error(
            "this file was not sent with the scenario",
            path,
            value=name,
            allowed=", ".join(others) or None,
            fix="choose both together",
        )
    return others[plain]


def refuse_unnamed(file: LayeredFile) -> None:
    """Refuse files that were sent with a scenario which says nothing of them.

    Raises
    ------
    ScenarioError
        Naming the first.
    """
    data = file.data
    tables = (data.get(table) for table in ("population", "network"))
    texts = [value for table in tables if isinstance(table, dict) for value in table.values()]
    named = {Path(text).name for text in texts if isinstance(text, str)}
    for sent in file.sent:
        if sent != file.top.file and sent.name not in named:
            raise ScenarioError(
                f"{file.top.file} says nothing of this file",
                file=sent,
                fix=f'write in it men = "{sent.name}" under [population], or ties = "{sent.name}" '
                "under [network]",
            )
