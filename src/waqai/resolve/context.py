"""What an article names, as the context in which its mentions are decided."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from waqai.model import Article, Place, Registers, Span
from waqai.resolve.words import LOCATIVE
from waqai.text.names import NameIndex, NameMatch
from waqai.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Located:
    """A place named in the text whose country is beyond doubt."""

    at: int
    country: str


class Context:
    """An article's names, found once."""

    def __init__(self, article: Article, registers: Registers, names: NameIndex) -> None:
        self.article = article
        self.registers = registers
        self.names = names

    @cached_property
    def words(self) -> Sequence[Token]:
        """The article's tokens."""
        return self.names.read(self.article.text)[0]

    @cached_property
    def mentions(self) -> Sequence[NameMatch]:
        """Every name of the registers in the article, in order."""
        return self.names.read(self.article.text)[1]

    @cached_property
    def located(self) -> Sequence[Located]:
        """Where the article is, place by place: strong names that lie in one country, whoever bears them."""
        found = []
        for match in self.mentions:
            country = self._country_of(match)
            if country is not None:
                found.append(Located(match.span.start, country))
        return found

    @cached_property
    def countries(self) -> Sequence[str]:
        """The countries of the article's places, the most often named first."""
        return [country for country, _ in Counter(place.country for place in self.located).most_common()]

    def tells_else_of(self, country: str | None, candidates: Sequence[str]) -> bool:
        """Does the article name anything else in a country than these candidates?"""
        others = (match for match in self.mentions if match.sort == "place" and match.strong)
        places = (place for m in others if not set(m.candidates) & set(candidates) for place in self.places(m.strongly))
        return any(place.country == country for place in places)

    @cached_property
    def _strong_places(self) -> Sequence[NameMatch]:
        return [match for match in self.mentions if match.sort == "place" and match.strong]

    @cached_property
    def _strong_place_starts(self) -> Sequence[int]:
        return [match.span.start for match in self._strong_places]

    def named_in(self, span: Span) -> list[tuple[str, ...]]:
        """What each strong name of a place in a stretch of the article may mean."""
        starts = self._strong_place_starts
        inside = self._strong_places[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        return [match.strongly for match in inside]

    @cached_property
    def named(self) -> frozenset[str]:
        """All that the strong names of places in the article may mean."""
        return frozenset(place for match in self._strong_places for place in match.strongly)

    @cached_property
    def actor_starts(self) -> Mapping[str, Sequence[int]]:
        """Where strong names of its own mention each actor, in order."""
        found: dict[str, list[int]] = {}
        for match in self.mentions:
            if match.sort == "actor" and match.strong and len(match.candidates) == 1:
                found.setdefault(match.candidates[0], []).append(match.span.start)
        return found

    @cached_property
    def _located_at(self) -> Sequence[int]:
        return [place.at for place in self.located]

    def country_at(self, sentence: Span) -> str | None:
        """The country of the last place named before the sentence ends, else of the first one after it."""
        at = bisect_left(self._located_at, sentence.end)
        if at:
            return self.located[at - 1].country
        return self.located[0].country if self.located else None

    @cached_property
    def senses(self) -> Mapping[str, Sequence[Place]]:
        """The senses of each region that has several."""
        return self.registers.senses

    def places(self, ids: Sequence[str]) -> list[Place]:
        """The register's entries of these ids, those that it knows."""
        return [self.registers.places[i] for i in ids if i in self.registers.places]

    def find(self, text: str, sort: str) -> list[NameMatch]:
        """The names of one sort in some words."""
        return [match for match in self.names.in_phrase(text) if match.sort == sort]

    def _country_of(self, match: NameMatch) -> str | None:
        places = self.places(match.candidates) if match.sort == "place" else []
        if any(place.kind == "Country" for place in places):
            return places[0].country if self._is_locative(match) else None
        units = [place for place in places if place.kind == "FirstLevelUnit"]
        countries = {place.country for place in (units if len(units) == 1 else places)}
        return countries.pop() if match.strong and len(countries) == 1 else None

    def _is_locative(self, match: NameMatch) -> bool:
        """Is a country named as the place where something is (في العراق, بالعراق), not as a government?"""
        first = self.words[match.first].norm
        return first.startswith("ب") or (match.first > 0 and self.words[match.first - 1].norm in LOCATIVE)
