"""The ledger: whatever was loaded, replaced and withdrawn on the way, the bounds are those of all counts anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waqai import account
from waqai.account import refreshing
from waqai.account.counts import as_plain, from_plain
from waqai.account.refreshing import current
from waqai.ask import load_questions
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
BOUNDS = "https://w3id.org/waqai/graph/bounds"
PREFIXES = """@prefix wq: <https://w3id.org/waqai/ns#> . @prefix wqv: <https://w3id.org/waqai/vocabulary/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <https://w3id.org/waqai/> .
"""


@st.composite
def articles(draw: st.DrawFn, number: int) -> str:
    """An article's counts: placed or not, of a class or none, dated or not, related to each other or to another's."""
    triples = []
    for k in range(draw(st.integers(0, 3))):
        me = f"<statement/a{number}/k{k}>"
        low = draw(st.integers(0, 9))
        high = draw(st.sampled_from([f"wq:high {low} ;", f"wq:high {low + 2} ;", ""]))
        operator = draw(st.sampled_from(["exact", "exact", "exact", "vague"]))
        units = draw(st.sampled_from([["SY-HI"], ["SY-HM"], ["SY-HI", "SY-HM"], ["IQ-AN"], [], []]))
        where = "".join(f"wq:coversUnit <place/{u}> ; " for u in units)
        country = draw(st.sampled_from(["", "wq:country <place/SY> ; "])) if not units else ""
        victims = draw(st.sampled_from(["civilian", "government_forces", "iran_backed_militia", ""]))
        group = f"wq:victims {me[:-1]}/victims> ; " if victims else ""
        if victims:
            triples.append(f"{me[:-1]}/victims> wq:victimClass wqv:{victims} ; wq:leafClass wqv:{victims} .")
        day = draw(st.integers(1, 4))
        days = draw(st.sampled_from(["", f"wq:period {me[:-1]}/period> ; "]))
        if days:
            last = day + draw(st.integers(0, 2))
            triples.append(
                f'{me[:-1]}/period> wq:notBefore "2021-05-0{day}"^^xsd:date ; wq:notAfter "2021-05-0{last}"^^xsd:date .'
            )
        kind = draw(st.sampled_from(["incident", "period_total"]))
        source = draw(st.sampled_from(["monitor", f"outlet{number}"]))
        told = f"wq:low {low} ; {high}" if operator == "exact" else ""
        triples.append(
            f"{me} wq:outcome wqv:killed ; wq:statedIn <article/a{number}> ; wq:operator wqv:{operator} ; "
            f"wq:certainty wqv:stated ; {where}{country}{group}{days}{told} wq:countKind wqv:{kind} ; "
            f"wq:originator <source/{source}> ."
        )
        if k and draw(st.booleans()):
            kind = draw(st.sampled_from(["subset_of", "disjoint_from", "updates", "restates"]))
            triples.append(
                f"{me} wq:relation {me[:-1]}/r> . {me[:-1]}/r> wq:relationKind wqv:{kind} ; "
                f"wq:relatesTo <statement/a{number}/k{k - 1}> ; wq:assertedBy wqv:source ."
            )
    return f"<graph/article/a{number}> {{ {' '.join(triples)} }}"


def graphs_of(trig: str) -> dict[str, list[ox.Quad]]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse((PREFIXES + trig).encode(), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return graphs


def one_event(draw: st.DataObject) -> list[ox.Quad]:
    """The derived graph of events says that counts of two articles are of the same victims."""
    pairs = draw.draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=2))
    text = " ".join(
        f"<statement/a{a}/k0> wq:relation <event/{a}-{b}> . <event/{a}-{b}> wq:relationKind wqv:restates ; "
        f"wq:relatesTo <statement/a{b}/k0> ; wq:assertedBy wqv:our_rules ; wq:rule wqv:one_event ."
        for a, b in pairs
        if a != b
    )
    return graphs_of(f"<graph/events> {{ {text} }}").get("https://w3id.org/waqai/graph/events", [])


@pytest.fixture(autouse=True, scope="module")
def questions_read_once() -> Iterator[None]:
    """The saved questions are read once: hundreds of refreshes follow."""
    known = load_questions()
    with patch.object(refreshing, "load_questions", lambda: known):
        yield


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_way_to_the_same_articles_leads_to_the_same_bounds(
    store_of: StoreOf, tmp_path_factory: object, data: st.DataObject
) -> None:
    room = tmp_path_factory.mktemp("room")  # type: ignore[attr-defined]
    store = store_of("")
    store.workroom = lambda: room  # type: ignore[method-assign]
    last: dict[str, list[ox.Quad]] = {}
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, 3))
        name = f"https://w3id.org/waqai/graph/article/a{number}"
        if data.draw(st.integers(0, 4)) == 0:
            last[name] = []
        else:
            last[name] = graphs_of(data.draw(articles(number))).get(name, [])
        store.put({name: last[name]})
        if data.draw(st.booleans()):
            last["https://w3id.org/waqai/graph/events"] = one_event(data)
            store.put({"https://w3id.org/waqai/graph/events": last["https://w3id.org/waqai/graph/events"]})
        account.refresh(store)
    fresh = store_of("")
    for name in sorted(last, reverse=True):
        fresh.put({name: last[name]})
    account.refresh(fresh)
    assert set(store.quads(BOUNDS)) == set(fresh.quads(BOUNDS))


ONE = """<graph/article/a1> {
  <statement/a1/k0> wq:outcome wqv:killed ; wq:statedIn <article/a1> ; wq:low 5 ; wq:high 5 ;
  wq:operator wqv:exact ; wq:certainty wqv:stated ; wq:coversUnit <place/SY-HI> ; wq:victims <statement/a1/k0/victims> .
  <statement/a1/k0/victims> wq:victimClass wqv:civilian ; wq:leafClass wqv:civilian . }"""


def refreshed(store_of: StoreOf, workroom: Path) -> tuple[Store, set[ox.Quad]]:
    """A store with a ledger beside it, and its bounds."""
    store = store_of(PREFIXES + ONE)
    store.workroom = lambda: workroom  # type: ignore[method-assign]
    account.refresh(store)
    return store, set(store.quads(BOUNDS))


def test_a_ledger_that_is_damaged_or_of_something_else_is_made_anew(store_of: StoreOf, tmp_path: Path) -> None:
    store, right = refreshed(store_of, tmp_path)
    (file,) = tmp_path.glob("ledger-*.sqlite")
    with sqlite3.connect(file) as other:
        other.execute("UPDATE meta SET value = 'another' WHERE key = 'signature'")
    for damage in (None, b"no database at all" * 100, b""):
        if damage is not None:
            file.write_bytes(damage)
        store.put({BOUNDS: []})
        assert account.refresh(store)
        assert set(store.quads(BOUNDS)) == right


def test_a_graph_that_was_not_written_from_the_ledger_is_written_whole(store_of: StoreOf, tmp_path: Path) -> None:
    store, right = refreshed(store_of, tmp_path)
    stray = next(q for q in right if q.predicate.value.endswith("#high"))
    broken = [q for q in right if q != stray]
    store.put({BOUNDS: [q for q in broken if not q.predicate.value.endswith("asOfRevision")]})
    assert not current(store)
    assert account.refresh(store)
    assert set(store.quads(BOUNDS)) == right


def test_a_refresh_that_was_cut_short_is_finished_by_the_next(store_of: StoreOf, tmp_path: Path) -> None:
    """The ledger is ahead of the graph when a process ends between the two."""
    store, right = refreshed(store_of, tmp_path)
    name = "https://w3id.org/waqai/graph/article/a1"
    quads = list(store.quads(name))
    low = "https://w3id.org/waqai/ns#low"
    store.put({name: [q for q in quads if q.predicate.value != low]})
    put, amend = store.put, store.amend

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    store.put = store.amend = fail  # type: ignore[assignment,method-assign]
    with suppress(KeyboardInterrupt):
        account.refresh(store)
    store.put, store.amend = put, amend  # type: ignore[method-assign]
    assert not current(store)
    store.put({name: quads})
    assert current(store)
    assert not account.refresh(store)
    assert set(store.quads(BOUNDS)) == right
    store.put({name: []})
    account.refresh(store)
    assert not [q for q in store.quads(BOUNDS) if q.predicate.value == low]


def test_counts_go_into_the_ledger_and_come_out_the_same(store_of: StoreOf) -> None:
    store = store_of(Path(__file__).parents[1] / "queries" / "militia-deaths-by-province" / "graph.trig")
    counts = account.counts.read_counts(store, "killed")
    assert counts
    for count in counts:
        assert from_plain(as_plain(count)) == count
    assert account.counts.read_counts(store, "killed", [counts[0].iri]) == counts[:1]
