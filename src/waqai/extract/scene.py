"""An article with everything that was found in it, by position: what all later steps look at."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from waqai.extract.sentences import Sentence, sentences, with_links
from waqai.lexicon import Hit, Language
from waqai.model import Actor, ActorRef, Article, Span
from waqai.text.days import DayExpression, find_days
from waqai.text.names import NameIndex, NameMatch
from waqai.text.numbers import Number, Numerals
from waqai.text.tokens import Token, tokens

_NOWHERE: Mapping[int, list[Hit]] = {}
_BEFORE_A_PLACE = frozenset({"in", "from", "at", "near", "inside", "around", "across", "outside", "to", "of", "and"})
BETWEEN = frozenset({"بين", "between"})
_NAME = 3
"""Words of the name beside the word for a unit."""
QUOTES = frozenset("\"'()[]“”_#:-")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An actor phrase: token indices, half-open, the actors in it, and the classes that its words decide."""

    first: int
    last: int
    actors: tuple[ActorRef, ...] = ()
    classes: frozenset[str] = frozenset()
    countries: tuple[str, ...] = ()
    registered: bool = False
    """Is there an actor in it of whom only the register knows the class?"""
    named: bool = False
    """Does it name somebody, rather than only say `gunmen`?"""


@dataclass(frozen=True)
class Scene:
    """`*_at` are keyed by the first token; hits of one sort at one place are the longest ones."""

    article: Article
    tokens: Sequence[Token]
    sentences: list[Sentence]
    hits_at: dict[int, list[Hit]]
    hits_to: dict[int, list[Hit]]
    sorts_at: dict[str, dict[int, list[Hit]]]
    """The same as `hits_at`, sort by sort."""
    sort_starts: dict[str, list[int]]
    """The tokens at which hits of a sort start, in order."""
    phrase_starts: frozenset[int]
    """Tokens at which a phrase for an actor can begin: a registered name, a word for forces."""
    amount_starts: frozenset[int]
    """Tokens at which an amount of people can begin: a number, a word for people, a given name."""
    doer_signs: Sequence[int]
    """Tokens that can tell who did it, in order: a word of doing, a word for the deed, `between`."""
    numbers_at: dict[int, Number]
    ordinals_at: dict[int, Number]
    actors_at: dict[int, NameMatch]
    strangers: dict[int, int]
    """Forces that no register knows but that bear a name, by the token after their last."""
    actor_ends: frozenset[int]
    inside_names: frozenset[int]
    places_at: dict[int, NameMatch]
    days_at: dict[int, DayExpression]
    day_tokens: frozenset[int]
    state_forces: dict[str, ActorRef]
    """The forces of each state, as the register names them: what an adjective alone stands for."""
    watchers: frozenset[str]
    """Actors of the register who tell of harm, or help, and do none."""
    wide: frozenset[str]
    """Places of the register that tell no first-level unit: countries, regions that lie in several."""
    known: Mapping[str, Actor]
    """The actors of the register."""
    parents: Mapping[str, str]
    """The place of the register in which each of its places lies."""
    starts: dict[int, int]
    """Token by the offset at which it starts."""
    phrases: dict[tuple[int, int], Phrase | None] = field(default_factory=dict)
    """The actor phrases looked for so far, by where they begin and where the words end."""

    @property
    def arabic(self) -> bool:
        """Is it an Arabic article?"""
        return self.article.lang == "ar"

    def norm(self, i: int) -> str:
        """The folded word at a position; nothing outside the text."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def span(self, first: int, last: int) -> Span:
        """The characters of a stretch of tokens."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, first: int, last: int) -> str:
        """The text of a stretch of tokens."""
        return self.span(first, last).of(self.article.text)

    def hit(self, i: int, sort: str, *roles: str) -> Hit | None:
        """The longest hit of a sort (and one of the roles) that starts here."""
        for hit in self.sorts_at.get(sort, _NOWHERE).get(i, ()):
            if not roles or hit.term.role in roles:
                return hit
        return None

    def hit_to(self, i: int, sort: str, *roles: str) -> Hit | None:
        """The longest hit of a sort (and one of the roles) that ends here."""
        for hit in self.hits_to.get(i, ()):
            if hit.term.sort == sort and (not roles or hit.term.role in roles):
                return hit
        return None

    def hits(self, first: int, last: int, sort: str, *roles: str) -> Iterator[Hit]:
        """Hits of a sort within a stretch, in order, none inside the one before."""
        starts = self.sort_starts.get(sort, ())
        free = first
        for at in range(bisect_left(starts, first), bisect_left(starts, last)):
            hit = self.hit(starts[at], sort, *roles) if starts[at] >= free else None
            if hit and hit.last <= last:
                yield hit
                free = hit.last

    def skip(self, i: int, end: int) -> int:
        """Past quotation marks and the like."""
        while i < end and self.tokens[i].kind == "mark" and self.tokens[i].norm in QUOTES:
            i += 1
        return i

    def in_day(self, i: int) -> bool:
        """Is this token part of a time expression?"""
        return i in self.day_tokens


