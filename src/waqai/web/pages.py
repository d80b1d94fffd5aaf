"""A page for each IRI of ours: HTML or RDF, by Accept or by extension. Things are 303, documents 200."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from waqai.errors import WaqaiError
from waqai.graph import WQ, WQV, Iris
from waqai.web.media import EXTENSIONS, GRAPHS, HTML, negotiate
from waqai.web.pool import Pool
from waqai.web.problems import problem, problem_of
from waqai.web.render import language_of, page

PREFIXES = {
    "wq": WQ,
    "wqv": WQV,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "qb": "http://purl.org/linked-data/cube#",
}
SECTIONS = (
    "article",
    "statement",
    "event",
    "actor",
    "place",
    "graph",
    "source",
    "software",
    "bound",
    "dataset",
    "vocabulary",
)
"""The first part of the path of every IRI of ours that has a page."""
_OA = PREFIXES["oa"]
_FORMS = [HTML, *GRAPHS]
_NAME_OF = {media: extension for extension, media in EXTENSIONS.items()}


@dataclass(frozen=True, slots=True)
class Value:
    """One value on a page: text with its language, or a link."""

    text: str
    lang: str = ""
    href: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """One node on a page: its properties, each with its values."""

    label: Value
    id: str
    properties: list[tuple[Value, list[Value]]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence behind a statement, the words that carry it apart."""

    before: str
    words: str
    after: str
    lang: str


@dataclass
class Sheet:
    """What a worker said about an IRI, ready to be shown."""

    iri: str
    iris: Iris
    lang: str
    own: list[ox.Quad]
    incoming: list[ox.Quad]
    more: bool
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, body: bytes, iri: str, iris: Iris, lang: str) -> Sheet:
        """Read what waqai.web.describe wrote."""
        told: dict[str, Any] = json.loads(body)
        own, incoming = (list(ox.parse(told[part], format=ox.RdfFormat.N_QUADS)) for part in ("own", "incoming"))
        return cls(iri, iris, lang, own, incoming, told["more"], told["labels"])

    def rdf(self, media: str) -> bytes:
        """The same as RDF."""
        triples = (quad.triple for quad in [*self.own, *self.incoming])
        return ox.serialize(triples, format=GRAPHS[media], prefixes=PREFIXES) or b""

    def label(self, iri: str) -> Value:
        """What an IRI is called in the reader's language, and where it leads."""
        names = self.labels.get(iri, {})
        lang = next((code for code in (self.lang, "en", "ar", *names) if code in names), "")
        href, ours = self.link(iri)
        return Value(names.get(lang, self.short(iri)), lang, href, ours)

    def short(self, iri: str) -> str:
        """An IRI as briefly as it can be told."""
        for prefix, name in PREFIXES.items():
            if iri.startswith(name) and iri != name:
                return f"{prefix}:{iri.removeprefix(name)}"
        return iri.removeprefix(self.iris.base)

    def link(self, iri: str) -> tuple[str, bool]:
        """Where an IRI leads: to a page here, out into the web, or (any other scheme) nowhere."""
        for home, path in ((WQ, "/ns#"), (WQV, "/vocabulary/"), (self.iris.base, "/")):
            # What would begin with two slashes is another host's address to a browser.
            if iri.startswith(home) and not iri.startswith(f"{home}/"):
                return path + quote(iri.removeprefix(home), safe="/:@!$&'()*+,;=-._~%"), True
        return (iri, False) if iri.startswith(("https://", "http://")) else ("", False)

    def nodes(self) -> list[Described]:
        """The node itself and its parts, each with its properties, in the order of their names."""
        rows: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(self.own, key=str):
            if isinstance(quad.subject, ox.NamedNode):
                rows[quad.subject.value][quad.predicate.value].append(self.value(quad.object))
        first = sorted(rows, key=lambda iri: (iri != self.iri, iri))
        return [self._node(iri, rows[iri]) for iri in first]

    def _node(self, iri: str, properties: dict[str, list[Value]]) -> Described:
        shown = [(self.label(predicate), values) for predicate, values in sorted(properties.items())]
        return Described(self.label(iri), iri.removeprefix(WQ), shown)

    def value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
        """A term as it is shown."""
        if isinstance(term, ox.NamedNode):
            return self.label(term.value)
        if not isinstance(term, ox.Literal):
            return Value("…")
        linked = term.datatype.value.endswith("#anyURI") and term.value.startswith(("https://", "http://"))
        return Value(term.value, term.language or "", term.value if linked else "")

    def referring(self) -> list[tuple[Value, Value]]:
        """What refers to the node: the property, and the node that has it."""
        subjects = {(quad.predicate.value, _name(quad)) for quad in self.incoming if _name(quad)}
        return [(self.label(predicate), self.label(subject)) for predicate, subject in sorted(subjects)]

    def sentences(self) -> list[Sentence]:
        """The sentences that carry a statement, from the quotes among its parts."""
        quotes: dict[str, dict[str, ox.Literal]] = defaultdict(dict)
        for quad in self.own:
            if quad.predicate.value.startswith(_OA) and isinstance(quad.object, ox.Literal):
                quotes[_name(quad)][quad.predicate.value.removeprefix(_OA)] = quad.object
        return [_sentence(parts) for _, parts in sorted(quotes.items()) if "exact" in parts]


