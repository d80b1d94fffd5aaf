"""Totals and parts: what a number takes from counts told before it, its outcome or who its people are."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from waqai.extract.drafts import Draft
from waqai.extract.nouns import OF, OF_THEM
from waqai.extract.scene import Scene
from waqai.extract.sentences import Sentence
from waqai.lexicon import Hit
from waqai.model import CIVIL, Outcome

_OPENING = 5
"""Tokens from the start of an item to its number, and from the opening of a list to the end of its sentence."""
_NAMED_REACH = 8
_REVISION_GAP = 14
_TOTAL_GAP = 14
_TOLL_GAP = 6
"""Tokens from an English toll, which is one of the dead, to its number."""
JOINT = frozenset({"killed", "injured"})


@dataclass(slots=True)
class Told:
    """What earlier sentences counted: the last whole of each outcome, and the one whose parts are being listed."""

    wholes: dict[Outcome, Draft] = field(default_factory=dict)
    listed: Draft | None = None
    together: tuple[Draft, ...] = ()
    """The wholes of the last sentence that had any."""

    def last(self, outcome: Outcome | None) -> Draft | None:
        """The last whole count, of an outcome where one is asked for."""
        if outcome:
            return self.wholes.get(outcome)
        return max(self.wholes.values(), key=lambda draft: draft.first, default=None)

    def victims(self) -> tuple[Outcome, Draft | None]:
        """Of whom `the victims` are: of the whole told last, or of the dead and the hurt together."""
        one = len({draft.outcomes[0] for draft in self.together}) == 1
        return self.together[0].outcomes[0] if one else "killed_or_injured", next(iter(self.together), None)

    def note(self, scene: Scene, index: int, drafts: list[Draft]) -> None:
        """After a sentence: remember its wholes, and whether it opens a list."""
        wholes = [draft for draft in drafts if draft.parent is None and draft.numbered and (draft.low or 0) > 1]
        self.wholes.update((draft.outcomes[0], draft) for draft in wholes)
        self.together = tuple(wholes) or self.together
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
    for i in range(near, max(first, near - _NAMED_REACH) - 1, -1):
        hit = scene.hit(i, "outcomes", "victims")
        if hit and hit.last <= last:
            return hit.term.outcome
        if i < near and scene.hit(i, "relations", "clause"):
            return None
    return None


def part_of_earlier(scene: Scene, index: int, chain: list[Draft], drafts: list[Draft], told: Told) -> None:
    """Items of a list, and parts of what an earlier sentence counted (`بين القتلى طفل`)."""
    heads = [draft for draft in chain if not draft.outcomes and draft.parent is None]
    sentence = scene.sentences[index]
    if not heads:
        return
    outcome: Outcome | None
    whole: Draft | None
    if sentence.item and told.listed and heads[0].first - sentence.first <= _OPENING:
        outcome, whole = told.listed.outcomes[0], told.listed
    else:
        outcome, whole = _whole_named(scene, sentence, chain, told)
        before = (d for d in reversed(drafts) if d.first < heads[0].first and d.parent is None and (d.low or 0) > 1)
        whole = next((d for d in before if outcome and d.outcomes == (outcome,)), whole)
    for draft in heads if outcome else ():
        draft.outcomes, draft.parent, draft.rule = (outcome or "killed",), whole, whole.rule if whole else None


def _whole_named(
    scene: Scene, sentence: Sentence, chain: list[Draft], told: Told
) -> tuple[Outcome | None, Draft | None]:
    """What happened to those of whom a part is told, and their count if there is one."""
    cue = _cue_beside(scene, chain, sentence.first)
    if cue is None or (cue.term.role == "list" and _no_list_of_people(scene, cue, chain[0])):
        return None, None
    outcome = next((o for i in range(cue.first, cue.last) if (o := _outcome_at(scene, i))), None)
    if outcome is None and cue.term.role == "list":
        outcome = _outcome_named(scene, sentence.first, sentence.last, cue.first)
    if outcome == "killed_or_injured" and outcome not in told.wholes:
        return told.victims()
    whole = told.last(outcome)
    return outcome or (whole.outcomes[0] if whole else None), whole


def _no_list_of_people(scene: Scene, cue: Hit, draft: Draft) -> bool:
    """`وهم أقارب`: an attribute; `توزعت الغارات على النحو التالي: 13 على …`: deeds are listed."""
    return (draft.bare and not draft.numbered) or scene.hit_to(cue.first, "methods") is not None


def of_the_toll(scene: Scene, index: int, chain: list[Draft], drafts: list[Draft], told: Told) -> None:
    """`ومن ضمن الحصيلة استشهاد رجل وطفلة`: parts that have their word of harm from their own clause."""
    head, floor = chain[0], scene.sentences[index].first
    if head.parent is not None or head.trigger is None or not floor <= head.trigger[0] < head.first:
        return
    if not scene.hit_to(head.trigger[0], "relations", "subset"):
        return
    earlier = (d for d in drafts if d.first < head.first and d.outcomes == head.outcomes and d.parent is None)
    whole = next(earlier, None) or told.last(head.outcomes[0])
    if whole and whole.numbered and (whole.low or whole.high or 0) <= (head.low or 0):
        return
    for draft in chain:
        if draft.parent is None and draft.outcomes == head.outcomes:
            draft.parent = whole


def told_apart(drafts: list[Draft], told: Told) -> None:
    """`12 were women`: of those counted before, in the sentence or in the text."""
    whole = None
    for draft in drafts:
        if draft.among and not draft.outcomes and draft.parent is None:
            draft.parent = whole or told.last(None)
        elif draft.parent is None:
            whole = draft


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


def totals(scene: Scene, index: int, drafts: list[Draft], told: Told) -> None:
    """`يرتفع إلى 194 … تعداد الشهداء`: the noun of the total says what happened."""
    sentence = scene.sentences[index]
    cues = list(scene.hits(sentence.first, sentence.last, "relations", "update", "total"))
    for draft in drafts:
        draft.toll = draft.toll or _revises(scene, cues, draft) or _with_revised(draft)
        if draft.outcomes or draft.bare or draft.parent or not _cue_near(cues, draft):
            continue
        outcome = _outcome_near(scene, draft, sentence.first, sentence.last)
        if outcome:
            draft.outcomes, draft.rule, draft.toll = (outcome.term.outcome or "killed",), outcome.term, True
            _class_near(scene, outcome, draft)
    for before, draft in pairwise(drafts):
        if _from_to(scene, before, draft):
            _as_earlier(before, draft, told)
        elif draft.outcomes and _came_on_top(scene, before, draft):
            draft.parent = before


def _from_to(scene: Scene, before: Draft, draft: Draft) -> bool:
    """`من 5 إلى 7`, `from 5 to 7`."""
    from_word = scene.norm(before.first - 1) in ("من", "from")
    return from_word and draft.toll and before.numbered and draft.first - before.end <= 2


def _as_earlier(before: Draft, draft: Draft, told: Told) -> None:
    """The first of the two numbers is the one that was told before, and the second revises it."""
    earlier = next((whole for whole in told.wholes.values() if whole.low == before.low), None)
    before.toll = False
    if earlier is None:
        return
    before.outcomes, draft.outcomes = (), earlier.outcomes
    draft.classes = draft.classes or earlier.classes


def _came_on_top(scene: Scene, before: Draft, draft: Draft) -> bool:
    """`ارتفعت الحصيلة إلى 11 بعد وفاة طفلين`: those who died since are among the revised toll."""
    if not before.toll or draft.parent or not draft.numbered or before.outcomes != draft.outcomes:
        return False
    since = next(scene.hits(before.end, draft.first, "relations", "since"), None)
    return since is not None and since.first - before.end <= 2 and (draft.low or 0) < (before.low or 0)


def _revises(scene: Scene, cues: list[Hit], draft: Draft) -> bool:
    """`ارتفعت الحصيلة إلى 11 قتيلاً`, `the toll rose to 11`."""
    to = any(scene.norm(i) in ("الي", "to") for i in range(draft.first - 2, draft.first))
    risen = any(cue.term.role == "update" and 0 <= draft.first - cue.first <= _REVISION_GAP for cue in cues)
    return to and risen and draft.numbered and not draft.bare


def _with_revised(draft: Draft) -> bool:
    """`إلى 11 قتيلاً و30 جريحاً`: what is joined to a revised toll is revised too."""
    return draft.beside is not None and draft.beside.toll and draft.numbered and draft.parent is None


def _cue_near(cues: list[Hit], draft: Draft) -> bool:
    return any(-_TOTAL_GAP <= cue.first - draft.first <= _TOTAL_GAP for cue in cues)


def _outcome_near(scene: Scene, draft: Draft, first: int, last: int) -> Hit | None:
    window = range(max(first, draft.first - _TOTAL_GAP), min(last, draft.end + _TOTAL_GAP))
    hits = [hit for i in window if (hit := scene.hit(i, "outcomes"))]
    tolls = [hit for hit in hits if hit.last < draft.first and scene.hit(hit.first, "relations", "total")]
    if tolls and not scene.arabic:
        return tolls[-1]
    if any(scene.norm(i) == "toll" for i in range(max(first, draft.first - _TOLL_GAP), draft.first)):
        hits = [hit for hit in hits if hit.term.outcome == "killed"] or hits
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


def inherit(draft: Draft) -> None:
    if not draft.outcomes and draft.parent:
        inherit(draft.parent)
        draft.outcomes, draft.rule, draft.trigger = _parts_outcomes(draft.parent), draft.parent.rule, None
        draft.agents = draft.agents or draft.parent.agents
        if len(draft.parent.outcomes) == 1 and draft.outcomes == ("killed_or_injured",) != draft.parent.outcomes:
            draft.parent = draft.parent.beside or draft.parent


def _parts_outcomes(whole: Draft) -> tuple[Outcome, ...]:
    """`قتلى وجرحى بينهم أطفال`: the children are of both."""
    twin = whole.beside
    both = twin is not None and twin.bare and whole.bare and twin.operator == whole.operator == "vague"
    if both and twin is not None and {*twin.outcomes, *whole.outcomes} == JOINT:
        return ("killed_or_injured",)
    return whole.outcomes


def kinds(scene: Scene, drafts: list[Draft], told: Told) -> None:
    """Who they are where the words leave it to the count before: `آخرون`, an officer among them, a man and his wife."""
    for before, draft in pairwise([told.last(None), *drafts]):
        if draft is None or (draft.classes and not _soldier_among(draft)) or draft.organisations:
            continue
        if draft.parent is not None:
            draft.like = draft.parent
        elif before is not None and _like_before(scene, before.whole(), draft):
            draft.like = before.whole()
        take_after(draft)
    for before, draft in pairwise(drafts):
        if draft.beside is before and not before.classes and _says_for_both(before, draft):
            before.like = draft
            take_after(before)


def take_after(draft: Draft) -> None:
    """Take the kind of people from the count that these are like."""
    if draft.like:
        _as(draft, draft.like.restates or draft.like)


def _as(draft: Draft, model: Draft) -> None:
    if model.classes or model.organisations:
        draft.classes, draft.organisations, draft.registered = model.classes, model.organisations, model.registered


def _says_for_both(before: Draft, draft: Draft) -> bool:
    """`شخص وزوجته`, `3 شهداء و6 جرحى في صفوف المدنيين`: the second tells who the first are too."""
    if before.noun is None:
        return before.naked and not before.organisations and draft.noun is not None and draft.noun.sort == "victims"
    if before.noun.role == "person":
        return draft.classes == CIVIL
    harmed = draft.noun is not None and before.noun.sort == draft.noun.sort == "outcomes"
    return harmed and not before.organisations


def _soldier_among(draft: Draft) -> bool:
    """An officer counted among the dead of a force is one of them; a policeman among civilians is not."""
    if draft.parent is None or draft.noun is None or draft.noun.role != "member" or draft.organisations:
        return False
    return draft.noun.victim_class == "government_forces" and draft.parent.classes != CIVIL


def _like_before(scene: Scene, before: Draft, draft: Draft) -> bool:
    noun, other = draft.noun, before.noun
    if noun is None and (scene.norm(draft.last - 1) in OF_THEM or _again_without_noun(before, draft)):
        return True
    if other is None:
        return False
    if noun is None:
        by_name = draft.bare and not scene.arabic
        return draft.low == 1 and not draft.naked and not by_name
    if noun.role == "member" and not draft.classes and (noun.id == other.id or draft.beside is before):
        return bool(before.organisations or before.classes) and scene.norm(draft.end) not in OF
    if noun.role == "other" or scene.hit(draft.end, "victims", "other") or scene.hit_to(draft.end, "victims", "other"):
        return True
    return draft.beside is before and noun.role == "person" and before.classes == CIVIL


def _again_without_noun(before: Draft, draft: Draft) -> bool:
    """`قتل 3 مدنيين وأصيب 5`, `3 جنود في حمص و5 في حماة`: a number alone, after people of another harm or place."""
    other_harm = (bool(before.outcomes) and before.outcomes != draft.outcomes) or draft.beside is before
    return draft.naked and before.sentence == draft.sentence and other_harm