def scene_of(article: Article, language: Language, names: NameIndex) -> Scene:
    """Find everything in an article once."""
    found, matches = names.read(article.text)
    hits = [hit for hit in language.find(found) if hit.term.role != "acronym" or _in_capitals(article, found, hit)]
    hits_to = _longest_first((hit.last, hit) for hit in hits)
    placed = [match for match in matches if match.sort == "place"]
    if article.lang == "en":
        placed = [match for match in placed if not _only_seems(article.text, found, match, hits_to, names.small)]
    hits_at = _longest_first((hit.first, hit) for hit in hits)
    sorts_at = _by_sort(hits_at)
    actors_at = {match.first: match for match in matches if match.sort == "actor"}
    actors_at = {match.first: match for match in _acronyms(hits, found, names)} | actors_at
    numerals = Numerals.of(found, article.lang)
    days = find_days(found, article.text, article.lang, numerals)
    known = frozenset(i for match in matches if match.sort == "actor" for i in range(match.first, match.last))
    strangers = dict(_strangers(article, found, sorts_at.get("forces", {}), known))
    return Scene(
        article=article,
        tokens=found,
        sentences=sentences(found) if article.lang == "ar" else with_links(sentences(found), found),
        hits_at=hits_at,
        hits_to=hits_to,
        sorts_at=sorts_at,
        sort_starts={sort: list(starts) for sort, starts in sorts_at.items()},
        phrase_starts=frozenset(actors_at).union(sorts_at.get("forces", ())),
        amount_starts=frozenset(numerals.numbers).union(
            numerals.ordinals,
            _capitals(article, found),
            *(sorts_at.get(sort, ()) for sort in ("quantities", "victims", "outcomes", "persons")),
        ),
        doer_signs=sorted(
            {i for i, token in enumerate(found) if token.norm in BETWEEN}.union(
                sorts_at.get("agency", ()), sorts_at.get("methods", ())
            )
        ),
        numbers_at=numerals.numbers,
        ordinals_at=numerals.ordinals,
        actors_at=actors_at,
        strangers=strangers,
        actor_ends=frozenset(match.last for match in matches if match.sort == "actor"),
        inside_names=frozenset(i for match in matches for i in range(match.first + 1, match.last)),
        places_at={match.first: match for match in placed},
        days_at={day.first: day for day in days},
        state_forces=_state_forces(hits, names),
        watchers=names.watchers,
        wide=names.wide,
        known=names.actors,
        parents=names.parents,
        starts={token.start: i for i, token in enumerate(found)},
        day_tokens=frozenset(i for day in days for i in range(day.first, day.last)),
    )


def _in_capitals(article: Article, found: Sequence[Token], hit: Hit) -> bool:
    """Are its letters capitals, and those of the word beside it not (`IS militants`, but no `THIS IS WAR`)?"""
    beside = (*found[max(0, hit.first - 1) : hit.first], *found[hit.last : hit.last + 1])
    shouted = any(len(token.norm) > 1 and token.span.of(article.text).isupper() for token in beside)
    return Span(found[hit.first].start, found[hit.last - 1].end).of(article.text).isupper() and not shouted