def _name(quad: ox.Quad) -> str:
    """The IRI of the subject; nothing for a blank node."""
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _sentence(parts: dict[str, ox.Literal]) -> Sentence:
    before, words, after = (parts[name].value if name in parts else "" for name in ("prefix", "exact", "suffix"))
    return Sentence(before, words, after, parts["exact"].language or "")


async def thing(request: Request) -> Response:
    """A page for an article, a statement, an actor, a place …: a thing leads to a document about it."""
    path, extension = _parted(request.path_params["path"])
    section = request.path_params["section"]
    if section not in SECTIONS:
        return problem(HTTPStatus.NOT_FOUND, "there is nothing of that name here")
    iris: Iris = request.app.state.iris
    iri = f"{WQV}{path}" if section == "vocabulary" else f"{iris.base}{section}/{path}"
    graph = section == "graph"
    return await _respond(request, {"kind": "describe", "iri": iri, "graph": graph}, iri, extension, redirect=not graph)


async def ontology(request: Request) -> Response:
    """All terms of the ontology; each is found at its name after the #."""
    extension = request.path_params.get("extension", "")
    return await _respond(request, {"kind": "terms", "prefix": WQ}, WQ.removesuffix("#"), extension)


async def vocabulary(request: Request) -> Response:
    """All concepts of the vocabulary."""
    extension = request.path_params.get("extension", "")
    return await _respond(request, {"kind": "terms", "prefix": WQV}, WQV.removesuffix("/"), extension)


def _parted(path: str) -> tuple[str, str]:
    stem, dot, extension = path.rpartition(".")
    return (stem, extension) if dot and extension in EXTENSIONS else (path, "")


async def _respond(
    request: Request, asked: dict[str, Any], iri: str, extension: str, *, redirect: bool = False
) -> Response:
    pool: Pool = request.app.state.pool
    media = EXTENSIONS.get(extension) or negotiate(",".join(request.headers.getlist("accept")), _FORMS)
    if media is None:
        return problem(HTTPStatus.NOT_ACCEPTABLE, "no accepted form fits", f"accept {', '.join(_FORMS)}")
    lang = language_of(request)
    try:
        sheet = Sheet.read((await pool.answer(asked)).body, iri, request.app.state.iris, lang)
    except WaqaiError as error:
        return problem_of(error)
    if not sheet.own and not sheet.incoming:
        return missing(request, media)
    if redirect and not extension:
        return _to_document(request, sheet, media)
    if media == HTML:
        return page(request, "thing.html", sheet=sheet, title=sheet.label(iri), alternates=_alternates(request))
    return Response(sheet.rdf(media), media_type=f"{media}; charset=utf-8")


def _to_document(request: Request, sheet: Sheet, media: str) -> Response:
    path, _ = sheet.link(sheet.iri)
    query = f"?lang={request.query_params['lang']}" if request.query_params.get("lang") in {"ar", "en"} else ""
    return RedirectResponse(f"{path}.{_NAME_OF.get(media, 'ttl')}{query}", HTTPStatus.SEE_OTHER)


def missing(request: Request, media: str) -> Response:
    """There is no such thing; a page for people, problem details for programs."""
    if media == HTML:
        return page(request, "missing.html", status=HTTPStatus.NOT_FOUND)
    return problem(HTTPStatus.NOT_FOUND, "there is nothing of that name here")


def _alternates(request: Request) -> Iterable[tuple[str, str, str]]:
    """The same document in RDF: its form's name, media type and address."""
    stem, _ = _parted(request.url.path.lstrip("/"))
    return [(name, media, f"/{quote(stem)}.{name}") for name, media in EXTENSIONS.items() if media != HTML]
