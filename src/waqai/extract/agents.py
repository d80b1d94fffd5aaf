"""By whom: the actors whom the words hold responsible."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from waqai.extract.allegiance import likely_own_people, own_people
from waqai.extract.attribution import Voices
from waqai.extract.drafts import Draft
from waqai.extract.phrases import Phrase, phrase_at, stranger_at
from waqai.extract.scene import BETWEEN, Scene
from waqai.extract.surroundings import Stretch
from waqai.lexicon import Hit
from waqai.model import ActorRef

_PREPOSITIONS = frozenset({"in", "during", "after", "by", "from", "on", "with", "at"})
_PASSIVE = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_BETWEEN_VERBS = frozenset({"also", "both", "all", "later", "then", "each"})
_ADVERBS = 4
_AGENT_REACH = 4
_DOER_REACH = 3
_NOT_WHOSE = frozenset({"في", "علي", "من", "بين", "استهدف"})
_SUBJECT_REACH = 10
_NAME_REACH = 3
_BLAME_REACH = 12
_CHARGE = frozenset({"الذين", "الذي", "التي", "في", "وراء", "of", "for", "who", "which", "that"})


def agents_in(
    scene: Scene, stretch: Stretch, harmed: Sequence[Draft], counted: Sequence[Draft], voices: Voices
) -> tuple[ActorRef, ...]:
    """The actor whom the words of a stretch hold responsible for the harmed; words that tell of any count are out."""
    amounts = [(draft.first, draft.end) for draft in counted]
    speakers = [(voice.first, voice.last) for voice in voices.named if voice.looks_back or not voice.party]
    for i in _signs(scene, stretch):
        blocked = amounts if scene.hit(i, "agency", "claims") else amounts + speakers
        phrase, said = next(
            (
                (p, said)
                for p, said in _agents_at(scene, i, stretch)
                if not _overlaps(p, blocked) and not speaks_only(scene, p)
            ),
            (None, False),
        )
        if phrase is None:
            continue
        ours = own_people if said else likely_own_people
        others = tuple(a for a in phrase.actors if not any(ours(scene, a, draft) for draft in harmed))
        between = scene.norm(phrase.first - 1) in BETWEEN
        if others and (len(others) < len(phrase.actors) if between else len(others) == len(phrase.actors)):
            return others
        if between and others and _fight_each_other(scene, phrase, stretch.last):
            return others
    return ()


def _signs(scene: Scene, stretch: Stretch) -> Sequence[int]:
    """The words of a stretch that can tell who did it."""
    signs = scene.doer_signs
    return signs[bisect_left(signs, stretch.first) : bisect_left(signs, stretch.last)]


def _fight_each_other(scene: Scene, phrase: Phrase, end: int) -> bool:
    """`بين جماعات مسلحة متناحرة`: one word for both sides, with no second side joined to it."""
    rest = range(phrase.last, min(end, phrase.last + _DOER_REACH))
    return scene.arabic and len(phrase.actors) == 1 and not any(scene.norm(i).startswith("و") for i in rest)


def tells_anew(scene: Scene, stretches: Iterable[Stretch]) -> bool:
    """Does a stretch name an event without the article, so that it is not the one told before?"""
    hits = [hit for stretch in stretches for hit in scene.hits(stretch.first, stretch.last, "methods")]
    if not scene.arabic:
        return any(not _with_the(scene, hit) for hit in hits)
    return any(not hit.definite and scene.norm(hit.first)[:2] != "ال" for hit in hits)


def _with_the(scene: Scene, hit: Hit) -> bool:
    return any(scene.norm(i) in ("the", "this", "these", "those") for i in range(hit.first - 3, hit.first))


def speaks_only(scene: Scene, phrase: Phrase) -> bool:
    """Does the phrase name an outlet, a monitor or a place rather than a force?"""
    if any(actor.candidates and set(actor.candidates) <= scene.watchers for actor in phrase.actors):
        return True
    if _only_a_place(scene, phrase):
        return True
    if scene.hit(phrase.first, "forces") or scene.norm(phrase.first - 1) == "(":
        return scene.norm(phrase.first - 1) == "("
    return any(scene.hit(i, "attribution", "outlet") for i in range(phrase.first, phrase.last))


def _only_a_place(scene: Scene, phrase: Phrase) -> bool:
    """A country's bare name is who did it only right beside the word of doing (قصفت إسرائيل)."""
    match = scene.places_at.get(phrase.first)
    if not scene.arabic or phrase.named or match is None or match.last < phrase.last:
        return False
    roles = ("by", "does", "attacks", "blames", "claims")
    return not (scene.hit_to(phrase.first, "agency", *roles) or scene.hit(phrase.last, "agency", *roles))


