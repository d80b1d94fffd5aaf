"""Tokens: words, numbers and marks with offsets that point at them, and the forms under the clitics."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.text.letters import folded, vanishes
from waqai.text.tokens import tokens


def cut(text: str) -> list[tuple[str, str]]:
    return [(t.kind, t.span.of(text)) for t in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قُتل 12 عنصراً.", [("word", "قُتل"), ("digits", "12"), ("word", "عنصراً"), ("mark", ".")]),
        ("و140 آخرين", [("word", "و"), ("digits", "140"), ("word", "آخرين")]),
        ("1,020", [("digits", "1,020")]),
        ("5,6", [("digits", "5"), ("mark", ","), ("digits", "6")]),
        ("أ\n\nب", [("word", "أ"), ("break", "\n\n"), ("word", "ب")]),
        ("الـ12", [("word", "الـ"), ("digits", "12")]),
        ("Publicمقتل شاب", [("word", "Public"), ("word", "مقتل"), ("word", "شاب")]),
        ("SDF’s men", [("word", "SDF’s"), ("word", "men")]),
        ("Deir ez-Zor", [("word", "Deir"), ("word", "ez"), ("mark", "-"), ("word", "Zor")]),
        ("مـ ـقـ ـتـ ـل 3", [("word", "مـ ـقـ ـتـ ـل"), ("digits", "3")]),
        ("", []),
    ],
)
def test_cut(text: str, expected: list[tuple[str, str]]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("بحمص", ("بحمص", "حمص")),
        ("والرقة", ("والرقه", "الرقه", "رقه")),
        ("للتنظيم", ("للتنظيم", "التنظيم", "لتنظيم", "تنظيم")),
        ("وفي", ("وفي", "في")),
        ("كل", ("كل",)),
    ],
)
def test_forms_under_the_clitics(word: str, forms: tuple[str, ...]) -> None:
    found = tokens(word)[0].forms
    assert set(forms) <= set(found)
    assert found[0] == folded(word)
    assert [len(f) for f in found] == sorted((len(f) for f in found), reverse=True)


def test_thousands_are_one_number() -> None:
    assert tokens("١٬٠٢٠")[0].norm == "1020"


@given(st.text())
def test_spans_are_in_order_and_cover_every_visible_character(text: str) -> None:
    found = tokens(text)
    for token in found:
        assert token.span.start < token.span.end <= len(text)
    assert all(a.span.start <= b.span.start for a, b in pairwise(found))
    covered = {i for t in found for i in range(t.span.start, t.span.end)}
    missed = [c for i, c in enumerate(text) if i not in covered and not vanishes(c) and folded(c).strip()]
    assert missed == []


def _seconds(words: int) -> float:
    text = "قُتل 12 عنصراً من قوات النظام، و1,020 آخرين. " * words
    start = time.perf_counter()
    tokens(text)
    return time.perf_counter() - start


def test_time_is_linear() -> None:
    assert min(_seconds(5_000) for _ in range(3)) < 40 * min(_seconds(500) for _ in range(3))
