"""Who says so: the sources named in a sentence, and the one that still speaks in the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from waqai.extract.phrases import phrase_at
from waqai.extract.scene import Scene
from waqai.extract.sentences import Sentence
from waqai.lexicon import Hit
from waqai.model import ActorRef, Span
from waqai.text.names import NameMatch

_LONGEST = 14
_BEFORE = 12
_THE_SOURCE = frozenset({"المصدر", "المصادر", "البيان", "الوكاله", "المراسل", "الصحيفه"})
_PASSIVE = frozenset({"was", "were", "is", "are", "been", "being"})
_PRONOUNS = frozenset(["he", "she", "it", "they"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source and the tokens that name it."""

    first: int
    last: int
    source: ActorRef
    party: bool = False
    """Is it a party to the fighting, speaking for itself?"""
    outlet: bool = False
    """Does it only report?"""
    refers: bool = False
    """Is it only `the source`, the one named before?"""
    looks_back: bool = True
    """May it govern what stands before it? (`according to …`, `…, the monitor said`)"""


@dataclass(frozen=True, slots=True)
class Voices:
    """The sources of one sentence, and whether a pronoun goes on with the last one."""

    named: tuple[Attribution, ...]
    continues: bool = False

    def of(self, position: int) -> Attribution | None:
        """The source that governs a position: the last one named before it, else the first after it."""
        before = [voice for voice in self.named if voice.first <= position]
        return before[-1] if before else next((voice for voice in self.named if voice.looks_back), None)


def voices(scene: Scene, index: int) -> Voices:
    """The sources named in a sentence."""
    sentence = scene.sentences[index]
    found: dict[int, Attribution] = {}
    pronoun = False
    for hit in scene.hits(sentence.first, sentence.last, "attribution", "says", "according"):
        if hit.first in scene.inside_names:  # the United States
            continue
        voice = _after(scene, hit, sentence.last) if scene.arabic or hit.term.role == "according" else None
        if voice is None and hit.term.role == "says":
            voice = _before(scene, hit, sentence.first)
            pronoun = pronoun or voice is None
        if voice:
            looks_back = (
                hit.term.role == "according" or not scene.arabic or scene.norm(hit.first).endswith(("هم", "ها"))
            )
            found.setdefault(voice.first, replace(voice, looks_back=looks_back))
    for hit in scene.hits(sentence.first, sentence.last, "agency", "blames"):
        accuser = _accuser(scene, hit, sentence)
        if accuser:
            found.setdefault(accuser.first, accuser)
    opening = range(sentence.first, min(sentence.first + 3, sentence.last))
    continues = pronoun or any(scene.hit(i, "attribution", "continues") for i in opening)
    return Voices(tuple(found[first] for first in sorted(found)), continues)


def _accuser(scene: Scene, hit: Hit, sentence: Sentence) -> Attribution | None:
    """`The Houthis accused the army of killing …`, `اتهم الحوثيون الجيش بقتل …`: a party says so of its enemy."""
    if hit.last - hit.first > 1:
        return None
    if scene.arabic:
        phrase = phrase_at(scene, hit.last, sentence.last)
        accused = phrase and (phrase_at(scene, phrase.last, sentence.last) or phrase.last in scene.places_at)
        accuser = _attribution(scene, phrase.first, phrase.last) if phrase and accused else None
    else:
        accuser = None if scene.norm(hit.first - 1) in _PASSIVE else _before(scene, hit, sentence.first)
    known = accuser is not None and not accuser.outlet and not set(accuser.source.candidates) & scene.watchers
    return replace(accuser, party=True, looks_back=False) if accuser and known else None


def _after(scene: Scene, hit: Hit, end: int) -> Attribution | None:
    """Arabic says the verb first: `أفاد مراسل الوكالة أن`; `according to` stands first in both languages."""
    start = hit.last
    by_way_of = next((i for i in range(start, min(end, start + 6)) if scene.hit(i, "attribution", "said_by")), None)
    if by_way_of is not None and hit.term.role == "says" and scene.norm(hit.first).endswith(("نقلت", "نقل")):
        start = by_way_of + 1
    while start < end and scene.tokens[start].kind == "mark":
        start += 1
    while (
        start < end
        and _name_at(scene, start) is None
        and scene.norm(start) in ("ما", "لما", "the", "an", "a", "فيه", "له", "به", "لها", "بها", "ذلك")
        and start - hit.last < 4
    ):
        start += 1
    last = _name_end(scene, start, end)
    if scene.hit(start, "attribution", "stop") and _name_at(scene, start) is None:
        return None
    if last <= start or not _is_source(scene, start, last):
        return None
    return _attribution(scene, start, last)