def _overlaps(phrase: Phrase, blocked: list[tuple[int, int]]) -> bool:
    return any(first <= phrase.first < last for first, last in blocked)


def _agents_at(scene: Scene, i: int, stretch: Stretch) -> Iterator[tuple[Phrase, bool]]:
    """What the word at a position says of who did it, the surest first, and whether it says so outright."""
    between = scene.norm(i) in BETWEEN
    by = None if _inside_territory(scene, i) else scene.hit(i, "agency", "by", "does")
    method = scene.hit(i, "methods")
    attack = None if _suffered(scene, i) else scene.hit(i, "agency", "attacks", "claims")
    against = scene.hit(i, "agency", "against")
    blames = scene.hit(i, "agency", "blames")
    found: list[tuple[Phrase | None, bool]] = []
    if by:
        known = _next_phrase(scene, by.last, stretch.last, _AGENT_REACH)
        found.append((known or _next_stranger(scene, by.last, stretch.last), True))
    if method:
        found.append((_doer_of(scene, method, stretch), True))
    if blames:
        found.append((_blamed(scene, blames, stretch.last), True))
    if attack:
        found.extend((phrase, False) for phrase in _subjects_of(scene, attack, stretch))
    if between and _in_clash(scene, i, stretch):
        found.append((phrase_at(scene, i + 1, stretch.last), False))
    elif against and _in_clash(scene, i, stretch):
        found.append((_next_phrase(scene, against.last, stretch.last, 2), False))
    yield from ((phrase, said) for phrase, said in found if phrase)


def _suffered(scene: Scene, i: int) -> bool:
    """`Fighters were also killed`: the subject of a passive did nothing."""
    if scene.arabic:
        return False
    at = i - 1
    while at > i - _ADVERBS and (scene.norm(at).endswith("ly") or scene.norm(at) in _BETWEEN_VERBS):
        at -= 1
    return scene.norm(at) in _PASSIVE and at not in scene.actors_at


def _inside_territory(scene: Scene, i: int) -> bool:
    """The `by` of `areas held by ISIS` tells who holds them."""
    before = scene.hit(i - 1, "agency", "territory") if i else None
    return before is not None and before.last > i


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


def _next_stranger(scene: Scene, at: int, end: int) -> Phrase | None:
    """A force that no register knows, or else who did it in the next paragraph would stand for it.

    Of what belongs to it (`تابعة لـ`) somebody else may have suffered harm.
    """
    if scene.norm(at - 1) == "ل":
        return None
    phrases = (stranger_at(scene, i, end) for i in range(at, min(end, at + _AGENT_REACH)))
    return next((phrase for phrase in phrases if phrase), None)


def _blamed(scene: Scene, blames: Hit, end: int) -> Phrase | None:
    """`اتهمت الحكومة الحوثيين بالوقوف وراء الهجوم`: of accuser and accused the accused is last before the charge."""
    blamed: Phrase | None = None
    if _charge(scene, blames.last):
        return None
    i = blames.last
    while i < min(end, blames.last + _BLAME_REACH):
        phrase = phrase_at(scene, i, end)
        if phrase and i == blames.last and _ends_in_a_country(scene, phrase):
            return _adjective(scene, phrase.last - 1)
        if phrase:
            blamed, i = phrase, phrase.last
            continue
        if blamed and (scene.tokens[i].kind == "mark" or _charge(scene, i)):
            break
        i += 1
    return blamed


def _ends_in_a_country(scene: Scene, phrase: Phrase) -> bool:
    """`اتهم الحوثيون السعودية`: after a masculine plural it is no adjective."""
    country = phrase.last - 1
    return scene.arabic and country in scene.places_at and scene.norm(country - 1).endswith(("ون", "ين"))


def _charge(scene: Scene, i: int) -> bool:
    """`بقتل`, `الذين يسيطرون`, `of killing`, `for the attack`."""
    return scene.norm(i) in _CHARGE or (scene.arabic and scene.norm(i).startswith("ب"))


