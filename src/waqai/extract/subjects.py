"""Who did it, where the word of harm is an active verb: its subject."""

from __future__ import annotations

from waqai.extract.agents import speaks_only
from waqai.extract.drafts import Draft
from waqai.extract.phrases import Phrase, phrase_at
from waqai.extract.scene import Scene
from waqai.extract.triggers import Trigger

_BEFORE = 4
_SUBJECT_REACH = 16
_NAME_REACH = 3
_CLAUSE = frozenset({"while", "when", "after", "before", "because", "as", "but", "although", "where", "if", "whether"})
_ARTICLES = frozenset({"the", "a", "an"})
_OBLIQUE = frozenset(
    [
        *("on", "in", "at", "against", "near", "of", "for", "with", "from", "to", "into", "between", "across", "over"),
        *("around", "inside", "outside", "toward", "towards", "among", "target", "targeting", "targeted", "fleeing"),
    ]
)
"""What follows these words is no subject."""


def name_subject(scene: Scene, chain: list[Draft], word: Trigger, floor: int) -> None:
    """`قتل التنظيم 92 عنصراً`, `التنظيم أعدم 5`, `Turkish forces on Sunday killed five`: the verb's subject did it."""
    if word.term.role not in ("either", "active"):
        return
    found = _arabic(scene, chain, word) if scene.arabic else _english(scene, word.first, floor)
    for draft in chain if found else ():
        draft.agents = found.actors if found else draft.agents


def _arabic(scene: Scene, chain: list[Draft], word: Trigger) -> Phrase | None:
    """Between verb and object, or right before the verb."""
    between = _actor_between(scene, word.last, chain[0].first)
    before = range(word.first - _BEFORE, word.first)
    return between or next((p for i in before if (p := _right_before(scene, i, word.first))), None)


def _actor_between(scene: Scene, first: int, last: int) -> Phrase | None:
    for i in range(first, last):
        phrase = phrase_at(scene, i, last)
        if phrase and not scene.hit(i, "agency", "by", "target", "territory"):
            return phrase
        if scene.norm(i) in ("في", "علي", "من"):
            return None
    return None


def _right_before(scene: Scene, i: int, verb: int) -> Phrase | None:
    phrase = phrase_at(scene, i, verb) if i >= 0 else None
    ends = phrase is not None and (phrase.last == verb or (phrase.last == verb - 1 and scene.norm(verb - 1) == "قد"))
    return phrase if ends and not scene.hit_to(i, "agency", "by", "target", "territory") else None


def _english(scene: Scene, verb: int, floor: int) -> Phrase | None:
    """The nearest actor before the verb, in its clause, that is not where or against whom it was."""
    i = verb - 1
    floor = max(floor, verb - _SUBJECT_REACH)
    while i >= floor and not _clause_begins(scene, i):
        phrase = _whole_phrase(scene, i, verb, floor)
        if phrase is None:
            i -= 1
            continue
        if _may_be_subject(scene, phrase):
            return phrase
        i = min(i, phrase.first) - 1
    return None


def _may_be_subject(scene: Scene, phrase: Phrase) -> bool:
    before = phrase.first - 1
    if scene.norm(before) in _OBLIQUE or (scene.norm(before) in _ARTICLES and scene.norm(before - 1) in _OBLIQUE):
        return False
    suffers = scene.hit_to(phrase.first, "agency", "target", "territory", "against")
    return suffers is None and not speaks_only(scene, phrase)


def _clause_begins(scene: Scene, i: int) -> bool:
    token = scene.tokens[i]
    if token.kind == "break" or (token.kind == "mark" and token.norm not in "()-\"'"):
        return True
    return token.norm in _CLAUSE or scene.hit(i, "attribution", "says") is not None


def _whole_phrase(scene: Scene, i: int, end: int, floor: int) -> Phrase | None:
    """The phrase at a position, from its first word on."""
    phrase = phrase_at(scene, i, end)
    for first in range(i - 1, max(floor, i - _NAME_REACH) - 1, -1) if phrase else ():
        longer = phrase_at(scene, first, end)
        if longer and phrase and longer.last >= phrase.last:
            phrase = longer
    return phrase