def _acronyms(hits: Iterable[Hit], found: Sequence[Token], names: NameIndex) -> Iterator[NameMatch]:
    """The actors whom the register knows by the full name."""
    for hit in hits:
        if hit.term.role == "acronym" and hit.term.force:
            span = Span(found[hit.first].start, found[hit.last - 1].end)
            for match in names.in_phrase(hit.term.force)[:1]:
                yield NameMatch(hit.first, hit.last, span, "actor", match.candidates, match.strong, match.strongly)


def _strangers(
    article: Article, found: Sequence[Token], forces: Mapping[int, list[Hit]], known: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """The unit that a name makes a force (`the Black Falcon Division`, لواء النسور السود), first and last token."""
    for at, hits in forces.items():
        head = next((hit for hit in hits if hit.term.role == "unit"), None)
        if head is None or at in known:
            continue
        if article.lang == "ar":
            last = head.last
            while last < min(len(found), head.last + _NAME) and found[last].norm.startswith("ال") and last not in known:
                last += 1
            if last > head.last and not head.prefix:
                yield at, last
            continue
        first = at
        while first > max(0, at - _NAME) and _capital(article, found[first - 1]) and first - 1 not in known:
            first -= 1
        if first < at and _capital(article, found[at]):
            yield first, head.last


def _capital(article: Article, token: Token) -> bool:
    text = token.span.of(article.text)
    return token.kind == "word" and text[:1].isupper() and token.norm != "the"


def _capitals(article: Article, found: Sequence[Token]) -> Iterator[int]:
    """Where an English name can begin."""
    if article.lang == "ar":
        return iter(())
    return (i for i, token in enumerate(found) if token.kind == "word" and article.text[token.start].isupper())


def _only_seems(
    text: str, words: Sequence[Token], match: NameMatch, hits_to: Mapping[int, list[Hit]], small: frozenset[str]
) -> bool:
    """Is an English town's name a common word (`said`), or a part of another name (`Bozan Khalil`, `Salwa Yusuf`)?"""
    if not small.issuperset(match.candidates):
        return False
    if match.span.of(text).islower():
        return True
    if not match.first or words[match.first - 1].kind in ("break", "mark"):
        return _opens_a_name(text, words, match)
    before = words[match.first - 1]
    known = match.first in hits_to or before.kind != "word" or before.end + 1 != match.span.start
    return not known and before.span.of(text)[0].isupper() and before.norm not in _BEFORE_A_PLACE


def _opens_a_name(text: str, words: Sequence[Token], match: NameMatch) -> bool:
    """Does one capital follow it, and then a comma (`Salwa Yusuf, a commander, …`)?"""
    following = words[match.last : match.last + 2]
    if len(following) < 2 or following[0].kind != "word" or following[1].norm != ",":
        return False
    return following[0].start == match.span.end + 1 and following[0].span.of(text)[0].isupper()


def _state_forces(hits: Iterable[Hit], names: NameIndex) -> dict[str, ActorRef]:
    found: dict[str, ActorRef] = {}
    for term in {hit.term for hit in hits if hit.term.force}:
        match = next((m for m in names.find(tokens(term.force or "")) if m.sort == "actor"), None)
        if match and term.country:
            found[term.country] = ActorRef(term.force or "", candidates=match.candidates)
    return found


def _longest_first(keyed: Iterable[tuple[int, Hit]]) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = defaultdict(list)
    for key, hit in keyed:
        found[key].append(hit)
    for hits in found.values():
        if len(hits) > 1:
            hits.sort(key=lambda hit: hit.first - hit.last)
    return dict(found)


def _by_sort(hits_at: Mapping[int, list[Hit]]) -> dict[str, dict[int, list[Hit]]]:
    found: dict[str, dict[int, list[Hit]]] = defaultdict(dict)
    for first, hits in hits_at.items():
        for hit in hits:
            found[hit.term.sort].setdefault(first, []).append(hit)
    return dict(found)
