"""Find SERVICE in a query before anything runs it: engines follow it to any address, loopback included.

SPARQL's tokens cannot be told apart without its grammar: in `?a<?b#x>'''` a parser may see an IRI and a long string, or
a comparison and a comment. So wherever the text can be read in several ways, every way is followed, and a query is
refused if any of them meets the keyword. Some parsers (Oxigraph's among them) need no space around a keyword:
`1SERVICE<…>` and `SERVICEex:a` are federated queries too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from waqai.errors import QueryError

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n\r]*)
    | (?P<long>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\")
    | (?P<string>'(?:[^'\\\n\r]|\\.)*' | "(?:[^"\\\n\r]|\\.)*")
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<prefix>(?:[^\W\d][\w.\-]*)?):(?:[\w.\-:%]|\\.)*
    | (?P<word>[^\W\d]\w*)
    | (?P<quote>['"])
    | (?P<other>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_GOES_ON = re.compile(r"[\s#<?$:]")
"""What can follow a keyword that is followed by a name: `SERVICE>` is the end of an IRI read as a comparison."""
_UPDATE = re.compile(r"INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH", re.IGNORECASE)
_QUERY = re.compile(r"SELECT|ASK|CONSTRUCT|DESCRIBE", re.IGNORECASE)
_OTHER_READING = {"iri": 1, "long": 2}
"""After how many characters the other reading goes on: `<` as a comparison, the first two quotes as an empty string."""
LONGEST_QUERY = 100_000
"""Characters: no question that a person wrote comes near."""


def refuse_federation(query: str) -> None:
    """Raises QueryError if the query, read in any way, asks another server."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(f"the query is longer than {LONGEST_QUERY} characters", cure="ask a shorter question")
    readings = {query, unescaped(query)}
    if any("service" in word.casefold() for text in readings for word in _words(text)):
        raise QueryError(
            "SERVICE is not allowed: queries here read this store alone",
            cure="ask the other endpoint yourself; a prefix that holds the word must be renamed",
        )


def unescaped(query: str) -> str:
    r"""The query with its codepoint escapes (\uXXXX, \UXXXXXXXX) read, as SPARQL 1.1 section 19.2 allows anywhere."""
    return _ESCAPE.sub(lambda m: _character(m[1] or m[2]), query)


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _words(text: str) -> set[str]:
    """Every keyword and prefix that stands outside strings, comments and IRIs in some way of reading the text.

    A way in which a quote opens no string is none: every parser stops there.
    """
    if "service" not in text.casefold():
        return set()
    words: set[str] = set()
    seen: set[int] = set()
    ahead = [0]
    while ahead:
        at = ahead.pop()
        while at < len(text) and at not in seen:
            seen.add(at)
            kind, word, end = _token(text, at)
            words.add(word)
            if kind in _OTHER_READING:
                ahead.append(at + _OTHER_READING[kind])
            if kind == "quote":
                break
            at = end
    return words


def _token(text: str, at: int) -> tuple[str, str, int]:
    """The kind of the token at an offset, its text if it is a keyword or a prefix, and where it ends."""
    match = _TOKEN.match(text, at)
    assert match is not None  # noqa: S101 - the last alternative takes any character
    kind, end = match.lastgroup or "other", match.end()
    counts = kind == "prefix" or (kind == "word" and _GOES_ON.match(text, end))
    return kind, match[kind] if counts else "", end


def names_dataset(query: str) -> bool:
    """Whether the query has a FROM clause, so that the union of all graphs is not its default graph."""
    return any(word.casefold() == "from" for word in _keywords(query))


def dataset_graphs(query: str) -> list[str]:
    """The IRIs in the FROM and FROM NAMED clauses, prefixed names written out."""
    prefixes: dict[str, str] = {}
    found: list[str] = []
    before: list[str] = ["", ""]
    for token in _TOKEN.finditer(query):
        text = token.group()
        if token.lastgroup in {"space", "comment"}:
            continue
        if token.lastgroup == "iri" and before[0].casefold() == "prefix":
            prefixes[before[1]] = text[1:-1]
        elif before[1].casefold() == "from" or [word.casefold() for word in before] == ["from", "named"]:
            found += _named(text, token.lastgroup or "", prefixes)
        before = [before[1], text]
    return found


def _named(text: str, kind: str, prefixes: Mapping[str, str]) -> list[str]:
    if kind == "iri":
        return [text[1:-1]] if ":" in text else []
    prefix, colon, local = text.partition(":")
    return [prefixes[f"{prefix}:"] + local] if colon and f"{prefix}:" in prefixes else []


def is_update(query: str) -> bool:
    """Whether the text is an update rather than a query: its first verb changes something."""
    verbs = (word for word in _keywords(query) if _UPDATE.fullmatch(word) or _QUERY.fullmatch(word))
    return bool(_UPDATE.fullmatch(next(verbs, "")))


def _keywords(query: str) -> list[str]:
    return [token.group() for token in _TOKEN.finditer(query) if token.lastgroup == "word"]
