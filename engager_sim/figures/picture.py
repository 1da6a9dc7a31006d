"""A picture: a figure with its title and what it shows in words, both kept inside the file."""

from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from engager_sim.figures.style import DOTS_PER_INCH

TITLE, IN_WORDS, PLACE = "Title", "Description", "Place"
"""Keys of a PNG file's text."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure ready to be saved.

    Attributes
    ----------
    name : str
        Of the file, without its ending.
    title : str
        A few words.
    in_words : str
        What it shows, for those who do not see it: the finding, not the drawing.
    figure : Figure
        The figure.
    """

    name: str
    title: str
    in_words: str
    figure: Figure

    def save(self, file: Path, place: int = 0) -> None:
        """Write it as PNG, with its place among others; equal pictures give equal bytes."""
        text = {"Software": None, TITLE: self.title, IN_WORDS: self.in_words, PLACE: str(place)}
        self.figure.savefig(file, format="png", dpi=DOTS_PER_INCH, metadata=text)


def text_of(file: Path) -> tuple[int, str, str]:
    """Read the place, the title and the words that a picture carries."""
    from PIL import Image

    with Image.open(file) as image:
        kept = dict(getattr(image, "text", {}))
    return int(kept.get(PLACE, "0")), kept.get(TITLE, file.stem), kept.get(IN_WORDS, "")
