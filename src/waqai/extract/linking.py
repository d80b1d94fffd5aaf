"""Which word of harm governs which amount of people."""

from __future__ import annotations

from itertools import pairwise

from waqai.extract.chains import chained
from waqai.extract.drafts import Draft
from waqai.extract.named import name_end
from waqai.extract.nouns import OF_THEM
from waqai.extract.parts import JOINT, Told, inherit, kinds, of_the_toll, part_of_earlier, told_apart, totals
from waqai.extract.phrases import phrase_at
from waqai.extract.quantities import unlike
from waqai.extract.scene import Scene
from waqai.extract.subjects import name_subject
from waqai.extract.triggers import Trigger, parted, triggers
from waqai.lexicon import Hit
from waqai.model import ActorRef, Outcome

_NOUN_GAP = 3
_VERB_GAP = 16
_LEFT_GAP = 14
_NEGATION_GAP = 9
_ADVERBS = 4
_DOER_REACH = 6
_ADDITION_GAP = 8
_UNREAL_REACH = 4
_CONSEQUENCE_REACH = 3
_BACK_REACH = 30
"""Tokens back to those whom a pronoun means."""
_UNREAL = frozenset({"negation", "hypothetical", "denial"})
_OBJECTS = frozenset({"a", "an", "the", "himself", "herself", "themselves", "him", "her", "them"})
_SMALL_WORDS = frozenset({"في", "من", "قد", "علي", "خلال"})
_WITH_PRONOUN = frozenset(
    particle + pronoun
    for particle in ("في", "من", "علي", "مع", "اثر", "جراء", "خلال", "بين", "عن", "بسبب", "ل", "ب")
    for pronoun in ("ه", "ها", "هم", "هما")
)
_APART: set[tuple[Outcome, ...]] = {("killed",), ("injured",)}
"""The hurt are no part of the dead."""
_SHOOTS = frozenset({"اطلق", "اطلقت", "فتح", "فتحت"})
_ANY = frozenset({"اي", "اية", "ايه", "any"})
_BE = frozenset(
    ["was", "were", "been", "being", "be", "are", "is", "get", "got", "reportedly", "also", "have", "has", "had"]
)


def link(scene: Scene, index: int, drafts: list[Draft], told: Told) -> list[Draft]:
    """Give each amount its outcome; what has none is dropped. Returns the counts of the sentence in order."""
    words = parted(scene, triggers(scene, index), drafts)
    chains = chained(scene, words, drafts)
    for chain in chains:
        _own_outcomes(chain)
    for position, chain in enumerate(chains):
        following = chains[position + 1][0] if position + 1 < len(chains) else None
        _link_chain(scene, chain, words, chains[position - 1] if position else None, following)
    for earlier, later in pairwise(chains):
        _added_after_verb(scene, earlier[-1], later)
    for word in words:
        _of_those_before(scene, word, drafts)
    totals(scene, index, drafts, told)
    for draft in drafts:
        if draft.among and draft.parent is None and draft.outcomes:
            draft.parent = told.last(draft.outcomes[0])
    for position, draft in enumerate(drafts):
        if scene.arabic and draft.outcomes and scene.norm(draft.last - 1) in OF_THEM:
            before = drafts[position - 1] if position else told.last(None)
            draft.parent = draft.parent or _whole_of(before, draft)
    for chain in chains:
        part_of_earlier(scene, index, chain, drafts, told)
        of_the_toll(scene, index, chain, drafts, told)
    told_apart(drafts, told)
    for draft in drafts:
        inherit(draft)
        if draft.parent and {draft.outcomes, draft.parent.outcomes} == _APART:
            draft.parent = None
    kinds(scene, drafts, told)
    kept = [draft for draft in drafts if draft.outcomes and _told_of(draft) and not _negated(scene, index, draft)]
    return [copy for draft in kept for copy in _split(draft)]


def _whole_of(before: Draft | None, part: Draft) -> Draft | None:
    """`أصيب خمسة وتوفي اثنان منهم`: those told just before, if they are more."""
    return before if before and before.outcomes and (before.low or 0) > (part.low or 0) else None


def _own_outcomes(chain: list[Draft]) -> None:
    """Nouns for the harmed themselves say what happened (قتيل, dead)."""
    for draft in chain:
        if draft.noun is None or draft.outcomes:
            continue
        if draft.noun.sort == "quantities":
            draft.outcomes = ("killed_or_injured",)
        elif draft.noun.sort == "outcomes" and draft.noun.outcome and not _refers(draft):
            draft.outcomes, draft.rule = (draft.noun.outcome,), draft.noun


def _refers(draft: Draft) -> bool:
    return draft.bare and draft.definite and draft.operator == "vague"


