"""Another server behind the same interface: the Oxigraph server on loopback, and servers that misbehave."""

from __future__ import annotations

import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai.errors import InputError, QueryError, RemoteError, StoreError
from waqai.graph import Iris
from waqai.store import Store
from waqai.store.embedded import open_writer
from waqai.store.remote import Remote, addresses

IRIS = Iris()
A, B = "a" * 20, "b" * 20
Graphs = dict[str, list[ox.Quad]]
OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    assert OXIGRAPH, "the oxigraph package is among the test dependencies"
    url = f"http://127.0.0.1:{free_port()}"
    with subprocess.Popen(
        [OXIGRAPH, "serve", "--bind", url.removeprefix("http://"), *options], stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"{url}/query?query=ASK%7B%7D")
            yield url
        finally:
            server.terminate()


def wait_for(url: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph("--union-default-graph") as url:
        yield url


@pytest.fixture
def remote(server: str) -> Iterator[Store]:
    with Remote(f"{server}/query", IRIS, write=True) as store:
        yield store
        store.remove(name for name in store.graph_names() if not name.endswith("/catalogue"))


def test_it_holds_the_same_as_a_folder(remote: Store, articles: Graphs, tmp_path: Path) -> None:
    with open_writer(tmp_path / "s", IRIS, create=True, verb="test") as local:
        for store in (local, remote):
            assert len(store.put(articles)) == 2
            assert store.put(articles) == ()
        assert remote.revision() == local.revision()
        assert remote.graph_names() == local.graph_names()
        assert set(remote.quads()) == set(local.quads())
        assert set(remote.quads(IRIS.article_graph(A))) == set(articles[IRIS.article_graph(A)])
        for store in (local, remote):
            store.withdraw(B, "wrong")
        assert remote.revision() == local.revision()
        assert remote.withdrawn() == local.withdrawn() == {IRIS.article(B): "wrong"}


def test_private_quotes_never_leave(remote: Store, articles: Graphs) -> None:
    remote.put(articles)
    assert not [quad for quad in remote.quads() if "Samir" in str(quad) or "/private/" in str(quad)]
    assert remote.private_quads(B) == []


def test_awkward_letters_arrive(remote: Store) -> None:
    name, node = IRIS.article_graph(A), ox.NamedNode("https://e.example/x")
    text = ox.Literal("\\u0041 \"' \n\r\t \U0001f600 \u2028 وقائع \\", language="ar")
    remote.put({name: [ox.Quad(node, node, text, ox.NamedNode(name))]})
    assert [quad.object for quad in remote.quads(name)] == [text]


def test_every_form_of_query_is_answered(remote: Store, articles: Graphs) -> None:
    remote.put(articles)
    article = f"<{IRIS.article(A)}>"
    assert remote.query(f"ASK {{ {article} ?p ?o }}")
    triples = list(remote.query(f"# CONSTRUCT\nCONSTRUCT {{ {article} ?p ?o }} WHERE {{ {article} ?p ?o }}"))  # type: ignore[arg-type]
    assert {t.subject for t in triples} == {ox.NamedNode(IRIS.article(A))}
    assert not remote.query(f"ASK {{ {article} ?p ?o }}", default_graphs=[IRIS.article_graph(B)])
    with pytest.raises(QueryError, match="SERVICE"):
        remote.query("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_a_server_without_union_is_refused(articles: Graphs) -> None:
    with oxigraph() as url:
        Remote(f"{url}/query", IRIS, write=True).put(articles)
        with pytest.raises(RemoteError, match="not the union"):
            Remote(f"{url}/query", IRIS, write=False)


def test_a_server_opened_to_read_is_not_written(server: str, articles: Graphs) -> None:
    with Remote(f"{server}/query", IRIS, write=False) as store, pytest.raises(StoreError, match="opened to read"):
        store.put(articles)


class Rude(http.server.BaseHTTPRequestHandler):
    """Answers each path in its own bad way."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, media, body = {
            "/broken": (200, "application/sparql-results+json", b'{"head": {}, "boolean": tr'),
            "/page": (200, "text/html", b"<html>"),
            "/missing": (404, "text/plain", b"no"),
            "/over": (503, "application/problem+json", b'{"title": "over the time limit"}'),
            "/login": (401, "text/plain", self.headers.get("Authorization", "").encode()),
        }[self.path]
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def rude() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Rude) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("broken", "the answer is broken"),
        ("page", "is it a SPARQL endpoint"),
        ("missing", r"answered 404(.|\n)*check the URL"),
        ("over", "answered 503: over the time limit"),
        ("login", r"answered 401(.|\n)*NAME:PASSWORD"),
    ],
)
def test_what_a_server_does_wrong_is_told_with_a_cure(rude: str, path: str, message: str) -> None:
    with pytest.raises(RemoteError, match=message) as caught:
        Remote(f"http://reader:secret@{rude}/{path}", IRIS, write=False)
    assert caught.value.exit_code == 3
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(RemoteError, match="cannot be reached"):
        Remote(f"http://127.0.0.1:{free_port()}/sparql", IRIS, write=False)


@pytest.mark.parametrize(
    ("location", "query", "update"),
    [
        ("https://e.example/sparql", "https://e.example/sparql", "https://e.example/update"),
        ("https://e.example:81/ds/query?x=1", "https://e.example:81/ds/query?x=1", "https://e.example:81/ds/update"),
        ("https://e.example/repositories/w", "https://e.example/repositories/w", "https://e.example/repositories/w"),
        ("http://[::1]:8/q#update=http://[::1]:9/u", "http://[::1]:8/q", "http://[::1]:9/u"),
    ],
)
def test_where_queries_and_updates_go(location: str, query: str, update: str) -> None:
    assert addresses(location) == (query, update, None)


def test_the_password_is_kept_out_of_the_address() -> None:
    assert addresses("https://me:p%40ss@e.example/sparql")[::2] == ("https://e.example/sparql", ("me", "p@ss"))


@pytest.mark.parametrize("location", ["http://[::1", "http://u:secret@[::1", "http://127.0.0.1:99999/query"])
def test_what_is_no_url_is_told(location: str) -> None:
    with pytest.raises(InputError, match="no URL") as told:
        Remote(location, IRIS, write=False)
    assert "secret" not in str(told.value)
    assert told.value.cure
