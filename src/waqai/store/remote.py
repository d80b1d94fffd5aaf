"""Any SPARQL 1.1 server, our own endpoint included, behind the same interface.

The server must offer the union of its named graphs as default graph (ours, GraphDB and Virtuoso do; Oxigraph with
`--union-default-graph`, Fuseki with `tdb:unionDefaultGraph`). Private quotes are never sent to it.
"""

from __future__ import annotations

import http.client
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit

import pyoxigraph as ox
from SPARQLWrapper import POST, POSTDIRECTLY, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from waqai.errors import InputError, RemoteError
from waqai.graph import Iris
from waqai.store.base import Result, Store
from waqai.store.change import GraphChange
from waqai.store.screen import refuse_federation

TIMEOUT = 120
"""Seconds that a silent server is waited for."""
LARGEST_ANSWER = 1 << 30
_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/json": ox.QueryResultsFormat.JSON,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_CURES = {
    400: "the server does not understand the request; check the query",
    401: "write the name and password into the URL: https://NAME:PASSWORD@…",
    403: "the server does not allow this; ask its owner",
    404: "check the URL: it must be that of the SPARQL endpoint itself",
    405: "check the URL: it must be that of the SPARQL endpoint itself",
    503: "the server is over a limit; ask a narrower question, or later",
}


class Remote(Store):
    """A server at a URL. Updates go to the URL after `#update=`, else to its sibling `update`."""

    def __init__(self, location: str, iris: Iris, *, write: bool) -> None:
        self.query_url, self.update_url, self._login = addresses(location)
        super().__init__(iris, self.query_url, write=write)
        self._check_union()

    def _check_union(self) -> None:
        named, union = "ASK { GRAPH ?g { ?s ?p ?o } }", "ASK { ?s ?p ?o }"
        if bool(self.query(named)) and not self.query(union):
            raise RemoteError(
                "the server's default graph is not the union of its named graphs",
                address=self.address,
                cure="switch it on: Oxigraph --union-default-graph, Fuseki tdb:unionDefaultGraph",
            )

    def query(
        self, sparql: str, *, default_graphs: Iterable[str] | None = None, named_graphs: Iterable[str] | None = None
    ) -> Result:
        """Answer a SPARQL query (see Store.query). Raises RemoteError for what the server refuses."""
        refuse_federation(sparql)
        request = self._request(self.query_url)
        for parameter, names in (("default-graph-uri", default_graphs), ("named-graph-uri", named_graphs)):
            for name in names or ():
                request.addParameter(parameter, name)
        request.setQuery(sparql)
        request.setReturnFormat("json" if request.queryType in {"SELECT", "ASK"} else "turtle")
        media, body = self._send(request)
        answer = _parsed(media, body, self.address)
        if isinstance(answer, ox.QueryBoolean) != (request.queryType == "ASK"):
            raise RemoteError(
                "the answer is of another kind than the question", address=self.address, cure="ask the server's owner"
            )
        return answer

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all."""
        where = (
            f"BIND (<{ox.NamedNode(graph).value}> AS ?g) GRAPH ?g {{ ?s ?p ?o }}" if graph else "GRAPH ?g { ?s ?p ?o }"
        )
        for row in self.select(f"SELECT ?s ?p ?o ?g WHERE {{ {where} }}"):
            yield ox.Quad(row["s"], row["p"], row["o"], row["g"])

    def close(self) -> None:
        """Nothing to let go of: each request is its own."""

    def _commit(
        self,
        update: str,
        changes: list[GraphChange],  # noqa: ARG002
        private: Mapping[str, list[ox.Quad]],  # noqa: ARG002 - private quotes stay here
    ) -> None:
        request = self._request(self.update_url)
        request.setRequestMethod(POSTDIRECTLY)
        request.setQuery(update)
        self._send(request)

    def _request(self, url: str) -> Any:
        request = SPARQLWrapper(url)
        request.setMethod(POST)
        request.setTimeout(TIMEOUT)
        if self._login:
            request.setCredentials(*self._login)
        return request

    def _send(self, request: Any) -> tuple[str, bytes]:
        with _network(self.address):
            response = request.query().response
            body: bytes = response.read(LARGEST_ANSWER)
            return response.headers.get_content_type(), body


@contextmanager
def _network(address: str) -> Iterator[None]:
    """Turn what the network says into what a person can act on."""
    try:
        yield
    except HTTPError as error:
        raise RemoteError(
            f"the server answered {error.code}{_detail(error)}", address=address, cure=_cure(error.code)
        ) from error
    except SPARQLWrapperException as error:
        # SPARQLWrapper turns the usual HTTP errors into its own and keeps only the body.
        cause = error.__context__
        code = cause.code if isinstance(cause, HTTPError) else 0
        said = str(error.args[0])[-300:].strip() if error.args else ""
        raise RemoteError(
            f"the server answered {code or 'with an error'}: {said}", address=address, cure=_cure(code)
        ) from error
    except (URLError, TimeoutError, http.client.HTTPException, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise RemoteError(
            f"the server cannot be reached: {reason}", address=address, cure="check that it runs"
        ) from error


def _detail(error: HTTPError) -> str:
    """What a server says about its refusal, if it says it as problem details (RFC 9457)."""
    try:
        problem = json.load(io.BytesIO(error.read(10_000)))
    except ValueError:
        return ""
    return f": {problem.get('detail') or problem.get('title')}" if isinstance(problem, dict) else ""


def _cure(code: int) -> str:
    return _CURES.get(code, "try again later, or ask the server's owner")


def addresses(location: str) -> tuple[str, str, tuple[str, str] | None]:
    """Where queries go, where updates go, and the name and password, which stay out of both."""
    try:
        parts = urlsplit(location)
        _ = parts.port
    except ValueError as error:
        raise InputError(
            f"this is no URL: {error}", address=location.rpartition("@")[2], cure="write http://HOST:PORT/PATH"
        ) from error
    url = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return url, parts.fragment.removeprefix("update=") or _sibling(url), login


def _sibling(url: str) -> str:
    """Where a server whose query endpoint ends in /sparql or /query takes updates."""
    head, _, last = url.partition("?")[0].rpartition("/")
    return f"{head}/update" if last in {"sparql", "query"} else url


def _parsed(media: str, body: bytes, address: str) -> Result:
    try:
        if media in _GRAPHS:
            return (quad.triple for quad in ox.parse(body, format=_GRAPHS[media]))
        if media in _FORMATS:
            return ox.parse_query_results(body, format=_FORMATS[media])
    except SyntaxError as error:
        raise RemoteError(f"the answer is broken: {error}", address=address, cure="ask the server's owner") from error
    raise RemoteError(
        f"the server answered with {media}", address=address, cure="check the URL: is it a SPARQL endpoint?"
    )
