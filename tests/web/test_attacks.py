"""What somebody might try on a public endpoint."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from waqai.graph import Iris
from waqai.store import open_store
from waqai.web.pool import Limits, Pool

NEEDS_CURL = pytest.mark.skipif(
    not shutil.which("curl") and os.environ.get("CI") != "true", reason="curl is not installed"
)
"""Without curl these are skipped, but not in CI: it installs curl, so there they would fail."""

IRIS = Iris()
B = "b" * 20
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <U> { ?s ?p ?o } }",
        "ASK { SERVICE#\n<U> { ?s ?p ?o } }",
        "ASK { sErViCe SILENT <U> { ?s ?p ?o } }",
        "ASK { \\u0053ERVICE <U> { ?s ?p ?o } }",
        "PREFIX e: <U> ASK { SERVICEe:{ ?s ?p ?o } }",
        "SELECT * { VALUES ?a {1} VALUES ?b {2} FILTER(?a<?b#x>'''\n) SERVICE <U> { ?s ?p ?o }\n#'''\n}",
        "LOAD <U>",
        "LOAD SILENT <U> INTO GRAPH <https://e.example/>",
        "SELECT * FROM <U> { ?s ?p ?o }",
        "DESCRIBE <U> FROM NAMED <U>",
    ],
)
def test_nobody_is_called(client: httpx.Client, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        answer = client.post("/sparql", data={"query": query.replace("<U>", f"<{address}>")})
        with pytest.raises(TimeoutError):
            listener.accept()
    assert answer.status_code == 400


CONFINED = """
import sys
import pyoxigraph as ox
from waqai.web.confine import forbid_sockets
assert forbid_sockets()
try:
    list(ox.Store().query("SELECT * { SERVICE <" + sys.argv[1] + "> { ?s ?p ?o } }"))
except OSError as error:
    print(type(error).__name__)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
