"""Reading: formats, encodings, languages, refusals; and that the text stays what it was."""

from __future__ import annotations

import hashlib
import io
import json
import time
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.model import Article, Day, Span
from waqai.read import PassedOver, Refusal, read_articles

ARABIC = "قتلى في ريف المدينة\n\nقتل 12 عنصراً من قوات النظام، وأصيب ثلاثة مدنيين بانفجار لغم أرضي في القرية.\n"
ENGLISH = "Three people were killed on the road to the town, and two of them were said to be farmers.\n"
PAGE = """<html><head><title>قتلى في ريف المدينة | موقع المثال</title>{meta}
<meta property="og:site_name" content="موقع المثال"><link rel="canonical" href="https://example.org/news/1"></head>
<body><nav><a href="/">الرئيسية</a><a href="/b">سياسة</a></nav><article>{heading}
<p>قتل 12 عنصراً من قوات النظام، وأصيب ثلاثة مدنيين بانفجار لغم أرضي في القرية، وفق ما أفاد به مصدر محلي.</p>
<p>وأضاف المصدر أن سيارات الإسعاف نقلت الجرحى إلى المشفى القريب، وأن المنطقة شهدت انفجارات في الأشهر الماضية.</p>
</article><footer>جميع الحقوق محفوظة لموقع المثال 2019</footer></body></html>"""


def article(source: Path | io.BytesIO | io.StringIO) -> Article:
    (arrival,) = read_articles(source)
    assert isinstance(arrival, Article), arrival
    return arrival


def refusal(source: Path | io.BytesIO) -> Refusal:
    (arrival,) = read_articles(source)
    assert isinstance(arrival, Refusal)
    assert arrival.cure
    return arrival


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---------------------------------------------------------------- plain text


def test_plain_text_stays_as_it_is(tmp_path: Path) -> None:
    text = "  \n" + ARABIC + "\n  "
    read = article(write(tmp_path, "a.txt", text))
    assert read.text == text
    assert (read.file, read.lang, read.publisher, read.published, read.url) == ("a.txt", "ar", None, None, None)


def test_line_ends_become_one_character(tmp_path: Path) -> None:
    assert article(write(tmp_path, "a.txt", ARABIC.replace("\n", "\r\n"))).text == ARABIC


def test_the_identity_is_the_hash_of_address_and_text(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", ARABIC)
    assert article(path).id == hashlib.sha256(f"\n{ARABIC}".encode()).hexdigest()[:20]
    (other,) = read_articles(path, url="https://example.org/1")
    assert isinstance(other, Article)
    assert other.id == hashlib.sha256(f"https://example.org/1\n{ARABIC}".encode()).hexdigest()[:20]


def test_the_first_line_is_a_headline_if_it_stands_alone(tmp_path: Path) -> None:
    assert article(write(tmp_path, "a.txt", ARABIC)).headline == Span(0, len("قتلى في ريف المدينة"))
    assert article(write(tmp_path, "b.txt", ENGLISH + ENGLISH)).headline is None


def test_a_head_says_what_is_known(tmp_path: Path) -> None:
    head = "---\ntitle: 'قتلى: في الريف'\npublisher: وكالة المثال\npublished: 3 أيار 2021\n"
    head += "url: https://example.org/1\nunknown: key\n"
    read = article(write(tmp_path, "a.txt", f"{head}---\n\nقتل ثلاثة مدنيين في القرية.\n"))
    assert read.text == "قتلى: في الريف\n\nقتل ثلاثة مدنيين في القرية.\n"
    assert read.headline is not None
    assert read.headline.of(read.text) == "قتلى: في الريف"
    assert (read.publisher, read.published, read.url) == ("وكالة المثال", Day(2021, 5, 3), "https://example.org/1")


@pytest.mark.parametrize("text", ["---\nno head\n---\n" + ENGLISH, "---\n" + ENGLISH, "---\nkey: value\n" + ENGLISH])
def test_what_is_no_head_is_text(tmp_path: Path, text: str) -> None:
    assert article(write(tmp_path, "a.txt", text)).text == text


def test_what_the_caller_says_holds_where_the_document_is_silent(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", f"---\npublisher: One\n---\n{ENGLISH}")
    write(tmp_path, "b.txt", ENGLISH)
    arrivals = list(read_articles(tmp_path, publisher="Two", published=Day(2021, 5), url="no address"))
    assert [(a.publisher, a.published, a.url) for a in arrivals if isinstance(a, Article)] == [
        ("One", Day(2021, 5), None),
        ("Two", Day(2021, 5), None),
    ]


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    assert article(write(tmp_path, "a.txt", ARABIC.encode(encoding))).text == ARABIC


def test_western_quotation_marks(tmp_path: Path) -> None:
    text = ENGLISH + "“They were on their way to the market,” a man of the town said to the agency.\n"
    assert article(write(tmp_path, "a.txt", text.encode("cp1252"))).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"12 34\n", "empty"),
        (b"%PDF-1.7 \x00\x01", "binary"),
        (b"PK\x03\x04 and more", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (ARABIC.encode().decode("latin-1").encode(), "broken by a wrong encoding"),
        (ARABIC.encode("cp1256").decode("latin-1").encode(), "neither Arabic nor English"),
        (ARABIC.replace("،", "").encode("cp720"), "encoding"),
        (b"Der Mann und die Frau sind in das Haus gegangen und haben das Buch gelesen.", "neither"),
        ("لە شارەکە بۆ ئەم گوندە دوو کەس کوژران و سێ کەسی دیکە بریندار بوون".encode(), "neither"),
        ("در این شهر دو نفر کشته شدند که از مردم روستا بودند و به بیمارستان برده شد".encode(), "neither"),
    ],
)
def test_refusals_say_why(tmp_path: Path, content: bytes, reason: str) -> None:
    found = refusal(write(tmp_path, "a.txt", content))
    assert reason in found.reason
    assert found.file == str(tmp_path / "a.txt")


