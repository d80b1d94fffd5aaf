"""Who published an article, as an actor of the register."""

from __future__ import annotations

from waqai.model import Article
from waqai.text.names import NameIndex
from waqai.text.tokens import tokens


def publisher_of(article: Article, names: NameIndex) -> str | None:
    """The register's id of the publisher: the one actor whose name is the publisher's whole name; None if none is."""
    if not article.publisher:
        return None
    words = tokens(article.publisher)
    found = {
        candidate
        for match in names.find(words)
        if match.sort == "actor" and (match.first, match.last) == (0, len(words))
        for candidate in match.candidates
    }
    return found.pop() if len(found) == 1 else None
