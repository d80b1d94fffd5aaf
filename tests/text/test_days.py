"""Days: what is found, with what precision, and the period that it gives on a day of publication."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.model import Day, Lang, Period, Span
from waqai.text.days import (
    DayExpression,
    find_days,
    in_year,
    parse_published,
    period_of,
    written_on,
    years_told,
)
from waqai.text.published import stamped
from waqai.text.tokens import tokens

# Monday; every relative expression below hangs on it.
PUBLISHED = Day(2021, 5, 3)

# The words, the expression found in them (None: all), start, end
ARABIC = [
    ("24 مارس /آذار 2019", None, "2019-03-24", "2019-03-24"),
    ("24 آذار/مارس 2019", None, "2019-03-24", "2019-03-24"),
    ("٢٤ مارس ٢٠١٩", None, "2019-03-24", "2019-03-24"),
    ("في الثالث من نيسان", "الثالث من نيسان", "2021-04-03", "2021-04-03"),
    ("الخامس والعشرين من شهر كانون الأول 2019", None, "2019-12-25", "2019-12-25"),
    ("3 أيار", None, "2021-05-03", "2021-05-03"),
    ("5 أيار", None, "2020-05-05", "2020-05-05"),
    ("أيار 2021", None, "2021-05", "2021-05"),
    ("آذار (مارس) 2015", None, "2015-03", "2015-03"),
    ("تشرين الثاني/ نوفمبر 2019", None, "2019-11", "2019-11"),
    ("مارس الماضي", None, "2021-03", "2021-03"),
    ("مايو الماضي", None, "2020-05", "2020-05"),
    ("أيار الجاري", None, "2021-05", "2021-05"),
    ("في حزيران من العام الماضي", "حزيران من العام الماضي", "2020-06", "2020-06"),
    ("1-2 كانون الأول 2020", None, "2020-12-01", "2020-12-02"),
    ("16 من الشهر الماضي", None, "2021-04-16", "2021-04-16"),
    ("29/10/2017", None, "2017-10-29", "2017-10-29"),
    ("03/04/2019", None, "2019-04-03", "2019-04-03"),
    ("2017-10-29", None, "2017-10-29", "2017-10-29"),
    ("27.07.2023", None, "2023-07-27", "2023-07-27"),
    ("وكالة المثال · November 15, 2020", "November 15, 2020", "2020-11-15", "2020-11-15"),
    ("العام 2023", None, "2023", "2023"),
    ("في 2015", "2015", "2015", "2015"),
    ("صيف عام 2006", None, "2006-06", "2006-08"),
    ("مطلع العام 2020", None, "2020", "2020"),
    ("العام الماضي", None, "2020", "2020"),
    ("الشهر الجاري", None, "2021-05", "2021-05"),
    ("الأسبوع الماضي", None, "2021-04-20", "2021-05-02"),
    ("اليوم", None, "2021-05-03", "2021-05-03"),
    ("صباح اليوم الاثنين", None, "2021-05-03", "2021-05-03"),
    ("أمس", None, "2021-05-02", "2021-05-02"),
    ("مساء أمس الأحد", None, "2021-05-02", "2021-05-02"),
    ("أول أمس", None, "2021-05-01", "2021-05-01"),
    ("أول من أمس", None, "2021-05-01", "2021-05-01"),
    ("الليلة الماضية", None, "2021-05-02", "2021-05-02"),
    ("الاثنين", None, "2021-05-03", "2021-05-03"),
    ("الاثنين الماضي", None, "2021-04-26", "2021-04-26"),
    ("الأحد", None, "2021-05-02", "2021-05-02"),
    ("فجر السبت", None, "2021-05-01", "2021-05-01"),
    ("ليل الجمعة السبت", None, "2021-04-30", "2021-05-01"),
    ("ليل السبت - الأحد", None, "2021-05-01", "2021-05-02"),
    ("اليوم السبت 1 أيار/مايو 2021", None, "2021-05-01", "2021-05-01"),
    ("الجمعة، 30 من نيسان", None, "2021-04-30", "2021-04-30"),
    ("قبل ثلاثة أيام", None, "2021-04-30", "2021-04-30"),
    ("قبل شهرين", None, "2021-03", "2021-03"),
    ("قبل عام", None, "2020", "2020"),
    ("خلال الـ24 ساعة الماضية", "الـ24 ساعة الماضية", "2021-05-02", "2021-05-03"),
    ("خلال الأيام الثلاثة الماضية", "الأيام الثلاثة الماضية", "2021-04-30", "2021-05-03"),
    ("اليومين الماضيين", None, "2021-05-01", "2021-05-03"),
    ("خلال الأشهر الماضية", "الأشهر الماضية", None, "2021-05-03"),
    ("خلال الفترة الأخيرة", "الفترة الأخيرة", None, "2021-05-03"),
    ("منذ 2011", None, "2011", "2021-05-03"),
    ("منذ عام 2015", None, "2015", "2021-05-03"),
    ("منذ مطلع العام 2021", None, "2021-01-01", "2021-05-03"),
    ("منذ مطلع يناير/كانون الثاني الفائت", None, "2021-01-01", "2021-05-03"),
    ("منذ بداية الشهر الجاري", None, "2021-05-01", "2021-05-03"),
    ("منذ ثلاثة أيام", None, "2021-04-30", "2021-05-03"),
    ("منذ يوم أمس", None, "2021-05-02", "2021-05-03"),
    ("منذ ذلك الحين", None, None, "2021-05-03"),
    ("حتى اليوم", None, None, "2021-05-03"),
    ("الفترة الممتدة من 24 مارس /آذار 2019 حتى اليوم", None, "2019-03-24", "2021-05-03"),
    ("من 3 إلى 7 نيسان 2020", None, "2020-04-03", "2020-04-07"),
    ("ما بين آذار وأيار 2020", None, "2020-03", "2020-05"),
    ("بين 3 و7 نيسان 2020", None, "2020-04-03", "2020-04-07"),
    ("منذ شهر آذار", None, "2021-03", "2021-05-03"),
    ("بين كانون الأول وشباط 2020", None, "2019-12", "2020-02"),
    ("من آب 2019 حتى شباط", None, "2019-08", "2020-02"),
    ("بين عامي 2011 و2015", "عامي 2011 و2015", "2011", "2015"),
    ("بعد عام 2011", None, "2011", None),
    ("قبل عام 2011", None, None, "2011"),
    ("حتى نهاية آذار 2020", None, None, "2020-03-31"),
]
ENGLISH = [
    ("on Sunday", "Sunday", "2021-05-02", "2021-05-02"),
    ("last Monday", None, "2021-04-26", "2021-04-26"),
    ("early Sunday morning", None, "2021-05-02", "2021-05-02"),
    ("Friday, 30 April 2021", None, "2021-04-30", "2021-04-30"),
    ("yesterday", None, "2021-05-02", "2021-05-02"),
    ("the day before yesterday", None, "2021-05-01", "2021-05-01"),
    ("last night", None, "2021-05-02", "2021-05-02"),
    ("overnight", None, "2021-05-02", "2021-05-03"),
    ("this morning", None, "2021-05-03", "2021-05-03"),
    ("24 March 2019", None, "2019-03-24", "2019-03-24"),
    ("March 24th, 2019", None, "2019-03-24", "2019-03-24"),
    ("the 3rd of April", None, "2021-04-03", "2021-04-03"),
    ("Dec 1-2", None, "2020-12-01", "2020-12-02"),
    ("Sept. 9, 2020", None, "2020-09-09", "2020-09-09"),
    ("in October", "October", "2020-10", "2020-10"),
    ("last May", None, "2020-05", "2020-05"),
    ("in May", "May", "2021-05", "2021-05"),
    ("May of last year", None, "2020-05", "2020-05"),
    ("in 2011", "2011", "2011", "2011"),
    ("early 2014", None, "2014", "2014"),
    ("mid-April", None, "2021-04", "2021-04"),
    ("the summer of 2006", None, "2006-06", "2006-08"),
    ("last year", None, "2020", "2020"),
    ("this month", None, "2021-05", "2021-05"),
    ("three days ago", None, "2021-04-30", "2021-04-30"),
    ("the past week", None, "2021-04-26", "2021-05-03"),
    ("over the last three months", "the last three months", "2021-02", "2021-05-03"),
    ("the past 24 hours", None, "2021-05-02", "2021-05-03"),
    ("in recent months", "recent months", None, "2021-05-03"),
    ("since 24 March 2019", None, "2019-03-24", "2021-05-03"),
    ("since the beginning of the year", None, "2021-01-01", "2021-05-03"),
    ("since then", None, None, "2021-05-03"),
    ("between March and May 2020", None, "2020-03", "2020-05"),
    ("from 3 to 7 April 2020", None, "2020-04-03", "2020-04-07"),
    ("from 24 March 2019 until today", None, "2019-03-24", "2021-05-03"),
    ("until today", None, None, "2021-05-03"),
    ("before 2011", None, None, "2011"),
    ("29/10/2017", None, "2017-10-29", "2017-10-29"),
    ("10/29/2017", None, "2017-10-29", "2017-10-29"),
    ("03/04/2019", None, "2019", "2019"),
]
NO_DAY: list[tuple[Lang, str]] = [
    ("ar", "مارس التنظيم ضغوطا على السكان ومارس العنف"),
    ("ar", "قتل أب وابنه في إب"),
    ("ar", "سد تشرين وجامعة تشرين"),
    ("ar", "أحد القادة"),
    ("ar", "سوق الأحد"),
    ("ar", "جسر 17 نيسان"),
    ("ar", "قوى 14 آذار"),
    ("ar", "قتل 12 عنصرا و2015 مدنيا"),
    ("ar", "لا يزال مصيره مجهولا حتى الآن"),
    ("ar", "ربيع الحي وصيف المدينة"),
    ("en", "they may march on the town in may"),
    ("en", "the sun and the second man"),
    ("en", "about 2015 people were killed by 12 men"),
]


def found(text: str, lang: Lang) -> list[DayExpression]:
    return find_days(tokens(text), text, lang)


def iso(day: Day | None) -> str | None:
    return day.iso() if day else None


@pytest.mark.parametrize(("text", "words", "start", "end"), ARABIC)
def test_arabic(text: str, words: str | None, start: str | None, end: str | None) -> None:
    (expression,) = found(text, "ar")
    period = period_of(expression, PUBLISHED)
    assert (expression.words, iso(period.start), iso(period.end)) == (words or text, start, end)


@pytest.mark.parametrize(("text", "words", "start", "end"), ENGLISH)
def test_english(text: str, words: str | None, start: str | None, end: str | None) -> None:
    (expression,) = found(text, "en")
    period = period_of(expression, PUBLISHED)
    assert (expression.words, iso(period.start), iso(period.end)) == (words or text, start, end)


@pytest.mark.parametrize(("lang", "text"), NO_DAY)
def test_look_alikes_are_no_days(lang: Lang, text: str) -> None:
    assert found(text, lang) == []


def test_a_period_carries_its_words_and_span() -> None:
    text = "قتل رجل منذ 24 آذار 2019 في حمص"
    (expression,) = found(text, "ar")
    words = "منذ 24 آذار 2019"
    span = Span(text.index(words), text.index(words) + len(words))
    assert period_of(expression, None) == Period(Day(2019, 3, 24), None, open_end=True, words=words, span=span)


# ---------------------------------------------------------------- without a day of publication, or a vague one


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "أمس"),
        ("ar", "الأحد"),
        ("ar", "مايو الماضي"),
        ("ar", "3 أيار"),
        ("ar", "خلال الأشهر الماضية"),
        ("en", "yesterday"),
        ("en", "on Sunday"),
        ("en", "last May"),
        ("en", "three days ago"),
        ("en", "in October"),
    ],
)
def test_relative_words_stay_words_without_a_day_of_publication(lang: Lang, text: str) -> None:
    (expression,) = found(text, lang)
    period = period_of(expression, None)
    assert (period.start, period.end, period.words) == (None, None, expression.words)


def test_until_today_is_open_without_a_day_of_publication() -> None:
    (expression,) = found("من 24 آذار 2019 حتى اليوم", "ar")
    assert period_of(expression, None).edtf() == "2019-03-24/.."


@pytest.mark.parametrize(
    ("text", "published", "start"),
    [
        ("last month", Day(2021, 5), "2021-04"),
        ("yesterday", Day(2021, 5), "2021"),
        ("last year", Day(2021, 5), "2020"),
        ("last year", Day(2021), "2020"),
        ("in October", Day(2021, 5), "2020-10"),
        ("on Sunday", Day(2021), None),
        ("on 5 May", Day(2021, 5), None),
        ("on 2 March", Day(2021, 5), "2021-03-02"),
    ],
)
def test_a_vague_day_of_publication_gives_what_all_its_days_agree_on(text: str, published: Day, start: str) -> None:
    (expression,) = found(text, "en")
    assert iso(period_of(expression, published).start) == start


def test_a_date_one_day_after_publication_is_of_this_year() -> None:
    (expression,) = found("4 أيار", "ar")
    assert iso(period_of(expression, PUBLISHED).start) == "2021-05-04"


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_most_recent_one(today: dt.date, weekday: int) -> None:
    name = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()[weekday]  # noqa: SIM905
    (expression,) = found(f"on {name}", "en")
    start = period_of(expression, Day(today.year, today.month, today.day)).start
    assert start is not None
    assert start.first().weekday() == weekday
    assert 0 <= (today - start.first()).days < 7


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)), st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_a_full_date_is_itself_whatever_the_day_of_publication(date: dt.date, published: dt.date) -> None:
    (expression,) = found(f"{date.day}/{date.month}/{date.year}", "ar")
    assert expression.is_anchor
    day = period_of(expression, Day(published.year, published.month, published.day)).start
    assert day == Day(date.year, date.month, date.day)


# ---------------------------------------------------------------- flags


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "في الفترة ذاتها"),
        ("ar", "تلك الفترة"),
        ("en", "the same period"),
    ],
)
def test_words_that_point_back(lang: Lang, text: str) -> None:
    (expression,) = found(text, lang)
    assert expression.is_same_period
    assert (period_of(expression, PUBLISHED).start, period_of(expression, PUBLISHED).end) == (None, None)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "on 3 May 2021 and on the same day", Day(2021, 5, 3)),
        ("en", "on 3 May 2021, a day earlier.", Day(2021, 5, 2)),
        ("en", "on 3 May 2021. Two days later", Day(2021, 5, 5)),
        ("en", "on 3 May 2021. The next day", Day(2021, 5, 4)),
        ("en", "in May 2021. The next day", None),
        ("ar", "يوم 3 أيار 2021 وفي اليوم ذاته", Day(2021, 5, 3)),
        ("ar", "يوم 3 أيار 2021 وفي نفس اليوم", Day(2021, 5, 3)),
        ("ar", "يوم 3 أيار 2021 وفي اليوم التالي", Day(2021, 5, 4)),
        ("ar", "يوم 3 أيار 2021 وقبل ذلك بيومين", Day(2021, 5, 1)),
    ],
)
def test_days_counted_from_the_day_told_before(lang: Lang, text: str, day: Day | None) -> None:
    expression = found(text, lang)[-1]
    assert expression.is_beside == (day is not None)
    assert period_of(expression, PUBLISHED).start == day


def test_without_a_day_before_it_is_counted_from_the_day_of_writing() -> None:
    (expression,) = found("A day earlier", "en")
    assert period_of(expression, Day(2021, 5, 3)).end == Day(2021, 5, 2)


@pytest.mark.parametrize(
    "text",
    ["12/5/1445 هـ", "27 رمضان 1445هـ", "شهر رمضان", "عام 1445 هـ", "الثالث من شعبان 1440", "5 جمادى الأولى 1441"],
)
def test_hijri_dates_stay_words(text: str) -> None:
    (expression,) = found(text, "ar")
    assert expression.is_hijri
    assert (expression.words, period_of(expression, PUBLISHED).edtf()) == (text, "/")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("منذ 2011", True),
        ("خلال شهر آذار 2020", True),
        ("خلال عام 2020", True),
        ("خلال الأيام الماضية", True),
        ("من 3 إلى 7 نيسان 2020", True),
        ("أمس", False),
        ("في آذار 2020", False),
    ],
)
def test_periods_say_so(text: str, *, expected: bool) -> None:
    assert [e.is_period for e in found(text, "ar")] == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "قصف في حمص\n\nالثلاثاء 15 شباط 2022\n\nقتل رجل مساء اليوم الثلاثاء.", Day(2022, 2, 15)),
        ("ar", "قتل رجل اليوم الثلاثاء 15 شباط 2022 في حمص.", Day(2022, 2, 15)),
        ("ar", "قتل رجل في 15 شباط 2022 في حمص.", None),
        ("ar", "15 شباط 2022\n\n16 شباط 2022\n", None),
        ("en", "A man was killed\n\nMay 3, 2021\n\nHe died on Sunday.", Day(2021, 5, 3)),
        ("en", "A man was killed.\n— Name (@name) May 3, 2021\n\nHe died.", Day(2021, 5, 3)),
        ("ar", "قتل رجل.\n— Name (@name) May 3, 2021\n", Day(2021, 5, 3)),
    ],
)
def test_the_day_of_writing_that_a_text_gives(lang: Lang, text: str, expected: Day | None) -> None:
    cut = tokens(text)
    assert written_on(find_days(cut, text, lang), cut) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Killed on May 3, 2021, others on June 4.", {5: 2021}),
        ("en", "The fifth strike since early 2022.", {1: 2022, 2: 2022, 3: 2022, 4: 2022}),
        ("en", "Killed on May 3, 2021 and on May 3, 2020.", {}),
        ("ar", "قتل رجل في 15 شباط 2022، وآخر في 3 آذار.", {2: 2022}),
        ("ar", "منذ عام 2011 وفي 3 آذار.", {}),
    ],
)
def test_the_years_that_a_text_gives_to_months(lang: Lang, text: str, expected: dict[int, int]) -> None:
    assert years_told(found(text, lang)) == expected


def test_a_month_without_a_year_takes_the_one_told_for_it() -> None:
    (day,) = found("killed on June 4 there", "en")
    assert period_of(in_year(day, {6: 2021}), None).start == Day(2021, 6, 4)
    assert period_of(in_year(day, {5: 2021}), None).start is None


# ---------------------------------------------------------------- metadata


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "2017-05-27T21:37:00+01:00", "2017-05-27"),
        ("en", "2024-12-04T13:20:54.000Z", "2024-12-04"),
        ("ar", "20171029T101500Z", "2017-10-29"),
        ("ar", "28/07/09", "2009-07-28"),
        ("ar", "03/04/2019", "2019-04-03"),
        ("en", "03/04/2019", "2019"),
        ("en", "10/29/2017", "2017-10-29"),
        ("en", "15/10/2016", "2016-10-15"),
        ("ar", "29 أكتوبر 2017", "2017-10-29"),
        ("ar", "الاحد, 7 مارس/ آذار, 2010, 14:36 GMT", "2010-03-07"),
        ("ar", "Sun, 06 May 2018 16:47:28 +0400", "2018-05-06"),
        ("en", "October 29, 2017 5:00 pm", "2017-10-29"),
        ("en", "2017-10", "2017-10"),
        ("en", "October 2017", "2017-10"),
        ("ar", "2017", "2017"),
        ("en", "2017-10-03 2017-10-05", "2017-10"),
        ("ar", "2020-12-09T07:17:49+00:00 2020-12-09T10:17:49+03:00 2022-07-31T16:25:58+03:00", "2020-12-09"),
        ("ar", "2020-12-09T07:17:49 2022-07-31T16:25:58", "2020-12-09"),
        ("en", "2017-02-31", None),
        ("en", "45/45/2017", None),
        ("ar", "12/5/1445 هـ", "2023-11"),
        ("ar", "الأربعاء 12 رجب 1442 هـ", "2021-02-24"),
        ("ar", "الأحد 12 رجب 1442 هـ", None),
        ("ar", "١٢ ربيع الأول ١٤٤٢", "2020-10"),
        ("ar", "15 محرم 1445هـ - 2 آب 2023", "2023-08-02"),
        ("ar", "2025-12-24 14:29:41+03:00 2026-07-31 21:05:00+03:00", "2025-12-24"),
        ("ar", "2026-07-31T10:00:00Z 2025-07-31T10:00:00Z", None),
        ("en", "1532157742000", "2018-07-21"),
        ("ar", "2017/10/29", "2017-10-29"),
        ("en", "29-10-2017", "2017-10-29"),
        ("en", "yesterday", None),
        ("en", "1490000000", "2017-03-20"),
        ("en", "", None),
    ],
)
def test_parse_published(lang: Lang, text: str, expected: str | None) -> None:
    assert iso(parse_published(text, lang)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شبكة السهلFebruary 25, 2025 · Shared with Public مقتل شخصين", "2025-02-25"),
        ("شبكة السهل March 3, 2024 at 5:12 PM · Shared with Public", "2024-03-03"),
        ("— السهل (@AlSahl) September 27, 2022", "2022-09-27"),
        ("(@AlSahl) May 2, 2022 … (@AlSahl) May 4, 2022", None),
        ("(@AlSahl) May 2, 9999", None),
        ("قتل في May 2, 2022 في حلب", None),
    ],
)
def test_a_page_stamps_its_posts(text: str, expected: str | None) -> None:
    assert iso(stamped(text)) == expected


# ---------------------------------------------------------------- any text

_FRAGMENTS = st.sampled_from(
    "منذ من حتى بين و اليوم أمس الأحد ليل 3 24 2019 1445 / - ( ) آذار كانون الثاني الماضي شهر العام قبل أيام ال خلال"  # noqa: SIM905
    " since from to until Sunday May 31 last the past days year of early , \n".split(" ")
)


@given(
    st.one_of(st.text(), st.lists(_FRAGMENTS).map(" ".join)),
    st.sampled_from([None, PUBLISHED, Day(2021), Day(1, 1, 1)]),
)
def test_any_text_gives_ordered_words_that_are_in_it(text: str, published: Day | None) -> None:
    cut = tokens(text)
    for lang in ("ar", "en"):
        end = 0
        for expression in find_days(cut, text, lang):
            assert end <= expression.first < expression.last <= len(cut)
            assert expression.span.of(text) == expression.words
            period = period_of(expression, published)
            assert (period.words, period.span) == (expression.words, expression.span)
            end = expression.last
        parse_published(text, lang)


def _seconds(times: int) -> float:
    text = "منذ مطلع الشهر الجاري قتل 12 عنصرا ليل الجمعة السبت من 3 إلى 7 نيسان و" * times
    cut = tokens(text)
    start = time.perf_counter()
    find_days(cut, text, "ar")
    return time.perf_counter() - start


def test_time_is_linear() -> None:
    assert min(_seconds(1_000) for _ in range(3)) < 40 * min(_seconds(100) for _ in range(3))
