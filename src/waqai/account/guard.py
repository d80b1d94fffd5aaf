"""What the sum guard says, in words, and how a sum that is none is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from waqai.account.additive import Reason, Verdict, Why
from waqai.ask import Answer, Column, Evidence, Question, Row, evidence
from waqai.ask.evidence import Keeper
from waqai.errors import InputError, SumRefused

Sums = Literal["checked", "bounds", "naive"]
AROUND = 70
"""Characters of a sentence shown on either side of the number."""
NAIVE = "naive_"
"""What the name of a column begins with that holds a naive sum."""

_SAYS: Mapping[Why, Mapping[str, str]] = {
    "part_of": {"en": "{0} is part of {1}", "ar": "{0} جزء من {1}"},
    "restates": {"en": "{0} says again what {1} says", "ar": "{0} تكرار لـ{1}"},
    "updates": {"en": "{0} revises {1}", "ar": "{0} تحديث لـ{1}"},
    "may_share": {
        "en": "{0} and {1} may tell of the same people: class, place and days meet, and nothing tells them apart",
        "ar": "{0} و{1} قد يعنيان الضحايا أنفسهم: الفئة والمكان والأيام تلتقي ولا شيء يفصل بينهما",
    },
    "repeated": {
        "en": "a statement stands in several solutions of one group and would be added as often",
        "ar": "يرد القول الواحد في عدة حلول من المجموعة نفسها فيُجمع بعددها",
    },
    "distinct": {
        "en": "DISTINCT drops equal numbers of different statements",
        "ar": "يُسقط DISTINCT الأعداد المتساوية من أقوال مختلفة",
    },
    "outcomes": {"en": "{0} and {1} count different outcomes", "ar": "{0} و{1} يحصيان نتيجتين مختلفتين"},
    "no_count": {
        "en": "{0} is no count of a source: bounds and tolls of several rows may hold the same people",
        "ar": "{0} ليس إحصاءً لمصدر: قد تضم الحدود والحصائل في عدة صفوف الأشخاص أنفسهم",
    },
    "hidden": {
        "en": "the query does not say which statements it adds",
        "ar": "لا يبيّن الاستعلام الأقوال التي يجمعها",
    },
}


def explain(store: Keeper, verdict: Verdict, lang: str = "en") -> tuple[str, ...]:
    """The reasons of a verdict as sentences, with the words of the statements concerned (names masked)."""
    found: dict[str, str] = {}
    for e in _evidence(store, dict.fromkeys(s for r in verdict.reasons for s in r.statements), lang):
        found.setdefault(e.statement, f"“{_short(e)}” <{e.statement}>")
    return tuple(_sentence(reason, found, lang) for reason in verdict.reasons)


def _short(e: Evidence) -> str:
    """The words that carry the number, marked, with some of the sentence around them."""
    before = e.prefix if len(e.prefix) <= AROUND else f"…{e.prefix[-AROUND:]}"
    after = e.suffix if len(e.suffix) <= AROUND else f"{e.suffix[:AROUND]}…"
    return f"{before}[{e.exact}]{after}".strip()


def _evidence(store: Keeper, statements: Iterable[str], lang: str) -> list[Evidence]:
    """The sentences, none where the store holds none: what is added need not be a statement."""
    try:
        return evidence(store, statements, lang)
    except InputError:
        return []


def _sentence(reason: Reason, found: Mapping[str, str], lang: str) -> str:
    named = [found.get(s, f"<{s}>") for s in reason.statements]
    said = _SAYS[reason.why][lang].format(*named)
    return f"{said} ({reason.because})" if reason.because else said


def additive_note(verdict: Verdict, lang: str) -> str:
    """That a sum is one."""
    return {
        "en": f"additive: yes: no two of the {verdict.statements} statements added can tell of the same people",
        "ar": f"قابل للجمع: نعم: لا قولان من الأقوال المجموعة ({verdict.statements}) يعنيان الأشخاص أنفسهم",
    }[lang]


def switched_note(question: Question, other: Question, lang: str) -> str:
    """That bounds stand in the place of a sum."""
    return {
        "en": f"additive: no: {question.name} would add the same people; the answer is by bounds: {other.name}",
        "ar": f"قابل للجمع: لا: يجمع {question.name} الأشخاص أنفسهم؛ الجواب حدود: {other.name}",
    }[lang]


def refusal(question: Question, reasons: tuple[str, ...], lang: str) -> SumRefused:
    """The error that says why a sum is refused."""
    head = {"en": "additive: no", "ar": "قابل للجمع: لا"}[lang]
    cure = {
        "en": "--bounds tells how many the statements of each row tell of together, --naive shows the sum all the same",
        "ar": "الخيار --bounds يبيّن كم تعني أقوال كل صف معاً، و--naive يعرض المجموع",
    }
    return SumRefused("\n  ".join([head, *reasons]), address=question.name, cure=cure[lang])


def as_naive(answered: Answer, question: Question, reasons: tuple[str, ...], lang: str) -> Answer:
    """The answer with its sums called naive: in the names of the columns, in their headings, in the notes."""
    names = {c.name: f"{NAIVE}{c.name}" for c in answered.headings if c.name in question.adds}
    rows: list[Row] = [{names.get(k, k): v for k, v in row.items()} for row in answered.rows]
    headings = tuple(_naive(c) if c.name in names else c for c in answered.headings)
    head = {"en": "additive: no: the sums are naive", "ar": "قابل للجمع: لا: المجاميع ساذجة"}[lang]
    return replace(answered, headings=headings, rows=rows, notes=(head, *reasons))


def _naive(column: Column) -> Column:
    meaning = {"en": f"{column.meaning['en']} (naive sum)", "ar": f"{column.meaning['ar']} (مجموع ساذج)"}
    return Column(f"{NAIVE}{column.name}", column.kind, meaning)
