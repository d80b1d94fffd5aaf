"""English names of persons beside a word of harm: `killed Nazih Bustani`, `Nazih Bustani, 45, was shot dead`."""

from __future__ import annotations

from waqai.extract.drafts import Draft
from waqai.extract.nouns import POSSESSIVES, breaks_noun_phrase, noun_after
from waqai.extract.persons import end_of_name, names_a_register
from waqai.extract.scene import Scene
from waqai.extract.triggers import AND
from waqai.text.numbers import Number

_LONGEST = 6
_MOST_YEARS = 110
_AGED_VERB_REACH = 3
_VERB_REACH = 4
_DESCRIBED = 4
"""Words of a description that stands before a name (the group's spokesman)."""
_OFFICE = 6
"""Words of an office between its noun and the name (co-chair of the town's council)."""
_BE = frozenset({"was", "were", "is", "has", "had", "have", "been", "both", "also", "later", "reportedly", "being"})
_DETERMINERS = POSSESSIVES | {"the", "a", "an"}


def is_age(scene: Scene, number: Number) -> bool:
    """`Samir Qasem, 45, was hurt`: digits between commas after a name."""
    commas = scene.norm(number.first - 1) == "," and scene.norm(number.last) == ","
    young = number.form == "digits" and 0 < (number.high or 0) <= _MOST_YEARS
    if scene.arabic or not commas or not young or number.first < 2:
        return False
    before = number.first - 2
    return scene.tokens[before].kind == "word" and scene.words(before, before + 1)[0].isupper()


def aged(scene: Scene, number: Number, end: int, index: int) -> Draft | None:
    """One person, where a word of harm stands beside and no noun before the name counts that person already."""
    first = _name_before(scene, number.first - 1)
    if number.first - 1 - first < 2 or first in scene.places_at or _told_by_noun(scene, first):
        return None
    verbs = range(number.last + 1, min(end, number.last + 1 + _AGED_VERB_REACH))
    harmed = any(scene.hit(i, "outcomes", "passive", "either") for i in verbs)
    return Draft(first, number.last, number.last + 1, index, 1, 1, naked=True) if harmed else None


def _name_before(scene: Scene, end: int) -> int:
    """Where the row of capitalised words that ends here begins."""
    first, floor = end, max(0, end - _LONGEST)
    while first > floor and _capitalised(scene, first - 1):
        first -= 1
    return first


def _capitalised(scene: Scene, i: int) -> bool:
    known = i in scene.actors_at or scene.hit(i, "victims")
    return scene.tokens[i].kind == "word" and not known and scene.words(i, i + 1)[0].isupper()


def _told_by_noun(scene: Scene, first: int) -> bool:
    comma = scene.norm(first - 1) == ","
    return bool(scene.hit_to(first, "victims") or (comma and scene.hit_to(first - 1, "victims")))


def named_english(scene: Scene, i: int, end: int, index: int) -> Draft | None:
    """A person by name alone: right after a word of harm, or before its verb."""
    last = name_end(scene, i, end)
    if last == i or _told_by_noun(scene, i):
        return None
    stop = _past_age(scene, last, end)
    if not (_object(scene, i, last, end) or _subject(scene, stop, end)):
        return None
    draft = Draft(_description(scene, i), last, stop, index, 1, 1, bare=True, person=words_of(scene, i, last))
    _take_apposition(scene, draft, end)
    return draft


def _take_apposition(scene: Scene, draft: Draft, end: int) -> None:
    """`Nazih Bustani, a senior commander, …`: who that is."""
    at = draft.end + (scene.norm(draft.end) == ",")
    if at == draft.end or scene.norm(at) not in _DETERMINERS:
        return
    noun = noun_after(scene, at + 1, end)
    if noun and noun.term.amount == "one" and noun.term.sort == "victims":
        draft.last = draft.end = noun.last
        draft.noun = noun.term
        draft.classes = frozenset({noun.term.victim_class}) if noun.term.victim_class else draft.classes


