"""Amounts of people: number and noun, duals, single nouns, vague words; and the words that say who they are."""

from __future__ import annotations

from dataclasses import replace

from waqai.extract.drafts import Draft
from waqai.extract.groups import with_group
from waqai.extract.named import aged, is_age, named_english, past_apposition, person_after
from waqai.extract.nouns import (
    DETERMINERS,
    OF_THEM,
    POSSESSIVES,
    breaks_noun_phrase,
    modified_noun,
    noun_after,
    of_group,
    people,
    stands_alone,
    stranger_follows,
)
from waqai.extract.persons import names_listed
from waqai.extract.phrases import phrase_at
from waqai.extract.scene import Scene
from waqai.extract.triggers import AND
from waqai.lexicon import Hit
from waqai.model import CIVIL, Operator
from waqai.text.numbers import Number

_LIFE = frozenset({"العمر", "عمره", "عمرها"})
_ALSO_PARTICLES = frozenset({"علي"})
"""Given names that are, folded, particles too."""
_NAME_WORDS = 4
_PAIR_REACH = 9
_ARTICLES = frozenset({"a", "an", "another", "each"})
_BODILY = frozenset({"killed", "injured"})
_WERE = frozenset({"were", "was"})
_STRANGERS = 4
_OF_AGE = 18
_HANDFUL = 3
"""From how many on `124 militants and prisoners` is one amount of two kinds."""


def quantities(scene: Scene, index: int) -> list[Draft]:
    """The amounts of people in one sentence, in order."""
    sentence = scene.sentences[index]
    found: list[Draft] = []
    names = names_listed(scene, sentence.first, sentence.last) if scene.arabic else {}
    i = sentence.first
    while i < sentence.last:
        if i in names:
            last, stop = names[i]
            found.append(Draft(i, last, stop, index, 1, 1, bare=True, listed=True))
            i = stop
            continue
        if i not in scene.amount_starts and scene.norm(i) not in _ARTICLES:
            i += 1
            continue
        whole = scene.hit(i, "outcomes", "passive") or scene.hit(i, "quantities", "joint")
        if (whole and whole.last - i > 2) or (whole := _phrasal(scene, i)):
            i = whole.last
            continue
        draft = _at(scene, i, sentence.last, index)
        if draft is None:
            i = _past_number(scene, i)
            continue
        found.append(with_group(scene, draft, sentence.last))
        i = max(draft.end, i + 1)
    return found


def _phrasal(scene: Scene, i: int) -> Hit | None:
    """An English verb of several words, whose noun is no count (sustained injuries, shot dead)."""
    verb = None if scene.arabic else scene.hit(i, "outcomes", "passive", "either")
    return verb if verb and verb.last - i > 1 else None


def _past_number(scene: Scene, i: int) -> int:
    number = scene.numbers_at.get(i)
    return number.last if number else i + 1