def _link_chain(
    scene: Scene, chain: list[Draft], words: list[Trigger], before: list[Draft] | None, after: Draft | None
) -> None:
    head = next((draft for draft in chain if not draft.outcomes and draft.parent is None), None)
    if head is None:
        _note_trigger(chain, words)
        return
    floor = before[-1].last if before and any(draft.outcomes for draft in before) else 0
    left = _left_trigger(scene, chain[0] if not chain[0].outcomes else head, words, floor)
    right = _right_trigger(scene, chain[-1], words)
    if right and after is not None and (after.first < right.first or _opens(scene, right, after)):
        right = None
    chosen = _choose(scene, chain, left, right)
    if chosen is None:
        return
    if chosen is left and after is not None and _is_doer(scene, chain, left, after, words):
        left.object_at, doer = after.first, chain[0]
        after.agents = (ActorRef(scene.words(doer.first, doer.end), scene.span(doer.first, doer.end)),)
        return
    chosen.used = True
    for draft in chain:
        if not draft.outcomes and draft.parent is None:
            draft.outcomes, draft.rule = chosen.outcomes, chosen.term
            draft.trigger = (chosen.first, chosen.last)
    if chosen is left:
        name_subject(scene, chain, chosen, max(floor, scene.sentences[chain[0].sentence].first))


def _added_after_verb(scene: Scene, before: Draft, chain: list[Draft]) -> None:
    """`Four soldiers were killed in addition to two civilians`: the same happened to those who are added."""
    head = chain[0]
    if head.outcomes or head.parent or not before.outcomes or not before.trigger:
        return
    added = scene.hit_to(head.first, "relations", "addition")
    if added is None or not 0 <= added.first - before.stop <= _ADDITION_GAP:
        return
    head.beside, head.added = before, True
    for draft in chain:
        if not draft.outcomes and draft.parent is None:
            draft.outcomes, draft.rule, draft.trigger = before.outcomes, before.rule, before.trigger


def _of_those_before(scene: Scene, word: Trigger, drafts: list[Draft]) -> None:
    """`أطلق النار على شاب ما أدى إلى مقتله`: the pronoun is of somebody told before the consequence."""
    if not scene.arabic or not word.term.agreeing or word.term.role not in ("noun", "active"):
        return
    near = range(word.first - _CONSEQUENCE_REACH, word.first)
    if word.term.role == "noun" and not any(scene.hit(i, "relations", "consequence") for i in near):
        return
    floor = word.first - _BACK_REACH
    before = [d for d in drafts if floor <= d.first and d.end <= word.first and _is_meant(scene, word, d)]
    if before and not before[-1].outcomes and before[-1].parent is None:
        before[-1].outcomes, before[-1].rule = word.outcomes, word.term


def _is_meant(scene: Scene, word: Trigger, draft: Draft) -> bool:
    """Does the pronoun agree with the amount: him with one, them with more? It is not the one who shot at him."""
    ending, before = scene.norm(word.first), scene.norm(draft.first - 1)
    thing = scene.hit_to(draft.first, "quantities", "unit") or scene.hit_to(draft.first, "agency", "target")
    if draft.bare and (thing or before in _WITH_PRONOUN or before in _SHOOTS):
        return False
    if ending.endswith("هما"):
        return draft.low == 2
    return (draft.low == 1) == ending.endswith(("ه", "ها"))


def _opens(scene: Scene, word: Trigger, after: Draft) -> bool:
    """`6 أشخاص حيث أصيب اثنان منهم`: a verb that does not agree, right before an amount, belongs to that amount."""
    return scene.arabic and not word.term.agreeing and after.first == word.last


def _is_doer(scene: Scene, chain: list[Draft], word: Trigger, after: Draft, words: list[Trigger]) -> bool:
    """`اغتال مسلحون … خمسة أشخاص`: of two groups after such a verb the first is the subject."""
    if word.term.role not in ("active", "either") or not chain[0].bare or not scene.arabic:
        return False
    if any(chain[-1].last <= other.first < after.first for other in words):
        return False
    if chain[0].operator != "vague":
        return len(chain) == 1 and not chain[0].definite and _is_object(scene, after, chain[0])
    return phrase_at(scene, chain[0].first, chain[0].first + _DOER_REACH) is not None


def _is_object(scene: Scene, after: Draft, subject: Draft) -> bool:
    """`قتل قناص المسعفة`, `قتل مسلح شاباً`: the second noun, definite or in the accusative, is who was harmed."""
    if after.first - subject.end > _NOUN_GAP or scene.norm(after.first).startswith("و") or not after.bare:
        return False
    accusative = scene.norm(after.last - 1).endswith(("ا", "ين")) and not scene.norm(subject.last - 1).endswith("ا")
    return after.numbered and (after.definite or accusative)


def _note_trigger(chain: list[Draft], words: list[Trigger]) -> None:
    for word in words:
        if 0 <= chain[0].first - word.last <= _NOUN_GAP:
            word.used = True


