"""How alike two tellings are in words, rare ones counting most: names of hamlets and people that no register knows.

Rarity is a fixed table (common_words.tsv), not the corpus at hand: what is stored besides changes no verdict.
"""

from __future__ import annotations

import math
from functools import cache
from importlib.resources import files

UNLISTED = 3.0
"""Of a thousand reports: what a word counts as that the table does not list."""


@cache
def _weights() -> dict[str, float]:
    """Squared information of each listed word."""
    lines = (files("waqai.account.events") / "common_words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: _information(float(share)) for _, word, share in rows if share != "per_thousand"}


def _information(per_thousand: float) -> float:
    return math.log(1000 / per_thousand) ** 2


_RARE = _information(UNLISTED)


def _squared(words: frozenset[str]) -> float:
    known = _weights()
    return math.fsum(sorted(known.get(word, _RARE) for word in words))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two sets of words, weighted by how rare they are: 0 nothing in common, 1 the same words."""
    length = math.sqrt(_squared(one) * _squared(other))
    return _squared(one & other) / length if length else 0.0


def held(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter telling the other one says too, by the rarity of words: 0 nothing, 1 all of it."""
    shorter = min(_squared(one), _squared(other))
    return _squared(one & other) / shorter if shorter else 0.0


def rarities(one: frozenset[str], other: frozenset[str]) -> int:
    """How many words that no list of common words has stand in both."""
    return sum(word not in _weights() for word in one & other)


_SOUNDS = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "j", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "s",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_LATIN = (
    ("kh", "k"),
    ("sh", "s"),
    ("th", "t"),
    ("gh", "g"),
    ("dh", "d"),
    ("q", "k"),
    ("c", "k"),
    ("p", "b"),
    ("v", "f"),
)
_HEARD = frozenset("bdfgjklmnrstz")
LEAST_SOUNDS = 3
RATHER_RARE = _information(25.0)
"""Words of fewer than that of a thousand reports are compared by their sound."""


@cache
def _sound(word: str) -> str:
    """The consonants of a word as both scripts write them, doubled ones once; nothing of a common word."""
    if _weights().get(word, _RARE) < RATHER_RARE:
        return ""
    heard = "".join(_SOUNDS.get(letter, letter) for letter in word)
    for written, sound in _LATIN:
        heard = heard.replace(written, sound)
    kept = [letter for letter in heard if letter in _HEARD]
    once = "".join(letter for at, letter in enumerate(kept) if at == 0 or kept[at - 1] != letter)
    return once if len(once) >= LEAST_SOUNDS else ""


def echoes(one: frozenset[str], other: frozenset[str]) -> int:
    """How many rare words of two languages sound alike: names, mostly."""
    heard, again = ({_sound(word) for word in words} - {""} for words in (one, other))
    return len(heard & again)
