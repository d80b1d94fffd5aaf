"""How, by whom, where and when: read from the words around a count, its own clause first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from waqai.extract.attribution import Voices
from waqai.extract.drafts import Draft
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import Scene
from waqai.lexicon import Hit
from waqai.model import ActorRef, PlaceRef
from waqai.text.days import DayExpression

_PLACE_PREPOSITIONS = frozenset(["في", "من", "الي", "داخل", "عموم", "انحاء", "كامل", "in", "across", "throughout", "inside", "from", "of", "to"])
_CLUSTER_GAP = 3
_AGENT_REACH = 4
_SUBJECT_REACH = 10
_STATIONED_REACH = 8
_SPECIFIC = frozenset(
    {
        "airstrike",
        "drone_strike",
        "shelling",
        "bombing",
        "suicide_bombing",
        "ambush",
        "clash",
        "shooting",
        "landmine_or_remnant",
        "execution",
    }
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens, half-open."""

    first: int
    last: int


def clusters(drafts: list[Draft]) -> list[list[Draft]]:
    """Counts that share their circumstances: nothing but small words stands between them."""
    found: list[list[Draft]] = []
    for draft in drafts:
        before = found[-1][-1] if found else None
        if before is not None and (_related(before, draft) or draft.start - before.stop <= _CLUSTER_GAP):
            found[-1].append(draft)
        else:
            found.append([draft])
    return found


def _related(before: Draft, draft: Draft) -> bool:
    return (draft.parent is not None and draft.parent in (before, before.parent)) or draft.beside is before


@dataclass(frozen=True, slots=True)
class Around:
    """The words after a cluster, before it, and the whole sentence, in the order in which they are asked."""

    cluster: list[Draft]
    after: Stretch
    before: Stretch
    sentence: Stretch
    alone: bool

    def ordered(self, scene: Scene) -> tuple[Stretch, ...]:
        """After a consequence (`which left 3 dead`) the cause stands before it."""
        start = self.cluster[0].start
        window = range(max(self.before.first, start - 4), start + 1)
        consequence = any(scene.hit(i, "relations", "consequence", "result") for i in window)
        inside = Stretch(start, max(draft.stop for draft in self.cluster))
        near = (self.before, inside, self.after) if consequence else (inside, self.after, self.before)
        return (*near, self.sentence) if self.alone else near


def surroundings(scene: Scene, index: int, drafts: list[Draft]) -> list[Around]:
    """Each cluster of a sentence with its words around."""
    sentence = scene.sentences[index]
    groups = clusters(drafts)
    found = []
    for position, group in enumerate(groups):
        start, stop = group[0].start, max(draft.stop for draft in group)
        floor = max(draft.stop for draft in groups[position - 1]) if position else sentence.first
        ceiling = groups[position + 1][0].start if position + 1 < len(groups) else sentence.last
        found.append(
            Around(
                group,
                Stretch(stop, max(stop, ceiling)),
                Stretch(min(floor, start), start),
                Stretch(sentence.first, sentence.last),
                len(groups) == 1,
            )
        )
    return found


# ------------------------------------------------------------------ how


def methods_in(scene: Scene, stretch: Stretch) -> tuple[str, ...]:
    """Event kinds named in a stretch; a weapon or a general word counts only where nothing says it better."""
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    for hit in scene.hits(stretch.first, stretch.last, "methods"):
        if _only_located(scene, hit):
            continue
        into = weak if hit.term.role == "weapon" else strong
        into.update(dict.fromkeys(hit.term.methods))
    found = list(strong or weak)
    if "drone_strike" in found or "landmine_or_remnant" in found or "suicide_bombing" in found:
        found = [m for m in found if m not in ("shelling", "airstrike", "bombing", "attack")]
    return tuple(found)


def _only_located(scene: Scene, hit: Hit) -> bool:
    return scene.hit_to(hit.first, "negation", "negation") is not None


# ------------------------------------------------------------------ by whom


def agents_in(
    scene: Scene, stretch: Stretch, harmed: Sequence[Draft], counted: Sequence[Draft], voices: Voices
) -> tuple[ActorRef, ...]:
    """The actor whom the words of a stretch hold responsible for the harmed; words that tell of any count are out."""
    blocked = [(voice.first, voice.last) for voice in voices.named if voice.looks_back or not voice.party]
    blocked += [(draft.first, draft.end) for draft in counted]
    victims = [actor for draft in harmed for actor in draft.organisations]
    for i in range(stretch.first, stretch.last):
        phrase = next(
            (p for p in _agents_at(scene, i, stretch) if not _overlaps(p, blocked) and not _speaker(scene, p)), None
        )
        if phrase is None:
            continue
        others = tuple(actor for actor in phrase.actors if not _one_of(actor, victims))
        between = scene.norm(phrase.first - 1) in ("بين", "between")
        if others and (len(others) < len(phrase.actors) if between else len(others) == len(phrase.actors)):
            return others
    return ()


