"""Names of private persons: where they begin, where they end, and what is no such name."""

from __future__ import annotations

import pytest

from waqai.extract import private_persons
from waqai.lexicon import load_lexicon
from waqai.model import Article, Lang, Span
from waqai.resolve.registers import load_registers
from waqai.text.names import NameIndex


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex(load_registers())


def found(text: str, names: NameIndex, lang: Lang) -> list[str]:
    """The outermost names; the parts of a name lie within it."""
    spans = private_persons(Article("0" * 20, text, lang, "a.txt"), load_lexicon(), names)
    return [span.of(text) for span in spans if not any(_within(span, other) for other in spans)]


def _within(span: Span, other: Span) -> bool:
    return span != other and other.start <= span.start and span.end <= other.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قتل الشاب محمد أحمد النجار (25 عاماً) في حمص.", ["محمد أحمد النجار"]),
        ("مقتل الطفلة ريم برصاص قناص.", ["ريم"]),
        ("قتل طفل اسمه سامر في حلب.", ["سامر"]),
        ("القتلى هم: فلان الجوباني، وعلان العلاني، وزيد الزيداني.", ["فلان الجوباني", "علان العلاني", "زيد الزيداني"]),
        ("قتل الصحفي المعروف ماهر الجوباني أمس.", ["ماهر الجوباني"]),
        ("قتل الطفل البالغ من العمر 5 سنوات ماهر الجوباني.", ["ماهر الجوباني"]),
        ("مقتل شاب (فلان الجوباني) في حمص.", ["فلان الجوباني"]),
        ("قتل الشاب ماهر محمد حسن علي يوسف الجوباني الذي كان هناك.", ["ماهر محمد حسن علي يوسف الجوباني"]),
        ("أصيب الشابان ماهر الجوباني وسامر الخلفاني في سرمين.", ["ماهر الجوباني", "سامر الخلفاني"]),
        ("أعلن الوزير سالم العمري مقتل الشاب ماهر عبد الله الجاسم برصاص.", ["ماهر عبد الله الجاسم"]),
        ("وقالت والدته هناء الخلفاني إنه طالب.", ["هناء الخلفاني"]),
    ],
)
def test_arabic_names(text: str, expected: list[str], names: NameIndex) -> None:
    assert found(text, names, "ar") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man named Khalid al-Omar was killed.", ["Khalid al-Omar"]),
        ("Ahmad al-Khatib, 23, was shot in Homs.", ["Ahmad al-Khatib"]),
        ("The mother, Fatima Khatib, said so.", ["Fatima Khatib"]),
        ("They took Dr. Maher Jobani's car.", ["Maher Jobani"]),
    ],
)
def test_english_names(text: str, expected: list[str], names: NameIndex) -> None:
    assert found(text, names, "en") == expected


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("انفجار في حي الشيخ مقصود في حلب.", "ar"),
        ("قال الناشط لوكالة محلية إن الطفل الذي قتل تلقى رصاصتين.", "ar"),
        ("قصف اللواء 33 مدرع مواقع.", "ar"),
        ("أصيب الطفل على خلفية شجار.", "ar"),
        ("قال القائد العام لقوات سوريا الديمقراطية.", "ar"),
        ("قال وزير الصحة الدكتور سالم العمري.", "ar"),
        ("President Salem Omari met the commander of the Syrian Army.", "en"),
        ("In Deir Ezzor, 23, by one count, were hurt.", "en"),
    ],
)
def test_offices_places_and_ordinary_words_are_no_private_names(text: str, lang: Lang, names: NameIndex) -> None:
    assert found(text, names, lang) == []


def test_the_parts_of_a_name_are_marked_but_not_those_that_others_bear(names: NameIndex) -> None:
    text = "قتل الشاب ماهر عبد الله الجوباني. وقال الوزير ماهر العمري إنه آسف."
    spans = private_persons(Article("0" * 20, text, "ar", "a.txt"), load_lexicon(), names)
    assert {span.of(text) for span in spans} == {"ماهر عبد الله الجوباني", "الجوباني"}
