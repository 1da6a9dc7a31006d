"""What an HTML page shows: its texts, and its tags with their attributes."""

from html.parser import HTMLParser


class Visible(HTMLParser):
    """Gathers what is read of a page: its text, and what stands for pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("style", "title")
        self.tags.append((tag, dict(attrs)))
        self.texts += [str(value) for name, value in attrs if name == "alt"]

    def handle_endtag(self, _: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.texts += [] if self._hidden else [data]
