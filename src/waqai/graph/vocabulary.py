"""The vocabulary's hierarchy of victim classes, as far as the graph needs it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from waqai import resources
from waqai.graph.iris import WQV

_BROADER = ox.NamedNode("http://www.w3.org/2004/02/skos/core#broader")


@cache
def _broader() -> dict[str, frozenset[str]]:
    """Code → codes of the concepts directly above it."""
    path = resources.room("ontology") / "vocabulary.ttl"
    above: dict[str, set[str]] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if (
            quad.predicate == _BROADER
            and isinstance(quad.subject, ox.NamedNode)
            and isinstance(quad.object, ox.NamedNode)
        ):
            above.setdefault(_code(quad.subject), set()).add(_code(quad.object))
    return {code: frozenset(codes) for code, codes in above.items()}


def _code(concept: ox.NamedNode) -> str:
    return concept.value.removeprefix(WQV)


def _with_ancestors(code: str) -> frozenset[str]:
    return frozenset({code}).union(*(_with_ancestors(above) for above in _broader().get(code, ())))


def narrowest_class(leaves: Iterable[str]) -> str:
    """The code of the narrowest class that holds all leaves: `unknown` for none, `mixed` where no class does."""
    lines = [_with_ancestors(leaf) for leaf in sorted(leaves)]
    if not lines:
        return "unknown"
    common = frozenset.intersection(*lines)
    return max(sorted(common), key=lambda code: len(_with_ancestors(code)), default="mixed")


def leaves_of(named: Iterable[str]) -> list[str]:
    """The classes named, sorted, without those that another one named holds: it says all that they say together."""
    codes = set(named)
    return sorted(code for code in codes if not (_with_ancestors(code) - {code}) & codes)
