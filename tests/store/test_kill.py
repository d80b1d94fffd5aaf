"""A load that is killed at any moment leaves of each article wholly the old graph or wholly the new one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox

from waqai.graph import Iris
from waqai.store.change import content_hash
from waqai.store.embedded import open_reader, open_writer

IRIS = Iris()
KILLS, ARTICLES, TRIPLES = 50, 8, 40
LIMIT = 60.0

# The child loads version after version of the same articles; every triple of a graph carries the version's number.
LOAD = f"""
import itertools, pathlib, sys
import pyoxigraph as ox
from waqai.graph import Iris
from waqai.store import embedded
embedded.SNAPSHOT_EVERY = 0.02
iris, p = Iris(), ox.NamedNode("https://e.example/version")
with embedded.open_writer(pathlib.Path(sys.argv[1]), iris, create=True, verb="load") as store:
    for version in itertools.count(int(sys.argv[2])):
        graphs = {{}}
        for article in range({ARTICLES}):
            for name in (iris.article_graph(f"{{article:020}}"), iris.private_graph(f"{{article:020}}")):
                g = ox.NamedNode(name)
                nodes = (ox.NamedNode(f"https://e.example/{{article}}/{{n}}") for n in range({TRIPLES}))
                graphs[name] = [ox.Quad(node, p, ox.Literal(version), g) for node in nodes]
        store.put(graphs)
        if version == int(sys.argv[2]):
            print("loading", flush=True)
"""


def versions(quads: list[ox.Quad]) -> set[str]:
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}


def test_fifty_killed_loads_never_leave_half_an_article(tmp_path: Path) -> None:
    folder, chance, version, began = tmp_path / "store", random.Random(7), 0, time.monotonic()  # noqa: S311
    seen = set()
    for _ in range(KILLS):
        command = [sys.executable, "-c", LOAD, str(folder), str(version)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0, 0.12))
            child.send_signal(signal.SIGKILL)
        with open_reader(folder, IRIS) as reader:
            whole(reader.graph_names(), {n: list(reader.quads(n)) for n in reader.graph_names()})
        with open_writer(folder, IRIS, create=False, verb="check") as store:
            graphs = {name: list(store.quads(name)) for name in store.graph_names()}
            version = whole(list(graphs), graphs) + 1
            for name, quads in graphs.items():
                if "/article/" in name:
                    assert store.content_hash(name) == content_hash(q.triple for q in quads)
                    private = store.private_quads(name.rpartition("/")[2])
                    assert len(private) == TRIPLES
                    assert versions(private) == versions(quads)
            assert len(list((folder / "private").rglob("*.nq"))) == ARTICLES
            seen.add(version)
        assert time.monotonic() - began < LIMIT
    assert len(seen) > KILLS / 2  # the kills did come at different moments of the loading


def whole(names: list[str], graphs: dict[str, list[ox.Quad]]) -> int:
    """Every article is there with all triples of one version, all articles of one put with the same. That version."""
    articles = [name for name in names if "/graph/article/" in name]
    if not articles:
        return 0
    assert len(articles) == ARTICLES
    assert {len(graphs[name]) for name in articles} == {TRIPLES}
    [version] = set().union(*(versions(graphs[name]) for name in articles))
    return int(version)
