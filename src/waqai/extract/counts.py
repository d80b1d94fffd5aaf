"""The counts of an article in the flat form in which readings are compared (one JSON line a document)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from waqai.model import Article, CasualtyCount, Statement


def counts_of(article: Article, statements: Iterable[Statement]) -> dict[str, Any]:
    """File and counts: one mapping a count with number, evidence offsets and slots as codes or words of the text.

    What is told again in another number is left to the graph: here each group of people stands once.
    """
    counts = {s.id: s for s in statements if isinstance(s, CasualtyCount)}
    once = [count for count in counts.values() if _told_before(count) is None]
    return {"file": article.file, "counts": [_count(count, counts) for count in once]}


def _told_before(count: CasualtyCount) -> str | None:
    return next((relation.target for relation in count.relations if relation.kind == "restates"), None)


def _whole(count: CasualtyCount, counts: dict[str, CasualtyCount]) -> str | None:
    whole = next((r.target for r in count.relations if r.kind == "subset_of"), None)
    return (_told_before(counts[whole]) or whole) if whole in counts else whole


def _count(count: CasualtyCount, counts: dict[str, CasualtyCount]) -> dict[str, Any]:
    return {
        "id": count.id,
        "outcome": count.outcome,
        "low": count.low,
        "high": count.high,
        "operator": count.operator,
        "evidence": [[span.start, span.end] for span in count.evidence],
        "victim_class": count.victims.class_code(),
        "perpetrator": " ".join(actor.words for actor in count.perpetrators) or None,
        "methods": list(count.methods),
        "places": [place.words for place in count.places],
        "admin1": list(count.units),
        "country": count.country,
        "start": count.period.start.iso() if count.period.start else None,
        "end": count.period.end.iso() if count.period.end else None,
        "source": count.source[0].words if count.source else None,
        "kind": _kind(count, counts),
        "subset_of": _whole(count, counts),
    }


def _kind(count: CasualtyCount, counts: dict[str, CasualtyCount]) -> str:
    if count.kind == "updated_toll":
        return "incident"
    if count.kind != "breakdown":
        return count.kind
    whole = next((r.target for r in count.relations if r.kind == "subset_of"), None)
    return _kind(counts[whole], counts) if whole in counts else "incident"