def test_a_worker_could_not_call_anybody_if_it_were_told_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        command = [sys.executable, "-c", CONFINED, f"http://127.0.0.1:{listener.getsockname()[1]}/"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        with pytest.raises(TimeoutError):
            listener.accept()
    assert ran.stdout == "PermissionError\n", ran.stderr


def test_a_query_is_stopped_at_the_limit_while_others_are_answered(client: httpx.Client, url: str) -> None:
    answers: list[tuple[int, float, str]] = []

    def attack() -> None:
        began = time.monotonic()
        answer = httpx.post(f"{url}/sparql", data={"query": CROSS}, timeout=30)
        answers.append((answer.status_code, time.monotonic() - began, answer.json()["detail"]))

    thread = threading.Thread(target=attack)
    thread.start()
    meanwhile = 0
    while thread.is_alive():
        began = time.monotonic()
        assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
        assert time.monotonic() - began < 1
        meanwhile += 1
    thread.join()
    [(status, seconds, detail)] = answers
    assert status == 503
    assert 1.4 < seconds < 3
    assert "time limit of 1.5 seconds" in detail
    assert meanwhile > 5


def test_after_many_attacks_at_once_it_still_answers(client: httpx.Client, url: str) -> None:
    threads = [
        threading.Thread(target=httpx.post, args=(f"{url}/sparql",), kwargs={"data": {"query": CROSS}, "timeout": 60})
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize(
    "query", ["ASK " + "{" * 40_000 + "}" * 40_000, "SELECT (" + "(" * 40_000 + "1" + ")" * 40_000 + " AS ?x) {}"]
)
def test_a_query_that_breaks_its_worker_breaks_nothing_else(client: httpx.Client, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code in {400, 503}
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


@pytest.mark.skipif(sys.platform != "linux", reason="the signal is Linux's")
def test_a_server_that_is_killed_leaves_no_worker_running(store: Path) -> None:
    with serving_process(store) as (server, url):
        pids = [int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]
        assert len(pids) >= 2
        thread = threading.Thread(target=ask_in_vain, args=(url,))
        thread.start()
        time.sleep(0.3)
        server.kill()
        thread.join()
    for _ in range(50):
        if not any(Path(f"/proc/{pid}/exe").exists() for pid in pids):
            return
        time.sleep(0.1)
    pytest.fail("workers go on without their server")


@contextmanager
def serving_process(store: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    code = "import sys; from waqai.web import serve; serve(sys.argv[1], port=int(sys.argv[2]), time_limit=60)"
    with subprocess.Popen([sys.executable, "-c", code, str(store), str(port)]) as server:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{port}/static/waqai.css")
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield server, f"http://127.0.0.1:{port}"


def ask_in_vain(url: str) -> None:
    with suppress(httpx.TransportError):
        httpx.post(f"{url}/sparql", data={"query": CROSS}, timeout=30)


def ask_pool(store: Path, limits: Limits, query: str) -> str:
    """Ask a pool of one worker, and say what comes of it."""

    async def run() -> str:
        pool = Pool(store, IRIS, limits, size=1)
        await pool.start()
        request = {"kind": "query", "default": [], "named": [], "accept": "text/csv", "bytes": limits.bytes}
        try:
            first = ""
            try:
                await pool.answer({**request, "query": query})
            except Exception as error:  # noqa: BLE001 - what came of it is the answer
                first = str(error)
            assert (await pool.answer({**request, "query": "ASK {}"})).body
            return first
        finally:
            await pool.close()

    return asyncio.run(run())


def test_a_large_answer_is_refused_before_it_begins(store: Path) -> None:
    assert "larger than the limit of 10000 bytes" in ask_pool(store, Limits(bytes=10_000), "SELECT * { ?s ?p ?o }")


def test_a_memory_bomb_is_refused(store: Path) -> None:
    bomb = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
    assert "more memory" in ask_pool(store, Limits(memory=1_500_000_000, seconds=60), bomb)


def test_a_name_of_a_megabyte_is_refused(client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": "ASK {}", "named-graph-uri": "urn:" + "é" * 150_000})
    assert answer.status_code == 400
    assert "longer than 2000" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query", ["ASK FROM <urn:" + "é" * 90_000 + "> {}", "SELECT * { ?s ?p", "ASK {} " + "é" * 90_000]
)
def test_what_is_wrong_is_said_briefly(client: httpx.Client, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code == 400
    assert 10 < len(answer.json()["detail"]) <= 301


def test_beyond_the_queue_one_is_told_at_once(store: Path) -> None:
    async def run() -> list[str]:
        limits = Limits(seconds=1, queue=2)
        pool = Pool(store, IRIS, limits, size=1)
        await pool.start()
        request = {"kind": "query", "default": [], "named": [], "accept": "text/csv", "bytes": limits.bytes}
        queries = [CROSS, "ASK {}", "ASK {}", "ASK {}", "ASK {}"]
        try:
            asked = (pool.answer({**request, "query": query}) for query in queries)
            return [str(answer) for answer in await asyncio.gather(*asked, return_exceptions=True)]
        finally:
            await pool.close()

    told = asyncio.run(run())
    assert "time limit" in told[0]
    assert ["true" in answer for answer in told[1:3]] == [True, True]
    assert ["too many requests" in answer for answer in told[3:]] == [True, True]


def test_idle_workers_that_are_killed_are_not_missed(store: Path) -> None:
    async def run() -> None:
        limits = Limits()
        pool = Pool(store, IRIS, limits, size=2)
        await pool.start()
        request = {"kind": "query", "default": [], "named": [], "accept": "text/csv", "bytes": limits.bytes}
        try:
            for worker in pool._all:
                os.kill(worker.process.pid, signal.SIGKILL)
            assert b"true" in (await pool.answer({**request, "query": "ASK {}"})).body
        finally:
            await pool.close()

    asyncio.run(run())


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ GRAPH <{IRIS.private_graph(B)}> {{ ?s ?p ?o }} }}",
        'SELECT ?o { GRAPH ?g { ?s ?p ?o } FILTER(ISLITERAL(?o) && CONTAINS(STR(?o), "Samir")) }',
        'SELECT ?g { GRAPH ?g {} FILTER(CONTAINS(STR(?g), "private")) }',
        'SELECT ?o { ?s ?p ?o FILTER(ISLITERAL(?o) && CONTAINS(STR(?o), "Samir")) }',
    ],
)
def test_nothing_private_can_be_asked(client: httpx.Client, query: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": "application/json"})
    assert answer.json()["results"]["bindings"] == []


def test_a_private_graph_cannot_be_named(client: httpx.Client) -> None:
    for parameter in ("default-graph-uri", "named-graph-uri"):
        answer = client.get("/sparql", params={"query": "ASK {?s ?p ?o}", parameter: IRIS.private_graph(B)})
        assert answer.status_code == 400
    for path in (f"/graph/private/{B}", f"/graph/private/{B}.ttl", f"/private/bb/{B}.nq"):
        assert client.get(path).status_code == 404
    for path in (f"/article/{B}.ttl", f"/graph/article/{B}.nt", f"/statement/{B}/killed-0-8.html"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Samir" not in answer.text


@NEEDS_CURL
@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/store/__init__.py",
        "/static//etc/passwd",
        "/question/../../etc/passwd",
        "/question/..%2F..%2Fqueries%2Fmilitia-deaths-by-province",
        "/article/..%2f..%2fstore.json",
        "/article/%00",
        "/article/a%0d%0aSet-Cookie:%20x=1",
        "/article/%3Cscript%3E",
        "/article/x%20y",
        "/nothing/at/all",
        "/store.json",
    ],
)
def test_no_path_leads_out_of_the_house(url: str, path: str) -> None:
    ran = subprocess.run(
        ["curl", "-sS", "-i", "--path-as-is", "--max-time", "20", url + path],
        capture_output=True,
        text=True,
        check=True,
    )
    head, _, body = ran.stdout.partition("\n\n")
    assert head.startswith("HTTP/1.1 404")
    assert "set-cookie" not in head.lower()
    assert "import" not in body
    assert "root:" not in body


def test_pages_escape_what_articles_smuggle_in(client: httpx.Client) -> None:
    page = client.get("/article/" + "c" * 20, headers={"Accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "&lt;script&gt;" in page.text
    hrefs = [part.partition('"')[0] for part in page.text.split('href="')[1:]]
    assert hrefs
    assert all(href.startswith(("/", "https://", "http://")) for href in hrefs)
    assert not [href for href in hrefs if href.startswith("//")]
    assert 'onmouseover="' not in page.text


def test_headers_forbid_what_pages_do_not_need(client: httpx.Client) -> None:
    for path in ("/", "/ns", "/nothing", "/sparql?query=ASK%7B%7D"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers
        assert "set-cookie" not in headers


def test_a_withdrawn_article_is_gone_from_the_running_server(client: httpx.Client, store: Path, url: str) -> None:
    """Runs last in this file: it changes the store."""
    article = "/article/" + "c" * 20 + ".ttl"
    before = client.get(article)
    assert "alert" in before.text
    assert client.get(article, headers={"If-None-Match": before.headers["etag"]}).status_code == 304
    with open_store(store, write=True, iris=IRIS) as opened:
        opened.withdraw("c" * 20, "hostile")
    after = client.get(article, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "alert" not in after.text
    assert "hostile" in after.text
    assert after.headers["etag"] != before.headers["etag"]
