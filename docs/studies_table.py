"""The documents' table of the kinds of study, from their registry."""

from docs.markdown import table
from engager_sim.studies.registry import kinds


def kinds_of_study() -> str:
    """Write the question, the command and the Python function of every kind of study."""
    rows = [
        [kind.question, f"`engager-sim {kind.name}`", f"`{kind.exports[-1]}`"] for kind in kinds()
    ]
    return table(["Question", "Command", "In Python"], rows)
