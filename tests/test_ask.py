"""Saved questions: heads read strictly, values bound as terms and never pasted, answers shown honestly."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from waqai import account, ask
from waqai.ask.binding import bind, terms
from waqai.ask.lexer import variables
from waqai.errors import InputError, ParameterError, QuestionError, UnknownQuestion
from waqai.graph import Iris
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
FLAGSHIP = Path(__file__).parent / "queries" / "militia-deaths-by-province" / "graph.trig"

HEAD = """\
#+ summary: Things that are said
#+ description: Each thing and its name.
#+ endpoint_in_url: False
#+ defaults:
#+   - kind: any
#+ x-title:
#+   ar: أشياء
#+   en: Things
#+ x-parameters:
#+   - name: thing
#+     type: iri
#+     ar: شيء
#+     en: a thing
#+   - name: name
#+     type: literal
#+     ar: اسم
#+     en: a name
#+   - name: size
#+     type: integer
#+     ar: حجم
#+     en: a size
#+   - name: day
#+     type: xsd_date
#+     ar: يوم
#+     en: a day
#+   - name: sure
#+     type: xsd_boolean
#+     ar: يقين
#+     en: whether it is sure
#+   - name: kind
#+     type: literal
#+     ar: نوع
#+     en: a kind
#+ x-columns:
#+   - name: s
#+     type: iri
#+     ar: شيء
#+     en: thing
#+   - name: n
#+     type: integer
#+     ar: عدد
#+     en: number
#+ x-additive: []

"""
TEXT = """\
SELECT ?s ?n WHERE {
  # ?_thing_iri in a comment is no variable
  ?s <http://example.org/?__name_literal> ?n ;
     <http://example.org/p> "?__name_literal", '?__name_literal', \"\"\"a"?__name_literal\"\"\" .
  FILTER(?s = ?_thing_iri && STR(?n) = COALESCE(?__name_literal, STR(?n)) && ?n>COALESCE(?__size_integer, 0))
  FILTER(COALESCE($__day_xsd_date, ?n) != ?s && COALESCE(?__sure_xsd_boolean, true))
  FILTER(COALESCE(?__kind_literal, "any") = "any")
}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "things.rq"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def things(tmp_path: Path) -> ask.Question:
    return ask.read_question(written(tmp_path, HEAD + TEXT))


def test_all_saved_questions_load_and_the_flagship_is_there() -> None:
    questions = ask.load_questions()
    assert len([name for name in questions if "/" not in name]) >= 12
    flagship = questions["militia-deaths-by-province"]
    assert [c.name for c in flagship.columns] == ["class", "place", "label", "low", "high", "statements"]
    assert not flagship.additive
    assert flagship.bounds == ask.BoundsWanted("killed", ("pro_government_forces",), "militia_classes")


def test_only_counts_of_statements_may_be_added() -> None:
    """No question calls a number of people additive: the same dead stand in several statements."""
    for question in ask.load_questions().values():
        assert set(question.additive) <= {"number", "counts", "others"}, question.name


