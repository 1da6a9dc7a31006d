"""A picture: a figure with its title and what it shows in words, both kept inside the file."""

from dataclasses import dataclass, replace
from pathlib import Path

from matplotlib.figure import Figure

from engager_sim.figures.style import DOTS_PER_INCH

TITLE, DESCRIPTION, POSITION = "Title", "Description", "Position"
"""Keys of a PNG file's text."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure ready to be saved: its file's name without ending, a title, and a description.

    The description is for those who do not see the figure: the finding, not the drawing.
    """

    name: str
    title: str
    description: str
    figure: Figure

    def with_line(self, line: str) -> "Picture":
        """Add a line to what it shows in words."""
        return replace(self, description=f"{self.description} {line}".strip())

    def save(self, file: Path, position: int = 0) -> None:
        """Write it as PNG, with its position among others; equal pictures give equal bytes."""
        text = {"Software": None, **self.text(position)}
        self.figure.savefig(file, format="png", dpi=DOTS_PER_INCH, metadata=text)

    def text(self, position: int) -> dict[str, str]:
        """Return what its file says of it, by the key of each text."""
        return {TITLE: self.title, DESCRIPTION: self.description, POSITION: str(position)}


def text_of(file: Path) -> tuple[int, str, str]:
    """Read the position, the title and the words that a picture carries."""
    from PIL import Image

    with Image.open(file) as image:
        kept = dict(getattr(image, "text", {}))
    return int(kept.get(POSITION, "0")), kept.get(TITLE, file.stem), kept.get(DESCRIPTION, "")
