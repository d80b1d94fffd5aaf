"""A store with the invented articles and some hostile ones, and a real server on loopback over it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from waqai import account
from waqai.graph import Iris
from waqai.store import open_store

IRIS = Iris()
ARTICLES = Path(__file__).parents[1] / "store" / "articles.trig"
HOSTILE = Path(__file__).parent / "hostile.trig"
SERVE = """
import sys
from waqai.web import serve
serve(sys.argv[1], port=int(sys.argv[2]), time_limit=float(sys.argv[3]))
"""


def graphs(path: Path) -> dict[str, list[ox.Quad]]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        found.setdefault(quad.graph_name.value, []).append(quad)
    return found


@contextmanager
def serving(store: Path, time_limit: float = 1.5) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(store), str(port), str(time_limit)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        url = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{url}/static/waqai.css", timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, server.stderr.read() if server.stderr else ""
                time.sleep(0.05)
        yield url
        server.terminate()
        assert server.stderr is not None
        assert b"Traceback" not in server.stderr.read()


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "store"
    with open_store(folder, write=True, create=True, iris=IRIS) as opened:
        opened.put({**graphs(ARTICLES), **graphs(HOSTILE)})
        account.refresh(opened)
    return folder


@pytest.fixture(scope="package")
def url(store: Path) -> Iterator[str]:
    with serving(store) as address:
        yield address


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=30) as opened:
        yield opened
