"""SERVICE is found however it is hidden, and nothing else is taken for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.errors import QueryError
from waqai.store.screen import LONGEST_QUERY, is_update, names_dataset, refuse_federation, unescaped

HIDDEN = [
    "SELECT * { SERVICE <@@> { ?s ?p ?o } }",
    "SELECT * { service\tSILENT <@@> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE<@@>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # comment > \" '\n <@@> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "}" SERVICE <@@> { ?s ?p ?o } }',
    "SELECT * { ?s ?p 'it\\'s' SERVICE <@@> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ''' ' '' ''' SERVICE <@@> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<@@>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.5e3SERVICE<@@>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<@@>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICE<@@>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'@en--ltrSERVICE<@@>{ ?s ?p ?o } }",
    "PREFIX ex: <@@> SELECT * { SERVICEex:{ ?s ?p ?o } }",
    "PREFIX : <@@> SELECT * { SERVICE:{ ?s ?p ?o } }",
    "PREFIX : <@@> SELECT * { ?s ?p true.SERVICE:{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<@@>{ ?s ?p ?o } }",
    "SELECT * { VALUES ?a {1} VALUES ?b {2} FILTER(?a<?b#x>'''\n) SERVICE <@@> { ?s ?p ?o }\n#'''\n}",
    'SELECT * { VALUES ?a {1} VALUES ?b {2} FILTER(?a<?b#x>"\n) SERVICE <@@> { ?s ?p ?o }\n#"\n}',
    "SELECT * { VALUES ?x {'''a' } SERVICE <@@> { ?s ?p ?o } #\\q'''\n}",
    "SELECT * { VALUES ?u { <@@> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <@@> { ?s ?p ?o } }",
    "SELECT * { \\U00000053\\u0045RVICE <@@> { ?s ?p ?o } }",
    "SELECT * { # \\u000A SERVICE <@@> { ?s ?p ?o }\n }",
    "ASK { FILTER(?a<?b)SERVICE#x>\n<@@> { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttp:> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <@@> { ?s ?p ?o } } }",
    "ASK { { SELECT * { SERVICE <@@> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { SERVICE <@@> { ?s ?p ?o } } }",
    "DESCRIBE ?s { SERVICE <@@> { ?s ?p ?o } }",
    "ASK { FILTER(1<2) SERVICE <@@> { ?s ?p ?o } FILTER(3>2) }",
]
HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
    "SELECT * { ?s ?p '''SERVICE <http://x/> {\n}''' }",
    "# no SERVICE here\nSELECT * { ?s ?p ?o }",
    "SELECT * { <http://x/SERVICE> ?p ?service }",
    "SELECT * { ?s ?p <http://x/#SERVICE> }",
    "SELECT * { <http://x/a#b>  <http://x/service/p> 'SERVICE <http://x/> {}' }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:service $SERVICE }",
    "SELECT * { ?s ?p 'dienst'@x-service }",
    'SELECT * { ?s ?p "a \\" SERVICE <http://x/> {}" }',
]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[int]]]:
    """A server's address, and a list that grows with each connection to it."""
    server, visits = socket.create_server(("127.0.0.1", 0)), list[int]()

    def accept() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            visits.append(1)
            connection.close()

    thread = threading.Thread(target=accept)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", visits
    server.shutdown(socket.SHUT_RDWR)
    thread.join()
    server.close()


@pytest.mark.parametrize("query", HIDDEN)
def test_service_is_refused_however_it_is_hidden(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        refuse_federation(query.replace("@@", "http://127.0.0.1:1/"))


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_alone_is_no_crime(query: str) -> None:
    refuse_federation(query)


def test_the_hidden_ones_are_dangerous(listener: tuple[str, list[int]]) -> None:
    """At least half of the list makes Oxigraph connect if it is not screened: the list tests something."""
    address, visits = listener
    reached = 0
    for query in HIDDEN:
        before = len(visits)
        try:
            result = ox.Store().query(query.replace("@@", address))
            list(result) if not isinstance(result, ox.QueryBoolean) else bool(result)
        except (SyntaxError, OSError, RuntimeError):
            pass
        reached += len(visits) > before
    assert reached >= len(HIDDEN) / 2


FRAGMENTS = [
    "'",
    '"',
    "'''",
    '"""',
    "\\",
    "<",
    ">",
    "#",
    "\n",
    "?a",
    "1",
    "true",
    "ex:a",
    "{",
    "}",
    ".",
    " ",
    "\\u0027",
    "@en",
    ")",
    "(",
    "FILTER",
]


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8), st.lists(st.sampled_from(FRAGMENTS), max_size=8))
def test_what_passes_the_screen_never_connects(before: list[str], after: list[str]) -> None:
    """Whatever stands around it: either the screen refuses, or the parser does not see a federated query."""
    query = f"PREFIX ex: <http://e/> SELECT * {{ {''.join(before)}SERVICE ex:x {{ ?s ?p ?o }}{''.join(after)} }}"
    try:
        refuse_federation(query)
    except QueryError:
        return
    # Port 0 cannot be connected to; a federated query would say so, a harmless one is parsed or is not.
    try:
        result = ox.Store().query(query.replace("http://e/", "http://127.0.0.1:0/"))
        list(result)  # type: ignore[arg-type]
    except SyntaxError:
        pass


def test_too_long_a_query_is_refused() -> None:
    with pytest.raises(QueryError, match="longer than"):
        refuse_federation("#" * (LONGEST_QUERY + 1))


def test_escapes_are_read() -> None:
    assert unescaped("\\u0041\\U0001F600\\uD800\\UFFFFFFFF") == "A\U0001f600\ufffd\ufffd"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PREFIX insert: <http://x/> # DROP\nSELECT ?delete { ?s ?p 'DELETE' }", False),
        ("BASE <http://x/INSERT> INSERT DATA {}", True),
        ("load <http://x/>", True),
        ("nonsense", False),
    ],
)
def test_updates_are_told_from_queries(text: str, expected: bool) -> None:
    assert is_update(text) is expected


def test_a_dataset_clause_is_seen() -> None:
    assert names_dataset("SELECT * from <http://x/> {}")
    assert not names_dataset("PREFIX from: <http://x/> SELECT ?from { ?s from:from 'FROM' } # FROM")