def test_a_head_tells_of_every_parameter(things: ask.Question) -> None:
    assert [(p.name, p.type, p.required, p.default) for p in things.parameters] == [
        ("thing", "iri", True, None),
        ("name", "literal", False, None),
        ("size", "integer", False, None),
        ("day", "xsd_date", False, None),
        ("sure", "xsd_boolean", False, None),
        ("kind", "literal", False, "any"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("#+ summary: Things that are said\n", "", 1, "no summary"),
        ("#+ x-additive: []", "#+ x-additive: []\n#+ x-extra: 1", 44, "unknown key 'x-extra'"),
        ("endpoint_in_url: False", "endpoint_in_url: True", 3, "must be False"),
        ("#+   en: Things\n", "", 7, "en must be text"),
        ("#+ summary:", "#+ summary: a: b", 1, "not YAML"),
        ("#+ summary: Things", "#+ summary: one\n#+ summary: Things", 2, "not YAML"),
        ("#+ summary:", "#+\tsummary:", None, "a tab"),
        ("#+     type: integer", "#+     type: float", 18, "no parameter ?_size_float"),
        (
            "    type: iri\n#+     ar: شيء\n#+     en: thing",
            "    type: thing\n#+     ar: شيء\n#+     en: thing",
            36,
            "no type of column",
        ),
        ("name: n\n", "name: m\n", 34, "the text selects s n"),
        ("x-additive: []", "x-additive:\n#+   - s", 43, "'s' is no integer column"),
        ("?__size_integer, 0", "?__size_integer, ?__other_integer, 0", None, "does not tell of the parameter 'other'"),
        ("?__size_integer", "?__size", None, "?__size is no parameter"),
        ("SELECT ?s ?n", "SELEKT ?s ?n", None, "not SPARQL"),
        (HEAD, "", 1, "no head"),
    ],
)
def test_a_broken_question_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int | None, message: str
) -> None:
    whole = HEAD + TEXT
    assert old in whole
    path = written(tmp_path, whole.replace(old, new, 1))
    with pytest.raises(QuestionError, match=message.replace("?", r"\?")) as caught:
        ask.read_question(path)
    assert caught.value.address.startswith(str(path))
    assert caught.value.cure
    if line is not None:
        assert caught.value.address.split(":")[1] == str(line)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("counts-of-artcle", "perhaps counts-of-article; `waqai ask` lists all questions"),
        (
            "by-province",
            "perhaps civilian-deaths-by-province or militia-deaths-by-province; `waqai ask` lists all questions",
        ),
        ("xyz", "`waqai ask` lists all questions"),
    ],
)
def test_an_unknown_question_is_told_with_those_that_are_near(name: str, cure: str) -> None:
    with pytest.raises(UnknownQuestion) as caught:
        ask.find_question(name)
    assert caught.value.cure == cure


def test_tokens_are_found_outside_strings_iris_and_comments() -> None:
    text = 'SELECT ?a { # ?no\n ?a <x?no> "?no\\"?no" ; $b \'?no\' . """?no""?no""" <y> FILTER(?c<?no&&1>?d) }'
    assert [name for name, _ in variables(text)] == ["a", "a", "b", "c", "d"]


def test_values_take_the_place_of_tokens_only(things: ask.Question) -> None:
    bound = bind(
        things,
        {"thing": "http://example.org/a", "name": 'x" . } #', "size": "-3", "day": "2021-05-03", "sure": "false"},
    )
    assert bound.count("?__name_literal") == TEXT.count("?__name_literal") - 1
    assert "# ?_thing_iri in a comment" in bound
    assert "?s = <http://example.org/a>" in bound
    assert 'COALESCE("x\\" . } #", STR(?n))' in bound
    assert '?n>COALESCE("-3"^^<http://www.w3.org/2001/XMLSchema#integer>, 0)' in bound
    assert 'COALESCE("2021-05-03"^^<http://www.w3.org/2001/XMLSchema#date>, ?n)' in bound
    assert 'COALESCE("false"^^<http://www.w3.org/2001/XMLSchema#boolean>, true)' in bound


