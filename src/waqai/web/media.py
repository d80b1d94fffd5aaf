"""Which form an answer takes: content negotiation (RFC 9110, section 12.5.1) over what Oxigraph can write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""What SELECT and ASK are answered in; the first is the answer to `*/*`."""

GRAPHS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
"""What CONSTRUCT, DESCRIBE and pages are answered in."""

HTML = "text/html"
EXTENSIONS = {
    "html": HTML,
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


def negotiate(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that an Accept header prefers; the first offer where it does not care, None where nothing fits."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    ranked = [(_quality(offer, ranges), -at, offer) for at, offer in enumerate(offers)]
    quality, _, offer = max(ranked)
    return offer if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media, float(quality)
    except ValueError:
        return media, 0.0


def _quality(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers an offer."""
    for cover in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        qualities = [quality for media, quality in ranges if media == cover]
        if qualities:
            return max(qualities)
    return 0.0


def preferred_language(asked: str | None, accept_language: str) -> str:
    """`ar` or `en`: what the address asks for, else what the reader's browser prefers, else English."""
    if asked in {"ar", "en"}:
        return asked
    wanted = sorted((_range(part) for part in accept_language.split(",") if part.strip()), key=lambda r: -r[1])
    known = (language[:2] for language, quality in wanted if quality > 0 and language[:2] in {"ar", "en"})
    return next(known, "en")