def _one_of(actor: ActorRef, harmed: list[ActorRef]) -> bool:
    """Is it one of these, by its words or by a name of the same register entry?"""
    return any(
        actor.span == other.span or bool(set(actor.candidates) & set(other.candidates)) or actor.words == other.words
        for other in harmed
    )


def tells_anew(scene: Scene, stretches: Iterable[Stretch]) -> bool:
    """Does a stretch name an event without the article, so that it is not the one told before?"""
    hits = [hit for stretch in stretches for hit in scene.hits(stretch.first, stretch.last, "methods")]
    if not scene.arabic:
        return any(not _with_the(scene, hit) for hit in hits)
    return any(not hit.definite and scene.norm(hit.first)[:2] != "ال" for hit in hits)


def _with_the(scene: Scene, hit: Hit) -> bool:
    return any(scene.norm(i) in ("the", "this", "these", "those") for i in range(hit.first - 3, hit.first))


def _speaker(scene: Scene, phrase: Phrase) -> bool:
    """Does the phrase name an outlet or a monitor rather than a force?"""
    if scene.hit(phrase.first, "forces") or scene.norm(phrase.first - 1) == "(":
        return scene.norm(phrase.first - 1) == "("
    return any(scene.hit(i, "attribution", "outlet") for i in range(phrase.first, phrase.last))


def _overlaps(phrase: Phrase, blocked: list[tuple[int, int]]) -> bool:
    return any(first <= phrase.first < last for first, last in blocked)


def _agents_at(scene: Scene, i: int, stretch: Stretch) -> Iterator[Phrase]:
    """What the word at a position says of who did it, the surest first."""
    by = scene.hit(i, "agency", "by", "does")
    method = scene.hit(i, "methods")
    attack = scene.hit(i, "agency", "attacks")
    against = scene.hit(i, "agency", "against")
    found: list[Phrase | None] = []
    if by:
        found.append(_next_phrase(scene, by.last, stretch.last, _AGENT_REACH))
    if method:
        found.append(_doer_of(scene, method, stretch))
    if attack:
        found.extend(_subjects_of(scene, attack, stretch))
    if scene.norm(i) in ("بين", "between") and _in_clash(scene, i, stretch):
        found.append(phrase_at(scene, i + 1, stretch.last))
    elif against and _in_clash(scene, i, stretch):
        found.append(_next_phrase(scene, against.last, stretch.last, 2))
    yield from (phrase for phrase in found if phrase)


def _next_phrase(scene: Scene, at: int, end: int, reach: int) -> Phrase | None:
    for i in range(at, min(end, at + reach)):
        if scene.tokens[i].kind == "mark" and scene.norm(i) not in "\"'()":
            return None
        if i > at and scene.hit(i, "agency", "target", "territory"):
            return None
        phrase = phrase_at(scene, i, end)
        if phrase:
            return phrase
    return None


def _doer_of(scene: Scene, method: Hit, stretch: Stretch) -> Phrase | None:
    if not scene.arabic:
        return _english_doer(scene, method, stretch)
    whole = phrase_at(scene, method.first, stretch.last)
    if whole and whole.countries:
        return whole
    at = method.last
    for _ in range(3):
        if at >= stretch.last:
            return None
        adjective = scene.hit(at, "forces", "adjective")
        if adjective:
            return Phrase(at, adjective.last, (_word_ref(scene, at, adjective.last),), named=True)
        if scene.hit(at, "agency", "target", "territory", "against") or scene.norm(at) in (
            "في",
            "على",
            "من",
            "بين",
            "استهدف",
        ):
            return None
        if method.term.id == "attack" and scene.norm(method.first).endswith(("استهداف", "استهدافهم")):
            return None
        phrase = phrase_at(scene, at, stretch.last)
        if phrase and not (scene.norm(at).startswith("ب")):
            return phrase
        at += 1
    return None


def _english_doer(scene: Scene, method: Hit, stretch: Stretch) -> Phrase | None:
    """Whose shelling: `regime shelling`, `heavy Turkish artillery fire`."""
    for back in range(1, 6):
        at = method.first - back
        if at < stretch.first - 4 or at < 0 or (scene.tokens[at].kind in ("mark", "break") and not _glued(scene, at)):
            return None
        phrase = phrase_at(scene, at, method.last)
        if phrase and phrase.last >= method.first - 2:
            return phrase
        if scene.hit(at, "forces", "adjective") and back <= 3:
            return Phrase(at, at + 1, (_word_ref(scene, at, at + 1),), named=True)
    return None


def _glued(scene: Scene, i: int) -> bool:
    """Is it the hyphen inside a word (Iran-backed)?"""
    return scene.norm(i) == "-" and i > 0 and scene.tokens[i - 1].span.end == scene.tokens[i].span.start