def _at(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    number, vague = scene.numbers_at.get(i), scene.hit(i, "quantities", "instead")
    if scene.in_day(i) or (number and number.low == 0):
        return None
    if number and number.last <= end and is_age(scene, number):
        return aged(scene, number, end, index)
    if number and number.last <= end:
        one = not scene.arabic and number.low == 1 and number.form == "words"
        return _english_one(scene, i, number.last, end, index) if one else _numbered(scene, number, end, index)
    if vague and vague.last <= end and not _opens_operator(scene, vague):
        return _others_numbered(scene, vague, end, index) or _vague(scene, vague, end, index)
    if not scene.arabic and scene.norm(i) in _ARTICLES:
        return _english_one(scene, i, i + 1, end, index)
    return _ordinal(scene, i, end, index) or _noun_alone(scene, i, end, index) or _named(scene, i, end, index)


def _opens_operator(scene: Scene, vague: Hit) -> bool:
    """`more than a hundred`: what looks like a vague word is the beginning of more."""
    longest = scene.hit(vague.first, "quantities", "before")
    return longest is not None and longest.last > vague.last


def _others_numbered(scene: Scene, vague: Hit, end: int, index: int) -> Draft | None:
    """`other three policemen`: the number stands after the word."""
    number = None if scene.arabic else scene.numbers_at.get(vague.last)
    draft = _numbered(scene, number, end, index) if number and number.last <= end else None
    if draft:
        draft.first = min(draft.first, vague.first)
    return draft


def _named(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    """`مقتل محمد العلي`: a person by name alone, right after a word of harm."""
    if not scene.arabic:
        return named_english(scene, i, end, index)
    given = scene.hit(i, "persons", "given")
    if (
        given is None
        or given.prefix
        or scene.norm(i) in _ALSO_PARTICLES
        or i in scene.actors_at
        or i in scene.inside_names
        or i in scene.places_at
    ):
        return None
    if not scene.hit_to(i, "outcomes", "noun", "passive", "either"):
        return None
    last = given.last
    while last < min(end, i + _NAME_WORDS) and _name_word(scene, last):
        last += 1
    return Draft(i, last, last, index, 1, 1, bare=True) if last > given.last else None


def _name_word(scene: Scene, i: int) -> bool:
    known = scene.hit(i, "persons", "stop") or scene.in_day(i) or scene.norm(i).startswith(("ب", "و", "ل"))
    return scene.tokens[i].kind == "word" and not known


def _ordinal(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    """`وإصابة رابع`, `أعدم أول رهينة`: one more, counted on."""
    if not scene.arabic or i not in scene.ordinals_at or not scene.hit_to(i, "outcomes", "noun", "passive", "either"):
        return None
    last = scene.ordinals_at[i].last
    draft = Draft(i, last, last, index, 1, 1)
    noun = noun_after(scene, last, end)
    if noun and noun.term.amount == "one":
        _take_noun(draft, noun)
    return draft


def _numbered(scene: Scene, number: Number, end: int, index: int) -> Draft | None:
    number = _between(scene, number)
    at = number.last
    after = scene.hit(at, "quantities", "after")
    if after:
        at = after.last
    unit = scene.hit(at, "quantities", "unit")
    if unit and not unit.prefix and not people(scene, at):
        return None
    noun = None if scene.norm(at) == ")" else noun_after(scene, at, end)
    if number.definite or (scene.norm(number.last) == "من" and scene.norm(number.last + 1) in _LIFE):
        return None
    draft = Draft(number.first, at, at, index, number.low, number.high)
    told_apart = _who_they_were(scene, at, end) if noun is None else None
    if told_apart:
        _take_noun(draft, told_apart)
        draft.among = True
    elif noun is None:
        group = of_group(scene, at, end)
        if group is None:
            lone = scene.arabic and number.high == 1 and number.form == "words"
            if lone or (stranger_follows(scene, at, end) and not _harmed_strangers(scene, number.first, at, end)):
                return None
            draft.naked = True
        else:
            draft.last = draft.end = group
            _take_predicate(scene, draft, end)
            nations = (scene.hit(i, "forces", "adjective") for i in range(at, group))
            draft.nationalities = tuple(hit.term.country for hit in nations if hit and hit.term.country)
    else:
        _take_noun(draft, noun)
        _take_joined(scene, draft, noun, end)
        _take_joint(scene, draft, end)
    return _with_operator(scene, draft, end, after)


def _who_they_were(scene: Scene, at: int, end: int) -> Hit | None:
    """`12 were women`: of those told before."""
    noun = scene.hit(at + 1, "victims", "person", "member") if scene.norm(at) in _WERE and not scene.arabic else None
    return noun if noun and noun.last <= end and _closes(scene, noun.last, end) else None


def _harmed_strangers(scene: Scene, first: int, at: int, end: int) -> bool:
    """`kills 93 aid seekers`, `11 Rohingya were killed`: who is killed or hurt is somebody, by whatever noun."""
    if scene.arabic:
        return False
    before = scene.hit_to(first, "quantities", "before")
    verb = scene.hit_to(before.first if before else first, "outcomes", "either", "active")
    if verb and verb.term.outcome in _BODILY and verb.term.role != "noun":
        return True
    for i in range(at, min(end, at + _STRANGERS)):
        if scene.norm(i) in _WERE:
            return bool((harm := scene.hit(i + 1, "outcomes", "either", "passive")) and harm.term.outcome in _BODILY)
        if scene.tokens[i].kind != "word" or breaks_noun_phrase(scene, i):
            return False
    return False


def _take_joint(scene: Scene, draft: Draft, end: int) -> None:
    """`14 مدنياً بين قتيل وجريح`."""
    joint = scene.hit(draft.last, "quantities", "joint") if scene.arabic else None
    if joint and joint.last <= end:
        draft.noun, draft.last, draft.end = joint.term, joint.last, joint.last


def _take_predicate(scene: Scene, draft: Draft, end: int) -> None:
    """`ثلاثة منهم أطفال`: what the ones among them are."""
    noun = people(scene, draft.last) if scene.norm(draft.last - 1) in OF_THEM else None
    if noun and noun.last <= end and not noun.prefix and noun.term.sort == "victims":
        draft.noun, draft.end = noun.term, noun.last
        draft.classes = frozenset({noun.term.victim_class} if noun.term.victim_class else ())


def _take_joined(scene: Scene, draft: Draft, noun: Hit, end: int) -> None:
    """`17 مسعفاً وصحافياً`, `عشرات القتلى والجرحى`: one amount of two kinds."""
    if not scene.arabic:
        _take_english_joined(scene, draft, noun, end)
        return
    second = people(scene, noun.last)
    if second is None or second.last > end or not second.prefix.startswith("و"):
        return
    if noun.term.sort != second.term.sort or noun.definite != second.definite:
        return
    both = noun.definite and noun.term.sort == "outcomes"
    if not both and not (_counted_form(scene, noun) and _counted_form(scene, second)):
        return
    draft.last = draft.end = second.last
    draft.classes |= _kinds(noun, second)
    if noun.term.outcome and second.term.outcome:
        draft.outcomes, draft.rule = (noun.term.outcome, second.term.outcome), noun.term


def _kinds(noun: Hit, second: Hit) -> frozenset[str]:
    """What the second of two nouns says of both: fighters of nobody named, and civilians, are of several kinds."""
    if second.term.victim_class is None:
        return frozenset()
    unnamed = noun.term.role == "member" and noun.term.victim_class is None
    return frozenset({second.term.victim_class, "mixed"} if unnamed else {second.term.victim_class})


def _take_english_joined(scene: Scene, draft: Draft, noun: Hit, end: int) -> None:
    """`124 militants and prisoners`, `dozens of women and children`: one amount of two kinds."""
    second = people(scene, noun.last + 1) if scene.norm(noun.last) in AND else None
    if second is None or second.last > end or {noun.term.sort, second.term.sort} != {"victims"}:
        return
    if not _closes(scene, second.last, end):
        return
    many = not draft.numbered or (draft.high or draft.low or 0) >= _HANDFUL
    if many and noun.term.amount == second.term.amount == "many" and second.term.role in ("person", "member"):
        draft.last = draft.end = second.last
        draft.classes |= _kinds(noun, second)


def _counted_form(scene: Scene, noun: Hit) -> bool:
    """The accusative singular, which follows numbers from eleven on."""
    return noun.term.amount == "one" and scene.norm(noun.last - 1).endswith("ا")


def _between(scene: Scene, number: Number) -> Number:
    """`ما بين 4 و6`, `between 4 and 6`, `between one to seven`."""
    second = scene.numbers_at.get(number.last + 1)
    if scene.norm(number.first - 1) in ("بين", "between") and scene.norm(number.last) in ("و", "and", "to") and second:
        low, high = sorted((number.low, second.high))
        return replace(number, last=second.last, low=low, high=high)
    return number


def _vague(scene: Scene, vague: Hit, end: int, index: int) -> Draft | None:
    if scene.norm(vague.first) == "number" and scene.norm(vague.first - 1) == "the":
        return None
    noun = noun_after(scene, vague.last, end)
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
        _take_joined(scene, draft, noun, end)
    else:
        phrase = phrase_at(scene, vague.last, end)
        if phrase is None:
            draft.naked = True
            stranger = stranger_follows(scene, vague.last, end)
            if (stranger and not _harmed_strangers(scene, vague.first, vague.last, end)) or vague.term.id != "dozens":
                return None
        else:
            draft.last = draft.end = phrase.last
    return _with_operator(scene, draft, end, None)


def _english_one(scene: Scene, first: int, at: int, end: int, index: int) -> Draft | None:
    if scene.norm(at) == "of":
        return _one_of_them(scene, first, at + 1, end, index)
    child = _so_old(scene, at)
    if child > at and _closes(scene, child, end):
        return Draft(first, child, child, index, 1, 1, classes=CIVIL)
    noun = noun_after(scene, at, end)
    if noun is None and first + 1 == at and scene.norm(first) == "one" and _harmed_strangers(scene, first, at, end):
        return Draft(first, at, at, index, 1, 1, naked=True)
    if noun is None and scene.norm(first) == "another" and _closes(scene, at, end):
        return Draft(first, at, at, index, 1, 1, noun=None, naked=True)
    speaks = noun and scene.hit(noun.last, "attribution", "says")
    if noun is None or speaks or noun.term.amount != "one" or noun.term.sort != "victims":
        return None
    draft = Draft(first, noun.last, noun.last, index, 1, 1)
    _take_noun(draft, noun)
    draft.person = person_after(scene, noun.last, end)
    draft.end = past_apposition(scene, draft.end, end)
    return _with_operator(scene, draft, end, None)


def _so_old(scene: Scene, at: int) -> int:
    """`a 16-year-old`: where it ends, for a child."""
    words = [scene.norm(i) for i in range(at, at + 5)]
    young = words[0].isdigit() and int(words[0]) < _OF_AGE
    return at + 5 if young and words[1:] == ["-", "year", "-", "old"] else at


def _closes(scene: Scene, at: int, end: int) -> bool:
    """Does the noun phrase end here?"""
    return at >= end or scene.tokens[at].kind in ("mark", "break") or breaks_noun_phrase(scene, at)


def _one_of_them(scene: Scene, first: int, start: int, end: int, index: int) -> Draft | None:
    """`one of whom`, `one of the guards`."""
    if scene.norm(start) in ("them", "whom"):
        draft = Draft(first, start + 1, start + 1, index, 1, 1, naked=False)
        who = noun_after(scene, start + 3, end) if scene.norm(start + 2) in _ARTICLES else None
        if who and scene.norm(start + 1) in _WERE and who.term.sort == "victims":
            _take_noun(draft, who)
        return draft
    noun = modified_noun(scene, start + (scene.norm(start) in DETERMINERS), end)
    if noun is None:
        return None
    draft = Draft(first, noun.last, noun.last, index, 1, 1)
    _take_noun(draft, noun)
    return draft


def _noun_alone(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    one_of = scene.hit(i, "victims", "one_of")
    if one_of:
        return _one_of(scene, one_of, end, index)
    noun = people(scene, i)
    if noun is None or noun.last > end or noun.term.sort == "quantities" or not stands_alone(scene, noun, index):
        return None
    return _arabic_alone(scene, noun, end, index) if scene.arabic else _english_alone(scene, noun, end, index)


def _english_alone(scene: Scene, noun: Hit, end: int, index: int) -> Draft | None:
    """`their driver`, `civilians`, not `no civilians`; with the office and name that follow (`the co-chair of …`)."""
    if scene.hit_to(noun.first, "negation", "negation"):
        return None
    if noun.term.amount == "one" and (_acts(scene, noun) or _attribute(scene, noun, end)):
        return None
    draft = Draft(noun.first, noun.last, noun.last, index)
    _take_noun(draft, noun)
    draft.bare = True
    if noun.term.amount == "one":
        draft.end = past_apposition(scene, draft.end, end)
        draft.person = person_after(scene, noun.last, end)
        draft.first -= scene.norm(draft.first - 1) in POSSESSIVES
    return _amount_of(scene, draft, noun, end)


def _arabic_alone(scene: Scene, noun: Hit, end: int, index: int) -> Draft | None:
    definite = noun.prefix.endswith(("ال", "لل"))
    number = scene.numbers_at.get(scene.skip(noun.last, end))
    theirs = not definite and noun.term.amount == "many"
    if number and number.last <= end and number.definite and not theirs:
        return None
    draft = Draft(noun.first, noun.last, noun.last, index, bare=True, definite=definite)
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


def _attribute(scene: Scene, noun: Hit, end: int) -> bool:
    """`national karate coach`, `a guard post`: it only describes the noun that follows."""
    at = noun.last
    lower = at < end and scene.words(at, at + 1)[0].islower()
    return lower and stranger_follows(scene, at, end) and scene.hit(at, "persons", "named") is None


def _acts(scene: Scene, noun: Hit) -> bool:
    """`they guard two men`: a verb, and no noun."""
    return noun.last in scene.numbers_at or scene.norm(noun.last) in _ARTICLES


def _amount_of(scene: Scene, draft: Draft, noun: Hit, end: int) -> Draft | None:
    amount = noun.term.amount
    if amount == "either" and _of_two(scene, draft.last, end):
        amount = "two"
    if amount in ("one", "two"):
        draft.low = draft.high = 1 if amount == "one" else 2
        return _with_operator(scene, draft, end, None)
    draft.operator = "vague"
    draft.vague_word = scene.words(noun.first, noun.last)
    return draft


def _of_two(scene: Scene, at: int, end: int) -> bool:
    """`شرطيين كانا …`, `مواطنين، جراح أحدهما حرجة`, `مدنيين و3 جنود`: what follows tells that two are meant."""
    if scene.hit(at, "quantities", "dual"):
        return True
    if scene.norm(at).startswith("و") and at in scene.numbers_at and not scene.in_day(at):
        return True
    return any(scene.norm(i).endswith("هما") for i in range(at, min(end, at + _PAIR_REACH)))


def _one_of(scene: Scene, hit: Hit, end: int, index: int) -> Draft | None:
    """`أحد عناصر التنظيم`, `أحدهم`."""
    draft = Draft(hit.first, hit.last, hit.last, index, 1, 1, bare=True)
    if scene.norm(hit.first).endswith(("هم", "هما", "هن")):
        noun = people(scene, hit.last)
        if noun and noun.last <= end and not noun.prefix and noun.term.sort == "victims" and noun.term.amount == "one":
            _take_noun(draft, noun)
        return draft
    at = hit.last
    noun = people(scene, at)
    if noun is None or noun.last > end or noun.term.amount == "one":
        return None
    _take_noun(draft, noun)
    draft.bare = True
    return draft


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


def unlike(draft: Draft) -> Draft:
    """A copy that starts anew, for a second outcome of the same words."""
    return replace(draft, evidence=list(draft.evidence))
