"""Nouns for people: after a number, or alone."""

from __future__ import annotations

from dataclasses import replace

from waqai.extract.phrases import phrase_at
from waqai.extract.scene import QUOTES, Scene
from waqai.lexicon import Hit

OF = frozenset({"من", "of"})
OF_THEM = frozenset({"whom", "them", "منهم", "منهما", "منهن"})
CIVILIANS = frozenset({"مدني", "civilian"})
"""The nouns for civilians as such."""
_CAUSE_REACH = 7
_ENGLISH_REACH = 3
_SHARE_REACH = 4
_RANK = frozenset({"برتبه", "رتبه"})
"""`ضابط برتبة نقيب`: what follows is the rank of somebody told before."""
_MODIFIERS = 6
"""Words that may stand between an English number and its noun."""
_RELATIVES = frozenset({"الذي", "التي", "الذين", "اللذين", "اللذان", "اللتين", "اللتان"})
_COUNTED = frozenset({"عدد", "تعداد", "حصيله"})
POSSESSIVES = frozenset({"its", "their", "his", "her", "our"})
DETERMINERS = POSSESSIVES | {"the"}
_OF_WHICH = frozenset({"of", "from", "to", "with"}) | POSSESSIVES
"""`died of injuries`, `succumbed to his wounds`: what somebody died of is no second harm."""
_BREAKERS = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "to",
        "for",
        "from",
        "and",
        "or",
        "with",
        "who",
        "that",
        "which",
        "were",
        "was",
        "are",
        "is",
        "been",
        "have",
        "has",
        "had",
        "after",
        "during",
        "when",
        "while",
        "as",
        "near",
        "into",
        "their",
        "his",
        "her",
        "its",
        "of",
    ]
)
_PARTICLES = frozenset(
    [
        "في",
        "من",
        "علي",
        "الي",
        "عن",
        "خلال",
        "جراء",
        "اثر",
        "بعد",
        "قبل",
        "منذ",
        "عند",
        "اخرين",
        "اخرون",
        "حتي",
        "كما",
        "اليوم",
        "امس",
        "هم",
    ]
)


def noun_after(scene: Scene, at: int, end: int) -> Hit | None:
    i = scene.skip(at, end)
    if i < end and scene.norm(i) in OF:
        hit = people(scene, scene.skip(i + 1, end))
        if hit and hit.term.role == "national" and scene.skip(i + 1, end) in scene.actors_at:
            return None
        start = i + 2 if scene.norm(i + 1) in DETERMINERS else i + 1
        return hit if hit and hit.last <= end else modified_noun(scene, start, end)
    hit = people(scene, i)
    if hit and not scene.arabic:
        hit = head_noun(scene, hit, end)
    if hit and hit.last <= end and not (scene.arabic and hit.prefix.startswith(("و", "ف"))):
        return hit
    return modified_noun(scene, at, end)


def people(scene: Scene, i: int) -> Hit | None:
    joint = scene.hit(i, "quantities", "joint")
    if joint:
        return joint
    best: Hit | None = None
    for sort, roles in (
        ("victims", ("person", "member", "national", "other", "reference")),
        ("outcomes", ("victims",)),
    ):
        hit = scene.hit(i, sort, *roles)
        if hit and not _tells_whose(scene, hit) and (best is None or hit.last > best.last):
            best = hit
    return best


def _half_of_adjective(scene: Scene, noun: Hit) -> bool:
    """`terrorist-held`."""
    mark = noun.last
    if scene.arabic or scene.norm(mark) != "-" or mark + 1 >= len(scene.tokens):
        return False
    return (
        scene.tokens[mark].start == scene.tokens[mark - 1].end
        and scene.tokens[mark + 1].start == scene.tokens[mark].end
    )


def _tells_whose(scene: Scene, noun: Hit) -> bool:
    """`Iraqi-led`, `20 Iraqi villages`: an adjective of what is no people."""
    if _half_of_adjective(scene, noun):
        return True
    if noun.term.role != "national":
        return False
    thing = not scene.arabic and scene.hit(noun.last, "quantities", "unit") and not scene.hit(noun.last, "victims")
    return bool(thing)


def modified_noun(scene: Scene, at: int, end: int) -> Hit | None:
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
        if breaks_noun_phrase(scene, i) and not held(scene, i):
            break
        hit = people(scene, i)
        if hit:
            return head_noun(scene, hit, end)
        if token.kind == "digits":
            break
    return found


def _age(scene: Scene, i: int) -> bool:
    """`A 61-year-old civilian`: an age is no number of people."""
    return scene.tokens[i].kind == "digits" and scene.norm(i + 1) == "-" and scene.norm(i + 2) in ("year", "month")


def head_noun(scene: Scene, hit: Hit, end: int) -> Hit:
    """The last noun of a row (sibling children, police officers, civilian casualties)."""
    named = scene.actors_at.get(hit.last)
    following = people(scene, named.last if named else hit.last)
    if following is None and hit.term.role == "national":
        following = _worker_of(scene, hit, end)
    if following is None or following.last > end or hit.term.sort != "victims":
        return hit
    if following.term.sort == "victims":
        fights = following.term.role == "member" != hit.term.role
        decided = following.term.victim_class or (None if fights else hit.term.victim_class)
        return Hit(hit.first, following.last, replace(following.term, victim_class=decided))
    if following.term.sort == "outcomes" and not scene.hit(following.first, "outcomes", "either", "passive"):
        return Hit(hit.first, following.last, replace(following.term, victim_class=hit.term.victim_class))
    return hit


