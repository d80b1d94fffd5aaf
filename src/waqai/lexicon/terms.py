"""What the lexicon is once it is read: terms, and an index that finds them in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from waqai.model import Lang, Outcome
from waqai.text.tokens import KNOWN_WORDS, Token, forms_of

Amount = Literal["one", "two", "many", "either"]
"""What a noun's form says of how many: singular, dual, plural, or a form that is dual and plural at once."""

Clitics = Literal["noun", "verb", "particle"]
_ALLOWED: Mapping[Clitics, frozenset[str] | None] = {
    "noun": None,
    "verb": frozenset({"", "و", "ف", "ل"}),
    "particle": frozenset({"", "و", "ف"}),
}
_SHORT = 2
_PARTICLES = frozenset("بكل")
_SUFFIXES = ("هما", "هم", "ها", "ه")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of the lexicon with what it means; `sort` is the file it stands in, `role` its part there."""

    sort: str
    id: str
    role: str = ""
    amount: Amount | None = None
    outcome: Outcome | None = None
    victim_class: str | None = None
    operator: str | None = None
    methods: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    gender: Literal["female", "male"] | None = None
    child: bool = False
    occupation: str | None = None
    country: str | None = None
    force: str | None = None
    agreeing: bool = False
    clitics: Clitics = "noun"
    kind: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in the text: token indices, half-open; `prefix` is what was written onto its first word."""

    first: int
    last: int
    term: Term
    prefix: str = ""

    @property
    def definite(self) -> bool:
        """Does the article stand on its first word?"""
        return self.prefix.endswith(("ال", "لل"))


Tail = tuple[tuple[str, ...], Term]
Written = tuple[str, Term]
"""What is written onto a word, and the term that it is."""
Meaning = tuple[str, tuple[str, ...], Term]
"""What is written onto the word, the words that must follow, and the term that they are together."""


class Beginnings(NamedTuple):
    """What a word may begin: terms by itself, longer ones by their second word, nouns under its pronoun."""

    alone: tuple[Written, ...]
    before: Mapping[str, Sequence[Meaning]]
    possessed: tuple[Written, ...]


@dataclass(frozen=True)
class Language:
    """The terms of one language, indexed by their first word."""

    lang: Lang
    index: Mapping[str, tuple[Tail, ...]]
    suffixed: frozenset[str] = frozenset({"victims", "outcomes"})
    """Sorts whose nouns may carry a possessive pronoun (طفلها, عناصره)."""

    @cached_property
    def beginnings(self) -> Callable[[str], Beginnings]:
        """What a word may begin; worked out once a word."""
        return lru_cache(maxsize=KNOWN_WORDS)(self._beginnings)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every term in the tokens, several at one place where words have several meanings; in text order."""
        hits: list[Hit] = []
        beginnings = self.beginnings
        for first, token in enumerate(tokens):
            if token.kind not in ("word", "mark"):
                continue
            begun = beginnings(token.norm)
            before = len(hits)
            for prefix, term in begun.alone:
                hits.append(Hit(first, first + 1, term, prefix))
            for prefix, tail, term in begun.before.get(_norm(tokens, first + 1), ()) if begun.before else ():
                if _continues(tokens, first + 1, tail):
                    hits.append(Hit(first, first + 1 + len(tail), term, prefix))
            if begun.possessed and all(hit.term.sort == "persons" for hit in hits[before:]):
                hits += (Hit(first, first + 1, term, prefix) for prefix, term in begun.possessed)
        return hits

    def without(self, sort: str, identifier: str) -> Language:
        """The language as it would be without one entry."""
        index: dict[str, tuple[Tail, ...]] = {}
        for word, tails in self.index.items():
            kept = tuple(tail for tail in tails if (tail[1].sort, tail[1].id) != (sort, identifier))
            if kept:
                index[word] = kept
        return replace(self, index=index)

    def _beginnings(self, norm: str) -> Beginnings:
        alone: list[Written] = []
        before: dict[str, list[Meaning]] = {}
        for form in forms_of(norm):
            prefix = _prefix(norm, form)
            for tail, term in self.index.get(form, ()):
                if not _may_carry(term, prefix) or _by_chance(form, prefix):
                    continue
                if tail:
                    before.setdefault(tail[0], []).append((prefix, tail, term))
                else:
                    alone.append((prefix, term))
        under_pronoun = self.lang == "ar" and norm.endswith(_SUFFIXES)
        possessed = self._possessed(norm, forms_of(norm)) if under_pronoun else ()
        return Beginnings(tuple(alone), before, possessed)

    def _possessed(self, norm: str, forms: tuple[str, ...]) -> tuple[Written, ...]:
        for form in forms:
            bare = _without_pronoun(form)
            plural = not form.endswith("ه") or form.endswith("ته") or norm[0] == "و"
            found = tuple(
                (_prefix(norm, form), term)
                for tail, term in (self.index.get(bare, ()) if bare else ())
                if not tail and (plural or term.amount == "many")
                if term.sort in self.suffixed and term.amount is not None
            )
            if found:
                return found
        return ()


def lookup_keys(forms: Iterable[str]) -> Iterator[str]:
    """Every word under which a word with these forms is looked up in an index."""
    for form in forms:
        yield form
        bare = _without_pronoun(form)
        if bare:
            yield bare


def _may_carry(term: Term, prefix: str) -> bool:
    allowed = _ALLOWED[term.clitics]
    return allowed is None or prefix in allowed


def _by_chance(form: str, prefix: str) -> bool:
    """`باب`, `كأب`: under a particle of one letter a word of two is mostly another word (a door, no "by a father")."""
    return len(form) <= _SHORT and prefix[-1:] in _PARTICLES


def _prefix(norm: str, form: str) -> str:
    return norm[: -len(form)] if norm.endswith(form) and len(form) < len(norm) else ("" if norm == form else "لل")


def _norm(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].norm if i < len(tokens) else ""


def _continues(tokens: Sequence[Token], first: int, tail: tuple[str, ...]) -> bool:
    if first + len(tail) > len(tokens):
        return False
    return all(tokens[first + i].norm == word for i, word in enumerate(tail))


def _without_pronoun(form: str) -> str | None:
    for suffix in _SUFFIXES:
        bare = form[: -len(suffix)]
        if form.endswith(suffix) and len(bare) >= 3:
            return bare[:-1] + "ه" if bare.endswith("ت") else bare
    return None


@dataclass(frozen=True)
class Lexicon:
    """All languages, and a digest of the files."""

    languages: Mapping[Lang, Language]
    digest: str

    def language(self, lang: Lang) -> Language:
        """The terms of a language."""
        return self.languages[lang]

    def without(self, lang: Lang, sort: str, identifier: str) -> Lexicon:
        """The lexicon as it would be without one entry."""
        return replace(self, languages={**self.languages, lang: self.languages[lang].without(sort, identifier)})