def _doer_of(scene: Scene, method: Hit, stretch: Stretch) -> Phrase | None:
    """Whose attack: `قصف لقوات النظام`, `غارة روسية`; a force that names itself by its weapon (طائرة مسيرة تركية)."""
    if not scene.arabic:
        return _english_doer(scene, method, stretch)
    whole = phrase_at(scene, method.first, stretch.last)
    if whole and whole.countries:
        return whole
    for at in range(method.last, min(method.last + _DOER_REACH, stretch.last)):
        found = _adjective(scene, at) or phrase_at(scene, at, stretch.last)
        if _ends_doer(scene, method, at):
            return None
        if found and not scene.norm(at).startswith("ب"):
            return found
    return None


def _adjective(scene: Scene, at: int) -> Phrase | None:
    """Whose (غارة روسية); an adjective may be of people (تلاحق السوريين) or of a place (اشتباكات بطرابلس الليبية)."""
    hit = scene.hit(at, "forces", "adjective")
    people = scene.norm(at).endswith(("ين", "ون"))
    if hit is None or people or at - 1 in scene.places_at:
        return None
    return Phrase(at, hit.last, (_word_ref(scene, at, hit.last),), named=True)


def _ends_doer(scene: Scene, method: Hit, at: int) -> bool:
    """After these words comes who suffered it, or where."""
    if scene.hit(at, "forces", "adjective"):
        return False
    if scene.norm(at) == "من" and phrase_at(scene, at + 1, at + 1 + _DOER_REACH):
        return False
    if scene.norm(method.first).endswith(("استهداف", "استهدافهم")):
        phrase = phrase_at(scene, at, at + _DOER_REACH)
        return phrase is None or not _object_follows(scene, phrase)
    suffered = scene.hit(at, "agency", "target", "territory", "against") or scene.norm(at) in _NOT_WHOSE
    return bool(suffered)


def _object_follows(scene: Scene, phrase: Phrase) -> bool:
    """`استهداف قوات النظام النقطة الطبية`, `… لمنزل`: after the subject of the noun stands its object."""
    if phrase.last >= len(scene.tokens) or scene.tokens[phrase.last].kind != "word":
        return False
    following = scene.norm(phrase.last)
    described = scene.hit(phrase.last, "forces", "adjective") or following.startswith(("المت", "الموال", "التابع"))
    return not described and following.startswith(("ل", "ال"))


def _english_doer(scene: Scene, method: Hit, stretch: Stretch) -> Phrase | None:
    """Whose shelling: `regime shelling`, `heavy Turkish artillery fire`."""
    for back in range(1, 6):
        at = method.first - back
        if at < stretch.first - 4 or at < 0 or (scene.tokens[at].kind in ("mark", "break") and not _glued(scene, at)):
            return None
        phrase = phrase_at(scene, at, method.last)
        if scene.norm(at) in _PREPOSITIONS:
            return None
        if phrase and phrase.last >= method.first - 2:
            return longer_before(scene, phrase, max(at - _NAME_REACH, 0), method.last) or phrase
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
        if _breaks_subject(scene, i):
            return
        phrase = phrase_at(scene, i, at)
        if phrase is None:
            i -= 1
            continue
        while longer := longer_before(scene, phrase, max(floor, i - _NAME_REACH), at):
            phrase, i = longer, longer.first
        if not scene.hit_to(phrase.first, "agency", "by", "target", "territory"):
            yield phrase
        i -= 1


def _breaks_subject(scene: Scene, i: int) -> bool:
    """A mark that is no part of a name (`U.S. forces`) and encloses nothing."""
    mark = scene.tokens[i].kind in ("mark", "break") and scene.norm(i) not in "()-\"'"
    return mark and i not in scene.inside_names


def longer_before(scene: Scene, phrase: Phrase, floor: int, end: int) -> Phrase | None:
    """The phrase that begins further left and takes this one in (`Islamic State militants`)."""
    for i in range(min(phrase.first, end) - 1, floor - 1, -1):
        longer = phrase_at(scene, i, end)
        if longer and longer.first < phrase.first and longer.last >= phrase.last:
            return longer
    return None


def _in_clash(scene: Scene, i: int, stretch: Stretch) -> bool:
    window = range(max(stretch.first, i - 5), i)
    return any((hit := scene.hit(j, "methods")) and "clash" in hit.term.methods for j in window)


def _word_ref(scene: Scene, first: int, last: int) -> ActorRef:
    span = scene.span(first, last)
    return ActorRef(span.of(scene.article.text), span)
