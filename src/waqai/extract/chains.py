"""Amounts of people that hang together: joined by `and`, or the one a part of the other."""

from __future__ import annotations

from waqai.extract.drafts import Draft
from waqai.extract.nouns import OF_THEM, POSSESSIVES, stranger_follows
from waqai.extract.scene import Scene
from waqai.extract.triggers import AND, Trigger
from waqai.lexicon import Hit

_SMALL_GAP = 4
_PART_GAP = 8
_COLON_GAP = 14
"""Tokens from a whole to the colon before its parts."""
_PLACE_GAP = 4
"""Tokens from a number to its `in`, and from `in` to the place."""
_IN = frozenset({"في", "in", "at"})
_NEARLY_ALL = 0.9
"""Parts that make up this share of a whole are its breakdown, and nothing beside it."""


def chained(scene: Scene, words: list[Trigger], drafts: list[Draft]) -> list[list[Draft]]:
    """Amounts joined by `and` or `among them`, with no word of harm between them."""
    chains: list[list[Draft]] = []
    for draft in drafts:
        before = chains[-1][-1] if chains else None
        if before is not None and _hang_together(scene, words, before, draft):
            chains[-1].append(draft)
        elif len(chains) > 1 and _aside(chains[-1]) and _goes_on(scene, words, chains[-2][-1], draft):
            chains[-2].append(draft)
        else:
            chains.append([draft])
    return chains


def _aside(chain: list[Draft]) -> bool:
    """A bare noun between the items of a list, such as in the name of a unit (كتيبة أنصار …)."""
    return len(chain) == 1 and chain[0].bare and not chain[0].outcomes


def _goes_on(scene: Scene, words: list[Trigger], before: Draft, draft: Draft) -> bool:
    """`9 من كتيبة أنصار …، و12 من …`: does a joined amount go on with the list before what was said in between?"""
    if any(before.last <= word.first < draft.first for word in words) or not _takes_up(scene, before, draft):
        return False
    draft.beside, draft.parent = before, before.parent
    return True


def _hang_together(scene: Scene, words: list[Trigger], before: Draft, draft: Draft) -> bool:
    gap = draft.first - before.end
    if _in_brackets(scene, before, draft, gap):
        draft.parent = before
        return True
    between = any(before.last <= word.first < draft.first for word in words)
    subsets = list(scene.hits(before.last, draft.first + 1, "relations", "subset", "list"))
    subset = subsets[0 if scene.arabic else -1] if subsets else None
    if subset and not between and _among_larger(scene, subset, before, draft):
        before.parent = draft
        return True
    if subset and _apart(scene, words, subset, before, draft):
        return False
    of_them = any(scene.norm(i) in OF_THEM for i in range(draft.first, draft.last))
    pronoun = of_them and not (scene.arabic and between)
    if pronoun or (subset and subset.last <= draft.first + 1 and draft.first - subset.last <= 4):
        nested = before.parent is None or (subset is not None and _nested(before, subset))
        draft.parent = before if nested else before.parent
        return not between
    if between and not scene.arabic and _broken_down(scene, before, draft):
        draft.parent = before
    if between or _new_subject(scene, draft):
        return False
    return _joins(scene, words, before, draft, gap)


def _apart(scene: Scene, words: list[Trigger], subset: Hit, before: Draft, draft: Draft) -> bool:
    """Has the amount a word of harm of its own, or is it no part of what is listed?"""
    harmed = any(subset.last <= word.first < draft.first for word in words)
    return harmed or (subset.term.role == "list" and _no_list_of(scene, before, subset, draft))


def _no_list_of(scene: Scene, before: Draft, cue: Hit, draft: Draft) -> bool:
    """What is listed is not of one person, not of another outcome's (والجرحى هم 3 …), and no attribute (وهم أقارب)."""
    one = before.parent is None and before.low == before.high == 1
    nouns = (scene.hit(i, "outcomes", "victims") for i in range(before.end, cue.first))
    anew = any(noun.definite for noun in nouns if noun)
    return one or anew or (draft.bare and not draft.numbered)


def _among_larger(scene: Scene, subset: Hit, before: Draft, draft: Draft) -> bool:
    """`Two civilians were among four people killed`: the number that follows is the whole."""
    were = scene.norm(subset.first) in ("was", "were", "is", "are") and scene.norm(subset.last - 1) == "among"
    near = draft.first - subset.last <= (scene.norm(subset.last) == "the")
    return were and near and before.parent is None


def _new_subject(scene: Scene, draft: Draft) -> bool:
    """`two civilians were hurt, and residents fled`: a bare noun with a verb of its own that is no harm."""
    return (
        not scene.arabic and draft.bare and not draft.numbered and stranger_follows(scene, draft.end, len(scene.tokens))
    )


def _in_brackets(scene: Scene, before: Draft, draft: Draft, gap: int) -> bool:
    """`6 مدنيين من عائلة واحدة (4 أطفال ورجل وامرأة)`: what the brackets open with is a part."""
    if scene.norm(draft.first - 1) != "(" or not draft.numbered or gap > _PART_GAP:
        return False
    return gap <= 2 or ((before.low or 0) > (draft.low or 0) and not _closed(scene, before.end, draft.first - 1))


def _closed(scene: Scene, first: int, last: int) -> bool:
    return any(scene.tokens[i].kind == "mark" or scene.hit(i, "outcomes") for i in range(first, last))


