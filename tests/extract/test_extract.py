"""What extraction promises beyond single readings: spans, masks, determinism, linear time, the worked example."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from waqai.extract import conclude, counts_of, extract
from waqai.lexicon import load_lexicon
from waqai.model import Article, CasualtyCount, EventStatement, Lang, Registers, Relation
from waqai.resolve import resolve
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex

SHARED = Path(__file__).resolve().parents[2] / "../shared"
ARTICLES = Path(__file__).resolve().parents[1] / "articles"
SENTENCE = "وقتل 3 مدنيين بقصف لقوات النظام على بلدة سرمين بريف إدلب وأصيب طفل "


@pytest.fixture(scope="module")
def registers() -> Registers:
    return load_registers()


@pytest.fixture(scope="module")
def names(registers: Registers) -> NameIndex:
    return NameIndex(registers)


def article(text: str, lang: Lang = "ar") -> Article:
    return Article("0" * 20, text, lang, "a.txt")


def counts(text: str, names: NameIndex, lang: Lang = "ar") -> list[CasualtyCount]:
    found = extract(article(text, lang), load_lexicon(), names)
    return [statement for statement in found if isinstance(statement, CasualtyCount)]


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("مقتل 5 ليبيين في هجوم في حلب.", "LY"),
        ("مقتل 5 مدنيين سوريين في هجوم في حلب.", "SY"),
        ("Two Syrians were killed in an attack near Aleppo.", "SY"),
    ],
)
def test_a_noun_of_a_nation_says_of_which_they_are(text: str, nation: str, names: NameIndex) -> None:
    lang: Lang = "en" if text.isascii() else "ar"
    assert [count.victims.nationalities for count in counts(text, names, lang)] == [(nation,)]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "؟!", "قتل", "5", "قتل 5", "بينهم", "من من من", "killed", "the the", "(", "و"]
)
def test_scraps_of_text_are_read_without_harm(text: str, names: NameIndex) -> None:
    assert all(c.evidence[0].end <= len(text) for c in counts(text, names, "ar") + counts(text, names, "en"))


def test_spans_are_those_of_the_original_text(names: NameIndex) -> None:
    text = "مقـ ـتل ٣ مدنيّين في «سرمين»، بينهم طفلٌ."
    found = counts(text, names)
    assert [c.evidence[0].of(text) for c in found] == ["٣ مدنيّين", "طفلٌ"]
    assert all(c.sentence.start <= c.evidence[0].start < c.evidence[0].end <= c.sentence.end for c in found)


def test_the_same_article_is_read_the_same_way(names: NameIndex) -> None:
    text = SENTENCE * 3
    assert extract(article(text), load_lexicon(), names) == extract(article(text), load_lexicon(), names)


def test_every_statement_holds_the_names_of_the_whole_article(names: NameIndex) -> None:
    text = "نعي الشاب ماهر الجوباني\nقُتل 3 مدنيين بقصف على سرمين.\nوقالت والدته هناء الخلفاني إنه طالب."
    found = counts(text, names)
    assert found
    assert all({"ماهر الجوباني", "هناء الخلفاني"} <= {span.of(text) for span in c.persons} for c in found)


def test_a_claim_of_responsibility_is_a_claim_by_a_party_without_a_number(names: NameIndex) -> None:
    text = "أعلن تنظيم داعش، الجمعة، مسؤوليته عن مهاجمة حقل نفطي في شمال العراق."
    found = extract(article(text), load_lexicon(), names)
    assert [(type(s), s.certainty) for s in found] == [(EventStatement, "claimed")]


def test_a_run_of_digits_without_end_is_no_number(names: NameIndex) -> None:
    run = "7" * 6_000
    text = f"قتل {run} مدنيين و{run}-{run} آخرون. {run}st {run}.{run}"
    assert [c.low for c in counts(text, names, "ar") + counts(text, names, "en")] in ([], [None])


def test_parts_of_an_amount_that_is_no_count_are_read_without_it(names: NameIndex) -> None:
    found = counts("لم يسفر القصف عن مقتل 23 شخصا، بينهم نساء وأطفال.", names)
    assert all(not c.relations for c in found)


def test_the_form_for_comparison_speaks_of_the_kind_of_the_whole(names: NameIndex) -> None:
    text = "مقتل 5 مدنيين بينهم طفلان بقصف على بلدة سرمين."
    found = counts_of(article(text), counts(text, names))["counts"]
    assert [(c["id"], c["kind"], c["subset_of"], c["evidence"]) for c in found] == [
        ("k1", "incident", None, [[5, 13]]),
        ("k2", "incident", "k1", [[20, 25]]),
    ]


HOSTILE = {
    "one endless line": SENTENCE,
    "many reports": SENTENCE + "في حلب.\n",
    "totals": "وثقت الشبكة مقتل 12 مدنيا على يد قوات النظام منذ مطلع عام 2020 في إدلب.\n",
    "list items": "- 3 مدنيين في حلب\n",
    "numbers": "خمسة 12 ",
    "names": "حلب قوات سوريا الديمقراطية ",
    "persons": "الطفل فلان الفلاني، ",
    "words of harm": "قتل ",
    "nouns of harm": "قتلى وجرحى ",
    "parts": "بينهم 3 ",
    "days": "من 3 إلى ",
    "opening brackets": "(",
    "digits": "7",
    "cut words": "ـ ",
}


def calls(text: str, names: NameIndex, registers: Registers) -> int:
    """Calls of functions that reading a text takes: not seconds, so that the answer is the same on every machine."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        conclude(resolve(extract(article(text), load_lexicon(), names), article(text), registers))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_is_linear_in_the_length_of_the_text(kind: str, registers: Registers, names: NameIndex) -> None:
    texts = [(HOSTILE[kind] * length)[:length] for length in (2_000, 4_000, 16_000)]
    _, short, long = (calls(text, names, registers) for text in texts)
    assert long / short < 4.6


