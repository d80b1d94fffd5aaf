"""Amounts of people: number and noun, duals, single nouns, vague words; and the words that say who they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from waqai.extract.drafts import Draft
from waqai.extract.phrases import phrase_at
from waqai.extract.scene import Scene
from waqai.lexicon import Hit
from waqai.model import Operator
from waqai.text.numbers import Number

_OF = frozenset({"من", "of"})
_CIVIL = frozenset({"civilian"})
_GROUP_LIMIT = 24
"""Tokens that the words about one group may run on."""
_CAUSE_REACH = 7
_MODIFIERS = 6
"""Words that may stand between an English number and its noun."""
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our"})
_ARTICLES = frozenset({"a", "an", "another", "each"})
_ORIGIN = frozenset({"جنسيات", "جنسيه", "الجنسيه", "الجنسيات", "غير", "وغير", "من"})
_IN = frozenset(
    {"في", "صفوف", "بصفوف", "بين", "in", "from", "belonging", "to", "affiliated", "with", "the", "ranks", "ضمن", "its"}
)


def quantities(scene: Scene, index: int) -> list[Draft]:
    """The amounts of people in one sentence, in order."""
    sentence = scene.sentences[index]
    found: list[Draft] = []
    i = sentence.first
    while i < sentence.last:
        draft = _at(scene, i, sentence.last, index)
        if draft is None:
            i = _past_number(scene, i)
            continue
        found.append(_with_group(scene, draft, sentence.last))
        i = max(draft.end, i + 1)
    return found


def _past_number(scene: Scene, i: int) -> int:
    number = scene.numbers_at.get(i)
    return number.last if number else i + 1


def _at(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    if scene.in_day(i):
        return None
    number = scene.numbers_at.get(i)
    if number and number.last <= end:
        if not scene.arabic and number.low == 1 and number.form == "words":
            return _english_one(scene, i, number.last, end, index)
        return _numbered(scene, number, end, index)
    if i in scene.ordinals_at and scene.hit_to(i, "outcomes", "noun", "passive", "either") and scene.arabic:
        last = scene.ordinals_at[i].last
        return Draft(i, last, last, index, 1, 1)
    vague = scene.hit(i, "quantities", "instead")
    if vague and vague.last <= end:
        return _vague(scene, vague, end, index)
    if not scene.arabic and scene.norm(i) in _ARTICLES:
        return _english_one(scene, i, i + 1, end, index)
    return _noun_alone(scene, i, end, index)


# ------------------------------------------------------------------ with a number


def _numbered(scene: Scene, number: Number, end: int, index: int) -> Draft | None:
    number = _between(scene, number)
    at = number.last
    after = scene.hit(at, "quantities", "after")
    if after:
        at = after.last
    if scene.hit(at, "quantities", "unit") and not scene.hit(at, "victims"):
        return None
    noun = _noun_after(scene, at, end)
    if number.definite:
        return None
    draft = Draft(number.first, at, at, index, number.low, number.high)
    if noun is None:
        group = _of_group(scene, at, end)
        if group is None:
            lone = scene.arabic and number.high == 1 and number.form == "words"
            if lone or _stranger_follows(scene, at, end):
                return None
            draft.naked = True
        else:
            draft.last = draft.end = group
            nations = (scene.hit(i, "forces", "adjective") for i in range(at, group))
            draft.nationalities = tuple(hit.term.country for hit in nations if hit and hit.term.country)
    else:
        _take_noun(draft, noun)
    return _with_operator(scene, draft, end, after)


def _between(scene: Scene, number: Number) -> Number:
    """`ما بين 4 و6`, `between 4 and 6`."""
    second = scene.numbers_at.get(number.last + 1)
    if scene.norm(number.first - 1) in ("بين", "between") and scene.norm(number.last) in ("و", "and") and second:
        return replace(number, last=second.last, high=second.high)
    return number


def _noun_after(scene: Scene, at: int, end: int) -> Hit | None:
    i = scene.skip(at, end)
    if i < end and scene.norm(i) in _OF:
        hit = _people(scene, scene.skip(i + 1, end))
        if hit and hit.term.role == "national" and scene.skip(i + 1, end) in scene.actors_at:
            return None
        start = i + 2 if scene.norm(i + 1) in _DETERMINERS else i + 1
        return hit if hit and hit.last <= end else _modified_noun(scene, start, end)
    hit = _people(scene, i)
    if hit and not scene.arabic:
        hit = _head_noun(scene, hit, end)
    if hit and hit.last <= end and not (scene.arabic and hit.prefix.startswith(("و", "ف"))):
        return hit
    return _modified_noun(scene, at, end)


def _people(scene: Scene, i: int) -> Hit | None:
    joint = scene.hit(i, "quantities", "joint")
    if joint:
        return joint
    best: Hit | None = None
    for sort, roles in (
        ("victims", ("person", "member", "national", "other", "reference")),
        ("outcomes", ("victims",)),
    ):
        hit = scene.hit(i, sort, *roles)
        if hit and (best is None or hit.last > best.last):
            best = hit
    return best


def _modified_noun(scene: Scene, at: int, end: int) -> Hit | None:
    """An English noun with adjectives before it: `Eight Iranian-backed militiamen`."""
    if scene.arabic:
        return None
    found: Hit | None = None
    for i in range(at, min(at + _MODIFIERS, end)):
        token = scene.tokens[i]
        if _age(scene, i):
            continue
        if token.kind == "mark" and token.norm not in "-\"'()":
            break
        if scene.hit(i, "quantities", "unit") and not scene.hit(i, "victims"):
            return None
        if _breaks_noun_phrase(scene, i):
            break
        hit = _people(scene, i)
        if hit:
            return _head_noun(scene, hit, end)
        if token.kind == "digits":
            break
    return found


def _age(scene: Scene, i: int) -> bool:
    """`A 61-year-old civilian`: an age is no number of people."""
    return scene.tokens[i].kind == "digits" and scene.norm(i + 1) == "-" and scene.norm(i + 2) in ("year", "month")


def _head_noun(scene: Scene, hit: Hit, end: int) -> Hit:
    """The last noun of a row (sibling children, police officers)."""
    following = _people(scene, hit.last)
    if following and following.last <= end and following.term.sort == "victims" and hit.term.sort == "victims":
        return Hit(hit.first, following.last, following.term if following.term.victim_class else hit.term)
    return hit


_BREAKERS = frozenset(
    ["in", "on", "at", "by", "to", "for", "from", "and", "or", "with", "who", "that", "which", "were", "was", "are", "is", "been", "have", "has", "had", "after", "during", "when", "while", "as", "near", "into", "their", "his", "her", "its", "of"]
)


def _breaks_noun_phrase(scene: Scene, i: int) -> bool:
    return scene.norm(i) in _BREAKERS or bool(scene.hit(i, "outcomes", "either", "passive", "active", "noun"))


def _of_group(scene: Scene, at: int, end: int) -> int | None:
    """`562 من التنظيم`, `one of them`: where the words of the organisation end."""
    i = scene.skip(at, end)
    if i >= end or scene.norm(i) not in _OF:
        if scene.arabic and scene.hit(i, "relations", "subset") and scene.norm(i) in ("منهم", "منهما", "منهن"):
            return i + 1
        return None
    start = scene.skip(i + 1, end)
    if scene.norm(start) in ("them", "whom", "the"):
        return start + 1
    if scene.hit(start, "forces", "adjective"):
        return start + 1
    phrase = phrase_at(scene, i + 1, end)
    return phrase.last if phrase else None


def _stranger_follows(scene: Scene, at: int, end: int) -> bool:
    """Does a noun follow that is not known to mean people?"""
    if at >= end or scene.tokens[at].kind != "word" or scene.in_day(at):
        return False
    norm = scene.norm(at)
    if scene.arabic:
        return not (norm[0] in "وبل" or norm in _PARTICLES or scene.hit(at, "relations") or scene.hit(at, "outcomes"))
    known = norm in _BREAKERS or any(scene.hit(at, sort) for sort in ("outcomes", "relations", "attribution", "agency"))
    return not known


_PARTICLES = frozenset(["في", "من", "على", "الي", "عن", "خلال", "جراء", "اثر", "بعد", "قبل", "منذ", "عند", "اخرين", "اخرون", "حتي", "كما", "اليوم", "امس", "هم"])


# ------------------------------------------------------------------ without a number


def _vague(scene: Scene, vague: Hit, end: int, index: int) -> Draft | None:
    noun = _noun_after(scene, vague.last, end)
    if (
        noun
        and noun.term.amount in ("one",)
        and scene.arabic
        and noun.term.sort == "victims"
        and noun.term.role != "member"
    ):
        return None
    draft = Draft(
        vague.first, vague.last, vague.last, index, operator="vague", vague_word=scene.words(vague.first, vague.last)
    )
    if noun:
        _take_noun(draft, noun)
    else:
        phrase = phrase_at(scene, vague.last, end)
        if phrase is None:
            draft.naked = True
            if _stranger_follows(scene, vague.last, end) or vague.term.id != "dozens":
                return None
        else:
            draft.last = draft.end = phrase.last
    return _with_operator(scene, draft, end, None)


def _english_one(scene: Scene, first: int, at: int, end: int, index: int) -> Draft | None:
    if scene.norm(at) == "of":
        start = at + 1
        if scene.norm(start) in ("them", "whom"):
            return Draft(first, start + 1, start + 1, index, 1, 1, naked=False)
        noun = _modified_noun(scene, start, end)
        if noun is None:
            return None
        draft = Draft(first, noun.last, noun.last, index, 1, 1)
        _take_noun(draft, noun)
        return draft
    noun = scene.hit(at, "victims") or _modified_noun(scene, at, end)
    if noun is None or noun.term.amount not in ("one",) or noun.term.sort != "victims":
        if noun is None and scene.norm(first) == "another" and _breaks_noun_phrase(scene, at):
            return Draft(first, at, at, index, 1, 1, noun=None, naked=True)
        return None
    draft = Draft(first, noun.last, noun.last, index, 1, 1)
    _take_noun(draft, noun)
    return draft


def _noun_alone(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    one_of = scene.hit(i, "victims", "one_of")
    if one_of:
        return _one_of(scene, one_of, end, index)
    noun = _people(scene, i)
    if noun is None or noun.last > end or noun.term.sort == "quantities" or not _stands_alone(scene, noun, index):
        return None
    definite = noun.prefix.endswith(("ال", "لل"))
    number = scene.numbers_at.get(scene.skip(noun.last, end))
    theirs = not definite and noun.term.amount == "many"
    if number and number.last <= end and number.definite and not theirs:
        return None
    draft = Draft(i, noun.last, noun.last, index, bare=True, definite=definite)
    _take_noun(draft, noun)
    draft.bare = True
    if number and number.definite and theirs:
        draft.low, draft.high, draft.last, draft.end = number.low, number.high, number.last, number.last
        return draft
    if number and number.low <= 2 and number.form == "words" and not scene.in_day(number.first):
        draft.low, draft.high = number.low, number.high
        draft.last = draft.end = number.last
        return _with_operator(scene, draft, end, None)
    return _amount_of(scene, draft, noun, end)


def _stands_alone(scene: Scene, noun: Hit, index: int) -> bool:
    """May this noun tell of people without a number before it?"""
    term = noun.term
    if term.role in ("reference", "other") and not (scene.arabic and term.role == "other" and term.amount != "many"):
        return term.role == "other" and scene.arabic
    if not scene.arabic and term.amount == "many" and scene.norm(noun.first - 1) in _DETERMINERS | {"these", "those"}:
        return False
    if term.role == "national":
        if scene.hit_to(noun.first, "forces", "force") or scene.hit_to(noun.first, "methods"):
            return False
        if not scene.arabic:
            return False
        beside = scene.hit_to(noun.first, "outcomes", "noun", "passive", "either") or scene.hit(
            noun.last, "outcomes", "passive", "either"
        )
        return beside is not None and not noun.definite
    if term.sort == "outcomes":
        return _harmed_told(scene, noun, index)
    if noun.first in scene.inside_names or (noun.definite and term.amount in ("many", "either")):
        return False
    if noun.definite and term.role == "member" and scene.norm(noun.first - 1).startswith("ال"):
        return False
    if noun.definite and (scene.hit_to(noun.first, "forces") or noun.first in scene.actor_ends):
        return False
    return scene.hit_to(noun.first, "attribution", "source", "outlet") is None


def _harmed_told(scene: Scene, noun: Hit, index: int) -> bool:
    """A noun for the harmed alone (قتلى, deaths) tells of new ones only where something brings them about."""
    if noun.definite or scene.hit(noun.first, "outcomes", "either", "passive"):
        return False
    if scene.arabic and scene.hit_to(noun.first, "victims"):
        return False
    if noun.term.amount in ("one", "two"):
        return True
    floor = max(scene.sentences[index].first, noun.first - (_CAUSE_REACH if scene.arabic else 3))
    if not scene.arabic and noun.first == scene.sentences[index].first:
        return False
    if noun.first == floor or (noun.prefix == "و" and scene.hit_to(noun.first, "outcomes", "victims")):
        return True
    window = range(floor, noun.first)
    return any(
        scene.hit(i, "relations", "consequence", "result", "update") or scene.hit(i, "outcomes", "noun", "passive")
        for i in window
    )


def _amount_of(scene: Scene, draft: Draft, noun: Hit, end: int) -> Draft | None:
    amount = noun.term.amount
    if amount == "either" and scene.hit(draft.last, "quantities", "dual"):
        amount = "two"
    if amount in ("one", "two"):
        draft.low = draft.high = 1 if amount == "one" else 2
        return _with_operator(scene, draft, end, None)
    draft.operator = "vague"
    draft.vague_word = scene.words(noun.first, noun.last)
    return draft


def _one_of(scene: Scene, hit: Hit, end: int, index: int) -> Draft | None:
    """`أحد عناصر التنظيم`, `أحدهم`."""
    draft = Draft(hit.first, hit.last, hit.last, index, 1, 1, bare=True)
    if scene.norm(hit.first).endswith(("هم", "هما", "هن")):
        return draft
    at = hit.last
    noun = _people(scene, at)
    if noun is None or noun.last > end or noun.term.amount == "one":
        return None
    _take_noun(draft, noun)
    draft.bare = True
    return draft


# ------------------------------------------------------------------ what stands around


def _take_noun(draft: Draft, noun: Hit) -> None:
    draft.noun = noun.term
    draft.among = noun.term.sort == "outcomes" and noun.definite and noun.first > draft.first
    draft.last = draft.end = max(draft.last, noun.last)
    if noun.term.victim_class:
        draft.classes = frozenset({noun.term.victim_class})


def _with_operator(scene: Scene, draft: Draft, end: int, after: Hit | None) -> Draft:
    joined = scene.arabic and scene.norm(draft.first).startswith("و") and draft.first in scene.numbers_at
    before = None if joined else scene.hit_to(draft.first, "quantities", "before")
    later = after or scene.hit(draft.last, "quantities", "after")
    if later and later.last <= end:
        draft.last = max(draft.last, later.last)
        draft.end = max(draft.end, draft.last)
    if before:
        draft.first = before.first
    term = before.term if before else later.term if later else None
    if term and draft.low is not None:
        _apply(draft, term.operator)
    elif draft.low != draft.high:
        draft.operator = "between"
    return draft


def _apply(draft: Draft, code: str | None) -> None:
    operator: Operator = code  # type: ignore[assignment]
    if operator == "at_least":
        draft.high = None
    elif operator == "more_than":
        draft.low, draft.high = (draft.low or 0) + 1, None
    elif operator == "at_most":
        draft.low = None
    draft.operator = operator


def _with_group(scene: Scene, draft: Draft, end: int) -> Draft:
    """Read on over the words that say who they are: `من قوات النظام والميليشيات الموالية لها`."""
    _left_words(scene, draft)
    i, limit = max(draft.last, draft.end), min(end, draft.last + _GROUP_LIMIT)
    for at, step in _group_steps(scene, i, limit):
        step_end = _absorb(scene, draft, at, step)
        draft.end = max(draft.end, step_end)
    return draft


def _left_words(scene: Scene, draft: Draft) -> None:
    """English says whose before the noun: `two regime soldiers`, `SDF fighters`."""
    for i in range(draft.first, draft.last):
        phrase = None
        if not scene.arabic or scene.norm(i) in _OF:
            reach = 3 if scene.arabic else 0
            phrase = phrase_at(scene, i + 1 if scene.norm(i) in _OF else i, draft.last + reach)
        if phrase:
            draft.end = max(draft.end, phrase.last)
            _take(draft, phrase.actors, phrase.classes, ())
            return
    if scene.arabic or not draft.bare:
        return
    for back in range(1, 6):
        at = draft.first - back
        if at < 0 or scene.tokens[at].kind == "break" or _breaks_noun_phrase(scene, at):
            return
        phrase = phrase_at(scene, at, draft.last)
        if phrase and phrase.last >= draft.first - 1:
            _take(draft, phrase.actors, phrase.classes, ())
            draft.first = phrase.first
            return


def _group_steps(scene: Scene, i: int, limit: int) -> Iterator[tuple[int, Hit | None]]:
    while i < limit:
        i = scene.skip(i, limit)
        if i >= limit or scene.in_day(i):
            return
        norm = scene.norm(i)
        joined = scene.arabic and norm.startswith("و") and len(norm) > 2
        if norm in ("in", "with"):
            return
        if norm in _OF or norm in _IN:
            following = scene.skip(i + 1, limit)
            if following < limit and (
                norm in ("of", "من", "صفوف", "بصفوف") or _leads_to_group(scene, following, limit)
            ):
                i = following
                if not (_group_word(scene, i, limit) or scene.norm(i) in _IN | _OF | _ORIGIN):
                    return
                continue
            return
        if norm in _ORIGIN:
            i += 1
            continue
        step = _group_word(scene, i, limit)
        if step is None or (joined and not _may_join(scene, i)):
            return
        last, hit = step
        yield i, hit
        i = last


def _leads_to_group(scene: Scene, i: int, limit: int) -> bool:
    return (
        scene.norm(i) in _IN
        or phrase_at(scene, i, limit) is not None
        or (scene.hit_to(i, "relations") is None and _harmed_class(scene, i))
    )


def _harmed_class(scene: Scene, i: int) -> bool:
    """`في صفوف المدنيين`: a class of people, named as a whole."""
    hit = scene.hit(i, "victims", "person", "member")
    return bool(hit and hit.definite and hit.term.amount in ("many", "either"))


def _may_join(scene: Scene, i: int) -> bool:
    """`و` joins a second organisation or class to the first, not a second amount."""
    hit = scene.hit(i, "victims")
    return hit is None or hit.definite


def _group_word(scene: Scene, i: int, limit: int) -> tuple[int, Hit | None] | None:
    phrase = phrase_at(scene, i, limit)
    if phrase and (scene.arabic or not scene.hit(phrase.last, "methods")):
        return phrase.last, None
    harmed = scene.hit(i, "outcomes", "victims")
    if harmed and harmed.definite:
        return harmed.last, harmed
    for sort, roles in (("victims", ("person", "member", "other")), ("forces", ("adjective", "unnamed"))):
        hit = scene.hit(i, sort, *roles)
        if hit and hit.last <= limit and (sort == "forces" or (scene.arabic and _describes(scene, hit))):
            return hit.last, hit
    return None


def _describes(scene: Scene, hit: Hit) -> bool:
    """Does this noun say more of the group before it, rather than begin another?"""
    if hit.definite or scene.norm(hit.first - 1) in _OF | _ORIGIN | _IN:
        return True
    agrees = hit.term.amount in ("many", "either") and not hit.prefix
    return agrees and bool(scene.hit_to(hit.first, "victims") or scene.hit_to(hit.first, "outcomes", "victims"))


def _absorb(scene: Scene, draft: Draft, at: int, hit: Hit | None) -> int:
    if hit is None:
        phrase = phrase_at(scene, at, min(at + _GROUP_LIMIT, len(scene.tokens)))
        if phrase is None:
            return at
        _take(draft, phrase.actors, phrase.classes, phrase.countries)
        return phrase.last
    if hit.term.sort == "outcomes" and hit.term.outcome and not draft.outcomes:
        draft.outcomes, draft.rule, draft.among = (hit.term.outcome,), hit.term, True
    if hit.term.sort == "victims" and hit.term.victim_class:
        draft.classes |= {hit.term.victim_class}
    if hit.term.country:
        excluded = scene.norm(at - 1).endswith("غير")
        draft.nationalities = (*draft.nationalities, f"-{hit.term.country}" if excluded else hit.term.country)
    return hit.last


def _take(draft: Draft, actors: tuple[object, ...], classes: frozenset[str], countries: tuple[str, ...]) -> None:
    if actors and not classes and draft.classes != _CIVIL:
        draft.registered = True
    known = {actor.span for actor in draft.organisations}
    draft.organisations += tuple(actor for actor in actors if actor.span not in known)  # type: ignore[misc,attr-defined]
    general = draft.noun and draft.noun.victim_class in ("government_forces", "jihadist")
    if classes:
        draft.classes = classes if general else draft.classes | classes
    draft.nationalities += tuple(c for c in countries if c)


def unlike(draft: Draft) -> Draft:
    """A copy that starts anew, for a second outcome of the same words."""
    return replace(draft, evidence=list(draft.evidence))
