"""Feeds, archives of web pages, compression, folders with odd things in them."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.model import Article, Day
from waqai.read import PassedOver, Refusal, read_articles

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENGLISH = "Three people were killed on the road to the town, and two of them were said to be farmers.\n"
PAGE = (
    "<html><head><title>{0}</title></head><body><nav><a href='/'>الرئيسية</a></nav><article><h1>{0}</h1>"
    "<p>قتل 12 عنصراً من قوات النظام، وأصيب ثلاثة مدنيين بانفجار لغم أرضي في القرية، وفق ما أفاد به مصدر محلي.</p>"
    "<p>وأضاف المصدر أن سيارات الإسعاف نقلت الجرحى إلى المشفى القريب، وأن المنطقة شهدت انفجارات.</p>"
    "</article></body></html>"
)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>موقع المثال</title><link>https://example.org</link>
<item><title>قتلى في الريف</title><link>https://example.org/1</link><pubDate>Mon, 03 May 2021 22:10:00 +0300</pubDate>

<description>ملخص قصير</description><content:encoded><![CDATA[<p>قتل ثلاثة مدنيين في&nbsp;القرية.</p>
<script>x()</script>
<p>وأصيب آخرون بجروح.</p>]]></content:encoded></item>
<item><title>قتيل على الطريق</title><guid>https://example.org/2</guid><dc:date>2021-05-04T08:00:00Z</dc:date>
<description>&lt;p&gt;قتل رجل على الطريق إلى المدينة.&lt;/p&gt;</description></item>
<item><title>صورة اليوم</title><description></description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title type="text">وكالة المثال</title>
<entry><title>قتلى في الريف</title><link rel="self" href="https://example.org/self"/>
<link href="https://example.org/3"/>
<published>2021-05-05T10:00:00Z</published><updated>2022-01-01T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>قتل ثلاثة مدنيين في القرية.</p></div></content>
</entry></feed>"""


def read(content: bytes, folder: Path, name: str) -> list[Article | Refusal | PassedOver]:
    path = folder / name
    path.write_bytes(content)
    return list(read_articles(path))


def articles(arrivals: list[Article | Refusal | PassedOver]) -> list[Article]:
    return [arrival for arrival in arrivals if isinstance(arrival, Article)]


# ---------------------------------------------------------------- feeds


def test_a_feed_gives_its_entries_and_marks_summaries(tmp_path: Path) -> None:
    arrivals = read(RSS.encode(), tmp_path, "feed.xml")
    one, two = articles(arrivals)
    assert one.text == "قتلى في الريف\n\nقتل ثلاثة مدنيين في القرية.\n\nوأصيب آخرون بجروح."
    assert (one.url, one.published, one.publisher) == ("https://example.org/1", Day(2021, 5, 3), "موقع المثال")
    assert not one.summary
    assert two.summary
    assert (two.text, two.url) == ("قتيل على الطريق\n\nقتل رجل على الطريق إلى المدينة.", "https://example.org/2")
    assert two.published == Day(2021, 5, 4)
    assert [a.file for a in arrivals if isinstance(a, Refusal)] == [f"{tmp_path}/feed.xml, entry 3"]


def test_atom_by_its_page_and_its_day_of_publication() -> None:
    (one,) = articles(list(read_articles(io.BytesIO(ATOM.encode()))))
    assert (one.url, one.published, one.publisher) == ("https://example.org/3", Day(2021, 5, 5), "وكالة المثال")
    assert one.text == "قتلى في الريف\n\nقتل ثلاثة مدنيين في القرية."


def test_a_feed_in_an_old_encoding(tmp_path: Path) -> None:
    old = RSS.replace('encoding="utf-8"', 'encoding="windows-1256"').encode("cp1256")
    assert "قتل ثلاثة مدنيين" in articles(read(old, tmp_path, "a.rss"))[0].text


def test_a_cut_feed_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    arrivals = read(RSS.encode()[: RSS.encode().index(b"<guid>")], tmp_path, "feed.xml")
    assert articles(arrivals)[0].url == "https://example.org/1"
    assert any(isinstance(a, Refusal) and "broken XML" in a.reason for a in arrivals)


def test_a_tag_of_thousands_of_attributes_is_refused_at_once(tmp_path: Path) -> None:
    text = "<p>قتل 12 عنصراً من قوات النظام في هجوم على حاجز في ريف حمص الشرقي.</p>"
    many = " ".join(f'a{i}="{i}"' for i in range(200_000))
    state = "x y z " * 20_000
    arrivals = read(f"<html><body><div {many}>{text}</div></body></html>".encode(), tmp_path, "a.html")
    assert [a.reason for a in arrivals if isinstance(a, Refusal)] == ["a tag with thousands of attributes"]
    arrivals = read(f'<html><body><div data-state="{state}">{text}</div></body></html>'.encode(), tmp_path, "b.html")
    assert len(articles(arrivals)) == 1