def test_control_characters_become_spaces_and_offsets_hold(tmp_path: Path) -> None:
    read = article(write(tmp_path, "a.txt", ENGLISH.replace("killed", "kil\x07led") * 3))
    assert read.text == ENGLISH.replace("killed", "kil led") * 3


def test_a_missing_file_and_one_that_is_too_large(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.txt").reason
    path = write(tmp_path, "a.txt", ENGLISH)
    (arrival,) = read_articles(path, largest=20)
    assert isinstance(arrival, Refusal)
    assert "larger than 20 bytes" in arrival.reason


# ---------------------------------------------------------------- HTML


def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2021-05-03T10:00:00+03:00">'
    read = article(write(tmp_path, "a.html", PAGE.format(meta=meta, heading="<h1>قتلى في ريف المدينة</h1>")))
    assert "الرئيسية" not in read.text
    assert "الحقوق" not in read.text
    assert read.text.count("قتلى في ريف المدينة") == 1
    assert read.headline is not None
    assert read.headline.of(read.text) == "قتلى في ريف المدينة"
    assert (read.publisher, read.published, read.url) == ("موقع المثال", Day(2021, 5, 3), "https://example.org/news/1")


def test_a_title_that_the_article_lacks_comes_first_and_no_date_is_invented(tmp_path: Path) -> None:
    page = PAGE.format(meta='<meta charset="windows-1256">', heading="")
    read = article(write(tmp_path, "a.htm", page.encode("cp1256")))
    assert read.text.startswith("قتلى في ريف المدينة\n\nقتل 12 عنصراً")
    assert read.published is None


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    assert "no article text" in refusal(write(tmp_path, "a.html", "<html><body><br></body></html>")).reason


# ---------------------------------------------------------------- JSON


def test_json_lines_keep_the_text_and_give_the_address_of_what_is_broken(tmp_path: Path) -> None:
    first = {"file": "one.txt", "text": ARABIC + "\r\n ", "published": "28/07/09", "lang": "ar", "id": 7}
    lines = [json.dumps(first), "{broken", "", '{"text": 3}', '{"text": "a \\ud800 b"}', "[1]", '{"text": ""}']
    path = write(tmp_path, "a.jsonl", "\n".join([*lines, json.dumps({"text": ENGLISH, "publisher": "P"})]))
    arrivals = list(read_articles(path))
    assert [(a.file, a.text) for a in arrivals if isinstance(a, Article)] == [
        ("one.txt", ARABIC + "\r\n "),
        ("a.jsonl:8", ENGLISH),
    ]
    assert [r.file for r in arrivals if isinstance(r, Refusal)] == [f"{path}:{n}" for n in (2, 4, 5, 6, 7)]


def test_json_lines_keep_the_headline_that_the_text_holds(tmp_path: Path) -> None:
    line = json.dumps({"text": ENGLISH + "And a headline.", "headline": "And a headline."})
    assert article(write(tmp_path, "a.jsonl", line)).headline == Span(len(ENGLISH), len(ENGLISH) + 15)


@pytest.mark.parametrize("form", ["object", "list", "lines"])
def test_json_files(tmp_path: Path, form: str) -> None:
    one = {"text": ENGLISH}
    content = {
        "object": json.dumps(one),
        "list": json.dumps([one, one]),
        "lines": f"{json.dumps(one)}\n{json.dumps(one)}",
    }
    arrivals = list(read_articles(write(tmp_path, "a.json", content[form])))
    assert [a.text for a in arrivals if isinstance(a, Article)] == [ENGLISH] * (1 if form == "object" else 2)
    assert len({a.file for a in arrivals}) == len(arrivals)


def test_json_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", "[" * 100_000 + "\n" + json.dumps({"text": ENGLISH}))
    arrivals = list(read_articles(path))
    assert [type(a) for a in arrivals] == [Refusal, Article]


class _Endless(io.RawIOBase):
    """A stream of lines without end: whoever wants all of it first never comes back."""

    line = json.dumps({"text": ENGLISH}).encode() + b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        buffer[: len(self.line)] = self.line
        return len(self.line)


def test_json_lines_are_read_one_at_a_time() -> None:
    arrivals = read_articles(cast("BinaryIO", _Endless()))
    assert [type(next(arrivals)) for _ in range(3)] == [Article] * 3


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    lines = [json.dumps({"text": ENGLISH * 100}), json.dumps({"text": ENGLISH})]
    arrivals = list(read_articles(write(tmp_path, "a.jsonl", "\n".join(lines)), largest=1000))
    assert [type(a) for a in arrivals] == [Refusal, Article]


# ---------------------------------------------------------------- folders and streams


def test_a_folder_is_read_in_order_and_past_what_is_broken(tmp_path: Path) -> None:
    for name in ("b/z.txt", "a.txt", "c.jsonl", ".hidden/x.txt", "one.pdf", "one.png", "two.png"):
        write(tmp_path, name, json.dumps({"text": ENGLISH}) if name == "c.jsonl" else ENGLISH)
    write(tmp_path, "b/broken.txt", b"")
    *arrivals, documents, pictures = read_articles(tmp_path)
    assert [a.file for a in arrivals] == ["a.txt", str(tmp_path / "b/broken.txt"), "b/z.txt", "c.jsonl:1"]
    assert isinstance(documents, PassedOver)
    assert documents.told() == "1 file .pdf"
    assert pictures == PassedOver(str(tmp_path), "files .png", 2)


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    assert "no article" in refusal(tmp_path).reason


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (ARABIC, ARABIC),
        (json.dumps({"text": ARABIC}), ARABIC),
        (json.dumps({"text": ARABIC}, indent=1), ARABIC),
    ],
)
def test_a_stream_is_known_by_its_content(content: str, expected: str) -> None:
    assert article(io.BytesIO(content.encode())).text == expected
    assert article(io.StringIO(content)).text == expected


