"""The gate: what it accepts, what it says, and that no graph, however damaged, makes it fall over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.errors import ShapeError
from waqai.graph import WQ, WQV, article_graphs
from waqai.graph.article import term
from waqai.model import (
    ActorRef,
    Article,
    CasualtyCount,
    Day,
    EventStatement,
    Period,
    Relation,
    Span,
    Statement,
    VictimGroup,
)
from waqai.resources import files
from waqai.validate import Gate, Verdict
from waqai.validate.terms import to_ox, to_rdflib

ARTICLE = Path(__file__).parent / "shapes" / "article.trig"
SHAPES = "https://w3id.org/waqai/shapes#"
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

Quads = list[ox.Quad]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate()


def article() -> Quads:
    return list(ox.parse(path=str(ARTICLE), format=ox.RdfFormat.TRIG))


def typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def broken(verdict: Verdict) -> set[str]:
    return {finding.shape.removeprefix(SHAPES) for finding in verdict.findings}


def test_an_article_as_the_contract_has_it_is_accepted_without_a_finding(gate: Gate) -> None:
    verdict = gate.verdict(article())
    assert verdict.findings == ()
    assert verdict.accepted
    assert "sh:conforms true" in verdict.turtle()


# ---------------------------------------------------------------- damage


@dataclass(frozen=True)
class Damage:
    """What is done to one triple of the article with the predicate, and the entry that must say so."""

    entry: str
    predicate: str
    becomes: Callable[[ox.Quad], Quads]
    where: Callable[[ox.Quad], bool] = lambda _: True


def gone(quad: ox.Quad) -> Quads:
    return []


def value(new: ox.NamedNode | ox.Literal) -> Callable[[ox.Quad], Quads]:
    return lambda quad: [ox.Quad(quad.subject, quad.predicate, new, quad.graph_name)]


def also(predicate: str, new: ox.NamedNode | ox.Literal) -> Callable[[ox.Quad], Quads]:
    return lambda quad: [quad, ox.Quad(quad.subject, term(predicate), new, quad.graph_name)]


def to_itself(quad: ox.Quad) -> Quads:
    return [ox.Quad(quad.subject, quad.predicate, quad.subject, quad.graph_name)]


def of_class(name: str) -> Callable[[ox.Quad], bool]:
    return lambda quad: quad.object == term(name)


def wqv(code: str) -> ox.NamedNode:
    return ox.NamedNode(WQV + code)


ELSEWHERE = ox.NamedNode("https://news.example/other")
DAMAGES = [
    Damage("count-outcome", "wq:outcome", gone),
    Damage("count-outcome", "wq:outcome", value(wqv("murdered"))),
    Damage("statement-named-after-article", "wq:outcome", value(wqv("missing"))),
    Damage("count-low", "wq:low", value(ox.Literal(-1))),
    Damage("count-low", "wq:low", value(typed("0", "integer"))),
    Damage("count-low", "wq:low", value(typed("twelve", "integer"))),
    Damage("count-high", "wq:high", value(typed("12.0", "decimal"))),
    Damage("count-low-not-above-high", "wq:high", value(ox.Literal(1))),
    Damage("count-exact", "wq:high", value(ox.Literal(99))),
    Damage("count-at-least", "wq:operator", value(wqv("more_than")), of_class("wqv:exact")),
    Damage("count-at-most", "wq:operator", value(wqv("at_most"))),
    Damage("count-between", "wq:operator", value(wqv("between"))),
    Damage("count-vague", "wq:operator", value(wqv("vague")), of_class("wqv:exact")),
    Damage("count-vague", "wq:vagueWord", gone),
    Damage("count-kind", "wq:countKind", gone),
    Damage("count-victims", "wq:victims", gone),
    Damage("victims-of-one-count", "wq:victims", gone),
    Damage("statement-article", "wq:statedIn", value(ELSEWHERE)),
    Damage("statement-article", "wq:statedIn", gone),
    Damage("statement-reading", "prov:wasGeneratedBy", gone),
    Damage("statement-certainty", "wq:certainty", gone),
    Damage("statement-originator", "wq:originator", gone),
    Damage("statement-originator-first", "wq:originator", value(ox.NamedNode("https://w3id.org/waqai/actor/x"))),
    Damage("statement-attribution", "wq:attribution", value(ELSEWHERE)),
    Damage("attribution-position", "wq:position", value(ox.Literal(0))),
    Damage("statement-chain", "wq:position", value(ox.Literal(7))),
    Damage("statement-chain", "wq:relayedBy", gone),
    Damage("attribution-next", "wq:relayedBy", to_itself),
    Damage("attribution-agent", "prov:agent", value(ELSEWHERE)),
    Damage("statement-evidence", "wq:evidence", gone),
    Damage("evidence-inside-text", "oa:end", value(ox.Literal(100_000))),
    Damage("position-order", "oa:end", value(ox.Literal(1))),
    Damage("evidence-quote-fits-position", "oa:exact", value(ox.Literal("12", language="ar"))),
    Damage("evidence-quote", "oa:hasSelector", value(ELSEWHERE), lambda quad: str(quad.object).endswith("quote>")),
    Damage("evidence-source", "oa:hasSource", gone),
    Damage("statement-unit", "wq:unit", value(ox.NamedNode("https://w3id.org/waqai/place/homs"))),
    Damage("statement-unit-covered", "wq:coversUnit", gone),
    Damage("statement-unit-in-country", "wq:country", gone),
    Damage("statement-unit-in-country", "wq:country", value(ox.NamedNode("https://w3id.org/waqai/place/IQ"))),
    Damage("period-not-before", "wq:notBefore", value(typed("2021-02-30", "date"))),
    Damage("period-order", "wq:notAfter", value(typed("2020-12-31", "date")), lambda q: "58-67" in str(q.subject)),
    Damage("period-not-after-publication", "schema:datePublished", value(typed("2020", "gYear"))),
    Damage("article-url", "schema:url", value(typed("javascript:alert(1)", "anyURI"))),
    Damage("article-text-length", "wq:textLength", gone),
    Damage(
        "victims-class-fits-leaves", "wq:leafClass", value(wqv("rebel")), lambda quad: "/killed-" in str(quad.subject)
    ),
    Damage("victims-nationality", "wq:nationality", value(ox.Literal("Syrian"))),
    Damage("relation-not-to-itself", "wq:subsetOf", to_itself),
    Damage("relation-explained", "wq:relation", gone, lambda quad: str(quad.object).endswith("relation-1>")),
    Damage("relation-holds-or-is-a-reading", "wq:disjointFrom", gone),
    Damage("relation-concluded-under-a-rule", "wq:rule", gone),
    Damage("relation-reason", "wq:reason", gone, lambda quad: "/relation-" in str(quad.subject)),
    Damage("readings-one-preferred", "wq:preferred", value(ox.Literal(True)), lambda quad: "false" in str(quad.object)),
    Damage("readings-several", "wq:reading", gone),
    Damage("part-not-larger-than-whole", "wq:subsetOf", also("wq:low", ox.Literal(50))),
    Damage("toll-does-not-fall", "wq:updates", also("wq:high", ox.Literal(3))),
    Damage("restatement-agrees", "wq:restates", also("wq:high", ox.Literal(3))),
    Damage(
        "part-not-apart-from-whole", "wq:subsetOf", lambda q: [q, ox.Quad(q.subject, term("wq:disjointFrom"), q.object)]
    ),
    Damage("event-claim-is-claimed", "wq:certainty", value(wqv("stated")), of_class("wqv:claimed")),
    Damage("closure-typed", "rdf:type", gone, lambda quad: quad.object != term("wq:Article")),
    Damage("closure-class", "rdf:type", value(ox.NamedNode(WQ + "DeathToll"))),
    Damage("closure-casualty-count", "wq:outcome", also("wq:edtf", ox.Literal("2021"))),
    Damage("closure-one-class", "wq:outcome", also("rdf:type", term("wq:EventStatement"))),
    Damage(
        "closure-no-blank-nodes",
        "wq:outcome",
        lambda q: [q, ox.Quad(ox.BlankNode("b"), term("rdf:type"), term("wq:Period"))],
    ),
]
WARNINGS = {
    "period-not-after-publication",
    "part-not-larger-than-whole",
    "toll-does-not-fall",
    "restatement-agrees",
    "part-not-apart-from-whole",
}


@settings(deadline=None, max_examples=3)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.entry}, {damage.predicate}")
@given(data=st.data())
def test_one_damaged_triple_is_named_by_its_shape(gate: Gate, damage: Damage, data: st.DataObject) -> None:
    quads = article()
    choices = [q for q in quads if q.predicate == term(damage.predicate) and damage.where(q)]
    hit = data.draw(st.sampled_from(choices))
    verdict = gate.verdict([new for quad in quads for new in (damage.becomes(quad) if quad == hit else [quad])])
    assert damage.entry in broken(verdict)
    [severity] = {finding.severity for finding in verdict.findings if finding.shape == SHAPES + damage.entry}
    assert severity == ("Warning" if damage.entry in WARNINGS else "Violation")
    assert severity == "Warning" or not verdict.accepted


TERMS = st.one_of(
    st.builds(lambda n: ox.NamedNode(f"https://w3id.org/waqai/{n}"), st.sampled_from(["", "place/x", "ns#low", "é/ü"])),
    st.builds(ox.BlankNode, st.sampled_from(["b0", "b1"])),
    st.builds(ox.Literal, st.text()),
    st.builds(lambda text: ox.Literal(text, language="ar"), st.text()),
    st.builds(
        typed,
        st.one_of(
            st.text(), st.sampled_from(["9" * 5000, "-0", "1e400", "NaN", "-9999-99-99", "24:00:00", "tRue", "P1Y"])
        ),
        st.sampled_from(
            ["integer", "date", "dateTime", "boolean", "decimal", "double", "gYear", "gYearMonth", "duration"]
        ),
    ),
    st.builds(lambda text: ox.Literal(text, datatype=term("edtf:EDTF")), st.text()),
    st.just(ox.Triple(ox.NamedNode(WQ), term("wq:low"), ox.Literal(1))),
    st.just(ox.Literal("abc", language="ar", direction=ox.BaseDirection("rtl"))),
)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), new=TERMS)
def test_no_term_anywhere_makes_the_gate_fall_over(gate: Gate, data: st.DataObject, new: Term) -> None:
    quads = article()
    at = data.draw(st.integers(0, len(quads) - 1))
    quads[at] = ox.Quad(quads[at].subject, quads[at].predicate, new, quads[at].graph_name)
    verdict = gate.verdict(quads)
    no_place_anywhere = isinstance(new, ox.BlankNode | ox.Triple) or (
        isinstance(new, ox.Literal) and new.direction is not None
    )
    assert not (no_place_anywhere and verdict.accepted)
    assert len(set(ox.parse(verdict.turtle(), format=ox.RdfFormat.TURTLE))) == len(set(verdict.report))


# ---------------------------------------------------------------- terms


@pytest.mark.parametrize("datatype", ["integer", "boolean", "decimal", "date", "dateTime", "string", "double"])
@pytest.mark.parametrize("text", ["007", "1", "1.50", "2021-05-03", "2021-05-03T00:00:00.000Z", " 1 ", "1E0", "x"])
def test_a_literal_keeps_its_characters_and_its_datatype(text: str, datatype: str) -> None:
    literal = typed(text, datatype)
    assert str(to_rdflib(literal)) == text
    assert to_ox(to_rdflib(literal)) == literal


def test_an_ill_typed_literal_is_no_noise_on_standard_error(gate: Gate, capfd: pytest.CaptureFixture[str]) -> None:
    gate.verdict([ox.Quad(ox.NamedNode(WQ), term("wq:low"), typed("twelve", "integer"))])
    assert capfd.readouterr() == ("", "")


# ---------------------------------------------------------------- verdict and report


def damaged(entry: str, only: int = 0) -> Quads:
    damage = next(d for d in DAMAGES if d.entry == entry)
    hits = [q for q in article() if q.predicate == term(damage.predicate) and damage.where(q)]
    return [new for quad in article() for new in (damage.becomes(quad) if quad == hits[only] else [quad])]


def test_a_finding_says_where_what_and_what_to_do_in_either_language(gate: Gate) -> None:
    [finding] = gate.verdict(damaged("evidence-inside-text")).findings[:1]
    assert finding.focus.startswith("https://w3id.org/waqai/statement/5c0de5c0de5c0de5c0de/")
    assert finding.shape == SHAPES + "evidence-inside-text"
    assert finding.value == "100000"
    assert finding.wrong("en") == "The evidence ends at character 100000, after the end of the text"
    assert finding.cure("en").startswith("correct the position")
    assert finding.wrong("ar") == "الدليل ينتهي عند المحرف 100000، بعد آخر النص"
    assert finding.cure("ar").startswith("صحّح الموضع")


def test_a_warning_keeps_the_article(gate: Gate) -> None:
    verdict = gate.verdict(damaged("period-not-after-publication"))
    assert {finding.severity for finding in verdict.findings} == {"Warning"}
    assert verdict.accepted
    assert "sh:conforms false" in verdict.turtle()


def test_the_report_is_the_same_in_whatever_order_the_triples_come(gate: Gate) -> None:
    quads = damaged("count-outcome") + damaged("relation-reason")[:50]
    first, second = gate.verdict(quads), gate.verdict(reversed(quads))
    assert first.findings == second.findings
    assert first.turtle() == second.turtle()
    assert [f.severity for f in first.findings] == sorted((f.severity for f in first.findings), reverse=False)


def test_the_report_holds_every_finding_and_no_blank_node(gate: Gate) -> None:
    verdict = gate.verdict(damaged("victims-of-one-count"))
    report = list(ox.parse(verdict.turtle(), format=ox.RdfFormat.TURTLE))
    assert {(t.subject, t.predicate, t.object) for t in report} == {
        (t.subject, t.predicate, t.object) for t in verdict.report
    }
    assert not any(isinstance(t, ox.BlankNode) for quad in report for t in (quad.subject, quad.object))
    results = [quad.object for quad in report if quad.predicate.value == SH + "result"]
    assert len(results) == len(verdict.findings) > 0
    messages = [quad.object for quad in report if quad.predicate.value == SH + "resultMessage"]
    languages = {message.language for message in messages if isinstance(message, ox.Literal)}
    assert languages == {"ar", "en"}
    [inverse] = [quad.object for quad in report if quad.predicate.value == SH + "inversePath"]
    assert inverse == term("wq:victims")


def test_an_article_in_the_graph_of_another_is_refused(gate: Gate) -> None:
    other = ox.NamedNode("https://w3id.org/waqai/graph/article/00000000000000000000")
    verdict = gate.verdict(ox.Quad(q.subject, q.predicate, q.object, other) for q in article())
    [finding] = verdict.findings
    assert (finding.shape, finding.focus) == (SHAPES + "article-in-its-graph", other.value)


def test_a_deployment_may_have_a_base_of_its_own(gate: Gate) -> None:
    text = ARTICLE.read_text(encoding="utf-8")
    moved = text.replace("@base <https://w3id.org/waqai/>", "@base <http://kg.example:8080/w/>")
    quads = list(ox.parse(moved, format=ox.RdfFormat.TRIG))
    assert "http://kg.example:8080/w/article/5c0de5c0de5c0de5c0de" in {str(q.subject.value) for q in quads}
    assert gate.verdict(quads).findings == ()


@pytest.mark.parametrize(
    "path", [*files("ontology", "actors.ttl"), *files("ontology", "places/*.ttl")], ids=lambda p: p.name
)
def test_the_registers_conform(gate: Gate, path: Path) -> None:
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    assert quads
    assert gate.verdict(quads).findings == ()


def test_what_the_graph_room_writes_is_accepted(gate: Gate) -> None:
    text = "قال المرصد إن 12 عنصراً بينهم ضابطان قتلوا في بادية حمص."
    head = Article("5c0de5c0de5c0de5c0de", text, "ar", "homs.txt", published=Day(2021, 5), url="https://news.example/1")
    whole, part = Span(15, 24), Span(31, 38)
    sentence, said_by = Span(0, len(text)), ActorRef("المرصد", Span(4, 10))
    counts: list[Statement] = [
        CasualtyCount("k1", (whole,), sentence, "killed", 12, 12, "exact", source=(said_by,), units=("SY-HI",),
                      covers=("SY-HI", "SY-DY"), country="SY", period=Period(Day(2021, 5, 1), open_end=True)),
        CasualtyCount("k2", (part,), sentence, "killed", 2, 2, "exact",
                      VictimGroup(classes=frozenset({"jihadist", "rebel"})),
                      relations=(Relation("subset_of", "k1", "source", "among them"),)),
        EventStatement("e1", (whole,), sentence, "attack"),
    ]  # fmt: skip
    graphs = article_graphs(head, counts, lexicon_digest="9c").graphs
    assert gate.verdict(graphs["https://w3id.org/waqai/graph/article/5c0de5c0de5c0de5c0de"]).findings == ()


# ---------------------------------------------------------------- broken shapes


def test_a_shapes_file_that_is_not_turtle_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<x> a sh:NodeShape ;;; oops .\n", encoding="utf-8")
    with pytest.raises(ShapeError) as wrong:
        Gate([path])
    assert wrong.value.address == f"{path}:3"
    assert wrong.value.cure


@pytest.mark.parametrize(
    "shape",
    [
        "<x> a sh:PropertyShape ; sh:minCount 1 .",
        '<x> a sh:NodeShape ; sh:targetSubjectsOf sh:is ; sh:sparql [ sh:select "SELECT $this WHERE { oops" ] .',
        "<x> a sh:NodeShape ; sh:targetSubjectsOf sh:is ; sh:or () .",
        '<x> a sh:NodeShape ; sh:targetNode sh:is ; sh:sparql [ sh:select "SELECT $this { MINUS { $this ?p ?x } }" ] .',
    ],
)
def test_a_shape_that_cannot_be_used_is_an_error_of_the_room(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(f"@prefix sh: <{SH}> .\n{shape}\n", encoding="utf-8")
    node = ox.NamedNode(SH + "is")
    with pytest.raises(ShapeError) as wrong:
        Gate([path]).verdict([ox.Quad(node, node, node)])
    assert str(tmp_path) in wrong.value.address
    assert wrong.value.cure
