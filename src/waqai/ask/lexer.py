"""SPARQL cut into the tokens that matter for binding: a `?name` in a string, an IRI or a comment is no variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Productions of SPARQL 1.1, section 19.8: STRING_LITERAL_LONG*, STRING_LITERAL*, IRIREF, comments (19.4), PN_LOCAL_ESC.
_TOKEN = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r"|\#[^\n\r]*"
    r"|\\."
    r"|[?$](?P<variable>\w+)"
    r"|(?:\w[\w.-]*)?:[\w.:%-]*"  # a prefixed name: `x:select` is no SELECT
    r"|(?P<word>[A-Za-z]+|[{}()+*])",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A keyword, a bracket, a plus or a star, with where it stands."""

    text: str
    start: int
    end: int


def words(sparql: str) -> Iterator[Word]:
    """The keywords and brackets of a query, in order."""
    found = (m for m in _TOKEN.finditer(sparql) if m["word"] is not None)
    return (Word(m["word"], m.start(), m.end()) for m in found)


def variables(sparql: str) -> Iterator[tuple[str, int]]:
    """The variables of a query with the offset of each occurrence, in order."""
    return ((m["variable"], m.start()) for m in _TOKEN.finditer(sparql) if m["variable"] is not None)


def replace_variables(sparql: str, term_of: Callable[[str], str | None]) -> str:
    """Put terms in the place of variables; None leaves a variable as it is."""

    def put(match: re.Match[str]) -> str:
        name = match["variable"]
        term = None if name is None else term_of(name)
        return match.group() if term is None else term

    return _TOKEN.sub(put, sparql)
