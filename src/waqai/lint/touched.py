"""Which articles an edit can concern: those that hold a word under which something that changed is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import get_args

from waqai.lexicon import Language, Lexicon
from waqai.lexicon.terms import lookup_keys
from waqai.model import Actor, Article, Lang, Place, Registers
from waqai.text.names import first_word, name_key
from waqai.text.tokens import KNOWN_WORDS, forms_of, tokens

Known = tuple[Lexicon, Registers]


class Touched:
    """Says whether an article can be read otherwise in one version than in the other. None is missed."""

    def __init__(self, old: Known, new: Known) -> None:
        self._names = _changed_names(old[1], new[1])
        self._everything = _fighters_abroad(old[1]) != _fighters_abroad(new[1])
        self._words = {lang: self._changed_words(lang, (old[0], new[0])) for lang in get_args(Lang)}
        self._meets = lru_cache(maxsize=KNOWN_WORDS)(self._is_met)

    def __call__(self, article: Article) -> bool:
        """Does the article, or its publisher's name, hold such a word?"""
        if self._everything:
            return True
        if not self._names and not self._words[article.lang]:
            return False
        norms = {token.norm for text in (article.text, article.publisher or "") for token in tokens(text)}
        return any(self._meets(article.lang, norm) for norm in norms)

    def _changed_words(self, lang: Lang, versions: tuple[Lexicon, Lexicon]) -> frozenset[str]:
        one, other = (lexicon.language(lang) for lexicon in versions)
        words = {word for word in {*one.index, *other.index} if one.index.get(word) != other.index.get(word)}
        return frozenset(words.union(*(self._naming(language) for language in (one, other))))

    def _naming(self, language: Language) -> Iterator[str]:
        """The words that stand for a force (روسية) whose entry in the register has changed."""
        for word, tails in language.index.items():
            forces = {term.force for _, term in tails if term.force}
            if any(name_key(token.norm) in self._names for force in forces for token in tokens(force)):
                yield word

    def _is_met(self, lang: Lang, norm: str) -> bool:
        forms = forms_of(norm)
        if not self._words[lang].isdisjoint(lookup_keys(forms)):
            return True
        return not self._names.isdisjoint((*forms, name_key(norm)))


def _changed_names(old: Registers, new: Registers) -> frozenset[str]:
    """The first words of all names of the entries that have changed."""
    entries: list[Actor | Place] = []
    actors = _differing(old.actors, new.actors)
    places = _with_dependants(_differing(old.places, new.places), old, new)
    for version in (old, new):
        entries += (version.actors[i] for i in actors if i in version.actors)
        entries += (version.places[i] for i in places if i in version.places)
    return frozenset(word for entry in entries for name in entry.names if (word := first_word(name.text)))


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {i for i in {*one, *other} if one.get(i) != other.get(i)}


def _with_dependants(changed: set[str], *versions: Registers) -> set[str]:
    """With the places that lie in them or are told apart by them, and the regions of which they are a sense."""
    found: set[str] = set()
    while changed - found:
        found |= changed
        for place in (place for version in versions for place in version.places.values()):
            if not found.isdisjoint(_leans_on(place)):
                changed.add(place.id)
            if place.id in found and place.sense_of:
                changed.add(place.sense_of)
    return found


def _leans_on(place: Place) -> Iterable[str]:
    return (other for other in (place.parent, place.sense_of, *place.contexts) if other)


def _fighters_abroad(registers: Registers) -> set[str | None]:
    """The nations whose soldiers count as foreign: of these every article is read."""
    return {actor.country for actor in registers.actors.values() if actor.victim_class == "foreign_state_forces"}
