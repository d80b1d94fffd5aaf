"""An article as a named graph: deterministic, without blank nodes, masked, with all readings."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from waqai.errors import InputError
from waqai.graph import WQ, WQV, Iris, article_graphs, deployment
from waqai.graph.vocabulary import leaves_of, narrowest_class
from waqai.model import (
    ActorRef,
    Article,
    CasualtyCount,
    Day,
    EventStatement,
    Period,
    PlaceRef,
    Reading,
    Relation,
    Span,
    Statement,
    VictimGroup,
)

TEXT = "مقتل 30 عنصراً بينهم 4 من اللواء، بينهم القائد فراس الأحمد.\nوتبنى التنظيم الهجوم."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def article(**given: object) -> Article:
    values: dict[str, object] = {"id": "00" * 10, "text": TEXT, "lang": "ar", "file": "folder/a.txt"}
    return Article(**{**values, **given})  # type: ignore[arg-type]


def statements() -> list[Statement]:
    sentence = Span(0, TEXT.index("\n"))
    inside = Relation("subset_of", "k1", "source", "among them")
    beside = Relation("disjoint_from", "k1", "source", "listed after the whole")
    return [
        CasualtyCount(
            "k1",
            (span("30 عنصراً"),),
            sentence,
            "killed",
            30,
            30,
            "exact",
            VictimGroup("عنصراً", classes=frozenset({"government_forces", "pro_government_militia"})),
            places=(PlaceRef("البادية", place="syrian-desert"),),
            covers=("SY-DY", "SY-HI"),
            country="SY",
            period=Period(Day(2020, 5), open_end=True, words="منذ أيار"),
            source=(ActorRef("مصدر محلي"),),
        ),
        CasualtyCount(
            "k2",
            (span("4 من اللواء"),),
            sentence,
            "killed",
            4,
            None,
            "at_least",
            VictimGroup("اللواء", nationalities=("-SY",)),
            readings=(Reading(True, (inside,), "listed"), Reading(False, (beside,), "may be apart")),
            persons=(span("فراس الأحمد"),),
        ),
        EventStatement(
            "e1",
            (span("وتبنى التنظيم"),),
            Span(sentence.end + 1, len(TEXT)),
            "claim_of_responsibility",
            certainty="claimed",
        ),
    ]


def written(**given: object) -> dict[str, list[ox.Quad]]:
    return article_graphs(article(**given), statements(), lexicon_digest="d").graphs


def values(quads: list[ox.Quad], subject: str, predicate: str) -> list[str]:
    return sorted(
        text(quad.object)
        for quad in quads
        if text(quad.subject).endswith(subject) and quad.predicate.value.endswith(predicate)
    )


def text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def public(**given: object) -> list[ox.Quad]:
    return written(**given)[Iris().article_graph("00" * 10)]


def test_the_same_article_gives_the_same_canonical_graph() -> None:
    once, twice = (ox.Dataset(public()) for _ in range(2))
    for dataset in (once, twice):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert sorted(map(str, once)) == sorted(map(str, twice))


def test_there_are_no_blank_nodes_and_one_graph() -> None:
    quads = public()
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    assert {text(q.graph_name) for q in quads} == {Iris().article_graph("00" * 10)}


def test_an_open_end_is_absent_never_zero() -> None:
    quads = public()
    k2 = f"killed-{span('4 من اللواء').start}-{span('4 من اللواء').end}"
    assert values(quads, k2, "ns#low") == ["4"]
    assert values(quads, k2, "ns#high") == []


def test_several_leaves_become_the_class_above_them() -> None:
    k1 = f"killed-{span('30 عنصراً').start}-{span('30 عنصراً').end}"
    assert values(public(), f"{k1}/victims", "victimClass") == [
        "https://w3id.org/waqai/vocabulary/pro_government_forces"
    ]


def test_quotes_make_the_sentence_and_mask_private_names_there() -> None:
    graphs = written()
    k2 = f"killed-{span('4 من اللواء').start}-{span('4 من اللواء').end}/evidence-1/quote"
    masked = "".join(
        values(graphs[Iris().article_graph("00" * 10)], k2, f"oa#{part}")[0] for part in ("prefix", "exact", "suffix")
    )
    private = "".join(
        values(graphs[Iris().private_graph("00" * 10)], k2, f"oa#{part}")[0] for part in ("prefix", "exact", "suffix")
    )
    assert private == TEXT[: TEXT.index("\n")]
    assert masked == private.replace("فراس الأحمد", "████ ██████")
    assert not any("فراس" in text(q.object) for q in graphs[Iris().article_graph("00" * 10)])


def test_only_the_preferred_reading_is_a_plain_relation() -> None:
    quads = public()
    k2 = f"killed-{span('4 من اللواء').start}-{span('4 من اللواء').end}"
    assert len(values(quads, k2, "subsetOf")) == 1
    assert values(quads, k2, "disjointFrom") == []
    assert values(quads, f"{k2}/reading-2", "ns#preferred") == ["false"]
    assert values(quads, f"{k2}/relation-2", "relationKind") == ["https://w3id.org/waqai/vocabulary/disjoint_from"]


def test_the_same_unknown_source_through_one_outlet_is_one_originator() -> None:
    origins = {q.object for q in public(publisher="صحيفة") if q.predicate.value == f"{WQ}originator"}
    apart = {q.object for q in public(publisher="أخرى") if q.predicate.value == f"{WQ}originator"}
    assert len(origins) == 2
    assert not origins & apart


def test_nobody_was_harmed_after_the_report() -> None:
    quads = public(published=Day(2021, 3, 4))
    assert set(values(quads, "/period", "notAfter")) == {"2021-03-04"}


def test_statement_names_stay_when_others_come_before_them() -> None:
    all_names = Iris().statements(article(), statements())
    fewer = Iris().statements(article(), statements()[1:])
    assert all_names["k2"] == fewer["k2"]


@pytest.mark.parametrize(
    ("leaves", "code"),
    [
        ((), "unknown"),
        (("civilian",), "civilian"),
        (("iran_backed_militia", "pro_government_militia"), "pro_government_militia"),
        (("government_forces", "iran_backed_militia"), "pro_government_forces"),
        (("civilian", "jihadist"), "mixed"),
    ],
)
def test_the_narrowest_class_that_holds_all(leaves: tuple[str, ...], code: str) -> None:
    assert narrowest_class(leaves) == code


def test_a_base_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAQAI_BASE", "example.org")
    with pytest.raises(InputError, match="WAQAI_BASE"):
        deployment()


def test_a_class_within_another_one_named_says_nothing_more() -> None:
    """`ميليشيات موالية للنظام ولحزب الله`: loyal militias, of which those that Iran backs are some."""
    assert leaves_of({"iran_backed_militia", "pro_government_militia", "rebel"}) == ["pro_government_militia", "rebel"]
    assert leaves_of({"jihadist", "rebel"}) == ["jihadist", "rebel"]


def test_an_address_holds_no_mark_that_no_uri_holds() -> None:
    quads = public(url="http://example.org/a|b?c={d}&e=نبأ")
    assert [text(q.object) for q in quads if q.predicate.value.endswith("schema.org/url")] == [
        "http://example.org/a%7Cb?c=%7Bd%7D&e=نبأ"
    ]


@pytest.mark.parametrize(
    ("victims", "code"),
    [
        (VictimGroup(), "unknown"),
        (VictimGroup(fighters=True), "fighters"),
        (VictimGroup(classes=frozenset({"rebel"}), fighters=True), "rebel"),
        (VictimGroup(classes=frozenset({"mixed"}), fighters=True), "mixed"),
    ],
)
def test_fighters_of_nobody_named_are_fighters(victims: VictimGroup, code: str) -> None:
    sentence = Span(0, TEXT.index("\n"))
    count = CasualtyCount("k1", (span("30 عنصراً"),), sentence, "killed", 30, 30, "exact", victims)
    graphs = article_graphs(article(), [count], lexicon_digest="0").graphs
    assert values(graphs[Iris().article_graph("00" * 10)], "/victims", "victimClass") == [WQV + code]
