"""The SPARQL 1.1 Protocol over real HTTP, with the clients that partners use."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from http import HTTPStatus
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

from waqai.graph import Iris
from waqai.store import open_store
from waqai.store.screen import LONGEST_QUERY
from waqai.web.protocol import FORM

NEEDS_CURL = pytest.mark.skipif(
    not shutil.which("curl") and os.environ.get("CI") != "true", reason="curl is not installed"
)
"""Without curl these are skipped, but not in CI: it installs curl, so there they would fail."""


IRIS = Iris()
A, B = "a" * 20, "b" * 20
LOWS = "PREFIX wq: <https://w3id.org/waqai/ns#> SELECT ?n WHERE { ?s wq:low ?n ; a wq:CasualtyCount } ORDER BY ?n"
ABOUT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{IRIS.article_graph(A)}> {{ ?s ?p ?o }} }}"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/html, */*;q=0.1", "application/sparql-results+json"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/*", "text/csv"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
    ],
)
def test_tables_come_as_the_client_likes(client: httpx.Client, accept: str, media: str) -> None:
    answer = client.get("/sparql", params={"query": LOWS}, headers={"Accept": accept})
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    if media == "text/csv":
        assert answer.text.split() == ["n", "1", "12"]
    else:
        form = ox.QueryResultsFormat.from_media_type(media)
        assert form is not None
        solutions = ox.parse_query_results(answer.content, format=form)
        assert isinstance(solutions, ox.QuerySolutions)
        assert [row["n"].value for row in solutions] == ["1", "12"]


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_graphs_come_as_the_client_likes(client: httpx.Client, media: str, store: str) -> None:
    answer = client.get("/sparql", params={"query": ABOUT}, headers={"Accept": media})
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    form = ox.RdfFormat.from_media_type(media)
    assert form is not None
    with open_store(store, iris=IRIS) as opened:
        expected = {quad.triple for quad in opened.quads(IRIS.article_graph(A))}
    assert {quad.triple for quad in ox.parse(answer.content, format=form)} == expected


def test_every_way_of_asking(client: httpx.Client) -> None:
    ask = f"ASK {{ <{IRIS.article(A)}> ?p ?o }}"
    typed = {"Content-Type": "application/sparql-query; charset=utf-8"}
    for answer in (
        client.get("/sparql", params={"query": ask}),
        client.post("/sparql", data={"query": ask}),
        client.post("/sparql", content=ask.encode(), headers=typed),
    ):
        assert answer.json()["boolean"] is True
    elsewhere = {"default-graph-uri": IRIS.article_graph(B)}
    for answer in (
        client.get("/sparql", params={"query": ask, **elsewhere}),
        client.post("/sparql", data={"query": ask, **elsewhere}),
        client.post("/sparql", params=elsewhere, content=ask.encode(), headers=typed),
        client.get("/sparql", params={"query": ask, "named-graph-uri": IRIS.article_graph(A)}),
        client.get("/sparql", params={"query": ask.replace("{", f"FROM <{IRIS.article_graph(B)}> {{", 1)}),
    ):
        assert answer.json()["boolean"] is False
    both = [("default-graph-uri", IRIS.article_graph(g)) for g in (A, B)]
    assert client.get("/sparql", params=[("query", ask), *both]).json()["boolean"] is True


@pytest.mark.parametrize(
    ("method", "options", "status", "detail"),
    [
        ("GET", {}, 400, "0 queries"),
        ("GET", {"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400, "2 queries"),
        ("GET", {"params": {"query": "SELECT nonsense"}}, 400, "not a SPARQL query: error at 1:16"),
        (
            "GET",
            {"params": {"query": "ASK {}", "default-graph-uri": "https://other.example/g"}},
            400,
            "none is fetched",
        ),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "no iri"}}, 400, "is no IRI"),
        ("GET", {"params": {"query": "ASK FROM <https://other.example/g> {}"}}, 400, "none is fetched"),
        (
            "GET",
            {"params": {"query": "PREFIX o: <https://o.example/> ASK FROM NAMED o:g {}"}},
            400,
            "<https://o.example/g>",
        ),
        ("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "no accepted form"),
        ("GET", {"params": {"query": ABOUT}, "headers": {"Accept": "text/csv"}}, 406, "no accepted form"),
        ("POST", {"content": b"query=%FF%FE", "headers": {"Content-Type": FORM}}, 400, "well encoded"),
        ("POST", {"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}, 400, "not UTF-8"),
        ("POST", {"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415, "cannot be sent like this"),
        (
            "POST",
            {"content": b"CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
            403,
            "nothing can be",
        ),
        ("POST", {"data": {"update": "CLEAR ALL"}}, 403, "nothing can be changed"),
        ("POST", {"data": {"query": "DROP ALL"}}, 400, "this is an update"),
        ("POST", {"data": {"query": "#" * (LONGEST_QUERY + 1)}}, 400, "longer than"),
        ("POST", {"data": {"query": "#" * 20 * LONGEST_QUERY}}, 413, "too long"),
        ("PUT", {"content": b"x"}, 405, "Method"),
        ("DELETE", {}, 405, "Method"),
    ],
)
def test_what_is_wrong_is_said(
    client: httpx.Client, method: str, options: dict[str, object], status: int, detail: str
) -> None:
    answer = client.request(method, "/sparql", **options)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert detail in answer.json()["detail"] + answer.json().get("title", "")
    assert "Traceback" not in answer.text


def test_sparqlwrapper(url: str) -> None:
    wrapper: Any = SPARQLWrapper(f"{url}/sparql")
    wrapper.setQuery(LOWS)
    wrapper.setReturnFormat(JSON)
    assert [row["n"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]] == ["1", "12"]
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(CSV)
    assert wrapper.queryAndConvert().split() == [b"n", b"1", b"12"]
    wrapper.setQuery(ABOUT)
    wrapper.setReturnFormat(TURTLE)
    assert IRIS.article(A).encode() in wrapper.queryAndConvert()


def test_rdflib(url: str) -> None:
    remote = SPARQLStore(f"{url}/sparql")
    rows = [str(row.n) for row in remote.query(LOWS)]  # type: ignore[union-attr]
    assert rows == ["1", "12"]
    triples = list(remote.triples((URIRef(IRIS.article(A)), None, None)))
    assert len(triples) == 8


@NEEDS_CURL
def test_curl(url: str) -> None:
    def curl(*options: str) -> str:
        ran = subprocess.run(["curl", "-sS", "--max-time", "20", *options], capture_output=True, text=True, check=True)
        return ran.stdout

    asked = curl("-H", "Accept: text/csv", "--data-urlencode", f"query={LOWS}", f"{url}/sparql")
    assert asked.split() == ["n", "1", "12"]
    head = curl("-i", "-G", "--data-urlencode", "query=ASK {}", f"{url}/sparql")
    assert head.startswith("HTTP/1.1 200")
    assert json.loads(head.partition("\n\n")[2]) == {"head": {}, "boolean": True}


def test_our_own_store_interface_reads_it(url: str, store: str) -> None:
    with open_store(f"{url}/sparql", iris=IRIS) as remote, open_store(store, iris=IRIS) as local:
        assert remote.revision() == local.revision()
        assert remote.graph_names() == local.graph_names()
        assert [row["n"].value for row in remote.select(LOWS)] == ["1", "12"]
