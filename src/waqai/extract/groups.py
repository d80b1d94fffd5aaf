"""The words about a group of people that say who they are: organisations, classes, nationalities."""

from __future__ import annotations

from collections.abc import Iterator

from waqai.extract.drafts import Draft
from waqai.extract.nouns import OF, breaks_noun_phrase
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import QUOTES, Scene
from waqai.lexicon import Hit
from waqai.model import CIVIL

_GROUP_LIMIT = 24
"""Tokens that the words about one group may run on."""
_AT_COST_OF = frozenset({"on", "upon", "among", "amongst"})
_VERB_REACH = 4
_LEADING = 8
_NATIONALITY = frozenset({"جنسيات", "جنسيه", "الجنسيه", "الجنسيات"})
_ORIGIN = _NATIONALITY | {"غير", "وغير", "من"}
MEMBERS = frozenset({"عنصر", "قيادي", "member", "commander"})
"""Nouns for members of any force."""
_ADJECTIVES = 3
"""Words that may stand between a member and the force (`قيادي ميداني بارز في …`)."""
_WITHIN = frozenset({"في", "من", "لدي", "ضمن", "in", "of", "from", "with"})
_PLACED = frozenset({"في", "in"})
_IN = frozenset(
    {"في", "صفوف", "بصفوف", "بين", "in", "from", "belonging", "to", "affiliated", "with", "the", "ranks", "ضمن", "its"}
)


def with_group(scene: Scene, draft: Draft, end: int) -> Draft:
    """Read on over the words that say who they are: `من قوات النظام والميليشيات الموالية لها`."""
    _own_nation(draft)
    _left_words(scene, draft)
    _losers(scene, draft, end)
    i, limit = max(draft.last, draft.end), min(end, draft.last + _GROUP_LIMIT)
    for at, step in _group_steps(scene, i, limit):
        step_end = _absorb(scene, draft, at, step)
        draft.end = max(draft.end, step_end)
    _past_adjectives(scene, draft, limit)
    return draft


def _past_adjectives(scene: Scene, draft: Draft, limit: int) -> None:
    """`قيادي بارز في تنظيم داعش`, `two senior commanders of the group`: their force stands behind words of praise."""
    if draft.noun is None or draft.noun.role != "member" or draft.organisations:
        return
    within = False
    for i in range(draft.end, min(draft.end + _ADJECTIVES + 1, limit)):
        if _begins_anew(scene, i):
            return
        phrase = phrase_at(scene, i, limit) if within or (scene.arabic and scene.norm(i)[:1] in "بل") else None
        if phrase and (phrase.named or phrase.registered) and not _weapon(scene, phrase) and not _place(scene, phrase):
            _take(scene, draft, phrase)
            draft.end = phrase.last
            return
        within = scene.norm(i) in _WITHIN or (within and scene.norm(i - 1) not in _PLACED)


def _begins_anew(scene: Scene, i: int) -> bool:
    """Do words of harm, of an attack, of other people or of time begin here, or does the phrase end?"""
    if scene.tokens[i].kind in ("mark", "break", "digits"):
        return scene.norm(i) not in QUOTES
    joined = scene.norm(i).startswith("و") if scene.arabic else scene.norm(i) == "and"
    told = any(scene.hit(i, sort) for sort in ("outcomes", "methods", "agency", "relations", "victims"))
    return joined or told or scene.in_day(i)


def _place(scene: Scene, phrase: Phrase) -> bool:
    """`في العراق`: the bare name of a country is where they were."""
    match = scene.places_at.get(phrase.first)
    return match is not None and match.last >= phrase.last and not phrase.named


def _weapon(scene: Scene, phrase: Phrase) -> bool:
    """`بنيران قسد`: by what, and not in what."""
    return scene.hit(phrase.first, "methods") is not None or scene.hit(phrase.first, "agency", "by") is not None


def _own_nation(draft: Draft) -> None:
    """`5 ليبيين`, `two Syrians`: the noun itself says of which nation they are."""
    if draft.noun and draft.noun.country and not draft.nationalities:
        draft.nationalities = (draft.noun.country,)


def _left_words(scene: Scene, draft: Draft) -> None:
    """English says whose before the noun: `two regime soldiers`, `SDF fighters`."""
    for i in range(draft.first, draft.last):
        phrase = None
        if not scene.arabic or scene.norm(i) in OF:
            reach = 3 if scene.arabic else 0
            phrase = phrase_at(scene, i + 1 if scene.norm(i) in OF else i, draft.last + reach)
        if phrase:
            draft.end = max(draft.end, phrase.last)
            _take(scene, draft, phrase)
            return
    if scene.arabic or not draft.bare:
        return
    whose = _leading_to(scene, draft.first, draft.last)
    if whose:
        _take(scene, draft, whose[0])
        draft.first = whose[-1].first


def _leading_to(scene: Scene, before: int, end: int) -> list[Phrase]:
    """The phrases that lead up to a word, the shortest first: `Syrian Democratic Forces (SDF) fighters`."""
    found: list[Phrase] = []
    for at in range(before - 1, max(-1, before - _LEADING - 1), -1):
        if scene.tokens[at].kind == "break" or breaks_noun_phrase(scene, at):
            break
        phrase = phrase_at(scene, at, end)
        if phrase and phrase.first == at and phrase.last >= before - 1:
            if scene.hit_to(phrase.last, "methods"):
                break
            found.append(phrase)
    return found


