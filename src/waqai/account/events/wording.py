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
