"""Months, weekdays, units and the words around them, folded: closed classes of the two languages."""

from __future__ import annotations

from functools import cache

from waqai.text.letters import folded
from waqai.text.moments import Season, Section, Unit


def _numbered(lines: str, start: int) -> dict[str, int]:
    rows = enumerate(lines.strip().splitlines(), start=start)
    return {folded(form): number for number, line in rows for form in line.split()}


@cache
def words(line: str) -> frozenset[str]:
    """The folded words of a line."""
    return frozenset(folded(line).split())


# The names of Egypt and the Gulf, of the Levant and Iraq, and of the Maghreb; كانون and تشرين need their ordinal.
ARABIC_MONTHS = _numbered(
    """
    يناير جانفي
    فبراير شباط فيفري
    مارس آذار
    أبريل إبريل نيسان أفريل
    مايو أيار ماي
    يونيو يونية حزيران جوان
    يوليو يوليوز يولية تموز جويلية
    أغسطس غشت آب أوت
    سبتمبر شتنبر أيلول
    أكتوبر
    نوفمبر نونبر
    ديسمبر دجنبر
    """,
    1,
)
ARABIC_DOUBLE_MONTHS = {
    (folded(head), folded(tail)): number
    for head, tails in {"كانون": ("الأول", "الثاني"), "تشرين": ("الأول", "الثاني")}.items()
    for tail, number in zip(tails, {"كانون": (12, 1), "تشرين": (10, 11)}[head], strict=True)
} | {("كانون", "اول"): 12, ("كانون", "ثاني"): 1, ("تشرين", "اول"): 10, ("تشرين", "ثاني"): 11}
HIJRI_MONTHS = words("محرم المحرم صفر رجب شعبان رمضان شوال")
HIJRI_DOUBLE_MONTHS = frozenset(
    (folded(head), folded(tail))
    for head, tails in {
        "ربيع": "الأول الثاني الآخر",
        "جمادى": "الأولى الأول الثانية الآخرة الآخر",
        "ذو": "القعدة الحجة",
        "ذي": "القعدة الحجة",
    }.items()
    for tail in tails.split()
)
ARABIC_WEEKDAYS = _numbered(
    """
    الاثنين الأثنين
    الثلاثاء الثلاثا الثلثاء
    الأربعاء الأربعا
    الخميس
    الجمعة
    السبت
    الأحد
    """,
    0,
)
ARABIC_PARTS_OF_DAY = words("فجر صباح ضحى ظهر عصر مغرب مساء عشية ليل ليلة يوم نهار هذا")
ARABIC_LAST = words("الماضي الماضية الفائت الفائتة المنصرم المنصرمة المنقضي المنقضية السالف")
ARABIC_THIS = words("الجاري الجارية الحالي الحالية")
ARABIC_NEXT = words("المقبل المقبلة القادم القادمة التالي التالية السابق السابقة")
"""After or before something else: not to be laid against the day of writing."""
ARABIC_PAST = ARABIC_LAST | words("الأخير الأخيرة الماضيين الأخيرين الفائتين الماضيتين الأخيرتين")
ARABIC_SECTIONS: dict[str, Section] = {
    **dict.fromkeys(words("مطلع بداية أوائل مستهل"), "start"),
    **dict.fromkeys(words("منتصف أواسط"), "middle"),
    **dict.fromkeys(words("نهاية أواخر ختام"), "end"),
}
ARABIC_SEASONS: dict[str, Season] = {"صيف": "summer", "شتاء": "winter", "ربيع": "spring", "خريف": "autumn"}
_ARABIC_UNIT_FORMS: tuple[tuple[Unit | None, int | None, str], ...] = (
    (None, 1, "ساعة"),
    (None, 2, "ساعتين ساعتان"),
    (None, None, "ساعات"),
    ("day", 1, "يوم يوما"),
    ("day", 2, "يومين يومان"),
    ("day", None, "أيام"),
    ("week", 1, "أسبوع أسبوعا"),
    ("week", 2, "أسبوعين أسبوعان"),
    ("week", None, "أسابيع"),
    ("month", 1, "شهر شهرا"),
    ("month", 2, "شهرين شهران"),
    ("month", None, "أشهر شهور"),
    ("year", 1, "عام عاما سنة"),
    ("year", 2, "عامين عامان سنتين سنتان"),
    ("year", None, "أعوام سنوات سنين"),
)
ARABIC_UNITS = {folded(form): (unit, count) for unit, count, forms in _ARABIC_UNIT_FORMS for form in forms.split()}
"""Unit (None: hours) and how many a form says by itself: one, two, or a plural that needs a number."""

ENGLISH_MONTHS = _numbered(
    """
    january jan
    february feb
    march mar
    april apr
    may
    june jun
    july jul
    august aug
    september sept sep
    october oct
    november nov
    december dec
    """,
    1,
)
ENGLISH_WEEKDAYS = _numbered(
    """
    monday mondays
    tuesday tuesdays
    wednesday wednesdays
    thursday thursdays
    friday fridays
    saturday saturdays
    sunday sundays
    """,
    0,
)
ENGLISH_UNITS: dict[str, tuple[Unit | None, int | None]] = {
    "hour": (None, 1), "hours": (None, None), "day": ("day", 1), "days": ("day", None), "week": ("week", 1),
    "weeks": ("week", None), "month": ("month", 1), "months": ("month", None), "year": ("year", 1),
    "years": ("year", None),
}  # fmt: skip
ENGLISH_SECTIONS: dict[str, Section] = {
    "early": "start", "beginning": "start", "start": "start", "mid": "middle", "middle": "middle", "late": "end",
    "end": "end",
}  # fmt: skip
ENGLISH_SEASONS: dict[str, Season] = {
    "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter",
}  # fmt: skip