def test_work_is_linear_in_the_number_of_unlike_incidents(registers: Registers, names: NameIndex) -> None:
    """Where each incident has its own place, doer and number, nothing ends a search early."""
    articles = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.ar.txt")))
    _, short, long = (calls(articles[:length], names, registers) for length in (2_000, 10_000, 40_000))
    assert long / short < 4.8


@pytest.mark.skipif(not (SHARED / "eval" / "seed.jsonl").exists(), reason="the worked example lies beside the project")
def test_the_worked_example_is_read_in_full(registers: Registers, names: NameIndex) -> None:
    gold = json.loads((SHARED / "eval" / "seed.jsonl").read_text(encoding="utf-8"))
    source = article(gold["text"])
    read = conclude(resolve(extract(source, load_lexicon(), names), source, registers))
    found = counts_of(source, read)["counts"]
    slots = ("outcome", "low", "high", "operator", "victim_class", "country", "start", "end", "kind")
    assert [[c[slot] for slot in slots] for c in found] == [[c[slot] for slot in slots] for c in gold["counts"]]
    assert [c["subset_of"] for c in found] == [c["subset_of"] for c in gold["counts"]]
    relations = {(s.id, r.kind, r.target, r.rule) for s in read if isinstance(s, CasualtyCount) for r in s.relations}
    assert ("k3", "contained_in", "k4", "same_article_same_total") in relations
    assert ("k7", "disjoint_from", "k4", None) in relations
    readings = {s.id: [r.preferred for r in s.readings] for s in read if isinstance(s, CasualtyCount) and s.readings}
    assert readings == {"k6": [True, False]}


def test_what_cannot_be_a_part_is_none(names: NameIndex) -> None:
    """`7 dead, among them … and more than 20 hurt`: those are more than the whole."""
    one, two, three = counts("قتل 3 مدنيين في حلب. قتل 7 جنود في حمص. قتل 9 أطفال في إدلب.", names)

    def part(count: CasualtyCount, whole: CasualtyCount) -> CasualtyCount:
        return replace(count, relations=(Relation("subset_of", whole.id, "source", "among them"),))

    def wholes(*given: CasualtyCount) -> list[list[str]]:
        concluded = [c for c in conclude(given) if isinstance(c, CasualtyCount)]
        return [[relation.target for relation in count.relations] for count in concluded]

    assert wholes(part(one, two), two, part(three, two)) == [[two.id], [], []]
    assert wholes(part(one, two), part(replace(two, low=3, high=3), one)) == [[two.id], []]


def test_another_number_of_the_same_people_is_kept_and_stands_once_among_the_counts(
    names: NameIndex, registers: Registers
) -> None:
    told = article(
        "قتل 3 مدنيين وأصيب 12 آخرون بقصف على سرمين، وفق مصادر محلية.\n\n"
        "وقال الدفاع المدني إن 3 مدنيين قتلوا وأصيب 13 آخرون بقصف سرمين."
    )
    found = conclude(resolve(extract(told, load_lexicon(), names), told, registers))
    assert [c.low for c in found if isinstance(c, CasualtyCount)] == [3, 12, 13]
    assert [c["low"] for c in counts_of(told, found)["counts"]] == [3, 12]
