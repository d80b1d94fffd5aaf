"""Folding: one form for one word, and the way back to the original."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.text.letters import fold, folded, is_arabic, vanishes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إدلب", "ادلب"),
        ("مقتَلُ", "مقتل"),
        ("مـقـتـل", "مقتل"),
        ("مـ ـقـ ـتـ ـل", "مقتل"),
        ("مقـ.ـتل", "مقتل"),
        ("مقـ.تل", "مقتل"),
        ("الحسكة", "الحسكه"),
        ("على", "علي"),
        ("مئة", "ميه"),
        ("ﻻ", "لا"),
        ("کردستان", "كردستان"),
        ("١٢", "12"),
        ("۱۲", "12"),
        ("١٬٠٢٠", "1,020"),
        ("Déir", "deir"),
        ("SDF’s", "sdf's"),
        ("«حمص»", '"حمص"'),
        ("Dec 1–2", "dec 1-2"),
    ],
)
def test_one_form_for_what_reads_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_words_that_only_stand_beside_each_other_stay_apart() -> None:
    assert folded("مقتل رجل") == "مقتل رجل"
    assert folded("هـ 1445") == "ه 1445"


@pytest.mark.parametrize(("char", "expected"), [("ـ", True), ("َ", True), ("\u200f", True), ("م", False), (" ", False)])
def test_vanishing_characters(char: str, *, expected: bool) -> None:
    assert vanishes(char) is expected


def test_arabic_letters() -> None:
    assert is_arabic("م")
    assert not is_arabic("m")
    assert not is_arabic("١")


@given(st.text())
def test_offsets_rise_and_stay_inside(text: str) -> None:
    result = fold(text)
    assert len(result.at) == len(result.text) + 1
    assert list(result.at) == sorted(result.at)
    assert result.at[-1] == len(text)
    assert all(0 <= at < len(text) for at in result.at[:-1])


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_each_folded_letter_comes_from_the_character_at_its_offset(text: str) -> None:
    result = fold(text)
    assert all(letter in folded(text[at]) for letter, at in zip(result.text, result.at, strict=False))


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي 0123456789.,\n"))
def test_folded_text_folds_to_itself(text: str) -> None:
    assert folded(text) == text


def _seconds(words: int) -> float:
    text = "قُتِلَ ١٢ عنصراً مـ ـقـ ـتـ ـل " * words
    start = time.perf_counter()
    fold(text)
    return time.perf_counter() - start


def test_time_is_linear() -> None:
    assert min(_seconds(20_000) for _ in range(3)) < 40 * min(_seconds(2_000) for _ in range(3))
