"""Text on a page: escaped, visible, and with words that run from right to left set apart."""

import re
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from engager_sim.visible_text import visible

RIGHT_TO_LEFT = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
RUN = re.compile(f"{RIGHT_TO_LEFT}(?:[^A-Za-z0-9&<>]*{RIGHT_TO_LEFT})*")
"""Such words with what stands between them."""


def page_environment(package: str) -> Environment:
    """Give what fills the templates of a package, so that text is never markup."""
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=html_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["attribute"] = attribute_text
    return environment


def html_text(value: Any) -> Any:
    """Write text between tags, where such words do not turn round what stands beside them."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return Markup(RUN.sub(r"<bdi>\g<0></bdi>", str(attribute_text(value))))


def attribute_text(value: str) -> Markup:
    """Write text in a title or in an attribute of a tag, where no tag can stand."""
    return escape(visible(value))
