"""What can go wrong, as one tree.

    EngagerError
    ├── ScenarioError          a scenario file, or a table it names, cannot be used
    ├── UsageError             a command was asked for something that it cannot do
    ├── ResultsError           a results folder cannot be written or read
    └── RangeError             a state left its declared range (``--check``)

Every message says what was found and where, what is allowed, and how to mend it.
"""

from pathlib import Path

from engager_sim.visible_text import visible


class EngagerError(Exception):
    """Base of every error that a user can mend.

    Parameters
    ----------
    problem : str
        What is wrong, in one sentence without a full stop.
    file : Path or str, optional
        File in which it stands.
    key : str, optional
        Key or column in that file.
    value : object, optional
        Value found there.
    allowed : str, optional
        What is allowed instead.
    fix : str, optional
        What to do about it.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: Path | str | None = None,
        key: str | None = None,
        value: object | None = None,
        allowed: str | None = None,
        fix: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = None if file is None else str(file)
        self.key = key
        self.value = value
        self.allowed = allowed
        self.fix = fix
        super().__init__(str(self))

    def __str__(self) -> str:
        """Compose the message: where, what, what is allowed, how to mend it."""
        sentence = ": ".join(part for part in (self.file, self.key, self.problem) if part)
        if self.value is not None:
            sentence += f" (found {_shown(self.value)})"
        if self.allowed:
            sentence += f"; allowed: {self.allowed}"
        if self.fix:
            sentence += f"; {self.fix}"
        return visible(sentence, kept="")


class ScenarioError(EngagerError):
    """A scenario file, or a table it names, cannot be used."""


class UsageError(EngagerError):
    """A command was asked for something that it cannot do."""


class ResultsError(EngagerError):
    """A results folder cannot be written or read."""


class RangeError(EngagerError):
    """A state left its declared range."""


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # a whole number of thousands of digits
        text = "a number too long to show"
    return text if len(text) <= 80 else text[:77] + "..."