def _worker_of(scene: Scene, hit: Hit, end: int) -> Hit | None:
    """`Hazara coal miners`, `Kenyan quarry workers`: one word between a nation and its people."""
    at = hit.last
    if at + 1 >= end or scene.tokens[at].kind != "word" or breaks_noun_phrase(scene, at):
        return None
    return people(scene, at + 1)


def held(scene: Scene, i: int) -> bool:
    """`three captured soldiers`: a participle between the number and the noun, that tells what happened before."""
    verb = scene.hit(i, "outcomes", "either", "passive")
    if verb is None or verb.term.outcome != "captured" or not scene.norm(i).endswith("ed") or verb.last - i > 1:
        return False
    counted = i - 1 in scene.numbers_at or scene.hit_to(i, "quantities", "instead") is not None
    return counted and people(scene, verb.last) is not None


def breaks_noun_phrase(scene: Scene, i: int) -> bool:
    if scene.norm(i) == "is" and scene.words(i, i + 1) == "IS":
        return False
    return scene.norm(i) in _BREAKERS or bool(scene.hit(i, "outcomes", "either", "passive", "active", "noun"))


def of_group(scene: Scene, at: int, end: int) -> int | None:
    """`562 من التنظيم`, `one of them`: where the words of the organisation end."""
    i = scene.skip(at, end)
    if i >= end or scene.norm(i) not in OF:
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


def stranger_follows(scene: Scene, at: int, end: int) -> bool:
    """Does a noun follow that is not known to mean people?"""
    while not scene.arabic and at < end and scene.norm(at).endswith("ly"):
        at += 1
    if at >= end or scene.tokens[at].kind != "word" or scene.in_day(at):
        return False
    norm = scene.norm(at)
    if scene.arabic:
        return not (norm[0] in "وبل" or norm in _PARTICLES or scene.hit(at, "relations") or scene.hit(at, "outcomes"))
    known = norm in _BREAKERS | DETERMINERS | {"a", "an"} or any(
        scene.hit(at, sort) for sort in ("outcomes", "relations", "attribution", "agency")
    )
    return not known


def stands_alone(scene: Scene, noun: Hit, index: int) -> bool:
    """May this noun tell of people without a number before it?"""
    term = noun.term
    if term.role in ("reference", "other"):
        return term.role == "other" and (scene.arabic or _others_harmed(scene, noun))
    if term.role == "national":
        return scene.arabic and _national_alone(scene, noun)
    if _proportion(scene, noun.first) or scene.norm(noun.first - 1) in _RANK:
        return False
    if term.sort == "outcomes":
        return _harmed_told(scene, noun, index)
    if _body_of(scene, noun) if scene.arabic else _predicate(scene, noun):
        return False
    announces = scene.hit_to(noun.first, "attribution", "source", "outlet") or _speaks(scene, noun)
    shooter = scene.hit_to(noun.first, "agency", "by")
    named = scene.norm(noun.last) == "(" and scene.norm(noun.last + 2) == ")" and term.role == "member"
    return not (announces or shooter or named or _refers_back(scene, noun) or _adjective(scene, noun))


def _body_of(scene: Scene, noun: Hit) -> bool:
    """`عثر على جثة شاب`: the body is the young man's."""
    return scene.hit_to(noun.last, "outcomes", "noun") is not None and people(scene, noun.last) is not None


def _predicate(scene: Scene, noun: Hit) -> bool:
    """`they were members of one family`, `women (adult female)`: it says of those told who they are."""
    harmed = scene.hit(noun.last, "outcomes", "passive", "either") is not None
    glossed = scene.norm(noun.last) == ")" and scene.norm(noun.first - 1) != "("
    return (scene.norm(noun.first - 1) in ("were", "was", "are", "is") and not harmed) or glossed


def _others_harmed(scene: Scene, noun: Hit) -> bool:
    """`and others were injured`."""
    at = noun.last + (scene.norm(noun.last) == "were")
    return noun.term.amount == "many" and scene.hit(at, "outcomes", "passive", "either") is not None


def _speaks(scene: Scene, noun: Hit) -> bool:
    """`police said`, `the chairman told`."""
    return not scene.arabic and scene.hit(noun.last, "attribution", "says") is not None


def _proportion(scene: Scene, i: int) -> bool:
    """`معظمهم نساء وأطفال`: a share of those told before is no count."""
    for at in range(i - 1, max(0, i - _SHARE_REACH) - 1, -1):
        if scene.hit(at, "relations", "proportion") or scene.hit_to(at + 1, "relations", "proportion"):
            return True
        if not people(scene, at) and scene.norm(at) not in OF | {"and"} and not scene.hit(at, "forces"):
            return False
    return False