HOSTILE = [
    '" } ; DROP ALL #',
    "'''\"\"\"",
    "\\",
    '\\"',
    "\n} INSERT DATA { <a:a> <a:a> <a:a> }",
    '"@en . SERVICE <http://127.0.0.1/> { ?a ?b ?c } #',
    "?__size_integer",
    "\u2028\u0000\u202e",
    "%s{}$1\\1\\g<0>",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_literal_is_one_literal_whatever_it_holds(value: str) -> None:
    question = _echo()
    row = _only(bind(question, {"name": value}))
    assert row["value"] == ox.Literal(value)


@given(st.text())
def test_any_text_comes_back_as_it_was_given(value: str) -> None:
    row = _only(bind(_echo(), {"name": value}))
    assert row["value"] == ox.Literal(value)


def _only(sparql: str) -> ox.QuerySolution:
    """The one row of a query that needs no graph."""
    solutions = ox.Store().query(sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    rows: list[ox.QuerySolution] = list(solutions)
    assert len(rows) == 1
    return rows[0]


def _echo() -> ask.Question:
    parameter = ask.Parameter("name", "literal", True, {"ar": "اسم", "en": "a name"})
    return ask.Question(
        name="echo",
        title={},
        summary="",
        description="",
        text="SELECT (STR(?_name_literal) AS ?value) { }",
        parameters=(parameter,),
        columns=(ask.Column("value", "text", {"ar": "", "en": ""}),),
        additive=(),
        tags=(),
        bounds=None,
        path=Path("echo.rq"),
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("thing", "javascript:alert(1)", "must begin with"),
        ("thing", "file:///etc/passwd", "must begin with"),
        ("thing", "data:text/html,x", "must begin with"),
        ("thing", "http://a> } DROP ALL #", "Invalid IRI"),
        ("thing", "http://a b", "Invalid IRI"),
        ("thing", "", "must begin with"),
        ("size", "1; DROP ALL", "not a whole number"),
        ("size", "١٢", "not a whole number"),
        ("size", "1e3", "not a whole number"),
        ("size", "9" * 40, "not a whole number"),
        ("day", "2021-02-30", "day"),
        ("day", "2021-5-3", "not a day"),
        ("day", "20210503", "not a day"),
        ("sure", "yes", "neither true nor false"),
        ("name", "\udc80", "literal value"),
        ("colour", "red", "no parameter 'colour'"),
    ],
)
def test_an_ill_typed_value_is_refused_by_name(things: ask.Question, name: str, value: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message) as caught:
        bind(things, {"thing": "http://example.org/a", name: value})
    assert caught.value.address == name
    assert caught.value.cure


def test_what_must_be_given_must_be_given(things: ask.Question) -> None:
    with pytest.raises(ParameterError, match="needs 'thing'"):
        bind(things, {})


def test_a_value_outside_the_list_is_refused() -> None:
    flagship = ask.load_questions()["militia-deaths-by-province"]
    with pytest.raises(ParameterError, match="not one of preferred_reading, all_readings"):
        terms(flagship, {"readings": "best"})


ANSWER = ask.Answer(
    "q",
    "r1",
    (
        ask.Column("class", "code", {"ar": "فئة", "en": "class"}),
        ask.Column("low", "bound", {"ar": "أدنى", "en": "low"}),
        ask.Column("high", "bound", {"ar": "أعلى", "en": "high"}),
        ask.Column("statements", "iris", {"ar": "أقوال", "en": "statements"}),
    ),
    [{"class": "a [b]", "low": 2, "high": None, "statements": ["http://x/1", "http://x/2"]}],
)


def test_json_keeps_an_open_end_as_null() -> None:
    assert json.loads(ask.as_json(ANSWER)) == {
        "question": "q",
        "revision": "r1",
        "columns": ["class", "low", "high", "statements"],
        "rows": [{"class": "a [b]", "low": 2, "high": None, "statements": ["http://x/1", "http://x/2"]}],
    }


def test_csv_leaves_an_open_end_empty() -> None:
    assert list(csv.reader(io.StringIO(ask.as_csv(ANSWER)))) == [
        ["class", "low", "high", "statements"],
        ["a [b]", "2", "", "http://x/1 http://x/2"],
    ]


@pytest.mark.parametrize(("lang", "heading", "word"), [("en", "high", "open"), ("ar", "أعلى", "مفتوح")])
def test_a_table_says_that_an_end_is_open(lang: str, heading: str, word: str) -> None:
    console = Console(width=100, file=io.StringIO(), record=True)
    console.print(ask.as_table(ANSWER, lang))
    text = console.export_text()
    assert heading in text
    assert word in text
    assert "a [b]" in text


def test_labels_come_in_the_language_asked_for(store_of: StoreOf) -> None:
    flagship = ask.load_questions()["militia-deaths-by-province"]
    rows = account.answer(store_of(FLAGSHIP), flagship, {}, "ar").rows
    assert rows[0]["label"] == "ميليشيا مدعومة من إيران: SY-DY"


QUOTE = """
@prefix wq: <https://w3id.org/waqai/ns#> . @prefix wqv: <https://w3id.org/waqai/vocabulary/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <https://w3id.org/waqai/> .
<graph/article/a1> {
  <article/a1> a wq:Article ; wq:publisherName "وكالة السهل" ; schema:datePublished "2021-05-03"^^xsd:date ;
    schema:headline "خبر"@ar ; schema:url "https://example.org/1"^^xsd:anyURI .
  <statement/k1> a wq:CasualtyCount ; wq:statedIn <article/a1> ; wq:outcome wqv:killed ; wq:low 1 ; wq:high 1 ;
    wq:attribution <statement/k1/attribution-1>, <statement/k1/attribution-2> ; wq:evidence <statement/k1/evidence-1> .
  <statement/k1/attribution-1> prov:agent <actor/northern-monitor> ; wq:words "المرصد"@ar ; wq:position 1 .
  <statement/k1/attribution-2> wq:words "وكالة السهل"@ar ; wq:position 2 .
  <statement/k1/evidence-1> oa:hasSelector <statement/k1/evidence-1/quote>, <statement/k1/evidence-1/position> .
  <statement/k1/evidence-1/quote> a oa:TextQuoteSelector ; oa:prefix "قال المرصد إن "@ar ;
    oa:exact "█████ █████"@ar ; oa:suffix " قُتل."@ar .
  <statement/k1/evidence-1/position> a oa:TextPositionSelector ; oa:start 14 ; oa:end 25 .
}
<graph/actors> { <actor/northern-monitor> rdfs:label "المرصد الشمالي"@ar, "Northern Monitor"@en . }
"""
K1 = "https://w3id.org/waqai/statement/k1"


def test_why_gives_the_sentence_who_says_so_and_where(store_of: StoreOf) -> None:
    (found,) = account.why(store_of(QUOTE), None, {}, K1)
    assert found.sentence == "قال المرصد إن █████ █████ قُتل."
    assert (found.prefix, found.exact, found.suffix) == ("قال المرصد إن ", "█████ █████", " قُتل.")
    assert found.attribution == ("Northern Monitor", "وكالة السهل")
    assert (found.publisher, found.published, found.url) == ("وكالة السهل", "2021-05-03", "https://example.org/1")
    assert (found.low, found.high) == (1, 1)


def test_a_masked_name_is_shown_only_when_asked_for(store_of: StoreOf) -> None:
    store = store_of(QUOTE)
    quote = ox.NamedNode(f"{K1}/evidence-1/quote")
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    private = Iris().private_graph("a1")
    quotes = [ox.Quad(quote, exact, ox.Literal("سليم حداد", language="ar"), ox.NamedNode(private))]
    name = Iris().article_graph("a1")
    store.put({name: [*store.quads(name)], private: quotes})
    assert "سليم" not in account.why(store, None, {}, K1)[0].sentence
    assert account.why(store, None, {}, K1, unmasked=True)[0].sentence == "قال المرصد إن سليم حداد قُتل."


def test_why_of_a_row_names_the_rules_used(store_of: StoreOf) -> None:
    trig = FLAGSHIP.read_text(encoding="utf-8").replace("wq:evidence", "wq:noEvidence")
    quoted = "".join(
        f"<statement/{s}> wq:statedIn <article/a1> ; wq:evidence <e/{s}> . <e/{s}> oa:hasSelector <q/{s}>, <p/{s}> . "
        f'<q/{s}> a oa:TextQuoteSelector ; oa:exact "{s}"@en . <p/{s}> oa:start 1 .\n'
        for s in ("total", "named", "east", "homs", "road")
    )
    store = store_of(f"{trig}\n<graph/article/a2> {{ {quoted} }}")
    flagship = ask.load_questions()["militia-deaths-by-province"]
    named = account.why(store, flagship, {}, {"class": "iran_backed_militia", "place": "SY-RA"})
    assert [e.exact for e in named] == ["named"]
    assert named[0].rules == ("closed_naming",)
    raqqa = account.why(store, flagship, {}, {"class": "pro_government_forces", "place": "SY-RA"})
    assert sorted(e.exact for e in raqqa) == ["east", "homs", "road", "total"]
    assert raqqa[0].rules == ("same_article_same_total",)
    console = Console(width=100, file=io.StringIO(), record=True)
    console.print(ask.as_panels(raqqa))
    assert "same_article_same_total" in console.export_text()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"class": "civilian"}, "no row"),
        ({"province": "SY-RA"}, "no column 'province'"),
        ("https://w3id.org/waqai/statement/none", "no such statement"),
        ("not an iri", "not an IRI"),
    ],
)
def test_why_tells_what_it_cannot_find(store_of: StoreOf, row: dict[str, str] | str, message: str) -> None:
    flagship = ask.load_questions()["militia-deaths-by-province"]
    with pytest.raises(InputError, match=message) as caught:
        account.why(store_of(FLAGSHIP), flagship, {}, row)
    assert caught.value.cure


def test_a_question_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "bytes.rq").write_bytes(bytes(range(256)))
    with pytest.raises(QuestionError, match="not text in UTF-8"):
        ask.read_question(tmp_path / "bytes.rq")
