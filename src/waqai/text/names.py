"""Names of actors and places in a text: the longest ones, under their clitics, in both scripts.

A trie over words, walked once from every word: linear in the text, since no name is longer than the longest one.
Arabic writes particles onto a name's first word (وحمص, بالرقة, للتنظيم); Latin script writes the Arabic article apart
or with a hyphen, or not at all (al-Hol, Al Hol, Hol), so the articles are no part of a Latin name's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from waqai.model import Actor, Place, Registers, Span
from waqai.text.letters import is_arabic
from waqai.text.tokens import KNOWN_WORDS, Token, forms_of, phrase_tokens, tokens

Sort = Literal["actor", "place"]

# al- and the forms it takes before sun letters, as transliterations of Arabic names write it (UNGEGN 2018, IJMES).
_ARTICLES = frozenset(
    ("al", "el", "as", "es", "ash", "esh", "ad", "ed", "ar", "er", "an", "en", "at", "et", "az", "ez", "ul")
)
_BARE_ARTICLES = frozenset({"al", "el"})
"""The articles that are no English word: these belong to the name without a hyphen too."""
_JOINERS = frozenset("-'\"")
"""Marks that may stand between the words of one name (Deir-ez-Zor, بوتين- أردوغان)."""
_ARABIC_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in a text: the tokens [first, last), their span, and the ids that bear the name.

    The span holds whole words, particles included. `candidates` has those first for which the name counts alone, which
    `strongly` has by themselves; `strong` says that there is one.
    """

    first: int
    last: int
    span: Span
    sort: Sort
    candidates: tuple[str, ...]
    strong: bool
    strongly: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A word of the trie: what may follow, and who bears the name that ends here."""

    following: dict[str, _Node] = field(default_factory=dict)
    strong: dict[Sort, list[str]] = field(default_factory=dict)
    weak: dict[Sort, list[str]] = field(default_factory=dict)

    def bearers(self, sort: Sort) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.strong.get(sort, ()), *self.weak.get(sort, ()))))

    def sorts(self) -> Iterator[Sort]:
        yield from (sort for sort in ("actor", "place") if sort in self.strong or sort in self.weak)


def _is_another_word(norm: str, form: str) -> bool:
    """Is this form what the word does not say?

    Without its article a word is another one (الصور are pictures, صور is Tyre), and what seems a particle of comparison
    is mostly a letter of the word (كسرت, she broke, is not "like Sirte"), as is a particle before two letters (باب).
    """
    clitic = norm[: len(norm) - len(form)] if norm.endswith(form) else ""
    return (bool(clitic) and len(form) < 3) or clitic.endswith((_ARABIC_ARTICLE, "لل", "ك"))


def _inner_key(token: Token) -> str:
    """A word of Latin script without apostrophes and the possessive (Dar'a, Syria's); any other as it is."""
    return token.norm if token.kind != "word" else _plain(token.norm)


def _plain(norm: str) -> str:
    if norm.isascii() or not is_arabic(norm[0]):
        return norm.removesuffix("'s").replace("'", "")
    return norm


def name_key(norm: str) -> str:
    """The key under which a word of the text is looked up as a name's first, besides its forms."""
    return _plain(norm)


def first_word(name: str) -> str | None:
    """The word under which a name is found."""
    return next(iter(_words_of(name)), None)


def _words_of(name: str) -> list[str]:
    return [_inner_key(token) for token in tokens(name) if token.norm not in _JOINERS | _ARTICLES]


_WATCHERS = frozenset({"Monitor", "Outlet", "HumanitarianOrganisation", "InternationalOrganisation"})


