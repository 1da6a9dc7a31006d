"""The one place that opens a file which a user names: it never waits, nor reads without end."""

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.uploaded_file import UploadedFile

ZIP = b"PK\x03\x04"
"""How spreadsheets (XLSX, ODS) begin: they are archives."""


def open_input(file: Path, most_bytes: int, description: str) -> BinaryIO:
    """Open a regular file for reading, or say in one message why it cannot be read.

    Parameters
    ----------
    file : Path
        The file; of one that was sent to the page, what was sent is read.
    most_bytes : int
        A larger file is refused by its size, before it is read.
    description : str
        What the file should be, for the message, such as ``"a scenario file"``.

    Raises
    ------
    ScenarioError
        If it is missing, a folder, not a regular file, too large or unreadable.
    """
    if isinstance(file, UploadedFile):
        refuse_too_large(file, len(file.content), most_bytes, description)
        return io.BytesIO(file.content)
    try:
        facts = file.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise ScenarioError(
                f"this is a folder, not {description}", file=file, fix="name a file inside it"
            )
        if not stat.S_ISREG(facts.st_mode):
            raise ScenarioError(
                f"this is a device or pipe, not {description}", file=file, fix="give a regular file"
            )
        refuse_too_large(file, facts.st_size, most_bytes, description)
        return open(file, "rb", opener=_without_waiting)
    except FileNotFoundError:
        raise ScenarioError(
            "there is no such file", file=file, fix=f"give the path of {description}"
        ) from None
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def read_text(file: Path, most_bytes: int, description: str) -> str:
    """Read a text file in UTF-8 whole (see :func:`open_input`).

    Raises
    ------
    ScenarioError
        If it cannot be opened, grew beyond the limit, or is not UTF-8.
    """
    with open_input(file, most_bytes, description) as stream:
        try:
            content = stream.read(most_bytes + 1) or b""  # nothing, where it would wait
        except OSError as error:
            raise _unreadable(file, error) from None
    refuse_too_large(file, len(content), most_bytes, description)  # had it grown meanwhile
    return decode_text(file, content)


def decode_text(file: Path, content: bytes) -> str:
    """Decode the content of a text file; the error of another encoding names the line."""
    if content.startswith(ZIP):
        raise ScenarioError(
            "this is a spreadsheet or another compressed file, not text",
            file=file,
            allowed="text in UTF-8",
            fix="save a table as CSV in UTF-8; a scenario or study file is TOML, and names its "
            'tables, as by men = "FILE.csv" under [population]',
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ScenarioError(
            "this is not text in UTF-8",
            file=file,
            key=f"line {line}",
            value=content[error.start : error.start + 4],
            allowed="text in UTF-8",
            fix="save the file again with encoding UTF-8",
        ) from None


def refuse_too_large(file: Path, size: int, most_bytes: int, description: str) -> None:
    """Refuse a file by its size."""
    if size > most_bytes:
        raise ScenarioError(
            f"the file is too large for {description}",
            file=file,
            value=f"{size:,} bytes",
            allowed=f"at most {most_bytes:,} bytes",
            fix="check that it is the file you mean",
        )


def _without_waiting(path: str, flags: int) -> int:
    """Open so that what became a pipe since it was looked at makes nobody wait."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _unreadable(file: Path, error: Exception) -> ScenarioError:
    reason = getattr(error, "strerror", None) or str(error)
    return ScenarioError(
        f"the file cannot be read: {reason}",
        file=str(file).replace("\0", "\\0"),
        fix="check its path and who may read it",
    )
