"""Phrases that name actors: a registered name, a force of some state, a group by its loyalty, unnamed gunmen."""

from __future__ import annotations

from waqai.extract.scene import QUOTES, Phrase, Scene
from waqai.lexicon import Hit
from waqai.model import ActorRef

__all__ = ["Phrase", "phrase_at", "stranger_at"]

_AND = frozenset({"و", "and", "&"})
_OPENERS = frozenset({"the", "a", "an", "of", "its", "their", "ال"})
_PASSED_OVER = _OPENERS | QUOTES
_LONGEST = 14
"""Tokens of a phrase."""


def phrase_at(scene: Scene, first: int, end: int) -> Phrase | None:
    """The actor phrase that begins here, with all that is joined to it by `and`."""
    if first >= end or (first not in scene.phrase_starts and scene.tokens[first].norm not in _PASSED_OVER):
        return None
    if (first, end) not in scene.phrases:
        scene.phrases[first, end] = _with_joined(scene, first, end)
    return scene.phrases[first, end]


def _with_joined(scene: Scene, first: int, end: int) -> Phrase | None:
    found = _single(scene, first, end)
    while found and found.last - first < _LONGEST:
        more = _joined(scene, found.last, end)
        if more is None:
            return found
        found = Phrase(
            found.first,
            more.last,
            found.actors + more.actors,
            found.classes | more.classes,
            found.countries + more.countries,
            found.registered or more.registered,
            found.named or more.named,
        )
    return found


def _joined(scene: Scene, i: int, end: int) -> Phrase | None:
    at = scene.skip(i, end)
    if at >= end:
        return None
    if scene.norm(at) in _AND:
        return _single(scene, at + 1, end)
    if scene.arabic and scene.norm(at).startswith("و") and not scene.in_day(at):
        return _single(scene, at, end)
    return None


def _single(scene: Scene, first: int, end: int) -> Phrase | None:
    i = scene.skip(first, end)
    while i < end and scene.norm(i) in _OPENERS:
        i = scene.skip(i + 1, end)
    if i >= end or i not in scene.phrase_starts or scene.in_day(i):
        return None
    found = [_loyal(scene, i, end), _named(scene, i, end), _force(scene, i, end), _unnamed(scene, i, end)]
    if not scene.arabic:
        found.insert(0, found.pop(2))
    return max((phrase for phrase in found if phrase), key=lambda phrase: phrase.last, default=None)


def stranger_at(scene: Scene, i: int, end: int) -> Phrase | None:
    """A force that the register does not know, by the name it bears."""
    last = scene.strangers.get(i, end + 1)
    return Phrase(i, last, (_ref(scene, i, last),), named=True) if last <= end else None


def _loyal(scene: Scene, i: int, end: int) -> Phrase | None:
    hit = scene.hit(i, "forces", "loyal")
    if hit is None or hit.last > end:
        return None
    match = scene.actors_at.get(i)
    if match and match.last > hit.last:
        return None
    last = _adjectives(scene, hit.last, end)
    classes = frozenset({hit.term.victim_class}) if hit.term.victim_class else frozenset()
    candidates = match.candidates if match and match.last == hit.last else ()
    return Phrase(i, last, (_ref(scene, i, last, candidates),), classes, named=True)


def _named(scene: Scene, i: int, end: int) -> Phrase | None:
    match = scene.actors_at.get(i)
    if match is None or match.last > end:
        return None
    last = _trail(scene, match.last, end)
    return Phrase(i, last, (_ref(scene, i, last, match.candidates),), registered=True, named=match.strong)


def _force(scene: Scene, i: int, end: int) -> Phrase | None:
    """`قوات` + whose: an adjective of a state, a name, or a word of loyalty within two words."""
    if not scene.arabic:
        return _english_force(scene, i, end)
    head = scene.hit(i, "forces", "force")
    return _arabic_force(scene, head, end) if head else None


def _arabic_force(scene: Scene, head: Hit, end: int) -> Phrase | None:
    i = head.first
    at = head.last
    for _ in range(3):
        at = scene.skip(at, end)
        if at >= end:
            return None
        whose = scene.hit(at, "forces", "adjective")
        if whose and head.definite and not whose.definite:
            return None
        inner = _named(scene, at, end) or _loyal(scene, at, end)
        if inner:
            return Phrase(
                i, inner.last, (_ref(scene, i, inner.last, inner.actors[0].candidates),), inner.classes, named=True
            )
        if whose:
            last = _adjectives(scene, whose.last, end)
            return Phrase(i, last, (_ref(scene, i, last),), frozenset(), (whose.term.country or "",), named=True)
        nested = scene.hit(at, "forces", "force")
        at = nested.last if nested else at + 1
        if not nested and scene.hit(at - 1, "methods") is None:
            return None
    return None


def _english_force(scene: Scene, i: int, end: int) -> Phrase | None:
    whose = scene.hit(i, "forces", "adjective")
    if whose is None or whose.last >= end:
        return None
    at = last = whose.last
    for _ in range(4):
        if at < end and scene.norm(at) in ("-", "air", "backed", "state"):
            at += 1
        elif at < end and (force := scene.hit(at, "forces", "force")):
            at = last = force.last
        else:
            break
    if last == whose.last and not whose.term.id.endswith(("-tr", "-il", "-us")):
        return None
    match = scene.actors_at.get(i)
    candidates = match.candidates if match else ()
    return Phrase(i, last, (_ref(scene, i, last, candidates),), frozenset(), (whose.term.country or "",), named=True)


def _unnamed(scene: Scene, i: int, end: int) -> Phrase | None:
    hit = scene.hit(i, "forces", "unnamed")
    if hit is None or hit.last > end:
        return None
    of = hit.last + 1 if scene.norm(hit.last) in ("من", "ينتمون", "تابعون") else hit.last
    whose = _named(scene, of, end) if of < end and scene.arabic else None
    if whose:
        return Phrase(i, whose.last, (_ref(scene, i, whose.last, whose.actors[0].candidates),), named=True)
    return Phrase(i, hit.last, (_ref(scene, i, hit.last),))


def _trail(scene: Scene, i: int, end: int) -> int:
    """A closing parenthesis with the short name, and the noun that the name stands before (SDF fighters)."""
    if i + 2 < end and scene.norm(i) == "(" and scene.norm(i + 2) == ")":
        return i + 3
    if scene.arabic:
        return _adjectives(scene, i, end)
    fighters = scene.hit(i, "forces", "unnamed", "force") if i < end else None
    return fighters.last if fighters and fighters.last <= end and not scene.hit(i, "methods") else i


def _adjectives(scene: Scene, i: int, end: int) -> int:
    while i < end:
        hit = scene.hit(i, "forces", "adjective") or scene.hit(i, "victims", "member")
        if hit is None or not _agrees(hit):
            return i
        i = hit.last
    return i


def _agrees(hit: Hit) -> bool:
    """An adjective with the article and without `and` belongs to the noun before it."""
    return hit.prefix in ("ال", "") and (hit.term.sort == "forces" or hit.term.id == "إرهابي")


def _ref(scene: Scene, first: int, last: int, candidates: tuple[str, ...] = ()) -> ActorRef:
    span = scene.span(first, last)
    return ActorRef(span.of(scene.article.text), span, candidates)