class NameIndex:
    """All names of the registers, ready to be found in tokens."""

    def __init__(self, registers: Registers) -> None:
        self._root = _Node()
        self._last: tuple[str, Sequence[Token], Sequence[NameMatch]] | None = None
        self.in_phrase = lru_cache(maxsize=1 << 12)(self._in_phrase)
        """The names in a phrase, such as the same article gives again and again."""
        self._beginnings = lru_cache(maxsize=KNOWN_WORDS)(self._beginning_with)
        self.watchers = frozenset(actor.id for actor in registers.actors.values() if actor.kinds & _WATCHERS)
        """Actors who tell of harm, or help, and do none."""
        self.wide = frozenset(place.id for place in registers.places.values() if _is_wide(place))
        """Places that tell no first-level unit."""
        self.small = frozenset(p.id for p in registers.places.values() if p.kind in ("Town", "District"))
        """Places whose name may be a part of any other name, of a person or a place."""
        self.actors = registers.actors
        self.parents = {place.id: place.parent for place in registers.places.values() if place.parent}
        """The place in which each place lies."""
        self._enter_all("actor", registers.actors)
        self._enter_all("place", registers.places)

    def _enter_all(self, sort: Sort, register: Mapping[str, Actor] | Mapping[str, Place]) -> None:
        for entry in register.values():
            for name in entry.names:
                self._enter(name.text, sort, entry.id, strong=name.strong)

    def _enter(self, text: str, sort: Sort, bearer: str, *, strong: bool) -> None:
        words = _words_of(text)
        if not words:
            return
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        (node.strong if strong else node.weak).setdefault(sort, []).append(bearer)

    def read(self, text: str) -> tuple[Sequence[Token], Sequence[NameMatch]]:
        """The tokens of a text and the names in it; the last text's are kept, since several rooms read one article."""
        if self._last is None or self._last[0] != text:
            words = tokens(text)
            self._last = text, words, self.find(words)
        return self._last[1:]

    def _in_phrase(self, phrase: str) -> tuple[NameMatch, ...]:
        return tuple(self.find(phrase_tokens(phrase)))

    def find(self, words: Sequence[Token]) -> list[NameMatch]:
        """The names in a text, in order, none inside another; an actor and a place of one name share their words."""
        found: list[NameMatch] = []
        at = 0
        while at < len(words):
            last, node = self._longest(words, at)
            if node is None:
                at += 1
                continue
            first = _with_article(words, at, found[-1].last if found else 0)
            found.extend(_matches(words, first, last, node))
            at = last
        return found

    def _longest(self, words: Sequence[Token], at: int) -> tuple[int, _Node | None]:
        """Where the longest name that begins with this word ends, and its node."""
        best: tuple[int, _Node | None] = (at, None)
        token = words[at]
        for node in self._beginnings(token.norm) if token.kind in ("word", "digits") else ():
            last, end = _walk(words, at + 1, node)
            if end is not None and last > best[0]:
                best = last, end
        return best

    def _beginning_with(self, norm: str) -> tuple[_Node, ...]:
        """The names that may begin with a word."""
        if is_arabic(norm[0]):
            keys: Iterable[str] = (form for form in forms_of(norm) if not _is_another_word(norm, form))
        else:
            keys = (_plain(norm),)
        return tuple(self._root.following[key] for key in keys if key in self._root.following)


def _is_wide(place: Place) -> bool:
    return place.kind == "Country" or (not place.administrative and len(place.units) != 1)


def _walk(words: Sequence[Token], at: int, node: _Node) -> tuple[int, _Node | None]:
    """Go on from a name's first word as far as the text goes with the trie; the last end of a name on the way."""
    last, end = (at, node) if node.strong or node.weak else (at, None)
    while at < len(words) and node.following:
        token = words[at]
        at += 1
        if token.norm in _JOINERS:
            continue
        step = node.following.get(_inner_key(token)) if token.kind != "break" else None
        if step is None:
            if token.norm in _ARTICLES:
                continue
            break
        node = step
        if node.strong or node.weak:
            last, end = at, node
    return last, end


def _with_article(words: Sequence[Token], at: int, floor: int) -> int:
    """Take in a Latin article that stands before the name's first word."""
    if at - 2 >= floor and words[at - 1].norm == "-" and words[at - 2].norm in _ARTICLES:
        return at - 2
    if at - 1 >= floor and words[at - 1].norm in _BARE_ARTICLES:
        return at - 1
    return at


def _matches(words: Sequence[Token], first: int, last: int, node: _Node) -> Iterable[NameMatch]:
    span = Span(words[first].start, words[last - 1].end)
    for sort in node.sorts():
        strongly = tuple(dict.fromkeys(node.strong.get(sort, ())))
        yield NameMatch(first, last, span, sort, node.bearers(sort), bool(strongly), strongly)
