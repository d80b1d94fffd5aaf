"""Names of private persons are masked however they are written, everywhere in the graph, and nothing else is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from waqai.graph import Iris, article_graphs
from waqai.graph.masking import mask
from waqai.model import Article, Span

TEXT = "مقتل الشاب ماهر الجوباني في سرمين.\nAhmad al-Khatib was there."
NAMES = ("ماهر الجوباني", "الجوباني", "Ahmad al-Khatib", "Khatib")


def article(**given: object) -> Article:
    values: dict[str, object] = {"id": "00" * 10, "text": TEXT, "lang": "ar", "file": "a.txt"}
    return Article(**{**values, **given})  # type: ignore[arg-type]


def spans() -> list[Span]:
    return [Span(TEXT.index(name), TEXT.index(name) + len(name)) for name in NAMES]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("دفن ماهر الجوباني أمس", "دفن ████ ████████ أمس"),
        ("دفن مـاهر الجوبانـي أمس", "دفن █████ █████████ أمس"),
        ("مَاهِر الجُوباني", "██████ █████████"),
        ("لماهر الجوباني", "ل████ ████████"),
        ("وبماهر الجوباني", "وب████ ████████"),
        ("للجوباني", "ل███████"),
        ("والجوباني", "و████████"),
        ("AHMAD AL KHATIB, Khatib's", "█████ ██ ██████, ██████'s"),
        ("ماهر وحده", "ماهر وحده"),
        ("الجوبانيون Khatibs", "الجوبانيون Khatibs"),
    ],
)
def test_a_name_is_masked_in_its_length_however_it_is_written(text: str, masked: str) -> None:
    found = mask(article(), [], spans())(text)
    assert found == masked
    assert len(found) == len(text)


def test_without_names_nothing_is_masked() -> None:
    assert mask(article(), [])(TEXT) == TEXT


def test_headline_address_file_and_outlet_hold_no_name() -> None:
    given = article(
        headline=Span(0, TEXT.index("\n")),
        file="news/ahmad_al-khatib.txt",
        url="https://news.example/%D9%85%D8%A7%D9%87%D8%B1-%D8%A7%D9%84%D8%AC%D9%88%D8%A8%D8%A7%D9%86%D9%8A",
        publisher="صفحة ماهر الجوباني",
    )
    graphs = article_graphs(given, [], lexicon_digest="d", persons=spans()).graphs
    public = graphs[Iris().article_graph("00" * 10)]
    written = {q.predicate.value.rsplit("/")[-1].rsplit("#")[-1]: q.object for q in public}
    assert "url" not in written
    values = {key: term.value for key, term in written.items() if isinstance(term, ox.Literal)}
    assert values["headline"] == "مقتل الشاب ████ ████████ في سرمين."
    assert values["fileName"] == "-"
    assert values["publisherName"] == "صفحة ████ ████████"


def test_an_address_without_a_name_stays() -> None:
    given = article(url="https://news.example/maher", file="maher.txt")
    public = article_graphs(given, [], lexicon_digest="d", persons=spans()).graphs[Iris().article_graph("00" * 10)]
    values = {q.object.value for q in public if isinstance(q.object, ox.Literal)}
    assert {"https://news.example/maher", "maher.txt"} <= values