def _losers(scene: Scene, draft: Draft, end: int) -> None:
    """`heavy casualties on the militants`, `casualties among civilians`: whose losses they are."""
    losses = not scene.arabic and draft.noun is not None and draft.noun.sort == "outcomes"
    if losses and (sufferer := _sufferer(scene, draft)):
        _take(scene, draft, sufferer)
        return
    if not losses or scene.norm(draft.end) not in _AT_COST_OF:
        return
    at = draft.end + 1
    at += scene.norm(at) == "the"
    phrase, people = phrase_at(scene, at, end), scene.hit(at, "victims", "person", "member")
    if phrase:
        _take(scene, draft, phrase)
        draft.end = phrase.last
    elif people and people.last <= end:
        draft.end = people.last
        draft.classes |= {people.term.victim_class} if people.term.victim_class else frozenset()


def _sufferer(scene: Scene, draft: Draft) -> Phrase | None:
    """`The army suffered heavy casualties`: the subject of the verb."""
    verbs = (scene.hit(i, "relations", "suffers") for i in range(draft.first - 1, draft.first - _VERB_REACH, -1))
    verb = next((hit for hit in verbs if hit and hit.last <= draft.first), None)
    return next(iter(_leading_to(scene, verb.first, verb.first)), None) if verb else None


def _group_steps(scene: Scene, i: int, limit: int) -> Iterator[tuple[int, Hit | None]]:
    while i < limit:
        i = scene.skip(i, limit)
        if i >= limit or scene.in_day(i):
            return
        norm = scene.norm(i)
        joined = scene.arabic and norm.startswith("و") and len(norm) > 2
        if norm in ("in", "with"):
            return
        if norm in OF or norm in _IN:
            following = scene.skip(i + 1, limit)
            if following < limit and (
                norm in ("of", "من", "صفوف", "بصفوف") or _leads_to_group(scene, following, limit)
            ):
                i = following
                if not (_group_word(scene, i, limit) or scene.norm(i) in _IN | OF | _ORIGIN):
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
    where = phrase is not None and _place(scene, phrase) and scene.norm(i - 1) in ("في", "in")
    if phrase and not where and not _tells_how(scene, phrase):
        return phrase.last, None
    harmed = scene.hit(i, "outcomes", "victims")
    if harmed and harmed.definite and harmed.term.amount != "one":
        return harmed.last, harmed
    for sort, roles in (("victims", ("person", "member", "other")), ("forces", ("adjective", "unnamed"))):
        hit = scene.hit(i, sort, *roles)
        if hit and hit.last <= limit and (sort == "forces" or (scene.arabic and _describes(scene, hit))):
            return hit.last, hit
    return None


def _tells_how(scene: Scene, phrase: Phrase) -> bool:
    """`بقصف لقوات …`, `regime shelling`: these words tell by what the people were harmed, not who they were."""
    if not scene.arabic:
        return scene.hit(phrase.last, "methods") is not None
    return scene.hit(phrase.first, "methods") is not None or _by(scene, phrase.first)


def _by(scene: Scene, i: int) -> bool:
    hit = scene.hit(i, "forces")
    return hit is not None and hit.prefix.startswith("ب")


def _describes(scene: Scene, hit: Hit) -> bool:
    """Does this noun say more of the group before it, rather than begin another?"""
    if scene.norm(hit.first - 1) in OF | _ORIGIN | _IN:
        return True
    if hit.definite:
        return hit.term.role != "person" or hit.term.amount != "one"
    before = scene.hit_to(hit.first, "victims") or scene.hit_to(hit.first, "outcomes", "victims")
    if before is None or hit.prefix:
        return False
    if hit.term.amount in ("many", "either"):
        return True
    cases = [scene.norm(i).endswith("ا") for i in (before.last - 1, hit.last - 1)]
    return hit.term.amount == before.term.amount and (hit.term.role == "other" or cases[0] == cases[1])


def _absorb(scene: Scene, draft: Draft, at: int, hit: Hit | None) -> int:
    if hit is None:
        phrase = phrase_at(scene, at, min(at + _GROUP_LIMIT, len(scene.tokens)))
        if phrase is None:
            return at
        _take(scene, draft, phrase)
        return phrase.last
    if hit.term.sort == "outcomes" and hit.term.outcome and not draft.outcomes and not draft.bare:
        draft.outcomes, draft.rule, draft.among = (hit.term.outcome,), hit.term, True
    if hit.term.sort == "victims" and hit.term.victim_class:
        draft.classes |= {hit.term.victim_class}
    if hit.term.country:
        excluded = scene.norm(at - 1).endswith("غير")
        draft.nationalities = (*draft.nationalities, f"-{hit.term.country}" if excluded else hit.term.country)
    return hit.last


def _nation(scene: Scene, draft: Draft, phrase: Phrase) -> tuple[str, ...]:
    """The adjective of a nation alone (a Turkish soldier); of a fighter by conviction it names no force of a state."""
    if phrase.last - phrase.first > 1:
        return ()
    adjective = scene.hit(phrase.first, "forces", "adjective")
    soldier = draft.noun is None or draft.noun.victim_class == "government_forces" or draft.noun.id in MEMBERS
    own_cause = not soldier or scene.norm(phrase.first - 1) in _NATIONALITY
    return (adjective.term.country or "",) if adjective and own_cause else phrase.countries


def _take(scene: Scene, draft: Draft, phrase: Phrase) -> None:
    """A phrase of the group: an organisation, or a nation."""
    nation = _nation(scene, draft, phrase)
    if nation:
        draft.nationalities += nation
        return
    draft.registered |= phrase.registered and draft.classes != CIVIL
    known = {actor.span for actor in draft.organisations}
    draft.organisations += tuple(actor for actor in phrase.actors if actor.span not in known)
    general = draft.noun and draft.noun.victim_class in ("government_forces", "jihadist")
    if phrase.classes:
        draft.classes = phrase.classes if general else draft.classes | phrase.classes
    draft.nationalities += tuple(country for country in phrase.countries if country)
