"""Names of private persons never stand in a graph that is served or published: each letter becomes a block."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from waqai.model import Article, Statement

BLOCK = "█"


def mask(article: Article, statements: Sequence[Statement]) -> Callable[[str], str]:
    """A function that masks, in any text of this article, every name that its statements mark as a private person's."""
    names = {span.of(article.text) for statement in statements for span in statement.persons}
    words = sorted((n for n in names if n.strip()), key=len, reverse=True)
    if not words:
        return str
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in words))
    return lambda text: pattern.sub(lambda match: re.sub(r"\S", BLOCK, match.group()), text)
