"""When: the time that the words around counts tell; whether a number runs over a stretch of it."""

from __future__ import annotations

from waqai.extract.circumstances import day_in
from waqai.extract.drafts import Draft
from waqai.extract.memory import Memory, Work, laid_out, recalls
from waqai.extract.scene import Scene
from waqai.extract.surroundings import Around, Stretch
from waqai.model import Day, Period
from waqai.text.days import DayExpression, period_of

_PERIOD_REACH = 12
"""Tokens from a number to the words that make it a total."""
_DATELINE = 4
"""Tokens within which the date of writing opens a text."""


def dateline(scene: Scene) -> Day | None:
    """The full date with which a text opens (`Sun Feb 21 2016 Twin bomb attacks …`)."""
    for first, day in scene.days_at.items():
        if first < _DATELINE and day.is_anchor:
            period = period_of(day, None)
            return period.start if period.start == period.end else None
    return None


def settle_day(work: Work, draft: Draft) -> None:
    """Without any word of time an incident is of the main event's day, or of the day of writing.

    What is recalled without a time is of no known day.
    """
    if draft.period.words or draft.period.start or draft.total or work.written is None:
        return
    if work.scene.arabic and recalls(work.scene, draft.sentence):
        return
    draft.period = work.lead or work.hint or Period(work.written, work.written)


def period_around(work: Work, around: Around, ordered: tuple[Stretch, ...]) -> Period | None:
    """The time that the words around a cluster of counts tell."""
    scene = work.scene
    if next(scene.hits(around.sentence.first, around.sentence.last, "periods", "same"), None) and work.last_total:
        return work.last_total.period
    days = (day_in(scene, stretch, last=scene.arabic and stretch is around.before) for stretch in ordered)
    day = next((d for d in days if d), None) or _day_of_sentence(scene, around)
    return laid_out(work, day) if day else None


def _day_of_sentence(scene: Scene, around: Around) -> DayExpression | None:
    """A day told anywhere in the sentence; over what time another number of it runs is not told of this one."""
    day = day_in(scene, around.sentence)
    return day if day and (around.alone or not day.is_period) else None


def is_total(scene: Scene, around: Around, ordered: tuple[Stretch, ...], own: Memory) -> bool:
    """Does the number run over a stretch of time or over many incidents?"""
    start, stop = around.cluster[0].start, max(draft.stop for draft in around.cluster)
    near = Stretch(max(around.sentence.first, start - _PERIOD_REACH), min(around.sentence.last, stop + _PERIOD_REACH))
    if next(scene.hits(near.first, near.last, "periods", "total"), None):
        return True
    day = next((d for stretch in (*ordered, near) if (d := day_in(scene, stretch))), None)
    if day and day.is_period and not day.is_same_period and _long(period_of(day, None)):
        return True
    month = own.period is not None and own.period.start is not None and own.period.start.day is None
    if month and not own.methods:
        return True
    return next(scene.hits(around.sentence.first, around.sentence.last, "periods", "spread", "same"), None) is not None


def is_standing(scene: Scene, around: Around) -> bool:
    """Does it tell how many are held or missing now?"""
    stop = max(draft.stop for draft in around.cluster)
    window = range(max(around.sentence.first, around.cluster[0].start - 3), min(around.sentence.last, stop + 2))
    return any(scene.hit(i, "periods", "standing") for i in window)


def _long(period: Period) -> bool:
    return not period.start or period.start != period.end