def _choose(scene: Scene, chain: list[Draft], left: Trigger | None, right: Trigger | None) -> Trigger | None:
    if left and right and scene.arabic and right.term.agreeing and right.first - chain[-1].end <= 2:
        return right if left.used or (left.term.role == "noun" and chain[0].first - left.last > 0) else left
    return left or right


def _left_trigger(scene: Scene, draft: Draft, words: list[Trigger], floor: int) -> Trigger | None:
    word = next((word for word in reversed(words) if word.last <= draft.first), None)
    if word is None or word.first < floor or word.used or word.term.agreeing:
        return None
    gap = draft.first - word.last
    if not scene.arabic:
        return word if _governs_right(scene, word, gap) else None
    if word.term.role == "noun":
        return word if gap <= _loose(scene, word.last, draft, _NOUN_GAP) else None
    if draft.naked:
        return word if gap == 0 else None
    if (
        word.term.role == "active"
        and draft.definite
        and word.object_at < draft.first
        and not any(phrase_at(scene, i, draft.first) for i in range(word.last, draft.first))
    ):
        return None
    at = max(word.last, word.object_at)
    return word if gap <= _VERB_GAP and _fits(scene, at, draft) else None


def _loose(scene: Scene, at: int, draft: Draft, limit: int) -> int:
    if draft.naked:
        return 0
    if draft.bare:
        return 1 if scene.tokens[at].kind == "mark" or scene.norm(at) in ("كل", "من", "نحو") else 0
    return limit


def _fits(scene: Scene, at: int, draft: Draft) -> bool:
    """Between a verb and those harmed stand only actors, places, days and small words."""
    if any(scene.norm(i) in (":", '"') for i in range(at, draft.first)) and draft.bare:
        return False
    allowed = 0 if draft.definite else 1 if draft.bare else 7
    if draft.bare and draft.low == 1 and draft.first > at and _possessed(scene, draft):
        return False
    return _unknown_between(scene, at, draft.first) <= allowed


def _possessed(scene: Scene, draft: Draft) -> bool:
    """`أصيب منزل مواطن`: a noun without the article right before owns the harm."""
    before = draft.first - 1
    known = scene.in_day(before) or scene.tokens[before].kind != "word" or before in scene.inside_names
    known = known or any(hit.term.sort in ("victims", "forces") for hit in scene.hits_to.get(draft.first, ()))
    if known or draft.first in scene.actor_ends or scene.norm(before) in _SMALL_WORDS | _WITH_PRONOUN:
        return False
    accusative = scene.norm(draft.last - 1).endswith("ا")
    return not accusative and not scene.norm(before).startswith("ال") and before not in scene.places_at


def _unknown_between(scene: Scene, at: int, end: int) -> int:
    unknown, i = 0, at
    while i < end:
        phrase = phrase_at(scene, i, end)
        place = scene.places_at.get(i)
        if phrase:
            i = phrase.last
        elif place:
            i = place.last
        else:
            known = scene.in_day(i) or scene.tokens[i].kind == "mark" or scene.norm(i) in _SMALL_WORDS
            unknown += not known
            if scene.hit(i, "relations", "clause", "subset", "consequence") or scene.hit(i, "negation", "negation"):
                unknown += 5
            i += 1
    return unknown


def _governs_right(scene: Scene, word: Trigger, gap: int) -> bool:
    if word.term.role == "noun":
        return gap <= _NOUN_GAP
    if word.term.role == "passive" or gap > 3 or (gap and scene.tokens[word.last].kind == "mark"):
        return False
    if gap and scene.norm(word.last) in ("in", "by", "during", "when", "on", "and", "after", "while"):
        return False
    return not _passive(scene, word)


def _passive(scene: Scene, word: Trigger) -> bool:
    at = word.first - 1
    while at > word.first - _ADVERBS and (scene.norm(at).endswith("ly") or scene.norm(at) in ("also", "later", "both")):
        at -= 1
    be = _BE - {"have", "has", "had", "reportedly", "also"}
    return any(scene.norm(i) in be and i not in scene.actors_at for i in range(at - 1, at + 1))


def _right_trigger(scene: Scene, draft: Draft, words: list[Trigger]) -> Trigger | None:
    word = next((word for word in words if word.first >= draft.last), None)
    if word is None or not word.verb or word.used:
        return None
    gap = word.first - draft.end
    if scene.norm(draft.end) in ("الذي", "التي", "الذين", "who", "قد", "كان", "كانت", "كانا", "كانوا"):
        gap -= 1
    whole = draft.whole()
    if (
        draft.bare
        and whole is draft
        and (gap if scene.arabic else _common_words(scene, draft.end, word.first)) > (2 if scene.arabic else 4)
        and not (draft.low == 2 and word.term.agreeing and scene.norm(word.first).endswith("ا"))
    ):
        return None
    if scene.arabic:
        if word.term.role == "active" or (word.term.role == "either" and _active_object(scene, word)):
            return None
        return word if gap <= (6 if word.term.agreeing else 2) and not _clause_between(scene, draft.end, word) else None
    if word.term.role == "active" or gap > _LEFT_GAP:
        return None
    return None if _active_object(scene, word) else word


