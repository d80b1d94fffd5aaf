"""Whose members were harmed, where the words leave it to the attack: `استهداف حاجز لقسد أدى لمقتل عنصرين`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waqai.extract.agents import speaks_only
from waqai.extract.drafts import Draft
from waqai.extract.nouns import CIVILIANS, OF, POSSESSIVES, people
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Stretch
from waqai.lexicon import Hit
from waqai.model import CIVIL, ActorRef

_THEIR = ("ها", "ه", "هم")
"""The endings of `its members` (عناصرها)."""
_TARGET_REACH = 4
"""Tokens from a word of being attacked to whose the target is."""


def with_side(scene: Scene, sentence: Stretch, draft: Draft, counted: Sequence[Draft]) -> None:
    """Members without a force are of the one that the sentence names, in no other count, and that did not do it."""
    if draft.noun is None or draft.classes or draft.organisations or scene.norm(draft.end) in OF:
        return
    if draft.noun.role != "member":
        draft.classes = CIVIL if _civilians_attacked(scene, sentence, draft) else frozenset()
        return
    named = list(_forces(scene, sentence))
    sides = [phrase for phrase in named if not _did_it(phrase, draft) and not _says(scene, phrase)]
    others = [phrase for phrase in sides if not _counted(phrase, draft, counted)]
    if not others and theirs(scene, draft):
        others = sides or named
    chosen = _the_one(others) or _the_one([phrase for phrase in others if _attacked(scene, phrase)])
    if chosen:
        draft.organisations, draft.classes, draft.registered = chosen.actors, chosen.classes, chosen.registered


def _civilians_attacked(scene: Scene, sentence: Stretch, draft: Draft) -> bool:
    """`استهدف مدنيين … إصابة ثلاثة أشخاص`, `hit the civilians who …, injuring eight individuals`."""
    for target in scene.hits(sentence.first, draft.start, "agency", "target", "attacks"):
        hits = (people(scene, i) for i in range(target.last, min(target.last + _TARGET_REACH, draft.start)))
        if any(_some_civilians(scene, hit) for hit in hits if hit):
            return True
    return False


def _some_civilians(scene: Scene, hit: Hit) -> bool:
    """Several, and not `the civilians` at large, whom attacks of some kind target."""
    return hit.term.id in CIVILIANS and hit.term.amount != "one" and not (scene.arabic and hit.definite)


def _counted(phrase: Phrase, draft: Draft, counted: Sequence[Draft]) -> bool:
    return any(other.first <= phrase.first < other.end for other in counted if other is not draft)


def theirs(scene: Scene, draft: Draft) -> bool:
    """`أعلنت قسد أسر أحد عناصرها`, `one of its members`."""
    if scene.arabic:
        return scene.norm(draft.last - 1).endswith(_THEIR)
    return any(scene.norm(i) in POSSESSIVES for i in range(draft.first, draft.last))


def _forces(scene: Scene, sentence: Stretch) -> Iterator[Phrase]:
    """The forces that a sentence names, without those known by their weapon alone and those who only hold the place."""
    i = sentence.first
    while i < sentence.last:
        phrase = phrase_at(scene, i, sentence.last) if i in scene.phrase_starts else None
        if phrase is None:
            i += 1
            continue
        if _fights(scene, phrase):
            yield phrase
        i = phrase.last


def _fights(scene: Scene, phrase: Phrase) -> bool:
    nation = phrase.last - phrase.first == 1 and scene.hit(phrase.first, "forces", "adjective") is not None
    holds = scene.hit_to(phrase.first, "agency", "territory") is not None
    weapon = scene.hit(phrase.first, "methods") is not None
    known = phrase.classes or any(actor.candidates for actor in phrase.actors)
    return bool(known) and not (nation or holds or weapon or speaks_only(scene, phrase))


def _did_it(phrase: Phrase, draft: Draft) -> bool:
    return any(_same(actor, doer) for actor in phrase.actors for doer in draft.perpetrators)


def _same(one: ActorRef, other: ActorRef) -> bool:
    return one.span == other.span or one.words == other.words or bool(set(one.candidates) & set(other.candidates))


def _says(scene: Scene, phrase: Phrase) -> bool:
    """`أعلن الجيش مقتل قيادي`: who tells of it beside the word of telling."""
    before = scene.hit_to(phrase.first, "attribution", "says", "according", "said_by")
    return bool(before or scene.hit(phrase.last, "attribution", "says"))


def _the_one(sides: list[Phrase]) -> Phrase | None:
    """The side that all these phrases name."""
    first = sides[0] if sides else None
    if first and all(any(_same(a, b) for a in first.actors for b in other.actors) for other in sides[1:]):
        return first
    return None


def _attacked(scene: Scene, phrase: Phrase) -> bool:
    before = range(max(0, phrase.first - _TARGET_REACH), phrase.first)
    return any(scene.hit(i, "agency", "target", "against") for i in before)
