"""Small study files, for tests to run and to bend."""

import re
from pathlib import Path

from tests.scenarios.services import SERVICE, write

SWEEP = """\
question = "Do supervision and ties work together?"
scenario = "service.toml"
replicates = 3
seed = 5
outcomes = ["trust_12w_programme", "engaged_12w"]

[design]
kind = "factorial"

[[factors]]
parameter = "programme.collaboration.initial_tie"
levels = [0.1, 0.8]

[[factors]]
parameter = "programme.supervision.interval"
levels = [8, 1]

[[factors]]
parameter = "programme.supervision.mode"
choices = ["managerial", "shared"]
"""

SENSITIVITY = """\
question = "Which lever matters?"
scenario = "service.toml"
replicates = 2
seed = 5
outcomes = ["trust_12w_programme"]

[method]
name = "sobol"
samples = 16
resamples = 20

[[factors]]
parameter = "programme.collaboration.initial_tie"

[[factors]]
parameter = "programme.supervision.interval"
low = 1
high = 8
"""


def sampled(text: str, kind: str = "sobol", points: int = 16) -> str:
    """Make a sampled study of a factorial one: ranges for levels, and a number of points."""
    text = text.replace('kind = "factorial"', f'kind = "{kind}"\npoints = {points}')
    for levels, low, high in re.findall(r"(levels = \[([\d.]+), ([\d.]+)\])", text):
        least, most = sorted((low, high), key=float)
        text = text.replace(levels, f"low = {least}\nhigh = {most}")
    return text


def write_study(folder: Path, text: str) -> Path:
    """Write a study file with the small service beside it."""
    write(folder, SERVICE)
    file = folder / "study.toml"
    file.write_text(text, encoding="utf-8")
    return file