def name_end(scene: Scene, i: int, end: int) -> int:
    """Where the name of two words or more that begins here ends; `i` if there is none."""
    starts = scene.tokens[i].kind == "word" and scene.words(i, i + 1)[0].isupper()
    known = names_a_register(scene, i) or scene.hit(i, "forces") or scene.in_day(i)
    if not starts or known or end_of_name(scene, i - 1, i) == i:
        return i
    last = end_of_name(scene, i, min(end, i + _LONGEST))
    words = sum(scene.tokens[at].kind == "word" for at in range(i, last))
    return last if words > 1 and not any(scene.hit(at, "forces") for at in range(i, last)) else i


def _object(scene: Scene, i: int, last: int, end: int) -> bool:
    """`killed Nazih Bustani in`, `the death of Nazih Bustani`; no name of a thing (`killed Al Quds Brigade men`)."""
    harm = scene.hit_to(i, "outcomes", "noun", "active", "either") or scene.norm(i - 1) in AND
    closed = last >= end or scene.tokens[last].kind != "word" or breaks_noun_phrase(scene, last) or scene.in_day(last)
    return bool(harm) and closed


def _subject(scene: Scene, at: int, end: int) -> bool:
    """`was also killed`, `died`."""
    for i in range(at, min(end, at + _VERB_REACH)):
        harm = scene.hit(i, "outcomes", "passive", "either")
        if harm:
            return harm.term.role == "passive" or i > at
        if scene.norm(i) in AND and name_end(scene, i + 1, end) > i + 1:
            return _subject(scene, name_end(scene, i + 1, end), end)
        if scene.norm(i) not in _BE:
            return False
    return False


def _past_age(scene: Scene, i: int, end: int) -> int:
    number = scene.numbers_at.get(i + 1)
    if number is None or number.last >= end or not is_age(scene, number):
        return i
    return _past_origin(scene, number.last + 1, end)


def _past_origin(scene: Scene, at: int, end: int) -> int:
    """Over `from the village of Goran,`."""
    limit = min(end, at + _OFFICE) if scene.norm(at) == "from" else at
    comma = next((i for i in range(at, limit) if scene.norm(i) == ","), None)
    return comma if comma is not None else at


def _description(scene: Scene, i: int) -> int:
    """Where the words that describe the person begin: at their article (the group's spokesman Nazih Bustani)."""
    for at in range(i - 1, max(0, i - 1 - _DESCRIBED), -1):
        if scene.tokens[at].kind != "word" or scene.norm(at) in _BE:
            return i
        if scene.norm(at) in _DETERMINERS:
            return at
        if breaks_noun_phrase(scene, at) or scene.in_day(at):
            return i
    return i


def person_after(scene: Scene, at: int, end: int) -> frozenset[str]:
    """The words of the name after a noun for one person: `man named Nazih Bustani`, `commander Nazih Bustani`."""
    named = scene.hit(at, "persons", "named")
    first = named.last if named else at + (scene.norm(at) == ",")
    return words_of(scene, first, name_end(scene, first, end))


def words_of(scene: Scene, first: int, last: int) -> frozenset[str]:
    """The words of a name, without those that many names have."""
    tokens = (i for i in range(first, last) if scene.tokens[i].kind == "word")
    return frozenset(scene.norm(i) for i in tokens if not scene.hit(i, "persons", "particle"))


def past_apposition(scene: Scene, at: int, end: int) -> int:
    """Over the office and the name after a noun for one person: `co-chair of the council, Rima Haddad,`."""
    i = _past_office(scene, at, end)
    name = i + 1 if scene.norm(i) == "," else i
    while title := scene.hit(name, "persons", "title") or scene.hit(name, "victims", "member"):
        name = title.last
    last = name_end(scene, name, end)
    return _past_age(scene, last, end) if last > name else i


def _past_office(scene: Scene, at: int, end: int) -> int:
    """`of the council` before a comma or `and`; what does not end there soon is something else."""
    if scene.norm(at) != "of":
        return at
    for i in range(at + 1, min(end, at + _OFFICE)):
        if scene.norm(i) == "," or scene.norm(i) in AND:
            return i
        if scene.tokens[i].kind != "word" or breaks_noun_phrase(scene, i):
            return at
    return at
