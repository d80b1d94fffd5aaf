"""Why counts that might be of the same people were added up: what keeps one from being part of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from waqai.account.counts import CountStatement
from waqai.account.scope import World

MOST_PAIRS = 10
"""Pairs that an answer tells of, those of the largest numbers first."""

REASONS: Mapping[str, Mapping[str, str]] = {
    "told_apart": {"en": "the words tell them apart", "ar": "تميّز الكلمات بينهما"},
    "source": {
        "en": "two sources, and nothing says that they mean the same people",
        "ar": "مصدران، ولا شيء يقول إنهما يعنيان الناس أنفسهم",
    },
    "place": {"en": "one may be where the other is not", "ar": "قد يكون أحدهما حيث ليس الآخر"},
    "time": {"en": "one may be of days that the other is not of", "ar": "قد يكون أحدهما في أيام ليست أيام الآخر"},
    "class": {"en": "one may be of people that the other is not of", "ar": "قد يشمل أحدهما من لا يشملهم الآخر"},
    "perpetrator": {"en": "others are held responsible", "ar": "المسؤول المذكور ليس واحداً"},
    "kind": {
        "en": "two incidents, and neither is a total that would hold the other",
        "ar": "حادثتان، وليست إحداهما حصيلة تضم الأخرى",
    },
    "article": {
        "en": "two articles, and nothing in them says that one total holds the other",
        "ar": "مقالان، ولا شيء فيهما يقول إن حصيلة تضم الأخرى",
    },
    "unsaid": {"en": "the article does not say that one holds the other", "ar": "لا يقول المقال إن أحدهما يضم الآخر"},
}
"""What stands in the way, in the order in which it is looked for."""


@dataclass(frozen=True, slots=True)
class Separate:
    """Two counts (IRIs) that may be of the same people and are not combined, and the code of the reason."""

    one: str
    other: str
    reason: str


def separate(counts: Sequence[CountStatement], world: World) -> list[Separate]:
    """The pairs of some counts between which no relation leads although their scopes meet."""
    order = sorted(counts, key=lambda c: (-(c.low or c.high or 0), c.iri))
    tied = _tied(order)
    pairs = combinations(order, 2)
    found = [
        Separate(larger.iri, smaller.iri, _reason(larger, smaller, world))
        for larger, smaller in pairs
        if smaller.iri not in tied[larger.iri] and world.scope(larger).meets(world.scope(smaller))
    ]
    return found[:MOST_PAIRS]


def _tied(counts: Sequence[CountStatement]) -> dict[str, set[str]]:
    """Count → those that relations which combine lead to."""
    tied = {c.iri: {c.iri} for c in counts}
    for count in counts:
        for link in count.links:
            if link.kind != "disjoint_from" and link.target in tied:
                joined = tied[count.iri] | tied[link.target]
                for iri in joined:
                    tied[iri] = joined
    return tied


def _reason(larger: CountStatement, smaller: CountStatement, world: World) -> str:
    return next(_obstacles(larger, smaller, world))


def _obstacles(larger: CountStatement, smaller: CountStatement, world: World) -> Iterator[str]:
    wide, narrow = world.scope(larger), world.scope(smaller)
    told = {(c.iri, k.target) for c in (larger, smaller) for k in c.links if k.kind == "disjoint_from"}
    if {(larger.iri, smaller.iri), (smaller.iri, larger.iri)} & told:
        yield "told_apart"
    if larger.originator != smaller.originator:
        yield "source"
    if not narrow.units <= wide.units:
        yield "place"
    if narrow.first < wide.first or narrow.last > wide.last:
        yield "time"
    if not narrow.sorts <= wide.sorts:
        yield "class"
    if larger.perpetrators and smaller.perpetrators and larger.perpetrators != smaller.perpetrators:
        yield "perpetrator"
    if larger.kind == smaller.kind == "incident":
        yield "kind"
    yield "article" if larger.article != smaller.article else "unsaid"
