"""How, by whom, where and when: read from the words around a count, its own clause first."""

from __future__ import annotations

from collections.abc import Iterable

from waqai.extract.attribution import Voices
from waqai.extract.drafts import Draft
from waqai.extract.phrases import phrase_at
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Stretch
from waqai.lexicon import Hit
from waqai.model import PlaceRef
from waqai.text.days import DayExpression
from waqai.text.moments import Interval

PLACE_PREPOSITIONS = frozenset(
    ["في", "من", "الي", "داخل", "عموم", "انحاء", "كامل", "in", "across", "throughout", "inside", "from", "of", "to"]
)
_STATIONED_REACH = 8
_IN_DATELINE = frozenset([",", "،", "وريفها", "وريفه"])
_OUTLET = 5
"""Tokens from the place of writing to the colon after the outlet's name in quotation marks."""
_AFTER_DATELINE = frozenset(":/(-–—")
_GENERAL = frozenset({"attack", "other"})


def methods_in(scene: Scene, stretch: Stretch, but: frozenset[int] = frozenset()) -> tuple[str, ...]:
    """Event kinds named in a stretch; a weapon or a general word counts only where nothing says it better.

    Words at the tokens `but` are left out: words of harm (تصفية), which tell of their own people only.
    """
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    besides: dict[str, None] = {}
    for hit in scene.hits(stretch.first, stretch.last, "methods"):
        if hit.first in but or _only_located(scene, hit):
            continue
        into = weak if hit.term.role == "weapon" else besides if _one_of_two(scene, hit) else strong
        into.update(dict.fromkeys(hit.term.methods))
    if "airstrike" in weak:
        weak.pop("shelling", None)
    found = _said_best([*strong, *besides], list(weak))
    if "drone_strike" in found or "landmine_or_remnant" in found or "suicide_bombing" in found:
        found = [m for m in found if m not in ("shelling", "airstrike", "bombing", "attack")]
    return tuple(dict.fromkeys((*found, *besides)))


def _said_best(strong: list[str], weak: list[str]) -> list[str]:
    """`attack` is said of every deed: it counts only where no word says what kind it was."""
    kinds = ([m for m in said if m not in _GENERAL] for said in (strong, weak))
    return next((said for said in kinds if said), strong or weak)


def _one_of_two(scene: Scene, hit: Hit) -> bool:
    """`هجمات وكمائن`: a general word joined to a more exact one tells of deeds besides."""
    if not _GENERAL & set(hit.term.methods):
        return False
    after = scene.hit(hit.last + (scene.norm(hit.last) == "and"), "methods")
    before = scene.hit_to(hit.first - (scene.norm(hit.first - 1) == "and"), "methods")
    if scene.arabic:
        return bool((after and after.prefix.startswith("و")) or (before and hit.prefix.startswith("و")))
    return bool((after and after.first > hit.last) or (before and before.last < hit.first))


def _only_located(scene: Scene, hit: Hit) -> bool:
    return scene.hit_to(hit.first, "negation", "negation") is not None


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
    if not found:
        return ()
    written_in = scene.tokens[_dateline(scene, stretch.first)].start
    told = [place for place in found if place.span and place.span.start >= written_in and not _governed(scene, place)]
    return tuple(told or found)


def _governed(scene: Scene, place: PlaceRef) -> bool:
    """`محافظ تعز`, `the governor of Aden`: the place belongs to an office."""
    first = scene.starts.get(place.span.start, 0) if place.span else 0
    return any(scene.hit_to(first - back, "persons", "office") is not None for back in (0, 1))