def _subjects_of(scene: Scene, attack: Hit, stretch: Stretch) -> Iterator[Phrase]:
    if scene.arabic and not scene.hit(attack.last, "agency", "target"):
        phrase = _next_phrase(scene, attack.last, stretch.last, 2)
        if phrase:
            yield phrase
    yield from _phrases_before(scene, attack.first, max(stretch.first, attack.first - _SUBJECT_REACH))


def _phrases_before(scene: Scene, at: int, floor: int) -> Iterator[Phrase]:
    """Actor phrases before a verb, the nearest first, whole ones."""
    i = at - 1
    while i >= floor:
        if scene.tokens[i].kind in ("mark", "break") and scene.norm(i) not in "()-\"'":
            return
        phrase = phrase_at(scene, i, at)
        if phrase is None:
            i -= 1
            continue
        while i > floor and (longer := phrase_at(scene, i - 1, at)) and longer.last >= phrase.last:
            phrase, i = longer, i - 1
        if not scene.hit_to(phrase.first, "agency", "by", "target", "territory"):
            yield phrase
        i -= 1


def _in_clash(scene: Scene, i: int, stretch: Stretch) -> bool:
    window = range(max(stretch.first, i - 5), i)
    return any((hit := scene.hit(j, "methods")) and "clash" in hit.term.methods for j in window)


def _word_ref(scene: Scene, first: int, last: int) -> ActorRef:
    span = scene.span(first, last)
    return ActorRef(span.of(scene.article.text), span)


# ------------------------------------------------------------------ where and when


def places_in(scene: Scene, stretch: Stretch, voices: Voices, drafts: Iterable[Draft] = ()) -> tuple[PlaceRef, ...]:
    """The places named in a stretch that are not part of a source, an actor, or where a force is stationed."""
    found: list[PlaceRef] = []
    blocked = {i for voice in voices.named for i in range(voice.first, voice.last)}
    blocked |= _stationed(scene, stretch)
    blocked |= {i for draft in drafts for i in range(draft.first, draft.end)}
    i = stretch.first
    while i < stretch.last:
        phrase = phrase_at(scene, i, stretch.last) if i not in scene.places_at else None
        if phrase and not (scene.hit(i, "methods") and i + 1 in scene.places_at):
            i = phrase.last
            continue
        last = _place_end(scene, i)
        if last and i not in blocked and not scene.in_day(i):
            found.append(_place(scene, i, last))
        i = last or i + 1
    if len(found) > 1 and _dateline(scene, stretch.first):
        del found[0]
    return tuple(found)


def _dateline(scene: Scene, first: int) -> bool:
    """Does the stretch open with the place of writing (`بغداد: …`, `MANBIJ, Syria (…) – …`)?"""
    match = scene.places_at.get(first)
    return match is not None and scene.norm(match.last) in (":", "/", "(") and not scene.hit(first, "places")


def _place_end(scene: Scene, i: int) -> int | None:
    match = scene.places_at.get(i)
    if match and scene.hit(i, "forces", "adjective") and not _after_preposition(scene, i):
        return None
    if match and not (i in scene.actors_at and scene.actors_at[i].last > match.last):
        return match.last
    return None


def _after_preposition(scene: Scene, i: int) -> bool:
    """A country's name that is also an adjective (سورية) is a place after a preposition only."""
    norm = scene.norm(i - 1)
    return norm in _PLACE_PREPOSITIONS or scene.norm(i)[0] in "بل" or scene.hit_to(i, "places") is not None


def _place(scene: Scene, first: int, last: int) -> PlaceRef:
    match = scene.places_at[first]
    start = first
    while start > 0 and scene.hit_to(start, "places") and first - start < 3:
        start -= 1
    span = scene.span(start, last)
    return PlaceRef(span.of(scene.article.text), scene.span(first, last), match.candidates)


def _stationed(scene: Scene, stretch: Stretch) -> set[int]:
    blocked: set[int] = set()
    for hit in scene.hits(stretch.first, stretch.last, "periods", "stationed"):
        last = hit.last
        while last < min(stretch.last, hit.last + _STATIONED_REACH) and scene.norm(last) not in (",", "،"):
            last += 1
        blocked.update(range(hit.first, last))
    return blocked


def localities_in(scene: Scene, stretch: Stretch) -> frozenset[str]:
    """Names of small places, known or not, to tell one incident from another."""
    found = set()
    for hit in scene.hits(stretch.first, stretch.last, "places", "locality"):
        if hit.last < stretch.last and scene.tokens[hit.last].kind == "word":
            found.add(scene.norm(hit.last).removeprefix("ال"))
    return frozenset(found)


def day_in(scene: Scene, stretch: Stretch) -> DayExpression | None:
    """The first time expression of a stretch."""
    for i in range(stretch.first, stretch.last):
        if i in scene.days_at:
            return scene.days_at[i]
    return None
