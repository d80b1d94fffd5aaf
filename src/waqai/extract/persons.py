"""Names of private persons, to be masked in what is published: spans after titles and words that announce a name."""

from __future__ import annotations

from waqai.extract.scene import Scene
from waqai.lexicon import Hit
from waqai.model import Span

_LONGEST = 5


def persons_in(scene: Scene, index: int) -> tuple[Span, ...]:
    """The names of private persons in a sentence; holders of a public office are left out."""
    sentence = scene.sentences[index]
    found = []
    for hit in scene.hits(sentence.first, sentence.last, "persons", "title", "named"):
        if scene.hit_to(hit.first, "persons", "office") or (scene.arabic and not _announces(hit)):
            continue
        first, last = _name(scene, hit.last, sentence.last)
        if last > first:
            found.append(scene.span(first, last))
    return tuple(found)


def _announces(hit: Hit) -> bool:
    return hit.prefix in ("", "و", "ل", "ف", "ب", "ال")


def _name(scene: Scene, first: int, end: int) -> tuple[int, int]:
    first = scene.skip(first, end)
    last = first
    while last < min(end, first + _LONGEST) and _may_be_name(scene, last, first):
        last += 1
    if not scene.arabic:
        return first, last
    return (first, last) if last - first >= 2 else (first, first)


def _may_be_name(scene: Scene, i: int, first: int) -> bool:
    token = scene.tokens[i]
    if not scene.arabic and token.norm in ("-", "'") and i > first:
        return True
    if token.kind != "word" or scene.in_day(i):
        return False
    if not scene.arabic:
        text = token.span.of(scene.article.text)
        return text[0].isupper() or (token.norm in ("al", "el", "abu", "bin", "ibn") and i >= first)
    known = (
        "outcomes",
        "relations",
        "attribution",
        "agency",
        "victims",
        "negation",
        "periods",
        "methods",
        "places",
        "quantities",
    )
    if any(scene.hit(i, sort) for sort in known):
        return False
    return token.norm not in ("في", "من", "علي", "الي", "الذي", "التي", "وهو", "وهي", "قرب", "داخل", "امام", "اثناء")
