"""Which files beside a scenario file change it: what its service could buy."""

import os
from collections.abc import Iterator
from pathlib import Path

from engager_sim.errors import EngagerError
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.scenario_file import PRESETS, read_layers


def today_and_options(file: LayeredFile) -> tuple[Path, list[Path]]:
    """Find the service that a file is about, and files that change it.

    Parameters
    ----------
    file : LayeredFile
        A service as it is, or what changes one that stands in a file too.

    Returns
    -------
    today : Path
        The file itself, or the one that it builds on.
    options : list of Path
        The file itself if it builds on that, or else those in its folder that build on it.
    """
    here, below = file.top.file, [layer.file for layer in file.layers[:-1]]
    if below and below[-1].parent != PRESETS:
        return below[-1], [here]
    return here, [] if here.parent == PRESETS else list(_based_on(here))


def _based_on(today: Path) -> Iterator[Path]:
    for option in sorted(today.parent.glob("*.toml")):
        try:
            below = read_layers(option).layers[:-1]
        except EngagerError:  # a study's file, or one that is not finished
            continue
        if below and os.path.realpath(below[-1].file) == os.path.realpath(today):
            yield option