def _name_end(scene: Scene, start: int, end: int) -> int:
    i = start
    while i < min(end, start + _LONGEST):
        name = _name_at(scene, i)
        if name and name.last <= end:
            i = name.last
            continue
        token = scene.tokens[i]
        stop = (
            scene.hit(i, "attribution", "stop")
            or scene.hit(i, "attribution", "says")
            or scene.hit(i, "outcomes", "either", "passive", "noun")
        )
        inside = (
            scene.norm(i + 1).startswith("ال")
            or scene.hit(i + 1, "places")
            or scene.hit(i + 1, "attribution", "source", "outlet")
        )
        if token.norm == "في" and 0 < i - start <= 3 and inside and not scene.in_day(i + 1):
            i += 2
            continue
        if stop and i > start and not scene.hit(i, "attribution", "source", "outlet"):
            break
        if (token.kind == "mark" and token.norm not in "\"'()-_#") or scene.in_day(i) or token.kind == "break":
            break
        if i > start and scene.arabic and token.norm in ("لوكاله", "لنورث", "للاناضول", "لموقع", "لقناه"):
            break
        i += 1
    while i > start and scene.tokens[i - 1].kind == "mark" and scene.norm(i - 1) not in (")", '"'):
        i -= 1
    return i


def _name_at(scene: Scene, i: int) -> NameMatch | None:
    """The name of the register that begins here and counts alone: its words are nothing else (اليوم تي في)."""
    match = scene.actors_at.get(i)
    return match if match and match.strong else None


def _is_source(scene: Scene, start: int, last: int) -> bool:
    for i in range(start, min(last, start + 3)):
        if scene.hit(i, "attribution", "source", "outlet") or phrase_at(scene, i, last) or _name_at(scene, i):
            return True
    return not scene.arabic and any(scene.hit(i, "attribution", "source", "outlet") for i in range(start, last))


def _before(scene: Scene, hit: Hit, floor: int) -> Attribution | None:
    """`The monitor said`, `نشطاء المرصد قالوا`."""
    last = hit.first
    while last > floor and (
        scene.norm(last - 1) in ("have", "has", "had", "also", "قد", "just", "reliable") or scene.in_day(last - 1)
    ):
        last -= 1
    start = last
    while start > max(floor, last - _BEFORE):
        before = scene.tokens[start - 1]
        if (before.kind == "mark" and before.norm not in "()'-\"#") or scene.in_day(start - 1):
            break
        if scene.norm(start - 1) == "and" and scene.hit_to(start - 1, "attribution", "source", "outlet"):
            start -= 1
            continue
        if (
            scene.hit_to(start, "attribution", "stop")
            and not scene.hit(start - 1, "attribution", "source", "outlet")
            and scene.norm(start - 1) not in ("a", "of a")
        ):
            break
        start -= 1
    while start < last and (scene.tokens[start].kind == "mark" or scene.norm(start) in _PRONOUNS):
        start += 1
    if start >= last or (scene.arabic and last - start > 6) or not _speaks(scene, start, last):
        return None
    return _attribution(scene, start, last)


def _speaks(scene: Scene, start: int, last: int) -> bool:
    return any(scene.hit(i, "attribution", "source", "outlet") or i in scene.actors_at for i in range(start, last))


def _attribution(scene: Scene, first: int, last: int) -> Attribution:
    span = scene.span(first, last)
    hit = scene.hit(first, "attribution", "source", "outlet")
    if hit and hit.prefix == "ل":  # the particle of وفقا لشهود is not part of the name
        span = Span(span.start + 1, span.end)
    candidates: tuple[str, ...] = ()
    for i in range(first, last):
        match = scene.actors_at.get(i)
        if match and match.last <= last:
            candidates = match.candidates
            break
    phrase = phrase_at(scene, first, last)
    watches = bool(candidates) and set(candidates) <= scene.watchers
    party = bool(not watches and phrase and phrase.last >= last and scene.hit(phrase.first, "forces"))
    outlet = any(scene.hit(i, "attribution", "outlet") for i in range(first, last))
    refers = any(i + 1 == last and _the_source(scene, i) for i in range(first, min(first + 3, last)))
    return Attribution(first, last, ActorRef(span.of(scene.article.text), span, candidates), party, outlet, refers)


def _the_source(scene: Scene, i: int) -> bool:
    """`المصدر`, `the same source`: a definite source without a name."""
    hit = scene.hit(i, "attribution", "source")
    if hit is None or hit.term.id != "source" or i in scene.actors_at:
        return False
    return (
        scene.norm(i) in _THE_SOURCE
        if scene.arabic
        else scene.norm(i - 1) in ("the", "same") and scene.norm(i) in ("source", "sources")
    )
