"""Put the README's pictures of studies in their place: ``python -m docs.study_pictures [RESULTS]``.

They are taken from the results folders of the README's own commands, in ``results`` unless another
folder is named; what was not run is named and left as it is.
"""

import sys
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parent / "pictures"
RESULTS = Path("results")
TAKEN_FROM = {
    "contact_over_time": "first",
    "paired_differences": "compare/engager_trial_and_3_more_*",
    "response_surface": "collaboration_supervision",
    "interactions": "collaboration_supervision",
    "sensitivity": "sobol_levers",
    "targets_met": "calibrate",
    "why_null": "engager_trial_again",
    "patterns_met": "validate",
}
"""Each picture, and the results folder that it is taken from."""
FIGURES = {
    "response_surface": "response_surface_trust_12w_programme",
    "interactions": "interactions_trust_12w_programme",
    "sensitivity": "indices_trust_12w_programme",
}
"""The figure's name, where it is not the picture's."""
COLOURS = 256


def main(results: Path = RESULTS) -> int:
    """Copy every picture that there is.

    Returns
    -------
    int
        1 if a results folder has no such picture, else 0.
    """
    missing = 0
    for picture, folder in TAKEN_FROM.items():
        name = f"{folder}/figures/{FIGURES.get(picture, picture)}.png"
        found = sorted(results.glob(name), key=lambda file: file.stat().st_mtime)
        if not found:
            missing = 1
            sys.stderr.write(f"{picture}.png is left as it is: there is no {results / name}\n")
            continue
        with Image.open(found[-1]) as drawn:
            few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(PICTURES / f"{picture}.png", optimize=True)
        sys.stdout.write(f"{picture}.png from {found[-1]}\n")
    return missing


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