def test_a_page_in_a_stream() -> None:
    page = "<!DOCTYPE html>\n" + PAGE.format(meta="", heading="<h1>قتلى في ريف المدينة</h1>")
    assert article(io.BytesIO(page.encode())).publisher == "موقع المثال"


# ---------------------------------------------------------------- any input


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes_give_an_article_or_a_refusal(content: bytes) -> None:
    for arrival in read_articles(io.BytesIO(content)):
        assert isinstance(arrival, Article | Refusal)
        if isinstance(arrival, Article):
            arrival.text.encode("utf-8")
            assert arrival.headline is None or arrival.headline.of(arrival.text).strip()


def _broken(text: str) -> bool:
    """Enough replacement characters to say that the text was damaged before."""
    return text.count("\ufffd") > len(text) / 20


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="ØÙÃÐ"), max_size=200))
def test_the_text_of_a_line_of_json_is_kept_to_the_character(tail: str) -> None:
    arrival = next(read_articles(io.BytesIO(json.dumps({"text": ENGLISH + tail, "lang": "en"}).encode())))
    assert isinstance(arrival, Article) == (not _broken(ENGLISH + tail))
    if isinstance(arrival, Article):
        assert arrival.text == ENGLISH + tail


def _seconds(times: int) -> float:
    content = (ARABIC * times).encode("cp1256")
    start = time.perf_counter()
    assert isinstance(next(read_articles(io.BytesIO(content))), Article)
    return time.perf_counter() - start


def test_time_is_linear() -> None:
    assert min(_seconds(4_000) for _ in range(3)) < 40 * min(_seconds(400) for _ in range(3))


_SEED = Path(__file__).resolve().parents[2] / "../shared/articles/badia-1020.ar.txt"


@pytest.mark.skipif(not _SEED.exists(), reason="the shared desk with the first real article is not beside the project")
def test_the_first_real_article_is_read_to_the_character() -> None:
    read = article(_SEED)
    assert (read.lang, read.file, read.text) == ("ar", _SEED.name, _SEED.read_bytes().decode("utf-8"))