def _national_alone(scene: Scene, noun: Hit) -> bool:
    """`مقتل فلسطيني`, but not `غارة تركية`, not `جندي تركي`, and not `مقتل روسيا`."""
    place = scene.places_at.get(noun.first)
    if noun.definite or (place is not None and place.strong and noun.term.amount == "one"):
        return False
    how = scene.hit_to(noun.first, "methods")
    if how and how.prefix == "ب" and noun.term.amount != "one" and scene.hit_to(how.first, "outcomes"):
        return True
    if how or scene.hit_to(noun.first, "victims"):
        return False
    if scene.hit_to(noun.first, "forces", "force"):
        return False
    after = scene.hit(noun.last, "outcomes", "passive", "either")
    return bool(scene.hit_to(noun.first, "outcomes", "noun", "passive", "either") or (after and not after.prefix))


def _refers_back(scene: Scene, noun: Hit) -> bool:
    """A definite plural speaks of people already told."""
    if scene.arabic:
        return noun.definite and noun.term.amount in ("many", "either")
    number_of = scene.norm(noun.first - 1) == "of" and scene.norm(noun.first - 2) == "number"
    return noun.term.amount == "many" and (number_of or scene.norm(noun.first - 1) in DETERMINERS | {"these", "those"})


def _adjective(scene: Scene, noun: Hit) -> bool:
    """Is it a word of a name, or an adjective of the noun before it (الجناح العسكري)?"""
    if noun.first in scene.inside_names:
        return True
    of_harm = scene.hit_to(noun.first, "outcomes", "noun")  # جثة شاب
    before_it = scene.hit_to(noun.first, "victims", "person") if scene.arabic and not of_harm else None
    if before_it and noun.prefix:
        return noun.prefix == "ال" and _whose(scene, before_it, noun)
    if before_it and (before_it.term.amount == noun.term.amount or noun.term.amount in ("many", "either")):
        return True
    before = noun.first - 1
    while before > 0 and scene.tokens[before].kind == "mark" and scene.norm(before) in QUOTES:
        before -= 1
    after_noun = noun.term.role == "member" and scene.norm(before).startswith("ال")
    after_force = scene.hit_to(before + 1, "forces") or before + 1 in scene.actor_ends
    if scene.arabic and not noun.definite:
        return _of_a_unit(scene, noun)
    return noun.definite and bool(after_noun or after_force)


def _whose(scene: Scene, before: Hit, noun: Hit) -> bool:
    """`والد الشاب`: the second noun says whose father he is, unless its own clause follows (التي قتلت)."""
    return not (before.definite or scene.hit_to(noun.first, "outcomes") or scene.norm(noun.last) in _RELATIVES)


def _of_a_unit(scene: Scene, noun: Hit) -> bool:
    """`كتيبة ثوار الواحة`: members after the noun of a force are its name."""
    force = scene.hit_to(noun.first, "forces", "force") if not noun.prefix else None
    members = noun.term.role == "member" and noun.term.amount in ("many", "either")
    return force is not None and not force.definite and members and not scene.hit_to(noun.first, "victims")


def _harmed_told(scene: Scene, noun: Hit, index: int) -> bool:
    """A noun for the harmed alone (قتلى, deaths) tells of new ones only where something brings them about."""
    if noun.definite or scene.hit(noun.first, "outcomes", "either", "passive") or _counted_otherwise(scene, noun):
        return False
    if _no_victims(scene, noun):
        return False
    if noun.term.amount in ("one", "two"):
        verbal = scene.hit(noun.first, "outcomes", "noun") is not None
        return noun.term.amount == "two" or not (verbal or scene.norm(noun.last - 1).endswith("ا"))
    opening = scene.sentences[index].first
    if noun.first == opening:
        return scene.arabic
    if noun.prefix == "و" and scene.hit_to(noun.first, "outcomes", "victims"):
        return True
    window = range(max(opening, noun.first - (_CAUSE_REACH if scene.arabic else _ENGLISH_REACH)), noun.first)
    caused = (scene.hit(i, "relations", "consequence", "result", "update", "suffers") for i in window)
    return any(caused) or any(scene.hit(i, "outcomes", "noun", "passive") for i in window)


def _no_victims(scene: Scene, noun: Hit) -> bool:
    """`his death`, `injuries to vehicles`; and what somebody died of (`أصيبت بإصابات خطيرة`, `جراء إصابات`)."""
    if scene.arabic:
        of_it = noun.prefix.endswith("ب") and not scene.hit_to(noun.first, "relations", "consequence", "result")
        return of_it or scene.hit_to(noun.first, "relations", "cause") is not None
    verbal = noun.term.amount == "one" or scene.hit(noun.first, "outcomes", "noun") is not None
    return verbal or scene.norm(noun.first - 1) in _OF_WHICH


def _counted_otherwise(scene: Scene, noun: Hit) -> bool:
    """`3 مدنيين شهداء`, `عدد الضحايا`: the number stands with another noun."""
    beside = scene.arabic and scene.hit_to(noun.first, "victims") is not None
    return beside or scene.norm(noun.first - 1).removeprefix("و") in _COUNTED