def _common_words(scene: Scene, at: int, end: int) -> int:
    """English words that are no part of a name."""
    texts = (scene.tokens[i].span.of(scene.article.text) for i in range(at, end) if scene.tokens[i].kind == "word")
    return sum(not text[0].isupper() for text in texts)


def _clause_between(scene: Scene, at: int, word: Trigger) -> bool:
    return any(scene.norm(i) in ("،", ",", ".") for i in range(at, word.first)) and not word.term.agreeing


def _active_object(scene: Scene, word: Trigger) -> bool:
    """`Militants killed three soldiers`: the militants are no victims."""
    if _passive(scene, word) or word.term.role == "passive":
        return False
    following = scene.skip(word.last, len(scene.tokens))
    if following in scene.numbers_at and not scene.in_day(following):
        return True
    if scene.hit(following, "quantities", "before", "instead") or scene.norm(following) in _OBJECTS:
        return True
    if not scene.arabic and name_end(scene, following, len(scene.tokens)) > following:
        return True
    return bool(scene.hit(following, "victims"))


def _told_of(draft: Draft) -> bool:
    """A loss without a number is one only where its owner is named (خسائر بشرية في صفوف …)."""
    losses = draft.bare and draft.noun is not None and draft.noun.sort == "outcomes" and draft.noun.id == "casualties"
    return not losses or bool(draft.organisations or draft.classes)


def _doubtful(scene: Scene, hit: Hit, draft: Draft) -> bool:
    """A number that is disputed or denied stays a count that says so; and who denies may go on to say another."""
    if hit.term.role == "dispute":
        draft.certainty = "disputed"
        return True
    if next(scene.hits(hit.last, draft.start, "attribution", "says"), None):
        return True
    if not draft.numbered or scene.norm(draft.first - 1) in _ANY:
        return False
    draft.certainty = "denied"
    return True


def _negated(scene: Scene, index: int, draft: Draft) -> bool:
    """Is there `without`, `attempt` or `condemned` right before it, in its clause? A denied number stays."""
    if _unreal_verb(scene, draft):
        return True
    at = draft.start
    floor = max(scene.sentences[index].first, at - _NEGATION_GAP)
    for i in range(at, floor - 1, -1):
        if i < at and (scene.norm(i) in (",", "،", ".") or scene.hit(i, "relations", "clause")):
            return False
        hit = None if scene.in_day(i) else scene.hit(i, "negation", "dispute", "denial") or scene.hit(i, "negation")
        if hit and hit.term.role in ("dispute", "denial") and _doubtful(scene, hit, draft):
            return False
        if hit and scene.norm(hit.last - 1) == "to" and draft.trigger and draft.trigger[0] >= draft.end:
            continue
        if hit and (hit.term.role in _UNREAL or (hit.term.role == "speech" and draft.bare and not draft.numbered)):
            return True
    return False


def _unreal_verb(scene: Scene, draft: Draft) -> bool:
    """`Three civilians could be killed`, `were not hurt`: what stands before the verb says that it is not so."""
    if scene.arabic or draft.trigger is None or draft.trigger[0] < draft.end:
        return False
    verb = draft.trigger[0]
    floor = max(draft.end, verb - _UNREAL_REACH)
    return any(
        hit.term.role in ("negation", "hypothetical") and hit.last <= verb
        for hit in scene.hits(floor, verb, "negation")
    )


def _split(draft: Draft) -> list[Draft]:
    """One number of dead and hurt together is joint; a vague word for both is two counts."""
    if len(draft.outcomes) < 2:
        return [draft]
    if draft.operator != "vague" and set(draft.outcomes) == JOINT:
        draft.outcomes = ("killed_or_injured",)
        return [draft]
    copies = []
    for outcome in draft.outcomes:
        copy = draft if outcome == draft.outcomes[0] else unlike(draft)
        copies.append(copy)
    for copy, outcome in zip(copies, tuple(draft.outcomes), strict=True):
        copy.outcomes = (outcome,)
    return copies


def separate_vague(drafts: list[Draft]) -> None:
    """`قتلى وجرحى`: the second noun shares what was said of the first."""
    for before, draft in pairwise(drafts):
        if draft.beside is before and before.bare and draft.bare and draft.operator == before.operator == "vague":
            before.end = max(before.end, draft.end)
            if before.outcomes != draft.outcomes:
                before.classes = draft.classes = before.classes | draft.classes
                before.organisations = draft.organisations = draft.organisations or before.organisations
