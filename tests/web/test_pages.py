"""A page for each IRI and each saved question."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from waqai import account
from waqai.ask import find_question
from waqai.errors import InputError, StoreMissing
from waqai.graph import WQ, Iris
from waqai.store import open_store
from waqai.web import app
from waqai.web.media import negotiate, preferred_language

IRIS = Iris()
A = "a" * 20
STATEMENT = f"/statement/{A}/killed-51-60"


@pytest.mark.parametrize(
    "path",
    [
        f"/article/{A}",
        STATEMENT,
        f"{STATEMENT}/evidence-1",
        "/actor/islamic-state",
        "/place/SY-HI",
        "/vocabulary/killed",
    ],
)
@pytest.mark.parametrize(
    ("accept", "extension"), [("text/html", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld")]
)
def test_a_thing_leads_to_a_document_about_it(client: httpx.Client, path: str, accept: str, extension: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}.{extension}"
    document = client.get(answer.headers["location"])
    assert document.status_code == 200
    assert document.headers["content-type"] == f"{accept}; charset=utf-8"
    if extension != "html":
        form = ox.RdfFormat.from_media_type(accept)
        assert form is not None
        subjects = {str(quad.subject) for quad in ox.parse(document.content, format=form)}
        assert f"<{IRIS.base}{path[1:]}>" in subjects


def test_documents_are_answered_directly(client: httpx.Client) -> None:
    graph = client.get(f"/graph/article/{A}", headers={"Accept": "application/n-triples"})
    assert graph.status_code == 200
    with open_store(client.base_url.join("/sparql").__str__(), iris=IRIS) as store:
        expected = {quad.triple for quad in store.quads(IRIS.article_graph(A))}
    assert {quad.triple for quad in ox.parse(graph.content, format=ox.RdfFormat.N_TRIPLES)} == expected
    terms = client.get("/ns", headers={"Accept": "text/turtle"})
    assert f"<{WQ}CasualtyCount>" in {str(q.subject) for q in ox.parse(terms.content, format=ox.RdfFormat.TURTLE)}
    assert 'id="CasualtyCount"' in client.get("/ns", headers={"Accept": "text/html"}).text
    assert client.get("/ns.ttl").content == terms.content
    assert client.get("/vocabulary", headers={"Accept": "text/turtle"}).status_code == 200


def test_the_sentence_stands_on_the_statements_page(client: httpx.Client) -> None:
    page = client.get(f"{STATEMENT}.html?lang=ar")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert "قتل التنظيم <mark>12 عنصراً</mark> من قوات النظام في بادية حمص." in page.text
    assert "حمص" in page.text
    english = client.get(f"{STATEMENT}.html", headers={"Accept-Language": "de, en;q=0.8, ar;q=0.3"})
    assert '<html lang="en" dir="ltr">' in english.text
    assert ">Homs<" in english.text


def test_a_place_shows_what_refers_to_it(client: httpx.Client) -> None:
    page = client.get("/place/SY-HI.html")
    assert "What refers to it" in page.text
    assert f'href="{STATEMENT}?lang=en"' in page.text


@pytest.mark.parametrize("path", ["/article/none", "/article/none.ttl", "/actor/", "/place/SY-HI/nothing.html", "/x/y"])
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).status_code == 404
    assert client.get(path, headers={"Accept": "application/json, text/turtle"}).status_code == 404


def test_no_form_fits(client: httpx.Client) -> None:
    assert client.get(f"/article/{A}", headers={"Accept": "image/png"}).status_code == 406


def test_the_start_page_lists_the_questions(client: httpx.Client) -> None:
    page = client.get("/?lang=ar").text
    assert 'href="/question/militia-deaths-by-province?lang=ar"' in page
    assert find_question("militia-deaths-by-province").title["ar"] in page


def test_a_question_is_answered_as_the_store_answers_it(client: httpx.Client, store: Path) -> None:
    name = "sources-and-their-statements"
    with open_store(store, iris=IRIS) as opened:
        expected = account.answer(opened, find_question(name), {})
    told = client.get(f"/question/{name}.json").json()
    assert told == {
        "question": name,
        "revision": expected.revision,
        "columns": list(expected.columns),
        "rows": expected.rows,
    }
    rows = list(csv.reader(io.StringIO(client.get(f"/question/{name}.csv").text)))
    assert rows[0] == list(expected.columns)
    assert len(rows) == len(expected.rows) + 1
    page = client.get(f"/question/{name}", headers={"Accept": "text/html"}).text
    assert page.count("<tr>") == len(expected.rows) + 1 if expected.rows else "No rows" in page


def test_parameters_come_from_the_form(client: httpx.Client) -> None:
    page = client.get("/question/counts-of-article", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'name="article"' in page.text
    assert "<table>" not in page.text
    told = client.get("/question/counts-of-article.json", params={"article": IRIS.article(A)})
    assert told.status_code == 200
    answered = client.get(
        "/question/counts-of-article", params={"article": IRIS.article(A)}, headers={"Accept": "text/html"}
    )
    assert f'value="{IRIS.article(A)}"' in answered.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/question/none", 404),
        ("/question/counts-of-article.json", 400),
        ("/question/militia-deaths-by-province.json?from=nonsense", 400),
        ("/question/militia-deaths-by-province.json?unheard=1", 400),
        ("/question/counts-of-article.json?article=x%3E%20%7D%20SERVICE", 400),
    ],
)
def test_bad_values_are_told(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_bad_values_are_shown_on_the_page(client: httpx.Client) -> None:
    answer = client.get("/question/militia-deaths-by-province?from=<b>x", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    ("accept", "offers", "expected"),
    [
        ("", ["a/b", "c/d"], "a/b"),
        ("c/*;q=0.5, a/b;q=0.1", ["a/b", "c/d"], "c/d"),
        ("A/B", ["a/b"], "a/b"),
        ("*/*;q=0", ["a/b"], None),
        ("a/b;q=nonsense", ["a/b"], None),
        ("a/b;q=0, */*", ["a/b", "c/d"], "c/d"),
        (",,;", ["a/b"], None),
    ],
)
def test_negotiation(accept: str, offers: list[str], expected: str | None) -> None:
    assert negotiate(accept, offers) == expected


@pytest.mark.parametrize(
    ("asked", "header", "expected"),
    [
        ("ar", "en", "ar"),
        (None, "ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        (None, "fr", "en"),
        ("xx", "en;q=0.1, ar;q=0.2", "ar"),
        (None, "", "en"),
    ],
)
def test_the_language(asked: str | None, header: str, expected: str) -> None:
    assert preferred_language(asked, header) == expected


def test_what_cannot_be_served_is_told_before_serving(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        app(tmp_path / "none")
    with pytest.raises(InputError, match="remote store"):
        app("https://e.example/sparql")


def test_what_a_client_has_is_spared_only_where_there_is_something(client: httpx.Client) -> None:
    etag = {"If-None-Match": client.get(f"/article/{A}.ttl").headers["etag"]}
    assert client.get(f"/article/{A}.ttl", headers=etag).status_code == 304
    for path in ("/article/nothing.ttl", "/nothing/at/all", "/sparql.nothing"):
        assert client.get(path, headers=etag).status_code == 404


def test_rdf_xml_is_served(client: httpx.Client) -> None:
    accept = {"Accept": "application/rdf+xml"}
    answer = client.get(f"/article/{A}", headers=accept)
    assert answer.headers["location"].endswith(".rdf")
    document = client.get(answer.headers["location"])
    assert document.headers["content-type"].startswith("application/rdf+xml")
    assert list(ox.parse(document.content, format=ox.RdfFormat.RDF_XML))