def _joins(scene: Scene, words: list[Trigger], before: Draft, draft: Draft, gap: int) -> bool:
    """Do `and`, a comma, a colon or `in addition to` join the two?"""
    named = draft.listed or (before.listed and gap <= 1) or _at_next_place(scene, before, draft)
    if named or _broken_down(scene, before, draft):
        draft.beside, draft.parent = (before, before.parent) if named else (None, before)
        return True
    if _takes_up(scene, before, draft) and (gap > _SMALL_GAP or not _coordinated(scene, before, draft)):
        draft.beside = before
        draft.parent = before.parent if gap <= _PART_GAP or _listed(scene, before) else None
        return True
    if gap > _SMALL_GAP or any(scene.norm(i) in (".", ":") for i in range(before.end, draft.first)):
        return False
    added = next(scene.hits(before.last, draft.first, "relations", "addition"), None)
    if added and draft.first - added.last > 1:
        return False
    if not added and (not _coordinated(scene, before, draft) or _own_verb(scene, words, before, draft)):
        return False
    draft.beside, draft.added = before, bool(added)
    draft.parent = None if added else _large_enough(before, draft)
    draft.fork = bool(draft.parent) and _other_organisation(before, draft)
    return True


def _listed(scene: Scene, part: Draft) -> bool:
    """Is it an item of a list that was opened as one (وهم 4 من … و3 من …)?"""
    whole = part.parent
    return whole is not None and next(scene.hits(whole.end, part.first, "relations", "list"), None) is not None


def _broken_down(scene: Scene, before: Draft, draft: Draft) -> bool:
    """`مقتل 42 مدنياً في شباط: 30 في حلب، و12 في إدلب`: after the colon come the parts of a larger number."""
    colon = scene.norm(draft.first - 1) == ":" and draft.first - before.end <= _COLON_GAP
    if not colon or not before.numbered or not draft.numbered:
        return False
    return draft.first - before.end <= 2 or (before.low or 0) > (draft.low or 0)


def _at_next_place(scene: Scene, before: Draft, draft: Draft) -> bool:
    """`20 في سرمين و16 في أريحا`, `25 in Aleppo, 20 in Idlib`: numbers alone, each with its place."""
    if not (draft.naked and before.numbered and _placed(scene, draft.end)):
        return False
    gap = range(before.end, draft.first)
    joined = scene.norm(draft.first).startswith("و") or any(scene.norm(i) in AND | {",", "،"} for i in gap[-2:])
    return joined and any(_placed(scene, i) and not _broken(scene, i, draft.first) for i in gap[:_PLACE_GAP])


def _placed(scene: Scene, i: int) -> bool:
    """Does `in` with a place begin here?"""
    near = range(i, i + _PLACE_GAP)
    return scene.norm(i) in _IN and any(at in scene.places_at for at in near)


def _broken(scene: Scene, first: int, last: int) -> bool:
    """Is there more between than a place and what joins the next number?"""
    return last - first > _PART_GAP or any(
        scene.norm(i) in (".", ":", "؛", ";") or scene.hit(i, "relations", "clause", "consequence")
        for i in range(first, last)
    )


def _large_enough(before: Draft, draft: Draft) -> Draft | None:
    """The whole of the part before; the one around it where both make up exactly that, or it is more than the whole."""
    whole = before.parent
    outer = whole.parent if whole else None
    exact = whole and outer and outer.numbered and (whole.low or 0) + (draft.low or 0) == outer.low
    too_many = whole and whole.high is not None and (draft.low or 0) > whole.high
    return outer if exact or too_many else whole


def _own_verb(scene: Scene, words: list[Trigger], before: Draft, draft: Draft) -> bool:
    """`11 were killed, one a journalist, and six were injured`, `11 fatalities, …`: the last one has its own verb."""
    whole = before.whole()
    if whole is before:
        return False
    by_noun = not scene.arabic and _by_noun(whole)
    told = by_noun or any(whole.first - _SMALL_GAP <= word.first < before.first for word in words)
    verbs = [word for word in words if word.verb and (word.term.agreeing or not scene.arabic)]
    return told and any(0 <= word.first - draft.end <= 2 for word in verbs)


def _by_noun(draft: Draft) -> bool:
    """`40 fatalities`: the noun itself says what happened."""
    return draft.noun is not None and draft.noun.sort == "outcomes" and draft.noun.outcome is not None


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


def _nested(before: Draft, subset: Hit) -> bool:
    """A second `among them` right after a part speaks of that part, when the part is more than one."""
    return bool(before.low and before.low > 1 and subset.first - before.end <= 1)


def _coordinated(scene: Scene, before: Draft, draft: Draft) -> bool:
    gap = [scene.norm(i) for i in range(before.end, draft.first)]
    first = scene.norm(draft.first)
    joined = any(norm in AND or norm in (",", "،") for norm in gap)
    if scene.arabic:
        joined = joined or (first.startswith("و") and not first.startswith(("واحد", "وال")))
    small = [norm for norm in gap if norm not in AND | POSSESSIVES and norm not in ",،\"'()-"]
    free = [
        norm
        for i, norm in zip(range(before.end, draft.first), gap, strict=True)
        if norm in small and not scene.hit(i, "victims")
    ]
    if scene.arabic and first.startswith("و") and not draft.bare and len(gap) == 1:
        return True
    return (joined and not free) or (not gap and joined)
