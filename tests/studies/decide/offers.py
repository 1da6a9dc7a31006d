"""A small service in files, with options that change it, and a decision made once."""

from functools import cache
from pathlib import Path

from engager_sim.studies.decide.study import Decision, decide

TODAY = """\
question = "What do we get today?"

[population]
leavers = 60
recruitment_weeks = 52
allocation = [1, 0]

[network]
structure = "alliance"

[[agencies]]
name = "prison healthcare"
kind = "prison_healthcare"

[[agencies]]
name = "service"
kind = "resettlement"

[[agencies]]
name = "housing"
kind = "housing"

[[agencies]]
name = "substance"
kind = "substance_misuse"

[[teams]]
name = "team"
arm = "programme"
agency = "service"
practitioners = 3

[programme.supervision]
interval = 8
mode = "managerial"
quality = 0.2
"""
OPTIONS = {
    "weekly": '[programme.supervision]\ninterval = 1\nmode = "reflective"\nquality = 0.8\n',
    "nothing": "[programme.peers]\nsupport = 0.8\n",
    "peers": "[team.team]\npeers = 2\n\n[programme.peers]\nhours = 16\nsupport = 0.8\n",
    "fortnightly": "[programme.supervision]\ninterval = 2\n",
}
FEW = {"replicates": 60, "populations": 10, "lives": 8}


def write_offer(folder: Path) -> Path:
    """Write today's service and its options into a folder; give that."""
    (folder / "today.toml").write_text(TODAY)
    for name, text in OPTIONS.items():
        head = f'question = "What if we have {name}?"\nbased_on = "today.toml"\n\n'
        (folder / f"{name}.toml").write_text(head + text)
    return folder


@cache
def decided(folder: Path) -> Decision:
    """Decide between two real options and one that does nothing."""
    files = [folder / f"{name}.toml" for name in ("today", "weekly", "peers", "nothing")]
    return decide(*files, budget=200_000.0, **FEW)