def _dateline(scene: Scene, first: int) -> int:
    """Where the place of writing ends that opens the stretch (`بغداد: …`, `MANBIJ, Syria (…) – …`), or its start."""
    match = scene.places_at.get(first)
    if match is None or scene.hit(first, "places"):
        return first
    at = match.last
    while at < len(scene.tokens) and (scene.norm(at) in _IN_DATELINE or at in scene.places_at or scene.in_day(at)):
        at = scene.places_at[at].last if at in scene.places_at else at + 1
    outlet = scene.norm(at) == '"' and ":" in [scene.norm(i) for i in range(at + 1, at + _OUTLET)]
    return at if (outlet or scene.norm(at) in _AFTER_DATELINE) and at + 1 not in scene.places_at else first


def _place_end(scene: Scene, i: int) -> int | None:
    match = scene.places_at.get(i)
    if match and scene.hit(i, "forces", "adjective") and not _after_preposition(scene, i):
        return None
    if match and scene.hit(i, "victims", "national") and not scene.arabic:
        return None
    if match and not (i in scene.actors_at and scene.actors_at[i].last > match.last):
        return match.last
    return None


def _after_preposition(scene: Scene, i: int) -> bool:
    """A country's name that is also an adjective (سورية) is a place after a preposition only."""
    norm = scene.norm(i - 1)
    return norm in PLACE_PREPOSITIONS or scene.norm(i)[0] in "بل" or scene.hit_to(i, "places") is not None


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
        last, named = hit.last, False
        while last < min(stretch.last, hit.last + _STATIONED_REACH) and not _elsewhere(scene, last, named=named):
            named = named or last in scene.places_at
            last += 1
        blocked.update(range(hit.first, last))
    return blocked


def _elsewhere(scene: Scene, i: int, *, named: bool) -> bool:
    """Has it been told where they stand or come from? At a comma or whom they hit; once a place is named, at `in`."""
    if scene.norm(i) in (",", "،", "علي", "on", "against") or scene.hit(i, "agency", "attacks"):
        return True
    hit = scene.hit(i, "methods") or scene.hit(i, "agency", "target")
    return named and (scene.norm(i) in ("في", "in", "near", "at") or hit is not None)


def localities_in(scene: Scene, stretch: Stretch) -> frozenset[str]:
    """Names of small places, known or not, to tell one incident from another."""
    found = set()
    for hit in scene.hits(stretch.first, stretch.last, "places", "locality"):
        at = hit.last if scene.arabic else _english_name(scene, hit)
        if at < stretch.last and scene.tokens[at].kind == "word" and not _described(scene, at):
            found.add(scene.norm(at).removeprefix("ال"))
    return frozenset(found)


def _english_name(scene: Scene, kind: Hit) -> int:
    """Where the name begins: `the village of Zaytuna`, `Zaytuna village`, `the village Zaytuna`."""
    if scene.norm(kind.last) == "of":
        return kind.last + 1
    before = kind.first - 1
    capital = before >= 0 and scene.words(before, kind.first)[:1].isupper()
    return before if capital else kind.last


def _described(scene: Scene, i: int) -> bool:
    """`منطقة سكنية`: an adjective tells no name."""
    norm = scene.norm(i)
    return scene.arabic and norm.endswith("يه") and not norm.startswith("ال") and i not in scene.places_at


def day_in(scene: Scene, stretch: Stretch, *, last: bool = False) -> DayExpression | None:
    """The first time expression of a stretch, or the last one: in what stands before a count, the nearest."""
    where = range(stretch.first, stretch.last)
    for i in reversed(where) if last else where:
        if i in scene.days_at and not _day_of_saying(scene, i) and not _only_until(scene.days_at[i]):
            return scene.days_at[i]
    return None


def _only_until(day: DayExpression) -> bool:
    """`so far`, `حتى الآن`: up to when the number is known says nothing of when the harm was done."""
    return isinstance(day.when, Interval) and day.when.start is None


def _day_of_saying(scene: Scene, i: int) -> bool:
    """`their organisation said on Tuesday`: the day on which it was said."""
    said = scene.hit_to(i, "attribution", "says") or scene.hit_to(i - 1, "attribution", "says")
    return not scene.arabic and said is not None and scene.norm(i - 1) in ("on", "said", "says", "announced")
