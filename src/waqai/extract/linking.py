"""Which word of harm governs which amount of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from waqai.extract.drafts import Draft
from waqai.extract.phrases import phrase_at
from waqai.extract.quantities import unlike
from waqai.extract.scene import Scene
from waqai.lexicon import Hit, Term
from waqai.model import Outcome

_NOUN_GAP = 3
_SMALL_GAP = 4
_VERB_GAP = 16
_LEFT_GAP = 14
_OPENING = 5
"""Tokens from the start of an item to its number, and from the opening of a list to the end of its sentence."""
_CIVIL = frozenset({"civilian"})
_PART_GAP = 8
_NEARLY_ALL = 0.9
"""Parts that make up this share of a whole are its breakdown, and nothing beside it."""
_NEED_GAP = 18
_TOTAL_GAP = 14
_NEGATION_GAP = 9
_UNREAL = frozenset({"negation", "hypothetical", "speech", "denial"})
_BE = frozenset(["was", "were", "been", "being", "be", "are", "is", "get", "got", "reportedly", "also", "have", "has", "had"])
_AND = frozenset({"and", "or", "و", "&", "/", "أو", "او"})
_JOINT = frozenset({"killed", "injured"})


@dataclass(slots=True)
class Trigger:
    """A word of harm, or two joined ones (killed and injured)."""

    first: int
    last: int
    term: Term
    outcomes: tuple[Outcome, ...]
    used: bool = False

    @property
    def verb(self) -> bool:
        """Is it a verb?"""
        return self.term.role in ("passive", "active", "either")


def triggers(scene: Scene, index: int) -> list[Trigger]:
    """The words of harm in a sentence, in order, joined ones as one."""
    sentence = scene.sentences[index]
    found: list[Trigger] = []
    for hit in scene.hits(sentence.first, sentence.last, "outcomes", "passive", "active", "either", "noun"):
        if not _needs_met(scene, hit, sentence.last) or scene.in_day(hit.first):
            continue
        if found and found[-1].term.role == "noun":
            hit = scene.hit(hit.first, "outcomes", "noun") or hit
        outcome = hit.term.outcome or "killed"
        if found and _joined(scene, found[-1], hit):
            found[-1].last = hit.last
            found[-1].outcomes = tuple(dict.fromkeys((*found[-1].outcomes, outcome)))
            continue
        found.append(Trigger(hit.first, hit.last, hit.term, (outcome,)))
    return found


def _needs_met(scene: Scene, hit: Hit, end: int) -> bool:
    if not hit.term.needs:
        return True
    window = range(hit.last, min(end, hit.last + _NEED_GAP))
    return any(form in hit.term.needs for i in window for form in scene.tokens[i].forms)


def _joined(scene: Scene, before: Trigger, hit: Hit) -> bool:
    if before.term.agreeing != hit.term.agreeing or (before.term.role == "noun") != (hit.term.role == "noun"):
        return False
    if hit.first == before.last and hit.prefix == "و":
        return True
    return hit.first == before.last + 1 and scene.norm(before.last) in _AND


@dataclass(slots=True)
class Told:
    """What earlier sentences counted: the last whole count of each outcome, and the one whose parts are being listed."""

    wholes: dict[Outcome, Draft] = field(default_factory=dict)
    listed: Draft | None = None

    def last(self, outcome: Outcome | None) -> Draft | None:
        """The last whole count, of an outcome where one is asked for."""
        if outcome:
            return self.wholes.get(outcome)
        return max(self.wholes.values(), key=lambda draft: draft.first, default=None)

    def note(self, scene: Scene, index: int, drafts: list[Draft]) -> None:
        """After a sentence: remember its wholes, and whether it opens a list."""
        for draft in drafts:
            if draft.parent is None and draft.numbered and (draft.low or 0) > 1:
                self.wholes[draft.outcomes[0]] = draft
        sentence = scene.sentences[index]
        opens = next(
            scene.hits(max(sentence.first, sentence.last - _OPENING), sentence.last, "relations", "list"), None
        )
        if opens:
            self.listed = self.last(_outcome_named(scene, sentence.first, sentence.last, opens.first))
        elif not sentence.item:
            self.listed = None


def _outcome_named(scene: Scene, first: int, last: int, near: int) -> Outcome | None:
    """The outcome of the noun for the harmed that stands nearest before a position (والقتلى هم)."""
    for i in range(near, max(first, near - 8) - 1, -1):
        hit = scene.hit(i, "outcomes", "victims")
        if hit and hit.last <= last:
            return hit.term.outcome
    return None


def link(scene: Scene, index: int, drafts: list[Draft], told: Told) -> list[Draft]:
    """Give each amount its outcome; what has none is dropped. Returns the counts of the sentence in order."""
    words = triggers(scene, index)
    chains = _chains(scene, words, drafts)
    for chain in chains:
        _own_outcomes(chain)
    for position, chain in enumerate(chains):
        following = chains[position + 1][0] if position + 1 < len(chains) else None
        _link_chain(scene, chain, words, chains[position - 1] if position else None, following)
    _totals(scene, index, drafts, words)
    for draft in drafts:
        if draft.among and draft.parent is None and draft.outcomes:
            draft.parent = told.last(draft.outcomes[0])
    for chain in chains:
        _part_of_earlier(scene, index, chain, told)
    for draft in drafts:
        _inherit(draft)
    _kinds(scene, drafts, told)
    kept = [
        draft for draft in drafts if draft.outcomes and _told_of(scene, draft) and not _negated(scene, index, draft)
    ]
    return [copy for draft in kept for copy in _split(draft)]


# ------------------------------------------------------------------ amounts that hang together


def _chains(scene: Scene, words: list[Trigger], drafts: list[Draft]) -> list[list[Draft]]:
    """Amounts joined by `and` or `among them`, with no word of harm between them."""
    chains: list[list[Draft]] = []
    for draft in drafts:
        before = chains[-1][-1] if chains else None
        if before is not None and _hang_together(scene, words, before, draft):
            chains[-1].append(draft)
        else:
            chains.append([draft])
    return chains


def _hang_together(scene: Scene, words: list[Trigger], before: Draft, draft: Draft) -> bool:
    gap = draft.first - before.end
    if gap <= 2 and scene.norm(draft.first - 1) == "(" and draft.numbered:
        draft.parent = before
        return True
    between = any(before.last <= word.first < draft.first for word in words)
    subset = next(scene.hits(before.last, draft.first + 1, "relations", "subset", "list"), None)
    if subset and any(subset.last <= word.first < draft.first for word in words):
        return False
    pronoun = scene.norm(draft.last - 1) in ("whom", "them")
    if pronoun or (subset and subset.last <= draft.first + 1 and draft.first - subset.last <= 4):
        nested = before.parent is None or (subset is not None and _nested(scene, before, subset))
        draft.parent = before if nested else before.parent
        return not between
    if between:
        return False
    return _joins(scene, words, before, draft, gap)


def _joins(scene: Scene, words: list[Trigger], before: Draft, draft: Draft, gap: int) -> bool:
    """Do `and`, a comma, a colon or `in addition to` join the two?"""
    if gap <= 2 and scene.norm(before.end) == ":" and before.numbered and draft.numbered:
        draft.parent = before
        return True
    if gap > _SMALL_GAP and _takes_up(scene, before, draft):
        draft.beside = before
        draft.parent = before.parent if gap <= _PART_GAP else None
        return True
    if gap > _SMALL_GAP or any(scene.norm(i) in (".", ":") for i in range(before.end, draft.first)):
        return False
    added = next(scene.hits(before.last, draft.first, "relations", "addition"), None)
    if not added and (not _coordinated(scene, before, draft) or _own_verb(words, before, draft)):
        return False
    draft.beside, draft.added = before, bool(added)
    draft.parent = None if added else before.parent
    draft.fork = bool(draft.parent) and _other_organisation(before, draft)
    return True


def _own_verb(words: list[Trigger], before: Draft, draft: Draft) -> bool:
    """`11 were killed, including a journalist, and six were injured`: the last amount has a verb of its own."""
    whole = before.whole()
    if whole is before:
        return False
    told = any(whole.first - _SMALL_GAP <= word.first < before.first for word in words)
    return told and any(word.verb and 0 <= word.first - draft.end <= 2 for word in words)


def _other_organisation(before: Draft, draft: Draft) -> bool:
    """Two numbered parts of different organisations or nations: the second may also stand beside the whole."""
    if _exhausted(draft.parent, before, draft):
        return False
    described = (before.organisations or before.nationalities) and (draft.organisations or draft.nationalities)
    names = {actor.words for actor in before.organisations} & {actor.words for actor in draft.organisations}
    return bool(described and before.numbered and not draft.bare and draft.numbered and not names)


def _exhausted(whole: Draft | None, before: Draft, draft: Draft) -> bool:
    """Do the parts so far already make up the whole?"""
    return whole is not None and (before.low or 0) + (draft.low or 0) >= (whole.low or 0) * _NEARLY_ALL


def _takes_up(scene: Scene, before: Draft, draft: Draft) -> bool:
    """`مقتل رجل بقصف في …، و4 مواطنين بانهيار …`: after a comma a joined amount goes on with the same verb."""
    comma = scene.norm(draft.first - 1) in (",", "،")
    if not (scene.arabic and comma and scene.norm(draft.first).startswith("و")) and not _digits_joined(scene, draft):
        return False
    if not draft.bare:
        return not any(scene.hit(i, "relations", "clause", "consequence") for i in range(before.end, draft.first))
    described = scene.norm(draft.end).startswith("ب") or scene.norm(draft.last) == "من"
    return described and not draft.definite and draft.numbered


def _digits_joined(scene: Scene, draft: Draft) -> bool:
    """`، و140`: the particle and the digits are two tokens."""
    return scene.norm(draft.first - 1) == "و" and scene.norm(draft.first - 2) in (",", "،")


def _nested(scene: Scene, before: Draft, subset: Hit) -> bool:
    """A second `among them` right after a part speaks of that part, when the part is more than one."""
    return bool(before.low and before.low > 1 and subset.first - before.end <= 1)


def _coordinated(scene: Scene, before: Draft, draft: Draft) -> bool:
    gap = [scene.norm(i) for i in range(before.end, draft.first)]
    first = scene.norm(draft.first)
    joined = any(norm in _AND or norm == "," or norm == "،" for norm in gap)
    if scene.arabic:
        joined = joined or (first.startswith("و") and not first.startswith(("واحد", "وال")))
    free = [norm for norm in gap if norm not in _AND and norm not in ",،\"'()-"]
    return (joined and not free) or (not gap and joined)


# ------------------------------------------------------------------ outcomes


def _own_outcomes(chain: list[Draft]) -> None:
    """Nouns for the harmed themselves say what happened (قتيل, dead)."""
    for draft in chain:
        if draft.noun is None:
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
        _note_trigger(scene, chain, words)
        return
    floor = before[-1].last if before and any(draft.outcomes for draft in before) else 0
    left = _left_trigger(scene, chain[0] if not chain[0].outcomes else head, words, floor)
    right = _right_trigger(scene, chain[-1], words)
    if right and after is not None and after.first < right.first:
        right = None
    chosen = _choose(scene, chain, left, right)
    if chosen is None or (chosen is left and _is_doer(scene, chain, left, after, words)):
        return
    chosen.used = True
    for draft in chain:
        if not draft.outcomes and draft.parent is None:
            draft.outcomes, draft.rule = chosen.outcomes, chosen.term
            draft.trigger = (chosen.first, chosen.last)
    if chosen is left:
        _agents(scene, chain, chosen)


def _is_doer(scene: Scene, chain: list[Draft], word: Trigger, after: Draft | None, words: list[Trigger]) -> bool:
    """`اغتال مسلحون … خمسة أشخاص`: of two groups after such a verb the first is the subject."""
    if word.term.role not in ("active", "either") or not chain[0].bare or chain[0].operator != "vague" or after is None:
        return False
    if phrase_at(scene, chain[0].first, chain[0].first + 4) is None or not scene.arabic:
        return False
    return not any(chain[-1].last <= other.first < after.first for other in words)


def _note_trigger(scene: Scene, chain: list[Draft], words: list[Trigger]) -> None:
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
        return word if _governs_right(scene, word, draft, gap) else None
    if word.term.role == "noun":
        return word if gap <= _loose(scene, word.last, draft, _NOUN_GAP) else None
    if draft.naked:
        return word if gap == 0 else None
    if (
        word.term.role == "active"
        and draft.definite
        and not any(phrase_at(scene, i, draft.first) for i in range(word.last, draft.first))
    ):
        return None
    return word if gap <= _VERB_GAP and _fits(scene, word.last, draft) else None


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
    return _unknown_between(scene, at, draft.first) <= allowed


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
            known = (
                scene.in_day(i) or scene.tokens[i].kind == "mark" or scene.norm(i) in ("في", "من", "قد", "على", "خلال")
            )
            unknown += not known
            if scene.hit(i, "relations", "clause", "subset", "consequence") or scene.hit(i, "negation", "negation"):
                unknown += 5
            i += 1
    return unknown


def _governs_right(scene: Scene, word: Trigger, draft: Draft, gap: int) -> bool:
    if word.term.role == "noun":
        return gap <= _NOUN_GAP
    if word.term.role == "passive" or gap > 3 or (gap and scene.tokens[word.last].kind == "mark"):
        return False
    if gap and scene.norm(word.last) in ("in", "by", "during", "when", "on", "and", "after", "while"):
        return False
    return not _passive(scene, word)


def _passive(scene: Scene, word: Trigger) -> bool:
    return any(
        scene.norm(i) in _BE - {"have", "has", "had", "reportedly", "also"} for i in range(word.first - 2, word.first)
    )


def _right_trigger(scene: Scene, draft: Draft, words: list[Trigger]) -> Trigger | None:
    word = next((word for word in words if word.first >= draft.last), None)
    if word is None or not word.verb or word.used:
        return None
    gap = word.first - draft.end
    if scene.norm(draft.end) in ("الذي", "التي", "الذين", "who", "قد", "كان", "كانت", "كانا", "كانوا"):
        gap -= 1
    whole = draft.whole()
    if draft.bare and whole is draft and (gap if scene.arabic else _common_words(scene, draft.end, word.first)) > (2 if scene.arabic else 4):
        return None
    if scene.arabic:
        return word if gap <= (6 if word.term.agreeing else 2) and not _clause_between(scene, draft.end, word) else None
    if word.term.role == "active" or gap > _LEFT_GAP:
        return None
    return None if _active_object(scene, word, draft) else word


def _common_words(scene: Scene, at: int, end: int) -> int:
    """English words that are no part of a name."""
    texts = (scene.tokens[i].span.of(scene.article.text) for i in range(at, end) if scene.tokens[i].kind == "word")
    return sum(not text[0].isupper() for text in texts)


def _clause_between(scene: Scene, at: int, word: Trigger) -> bool:
    return any(scene.norm(i) in ("،", ",", ".") for i in range(at, word.first)) and not word.term.agreeing


def _active_object(scene: Scene, word: Trigger, draft: Draft) -> bool:
    """`Militants killed three soldiers`: the militants are no victims."""
    if _passive(scene, word) or word.term.role == "passive":
        return False
    following = scene.skip(word.last, len(scene.tokens))
    if following in scene.numbers_at and not scene.in_day(following):
        return True
    if scene.hit(following, "quantities", "before", "instead") or scene.norm(following) in ("a", "an", "the"):
        return True
    return bool(scene.hit(following, "victims"))


def _agents(scene: Scene, chain: list[Draft], word: Trigger) -> None:
    """`قتل التنظيم 92 عنصراً`: the actor between verb and object did it."""
    if not scene.arabic or word.term.role not in ("either", "active"):
        return
    i = word.last
    while i < chain[0].first:
        phrase = phrase_at(scene, i, chain[0].first)
        if phrase and not scene.hit(i, "agency", "by", "target", "territory"):
            for draft in chain:
                draft.agents = phrase.actors
            return
        if scene.norm(i) in ("في", "على", "من"):
            return
        i += 1


# ------------------------------------------------------------------ totals, parts, negation


def _part_of_earlier(scene: Scene, index: int, chain: list[Draft], told: Told) -> None:
    """Items of a list, and parts of what an earlier sentence counted (`بين القتلى طفل`)."""
    heads = [draft for draft in chain if not draft.outcomes and draft.parent is None]
    sentence = scene.sentences[index]
    if not heads:
        return
    if sentence.item and told.listed and heads[0].first - sentence.first <= _OPENING:
        whole: Draft | None = told.listed
        outcome = whole.outcomes[0] if whole else None
    else:
        cue = _cue_beside(scene, chain, sentence.first)
        if cue is None:
            return
        outcome = next((o for i in range(cue.first, cue.last) if (o := _outcome_at(scene, i))), None)
        whole = told.last(outcome)
    outcome = outcome or (whole.outcomes[0] if whole else None)
    for draft in heads if outcome else ():
        draft.outcomes, draft.parent, draft.rule = (outcome or "killed",), whole, whole.rule if whole else None


def _cue_beside(scene: Scene, chain: list[Draft], floor: int) -> Hit | None:
    first, last = chain[0].first, chain[-1].end
    for i in range(max(floor, first - 4), first):
        hit = scene.hit(i, "relations", "subset", "list")
        if hit and hit.last <= first:
            return hit
    return next(
        (
            hit
            for i in range(last, last + 3)
            if (hit := scene.hit(i, "relations", "subset")) and hit.last - hit.first > 1
        ),
        None,
    )


def _outcome_at(scene: Scene, i: int) -> Outcome | None:
    hit = scene.hit(i, "outcomes", "victims")
    return hit.term.outcome if hit else None


def _totals(scene: Scene, index: int, drafts: list[Draft], words: list[Trigger]) -> None:
    """`يرتفع إلى 194 … تعداد الشهداء`: the noun of the total says what happened."""
    sentence = scene.sentences[index]
    cues = list(scene.hits(sentence.first, sentence.last, "relations", "update", "total"))
    for draft in drafts:
        if draft.outcomes or draft.bare or draft.parent or not _cue_near(cues, draft):
            continue
        outcome = _outcome_near(scene, draft, sentence.first, sentence.last)
        if outcome:
            draft.outcomes, draft.rule, draft.toll = (outcome.term.outcome or "killed",), outcome.term, True
            _class_near(scene, outcome, draft)


def _cue_near(cues: list[Hit], draft: Draft) -> bool:
    return any(-_TOTAL_GAP <= cue.first - draft.first <= _TOTAL_GAP for cue in cues)


def _outcome_near(scene: Scene, draft: Draft, first: int, last: int) -> Hit | None:
    window = range(max(first, draft.first - _TOTAL_GAP), min(last, draft.end + _TOTAL_GAP))
    hits = [hit for i in window if (hit := scene.hit(i, "outcomes"))]
    return min(hits, key=lambda hit: abs(hit.first - draft.first), default=None)


def _class_near(scene: Scene, outcome: Hit, draft: Draft) -> None:
    """Whom the total counts: `تعداد العسكريين والمدنيين الذين قتلوا`."""
    window = range(
        min(draft.end, outcome.first) if outcome.first > draft.first else outcome.last,
        max(draft.first, outcome.last + 4),
    )
    hits = [hit for i in window if (hit := scene.hit(i, "victims", "person", "member")) and hit.definite]
    if not draft.classes:
        draft.classes = frozenset(hit.term.victim_class for hit in hits if hit.term.victim_class)


def _inherit(draft: Draft) -> None:
    if not draft.outcomes and draft.parent:
        _inherit(draft.parent)
        draft.outcomes, draft.rule, draft.trigger = _parts_outcomes(draft.parent), draft.parent.rule, None
        draft.agents = draft.agents or draft.parent.agents


def _parts_outcomes(whole: Draft) -> tuple[Outcome, ...]:
    """`قتلى وجرحى بينهم أطفال`: the children are of both."""
    twin = whole.beside
    both = twin is not None and twin.bare and whole.bare and twin.operator == whole.operator == "vague"
    if both and twin is not None and {*twin.outcomes, *whole.outcomes} == _JOINT:
        return ("killed_or_injured",)
    return whole.outcomes


def _kinds(scene: Scene, drafts: list[Draft], told: Told) -> None:
    """Who they are where the words leave it to the count before: `آخرون`, an officer among them, a man and his wife."""
    for before, draft in pairwise([told.last(None), *drafts]):
        if draft is None or (draft.classes and not _officer_among(draft)):
            continue
        if draft.parent is not None and not draft.organisations:
            _as(draft, draft.parent)
        elif before is not None and not draft.organisations and _like_before(scene, before.whole(), draft):
            _as(draft, before.whole())
    for before, draft in pairwise(drafts):
        pair = draft.beside is before and before.noun is not None and before.noun.role == "person"
        if pair and not before.classes and draft.classes == _CIVIL:
            before.classes = _CIVIL


def _as(draft: Draft, model: Draft) -> None:
    if model.classes or model.organisations:
        draft.classes, draft.organisations, draft.registered = model.classes, model.organisations, model.registered


def _officer_among(draft: Draft) -> bool:
    return (
        draft.parent is not None and draft.noun is not None and draft.noun.role == "member" and not draft.organisations
    )


def _like_before(scene: Scene, before: Draft, draft: Draft) -> bool:
    noun, other = draft.noun, before.noun
    if other is None:
        return False
    if noun is None:
        return draft.low == 1 and not draft.naked
    if noun.role == "other" or scene.hit(draft.end, "victims", "other") or scene.hit_to(draft.end, "victims", "other"):
        return other.gender is None and not other.child
    return draft.beside is before and noun.role == "person" and before.classes == _CIVIL


def _told_of(scene: Scene, draft: Draft) -> bool:
    """A loss without a number is one only where its owner is named (خسائر بشرية في صفوف …)."""
    losses = draft.bare and draft.noun is not None and draft.noun.sort == "outcomes" and draft.noun.id == "casualties"
    return not losses or bool(draft.organisations or draft.classes)


def _negated(scene: Scene, index: int, draft: Draft) -> bool:
    """Is there `without`, `attempt` or `condemned` right before it, in its clause?"""
    at = draft.start
    floor = max(scene.sentences[index].first, at - _NEGATION_GAP)
    for i in range(at, floor - 1, -1):
        if i < at and (scene.norm(i) in (",", "،", ".") or scene.hit(i, "relations", "clause")):
            return False
        hit = scene.hit(i, "negation")
        if hit and hit.term.role in _UNREAL:
            return True
    return False


def _split(draft: Draft) -> list[Draft]:
    """One number of dead and hurt together is joint; a vague word for both is two counts."""
    if len(draft.outcomes) < 2:
        return [draft]
    if draft.operator != "vague" and set(draft.outcomes) == _JOINT:
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
            before.classes = draft.classes = before.classes | draft.classes
            before.organisations = draft.organisations = draft.organisations or before.organisations
