"""Numbers: what is found, what is not, and every number below ten thousand in the forms that grammar allows."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.model import Lang
from waqai.text.numbers import find_numbers, find_ordinals
from waqai.text.tokens import tokens

ARABIC = [
    ("قتل 12 عنصراً", [("12", 12, 12)]),
    ("قتل ١٢ عنصراً", [("١٢", 12, 12)]),
    ("و140 آخرين", [("140", 140, 140)]),
    ("١٬٠٢٠ قتيلا", [("١٬٠٢٠", 1020, 1020)]),
    ("1.020 قتيلا", [("1.020", 1020, 1020)]),
    ("نزوح 1.5 مليون شخص", [("1.5 مليون", 1_500_000, 1_500_000)]),
    ("نزوح 3 آلاف و200 شخص", [("3 آلاف و200", 3200, 3200)]),
    ("12 ألفا من السكان", [("12 ألفا", 12_000, 12_000)]),
    ("12 ألفاً و13 جريحا", [("12 ألفاً و13", 12_013, 12_013)]),
    ("مقتل خمسة وعشرين شخصا", [("خمسة وعشرين", 25, 25)]),
    ("مقتل خمسة و عشرين شخصا", [("خمسة و عشرين", 25, 25)]),
    ("اثني عشر ألفا", [("اثني عشر ألفا", 12_000, 12_000)]),
    ("إحدى عشرة امرأة", [("إحدى عشرة", 11, 11)]),
    ("احدى وعشرون امراة", [("احدى وعشرون", 21, 21)]),
    ("ثلاثمائة وخمسة", [("ثلاثمائة وخمسة", 305, 305)]),
    ("ثلاث مئة رجل", [("ثلاث مئة", 300, 300)]),
    ("مليون ومئتا ألف نازح", [("مليون ومئتا ألف", 1_200_000, 1_200_000)]),
    ("ألفا جندي", [("ألفا", 2_000, 2_000)]),
    ("ألفاً من الجنود", [("ألفاً", 1_000, 1_000)]),
    ("ألفي نازح", [("ألفي", 2_000, 2_000)]),
    ("القتلى الـ12", [("12", 12, 12)]),
    ("الأشخاص الثلاثة", [("الثلاثة", 3, 3)]),
    ("بخمسة صواريخ", [("بخمسة", 5, 5)]),
    ("ست نساء وثلاث فتيات", [("ست", 6, 6), ("وثلاث", 3, 3)]),
    ("اثنان من السائقين", [("اثنان", 2, 2)]),
    ("مدني واحد", [("واحد", 1, 1)]),
    ("مقتل 5 وإصابة 12", [("5", 5, 5), ("12", 12, 12)]),
    ("ثلاثة وخمسة", [("ثلاثة", 3, 3), ("وخمسة", 5, 5)]),
    ("5-6 مدنيين", [("5-6", 5, 6)]),
    ("أربعة أو خمسة مدنيين", [("أربعة أو خمسة", 4, 5)]),
    ("12عنصراً", [("12", 12, 12)]),
]
ENGLISH = [
    ("twenty-five people", [("twenty-five", 25, 25)]),
    ("Two hundred and three", [("Two hundred and three", 203, 203)]),
    ("one thousand two hundred and five", [("one thousand two hundred and five", 1205, 1205)]),
    ("1,020 killed", [("1,020", 1020, 1020)]),
    ("2.5 million people", [("2.5 million", 2_500_000, 2_500_000)]),
    ("a hundred fighters", [("a hundred", 100, 100)]),
    ("one soldier and three others", [("one", 1, 1), ("three", 3, 3)]),
    ("four or five men", [("four or five", 4, 5)]),
    ("5-6 civilians", [("5-6", 5, 6)]),
    ("killed five and wounded 12", [("five", 5, 5), ("12", 12, 12)]),
]
NO_NUMBER: list[tuple[Lang, str]] = [
    ("ar", "يوم الاثنين"),
    ("ar", "بئر السبع"),
    ("ar", "تل سبع"),
    ("ar", "شارع الستين"),
    ("ar", "20% من السكان"),
    ("ar", "20 بالمئة"),
    ("ar", "عشرات القتلى ومئات الجرحى وآلاف النازحين"),
    ("ar", "ثلاث عشرات"),
    ("ar", "الساعة 11:30"),
    ("ar", "2.5 كيلومتر"),
    ("ar", "لست هناك"),
    ("ar", "أحد الجنود وإحدى النساء"),
    ("ar", "أصيب خامس"),
    ("ar", "القرن التاسع عشر"),
    ("ar", "في العشرين من عمره"),
    ("en", "dozens of people, a dozen men, two dozen others, hundreds more"),
    ("en", "no one was hurt, any one of them"),
    ("en", "an F-16 and a T-72 at 11:30 on 3/4 roads"),
    ("en", "a 61-year-old man"),
    ("en", "the 12th and the third, two-thirds of them, 20 percent"),
    ("en", "in the 2011-2015 war"),
    ("en", "within 5km at 6pm"),
]


def found(text: str, lang: Lang) -> list[tuple[str, int, int]]:
    return [(n.span.of(text), n.low, n.high) for n in find_numbers(tokens(text), lang)]


@pytest.mark.parametrize(("text", "expected"), ARABIC)
def test_arabic(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(text, "ar") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(("lang", "text"), NO_NUMBER)
def test_look_alikes_are_no_numbers(lang: Lang, text: str) -> None:
    assert found(text, lang) == []


def test_definite_numbers_say_so() -> None:
    text = "القتلى الـ12 والأشخاص الثلاثة وخمسة غيرهم"
    assert [n.definite for n in find_numbers(tokens(text), "ar")] == [True, True, False]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "أصيب خامس", [("خامس", 5)]),
        ("ar", "الحادي والعشرين من أيار", [("الحادي والعشرين", 21)]),
        ("ar", "القرن التاسع عشر", [("التاسع عشر", 19)]),
        ("ar", "في العشرين من أيار", [("العشرين", 20)]),
        ("ar", "الثلاثة والعشرين", []),
        ("en", "the twenty-first and the 3rd", [("twenty-first", 21), ("3rd", 3)]),
    ],
)
def test_ordinals(lang: Lang, text: str, expected: list[tuple[str, int]]) -> None:
    assert [(n.span.of(text), n.low) for n in find_ordinals(tokens(text), lang)] == expected


# ---------------------------------------------------------------- every number below ten thousand


def _words(line: str) -> list[str]:
    return line.split()


_MASCULINE = _words("_ واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة")
_FEMININE = _words("_ واحدة اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر")
_TENS = _words("_ _ عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون")
_HUNDREDS = _words("_ مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة")


def _oblique(word: str) -> str:
    """The genitive and accusative of duals and sound plurals."""
    for ending in ("ان", "ون"):
        if word.endswith(ending):
            return word[:-2] + "ين"
    return word


def _arabic_below_100(n: int, *, feminine: bool) -> list[str]:
    units = _FEMININE if feminine else _MASCULINE
    if n <= 10:
        return [units[n]]
    tail = "عشرة" if feminine else "عشر"
    if n < 20:
        first = {11: ("إحدى" if feminine else "أحد"), 12: ("اثنتا" if feminine else "اثنا")}
        return [f"{first.get(n, units[n - 10])} {tail}"]
    return [units[n % 10], _TENS[n // 10]] if n % 10 else [_TENS[n // 10]]


def _arabic(n: int, *, feminine: bool = False, oblique: bool = False, maa: bool = False) -> str:
    thousands, rest = divmod(n, 1000)
    parts: list[str] = []
    if thousands == 1:
        parts.append("ألف")
    elif thousands == 2:
        parts.append("ألفان")
    elif thousands:
        parts.append(f"{_MASCULINE[thousands]} آلاف")
    if rest >= 100:
        parts.append(_HUNDREDS[rest // 100])
    if rest % 100:
        parts += _arabic_below_100(rest % 100, feminine=feminine)
    words = [_oblique(p) for p in parts] if oblique else parts
    text = " و".join(words)
    text = text.replace("اثنا عشر", "اثني عشر").replace("اثنتا عشرة", "اثنتي عشرة") if oblique else text
    return text.replace("مئ", "مائ") if maa else text


def _english(n: int) -> str:
    units = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    words = [*units.split(), "seventeen", "eighteen", "nineteen"]
    tens = _words("_ _ twenty thirty forty fifty sixty seventy eighty ninety")
    if n < 20:
        return words[n]
    if n < 100:
        return tens[n // 10] + (f"-{words[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{words[n // 100]} hundred" + (f" and {_english(n % 100)}" if n % 100 else "")
    rest = n % 1000
    joint = " and " if rest < 100 else " "
    return f"{words[n // 1000]} thousand" + (f"{joint}{_english(rest)}" if rest else "")


@pytest.mark.parametrize("feminine", [False, True])
@pytest.mark.parametrize("oblique", [False, True])
@pytest.mark.parametrize("maa", [False, True])
def test_every_arabic_number_reads_back(*, feminine: bool, oblique: bool, maa: bool) -> None:
    noun = "امرأة" if feminine else "رجلا"
    wrong = []
    for n in range(1, 10_000):
        words = _arabic(n, feminine=feminine, oblique=oblique, maa=maa)
        if found(f"قتل {words} {noun}", "ar") != [(words, n, n)]:
            wrong.append((n, words))
    assert wrong == []


def test_every_english_number_reads_back() -> None:
    wrong = [n for n in range(10_000) if found(f"killed {_english(n)} people", "en") != [(_english(n), n, n)]]
    assert wrong == []


@given(st.integers(0, 999_999))
def test_digits_of_both_scripts(n: int) -> None:
    arabic = f"{n:,}".translate(str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬"))
    assert found(f"قتل {arabic} رجلا", "ar") == [(arabic, n, n)]
    assert found(f"killed {n:,} men", "en") == [(f"{n:,}", n, n)]


_FRAGMENTS = st.sampled_from(
    [*_words("و ال ثلاثة وعشرين مئة ألف 12 3 . , - / : مليون ست الأول عشر one hundred and - 5 th % أو"), "\n", " "]
)


@given(st.one_of(st.text(), st.lists(_FRAGMENTS).map(" ".join), st.lists(_FRAGMENTS).map("".join)))
def test_any_text_gives_ordered_spans_that_agree_with_their_tokens(text: str) -> None:
    cut = tokens(text)
    for lang in ("ar", "en"):
        end = 0
        for n in find_numbers(cut, lang):
            assert end <= n.first < n.last <= len(cut)
            assert 0 <= n.low <= n.high
            assert n.span.of(text) == text[cut[n.first].span.start : cut[n.last - 1].span.end]
            end = n.last


def _seconds(words: int) -> float:
    pick = random.Random(7)  # noqa: S311 (a fixed text, no secret)
    bits = ["و", "ثلاثة", "وعشرين", "مئة", "ألف", "12", "قتيلا", "الثالث"]
    cut = tokens(" ".join(pick.choice(bits) for _ in range(words)))
    start = time.perf_counter()
    find_numbers(cut, "ar")
    return time.perf_counter() - start


def test_time_is_linear() -> None:
    small = min(_seconds(2_000) for _ in range(3))
    large = min(_seconds(20_000) for _ in range(3))
    assert large < 40 * small
