"""The terminal, on which text from people is never markup and never steers."""

from typing import Any

from rich.console import Console
from rich.text import Text

from engager_sim.visible_text import visible


class Terminal(Console):
    """A console that prints every text as it reads, table cells and titles too."""

    def __init__(self, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **look: Any) -> Text:
        """Make a text of what is printed."""
        return super().render_str(visible(text), **look)