def test_declared_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the machine", encoding="utf-8")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY a0 "ha">{laughs}]>'
    feed = f"{doctype}<rss><channel><item><title>Three killed</title><description>{ENGLISH} &x; &a29;</description>"
    (one, *_) = articles(read(f"{feed}</item></channel></rss>".encode(), tmp_path, "feed.xml"))
    assert "secret of" not in one.text
    assert len(one.text) < 300


def test_a_page_under_the_ending_of_another_kind_is_a_page(tmp_path: Path) -> None:
    page = "<!DOCTYPE html>\n" + PAGE.format("قتلى في الريف")
    for name in ("a.xml", "a.txt"):
        assert "الرئيسية" not in articles(read(page.encode(), tmp_path, name))[0].text


# ---------------------------------------------------------------- archives


def record(sort: str, url: str, block: bytes, media: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-05-03T10:00:00Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
    return f"{head}Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str, media: str = "text/html", status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", ""]).encode() + body


def archive() -> list[bytes]:
    old, plain = PAGE.format("قتلى في الريف").encode("cp1256"), PAGE.format("قتلى في المدينة").encode()
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(plain[i : i + 99]), plain[i : i + 99]) for i in range(0, len(plain), 99))
    return [
        record("warcinfo", "", b"software: x\r\n", "application/warc-fields"),
        record("request", "https://example.org/1", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        record("response", "https://example.org/1", answer(old, media="text/html; charset=windows-1256")),
        record("response", "https://example.org/2", answer(gzip.compress(plain), "Content-Encoding: gzip")),
        record("response", "https://example.org/3", answer(chunks + b"0\r\n\r\n", "Transfer-Encoding: chunked")),
        record("response", "https://example.org/p.png", answer(b"\x89PNG", media="image/png")),
        record("response", "https://example.org/old", answer(b"", "Location: /new", status="301 Moved")),
        record("revisit", "https://example.org/1", answer(b"")),
        record("conversion", "https://example.org/4", ENGLISH.encode(), "text/plain"),
    ]


@pytest.mark.parametrize("form", ["plain", "by record", "whole", "zst", "stream"])
def test_an_archive_gives_its_pages_and_counts_the_rest(tmp_path: Path, form: str) -> None:
    records = archive()
    content = {
        "plain": b"".join(records),
        "by record": b"".join(gzip.compress(r) for r in records),
        "stream": b"".join(gzip.compress(r) for r in records),
        "whole": gzip.compress(b"".join(records)),
        "zst": zstd.compress(b"".join(records)),
    }[form]
    name = {"plain": "a.warc", "zst": "a.warc.zst"}.get(form, "a.warc.gz")
    arrivals = list(read_articles(io.BytesIO(content))) if form == "stream" else read(content, tmp_path, name)
    found = articles(arrivals)
    assert [a.url for a in found] == [f"https://example.org/{n}" for n in (1, 2, 3, 4)]
    assert all("قتل 12 عنصراً من قوات النظام" in a.text for a in found[:3])
    assert [a.publisher for a in found[:3]] == ["example.org"] * 3
    aside = {a.what: a.number for a in arrivals if isinstance(a, PassedOver)}
    assert sum(aside.values()) == 3
    assert aside["revisits of a page"] == 1
    assert not [a for a in arrivals if isinstance(a, Refusal)]


def test_a_cut_archive_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    records = archive()
    content = b"".join(gzip.compress(r) for r in records[:4])
    arrivals = read(content[:-200], tmp_path, "a.warc.gz")
    assert [a.url for a in articles(arrivals)] == ["https://example.org/1"]
    assert [a for a in arrivals if isinstance(a, Refusal)]


@pytest.mark.parametrize("form", ["plain", "by record"])
def test_a_damaged_archive_is_read_on_from_the_next_whole_record(tmp_path: Path, form: str) -> None:
    pack = bytes if form == "plain" else gzip.compress
    parts = [pack(one) for one in archive()]
    for damaged in (3, 5):
        parts[damaged] = bytes(20) + parts[damaged][20:]
    arrivals = read(b"".join(parts), tmp_path, "a.warc")
    assert [a.url for a in articles(arrivals)] == [f"https://example.org/{n}" for n in (1, 3, 4)]
    refused = [a for a in arrivals if isinstance(a, Refusal)]
    assert [a.reason.partition(":")[0] for a in refused] == ["damaged after record 3", "damaged after record 4"]
    assert all("the rest was read" in a.cure for a in refused)


def test_an_archive_of_nothing_but_beginnings_ends(tmp_path: Path) -> None:
    arrivals = read(b"WARC/1.0\r\n" * 100_000, tmp_path, "a.warc")
    assert not articles(arrivals)
    assert 0 < len(arrivals) <= 1000


def test_a_page_that_is_too_large_is_refused_alone(tmp_path: Path) -> None:
    large = record("response", "https://example.org/0", answer(PAGE.format("x" * 5000).encode()))
    path = tmp_path / "a.warc"
    path.write_bytes(large + b"".join(archive()))
    arrivals = list(read_articles(path, largest=4000))
    assert len(articles(arrivals)) == 4
    assert [a.reason for a in arrivals if isinstance(a, Refusal)] == ["larger than 4,000 bytes"]


# ---------------------------------------------------------------- compression


@pytest.mark.parametrize(("ending", "compress"), [(".gz", gzip.compress), (".zst", zstd.compress)])
def test_compressed_files_and_streams(tmp_path: Path, ending: str, compress: object) -> None:
    assert callable(compress)
    lines = "\n".join([json.dumps({"text": ENGLISH})] * 2)
    assert len(articles(read(compress(lines.encode()), tmp_path, f"a.jsonl{ending}"))) == 2
    assert len(articles(list(read_articles(io.BytesIO(compress(lines.encode())))))) == 2
    assert articles(read(compress(ENGLISH.encode()), tmp_path, f"a.txt{ending}"))[0].text == ENGLISH


@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress])
def test_a_cut_compressed_file_gives_its_whole_lines_and_says_so(tmp_path: Path, compress: object) -> None:
    assert callable(compress)
    lines = "".join(json.dumps({"text": f"{ENGLISH} {os.urandom(300).hex()}"}) + "\n" for _ in range(300))
    content = compress(lines.encode())
    arrivals = read(content[: len(content) * 9 // 10], tmp_path, "a.jsonl.x")
    assert len(articles(arrivals)) > 100
    assert isinstance(arrivals[-1], Refusal)
    assert "damaged" in arrivals[-1].reason


def test_json_lines_in_utf_16(tmp_path: Path) -> None:
    lines = "\r\n".join([json.dumps({"text": f"{ENGLISH} قتل"}, ensure_ascii=False)] * 300)
    assert len(articles(read(lines.encode("utf-16"), tmp_path, "a.jsonl"))) == 300


# ---------------------------------------------------------------- broken text


def test_lines_of_two_encodings_and_lost_bytes(tmp_path: Path) -> None:
    line = "قتل ثلاثة مدنيين في القرية، وأصيب آخرون في المدينة بجروح.\n"
    assert articles(read((line * 3).encode() + line.encode("cp1256"), tmp_path, "a.txt"))[0].text == line * 4
    (lost,) = articles(read((line * 9).encode()[:-5] + b"\n", tmp_path, "b.txt"))
    assert lost.text.startswith(line * 8)
    (latin,) = articles(read((line * 3).encode("iso8859_6"), tmp_path, "c.txt"))
    assert latin.text == line * 3


# ---------------------------------------------------------------- folders


def test_odd_things_in_a_folder_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    kinds = Counter(type(arrival) for arrival in read_articles(tmp_path))
    assert kinds == {Article: 1, Refusal: 2, PassedOver: 1}


def test_a_pipe_that_is_handed_in_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(ENGLISH, encoding="utf-8"))
    writer.start()
    (one,) = articles(list(read_articles(pipe)))
    writer.join()
    assert one.text == ENGLISH


# ---------------------------------------------------------------- any input

_STARTS = [
    b"",
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"<rss>",
    b"<feed>",
    b"<html>",
    b"{",
    b"\xff\xfe",
]
_WHOLES = [RSS.encode(), ATOM.encode(), b"".join(archive()), gzip.compress(b"".join(archive()))]


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    content = bytearray(draw(st.sampled_from(_WHOLES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        content[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
        if not content:
            break
    return bytes(content[: draw(st.integers(1, len(content) + 1))])


@given(st.one_of(st.tuples(st.sampled_from(_STARTS), st.binary(max_size=300)).map(b"".join), _damaged()))
def test_any_bytes_of_any_kind_give_articles_or_refusals(content: bytes) -> None:
    for arrival in read_articles(io.BytesIO(content)):
        if isinstance(arrival, Article):
            arrival.text.encode("utf-8")
