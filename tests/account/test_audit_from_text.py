"""From the words of articles to findings, certificates and bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from waqai import account
from waqai.account import audit
from waqai.account.certificates import certificates
from waqai.account.counts import read_consistent
from waqai.account.events import tolls
from waqai.account.events.reading import events_of, tellings
from waqai.account.programme import Asked
from waqai.account.reckoning import Reckoning
from waqai.account.rules import Policy
from waqai.account.scope import World, read_taxonomy
from waqai.account.series import series
from waqai.graph import Iris
from waqai.model import Article, Day, Lang
from waqai.pipeline import Reader
from waqai.store import Store

StoreOf = Callable[[Path | str], Store]
DAY = Day(2021, 7, 5)

ARABIC = (
    "بلغت حصيلة القتلى المدنيين في محافظة حلب 68 قتيلاً، هم 38 في مدينة الباب و32 في مدينة منبج.\n\n"
    "ووثق المرصد السوري لحقوق الإنسان مقتل 48 عنصراً من قوات النظام خلال حزيران 2021: "
    "12 في دير الزور، و14 في حمص، و20 في الرقة."
)
ENGLISH = (
    "The Syrian Observatory for Human Rights said that 68 civilians were killed in June 2021: "
    "38 in Aleppo, 32 in Idlib.\n\n"
    "It said 48 soldiers were killed in June 2021, as follows: 12 in Deir ez-Zor, 14 in Homs and 20 in Raqqa."
)
NIGHT = (
    "وثق المرصد السوري لحقوق الإنسان مقتل 16 عنصراً من قوات النظام في بادية السخنة بريف حمص "
    "و4 في بادية الميادين بريف دير الزور ليلة أمس، جراء هجمات لتنظيم الدولة الإسلامية.\n\n"
    "وقال المرصد السوري لحقوق الإنسان إن حصيلة القتلى من قوات النظام في سوريا "
    "منذ مطلع العام 2021 ارتفعت إلى 321 قتيلاً."
)
LATER = NIGHT.replace("16", "22").replace("و4", "و6").replace("321", "329")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Iris())


def holding(store: Store, reader: Reader, *texts: str, lang: Lang = "ar") -> Store:
    for number, text in enumerate(texts):
        article = Article(f"{number:020d}", text, lang, f"{number}.txt", "وكالة السهل", DAY)
        store.put({name: quads for name, quads in reader.graphs(article).graphs.items() if "/private/" not in name})
    return store


@pytest.mark.parametrize(("text", "lang"), [(ARABIC, "ar"), (ENGLISH, "en")])
def test_breakdowns_that_do_not_add_up_are_reported_and_the_article_stays(
    store_of: StoreOf, reader: Reader, text: str, lang: Lang
) -> None:
    store = holding(store_of(""), reader, text, lang=lang)
    before = set(store.quads(Iris().article_graph("0" * 20)))
    found = audit.kept(store)
    number = {c.iri: c.low or 0 for c in audit.read_ledger(store).counts["killed"]}
    told = sorted(sorted(number[iri] for iri in f.statements) for f in found)
    assert told == [[12, 14, 20, 48], [32, 38, 68]]
    assert {f.kind for f in found} == {"breakdown_does_not_add_up"}
    assert audit.refresh(store)
    assert set(store.quads(Iris().article_graph("0" * 20))) == before


@pytest.mark.parametrize(
    "text",
    [
        "قتل 68 مدنياً في محافظة حلب، بينهم 38 في مدينة الباب و20 في مدينة منبج.",
        "قتل نحو 68 مدنياً في محافظة حلب، هم 38 في مدينة الباب و32 في مدينة منبج.",
        "قتل 68 مدنياً في محافظة حلب، هم 38 في مدينة الباب و30 في مدينة منبج.",
        "قتل 68 مدنياً في محافظة حلب، هم 38 في مدينة الباب و20 في مدينة منبج وآخرون في جرابلس.",
        "قتل 68 مدنياً في محافظة حلب، هم 38 في مدينة الباب وعدد من المدنيين في مدينة منبج.",
    ],
    ids=["some of them", "about", "adds up", "and others", "a number of"],
)
def test_lists_that_accuse_nobody(store_of: StoreOf, reader: Reader, text: str) -> None:
    assert audit.kept(holding(store_of(""), reader, text)) == []


def test_bounds_hold_under_every_smallest_repair_and_say_so(store_of: StoreOf, reader: Reader) -> None:
    text = "قتل 68 مدنياً في سوريا خلال شهر حزيران 2021، هم 38 في محافظة حلب و32 في محافظة إدلب."
    store = holding(store_of(""), reader, text)
    audit.refresh(store)
    counts = read_consistent(store, "killed")
    reckoning = Reckoning(counts, World.of(read_taxonomy(store), counts), Policy(), ["civilian"])
    aleppo = reckoning.bound(Asked("civilian", frozenset({"SY-HL"})))
    both = reckoning.bound(Asked("civilian", frozenset({"SY-HL", "SY-ID"})))
    assert (aleppo.low, aleppo.high) == (36, 38)
    assert (both.low, both.high) == (68, 70)
    assert "contradiction_set_aside" in both.rules


def test_two_accounts_of_one_night_are_certified_by_the_running_total(store_of: StoreOf, reader: Reader) -> None:
    ledger = audit.read_ledger(holding(store_of(""), reader, NIGHT, LATER))
    killed = ledger.counts["killed"]
    (total,) = series(killed, "killed", ledger.published)
    assert [(d.low, d.high) for d in total.differences()] == [(8, 8)]
    number = {c.iri: c.low for c in killed}
    found = certificates([total], killed)
    assert {(number[c.newer], number[c.older]) for c in found} == {(22, 16), (6, 4)}
    assert {tuple(number[t] for t in c.totals) for c in found} == {(321, 329)}
    assert {c.others for c in found} == {0}


def test_the_later_accounts_replace_the_earlier_where_the_totals_certify_it(store_of: StoreOf, reader: Reader) -> None:
    store = holding(store_of(""), reader, NIGHT, LATER)
    audit.refresh(store)
    later = {c.iri: c for c in audit.read_ledger(store).counts["killed"] if c.low in (22, 6)}
    assert {(c.low, k.kind, k.rule) for c in later.values() for k in c.links} == {
        (22, "updates", "one_event"),
        (6, "updates", "one_event"),
    }


def test_a_rise_that_has_room_for_both_certifies_nothing(store_of: StoreOf, reader: Reader) -> None:
    ledger = audit.read_ledger(holding(store_of(""), reader, NIGHT, LATER.replace("329", "349")))
    assert certificates(ledger.series(), ledger.counts["killed"]) == []


def test_two_accounts_of_one_night_are_two_events_with_28_dead_where_a_sum_gives_48(
    store_of: StoreOf, reader: Reader
) -> None:
    """Both came out on one day: which is the later is told by the running total alone."""
    store = holding(store_of(""), reader, LATER, NIGHT)
    account.refresh(store)
    events = [e for e in events_of(tellings(store), store.iris) if any(t.sort == "incident" for t in e.anchor.told)]
    killed_in = [t for e in events for t in tolls(e.sayings()) if t.victim_class == "government_forces"]
    assert sorted((t.low, t.high) for t in killed_in) == [(6, 6), (22, 22)]
    killed = audit.read_ledger(store).counts["killed"]
    assert sum(c.low or 0 for c in killed if c.kind != "period_total") == 48
    assert {c.low for c in killed for k in c.links if k.rule == "one_event" and k.kind == "updates"} == {22, 6}
    world = World.of(read_taxonomy(store), killed)
    days = Policy(since=dt.date(2021, 7, 4), until=dt.date(2021, 7, 4))
    reckoning = Reckoning(killed, world, days, ["government_forces"])
    assert reckoning.bound(Asked("government_forces", frozenset({"SY-HI", "SY-DY"}))).low == 28
