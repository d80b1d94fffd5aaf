"""Names of private persons, to be masked in what is published: after titles, after announcing words, with ages.

What no word announces (a name in running text) is not found.
"""

from __future__ import annotations

from collections.abc import Iterator

from waqai.extract.scene import Scene
from waqai.lexicon import Hit
from waqai.model import Span

_LONGEST = 10
"""Words of the longest name; text without marks is not swallowed."""
_OFFICE_REACH = 2
_SHORTEST_PART = 3
_MOST_YEARS = 120
_AGE_REACH = 6
_BETWEEN = frozenset("\"'()[]«»“”:-_#,،*•.")
_INTRODUCES = frozenset(':"،,-')
_AND = ("و", "and")
_KNOWN = ("outcomes", "relations", "attribution", "agency", "victims", "negation", "periods", "methods", "quantities")
_WRITTEN_ON = ("", "و", "ل", "ف", "ب", "ال", "لل", "وال", "ول")
_LETTERS_OF_NAMES = ("ف", "ك")
"""Particles that are mostly a letter of the name (فلان is not "for because")."""
_OPENS, _CLOSES = frozenset("(,،"), frozenset("),،")
_BREAKS = ("stop", "named", "office", "title")
Stretch = tuple[int, int]


def persons_of(scene: Scene) -> tuple[Span, ...]:
    """All names of private persons in an article, and the parts of them that stand for them alone, in text order.

    Holders of a public office, and who the registers know, are left out.
    """
    names: dict[Stretch, None] = {}
    for sentence in scene.sentences:
        for hit in scene.hits(sentence.first, sentence.last, "persons", "title", "someone", "named"):
            if not (_is_public(scene, hit, sentence.first) or hit.prefix not in _WRITTEN_ON):
                names.update(dict.fromkeys(_names_after(scene, hit, sentence.last)))
        if not scene.arabic:
            names.update(dict.fromkeys(_names_with_age(scene, sentence.first, sentence.last)))
    whole = {_without_particle(scene, name) for name in names}
    return tuple(sorted(whole | _parts(scene, list(names)), key=lambda span: (span.start, -span.end)))


def names_listed(scene: Scene, first: int, end: int) -> dict[int, Stretch]:
    """The names that a sentence lists (والقتلى هم: فلان وفلان): by where they begin their end, and that of the age."""
    found: dict[int, Stretch] = {}
    for hit in scene.hits(first, end, "relations", "list"):
        named = scene.hit(hit.first, "persons", "named")
        if named and _announces_names(scene, named, end):
            for start, last in _listed_from(scene, _where_it_begins(scene, named.last, end), end):
                found[start] = (last, _past_age(scene, last, end))
    return found


def _listed_from(scene: Scene, first: int, end: int) -> Iterator[Stretch]:
    """The names of a list that are not told with a noun (وابنته فلانة), which is counted itself."""
    while first < end:
        noun = scene.hit(first, "victims", "person")
        name = name_after(scene, noun.last, end) if noun else (first, end_of_name(scene, first, end))
        if name is None or not (noun or _is_name(scene, *name, end, sure=True)):
            return
        if not noun:
            yield name
        first = _next_in_list(scene, name[1], end)


def _past_age(scene: Scene, last: int, end: int) -> int:
    opens = scene.norm(last) in _OPENS
    stop = _end_of_age(scene, last + opens, end)
    if stop == last + opens:
        return last
    return stop + 1 if opens and scene.norm(stop) == ")" else stop


def _announces_names(scene: Scene, hit: Hit, end: int) -> bool:
    """A pronoun is followed by names if more (هم كل من) or a mark says so, or if the first word is of a name."""
    first = _where_it_begins(scene, hit.last, end)
    marked = scene.norm(hit.last) in _INTRODUCES or hit.last - hit.first > 1
    return marked or _given(scene, first) or scene.hit(first, "persons", "particle") is not None


def name_after(scene: Scene, at: int, end: int) -> Stretch | None:
    """The name that follows the noun for a person (الطفل فلان, شاب (فلان))."""
    first = _where_it_begins(scene, at, end)
    last = end_of_name(scene, first, end)
    return (first, last) if last > first and _is_name(scene, first, last, end, sure=False) else None


def _is_public(scene: Scene, hit: Hit, floor: int) -> bool:
    """Does a title go with a public office (الوزير الدكتور …), or is it part of a registered name (الشيخ مقصود)?"""
    if names_a_register(scene, hit.first) or hit.first in scene.inside_names:
        return True
    for i in range(hit.first, max(floor, hit.first - _OFFICE_REACH) - 1, -1):
        if i < hit.first and scene.tokens[i].kind != "word":
            return False
        if scene.hit_to(i, "persons", "office"):
            return True
    return False


def names_a_register(scene: Scene, i: int) -> bool:
    return any(m and m.strong and m.last - m.first > 1 for m in (scene.actors_at.get(i), scene.places_at.get(i)))


def _strong_place(scene: Scene, i: int) -> bool:
    place = scene.places_at.get(i)
    return place is not None and place.strong


def _names_after(scene: Scene, hit: Hit, end: int) -> Iterator[Stretch]:
    """The name after a title, and those that are listed after it."""
    first = _where_it_begins(scene, hit.last, end)
    if hit.term.role == "someone" and first == hit.last:
        return
    sure = hit.term.role == "named"
    last = end_of_name(scene, first, end)
    while last > first and _is_name(scene, first, last, end, sure=sure):
        yield first, last
        first = _next_in_list(scene, last, end)
        last = end_of_name(scene, first, end)
        if not (sure or _given(scene, first) or _given(scene, first, "و")):
            return


def _where_it_begins(scene: Scene, i: int, end: int) -> int:
    """Past marks, further titles, adjectives (الصحفي المعروف …) and an age."""
    while i < end:
        token = scene.tokens[i]
        title = scene.hit(i, "persons", "title")
        age = _end_of_age(scene, i, end)
        if token.kind == "mark" and token.norm in _BETWEEN:
            i += 1
        elif age > i:
            i = age
        elif title and title.last <= end and (title.prefix == "" or not scene.arabic):
            i = title.last
        elif _is_adjective(scene, i, end):
            i += 1
        else:
            return i
    return i


def _is_adjective(scene: Scene, i: int, end: int) -> bool:
    """A word with the article before one without it that may begin a name (المعروف فلان, الأمريكي فلان)."""
    norm = scene.norm(i)
    if not (scene.arabic and norm.startswith("ال") and i + 1 < end) or scene.hit(i, "persons", "particle"):
        return False
    after = i + 1
    if scene.tokens[after].kind == "mark" and scene.norm(after) in _BETWEEN:
        return False
    two = after + 1 < end and _may_be_name(scene, after, after) and _may_be_name(scene, after + 1, after)
    return not scene.norm(after).startswith("ال") and (_given(scene, after) or two)


def _end_of_age(scene: Scene, i: int, end: int) -> int:
    """The end of an age that begins here (البالغ من العمر 5 سنوات; 5 أعوام; a bare number between marks), or `i`."""
    begins = scene.hit(i, "persons", "age") if scene.arabic else None
    first = begins.last if begins and not begins.prefix else i
    for at in range(first, min(first + (_AGE_REACH if begins else 1), end)):
        number = scene.numbers_at.get(at)
        if number and (number.high or 0) <= _MOST_YEARS:
            last = number.last
            while last < end and scene.norm(last).startswith(
                ("عام", "سن", "اعوام", "شهر", "اشهر", "ربيع", "year", "old", "-")
            ):
                last += 1
            aged = begins or last > number.last or (scene.norm(i - 1) in _OPENS and scene.norm(last) in _CLOSES)
            return last if aged else i
    return i


def end_of_name(scene: Scene, first: int, end: int) -> int:
    """Where the name that begins here ends; at its beginning if there is none."""
    last = first
    while last < min(end, first + _LONGEST) and _may_be_name(scene, last, first):
        last += 1
        if scene.arabic and _closes(scene, last - 1, first) and not _goes_on(scene, last, end):
            break
    while last > first and scene.tokens[last - 1].kind == "mark":
        last -= 1
    return last


def _closes(scene: Scene, i: int, first: int) -> bool:
    """A word with the article, after a given name, is the family's."""
    before = scene.hit(i - 1, "persons", "particle")
    return i > first and scene.norm(i).startswith("ال") and not scene.hit(i, "persons", "particle") and not before


def _goes_on(scene: Scene, i: int, end: int) -> bool:
    return i < end and (scene.norm(i).startswith("ال") or scene.hit(i, "persons", "particle") is not None)


def _may_be_name(scene: Scene, i: int, first: int) -> bool:
    token = scene.tokens[i]
    if not scene.arabic and token.norm in ("-", "'") and i > first:
        return True
    if token.kind != "word":
        return False
    if not scene.arabic:
        capital = token.span.of(scene.article.text)[0].isupper()
        particle = scene.hit(i, "persons", "particle") is not None
        return particle or (capital and not _ends_a_name(scene, i) and not scene.in_day(i))
    if _given(scene, i) or scene.hit(i, "persons", "particle"):
        return True
    if i > first and _family_of_a_trade(scene, i):
        return True
    joined = i > first and token.norm.startswith("و")
    return not (joined or scene.in_day(i) or _ends_a_name(scene, i))


def _family_of_a_trade(scene: Scene, i: int) -> bool:
    """`محمد أحمد الخطيب`: a trade with the article, right after a given name, is the family's name."""
    noun = scene.hit(i, "victims", "person")
    return noun is not None and noun.definite and noun.term.amount == "one" and _given(scene, i - 1)


def _ends_a_name(scene: Scene, i: int) -> bool:
    known = (h for h in scene.hits_at.get(i, ()) if h.prefix[:1] not in _LETTERS_OF_NAMES)
    if any(h.term.sort in _KNOWN or (h.term.sort == "persons" and h.term.role in _BREAKS) for h in known):
        return True
    return i in scene.actors_at or names_a_register(scene, i) or scene.hit(i, "places") is not None


def _given(scene: Scene, i: int, prefix: str = "") -> bool:
    """Is it a common given name? What folds to a preposition (على) is the name (علي) if it is written as that."""
    if i >= len(scene.tokens) or (scene.hit(i, "persons", "stop") and scene.words(i, i + 1).endswith("ى")):
        return False
    found = (h for h in scene.hits_at.get(i, ()) if h.term.sort == "persons" and h.term.role == "given")
    return any(h.prefix == prefix for h in found)


def _is_name(scene: Scene, first: int, last: int, end: int, *, sure: bool) -> bool:
    """Two words are a name; one is if it is a given name, or is announced as one, or stands before a mark."""
    words = [i for i in range(first, last) if scene.tokens[i].kind == "word"]
    if all(scene.hit(i, "persons", "particle") for i in words) or first in scene.actors_at:
        return False
    if first in scene.places_at and not _given(scene, first) and len(words) == 1:
        return False
    if not scene.arabic:
        return len(words) > 1 or sure or scene.tokens[first - 1].kind == "word"
    if _given(scene, first):
        return True
    if scene.norm(first).startswith(("ال", "ل", "ب", "ت", "ي")) and not any(_given(scene, i) for i in words):
        return False
    closed = last >= end or scene.tokens[last].kind == "mark"
    return len(words) > 1 or ((sure or closed) and len(scene.norm(first)) >= _SHORTEST_PART)


def _next_in_list(scene: Scene, i: int, end: int) -> int:
    """Where the next name of a list begins (، وعلان; and X), or the end."""
    at = i
    while at < end and (scene.norm(at) in _BETWEEN or _end_of_age(scene, at, end) > at):
        at = max(at + 1, _end_of_age(scene, at, end))
    if scene.norm(at) in _AND:
        return at + 1
    if at < end and (at > i or scene.norm(at).startswith("و")):
        return at
    return end


def _names_with_age(scene: Scene, first: int, end: int) -> Iterator[Stretch]:
    """`Ahmad al-Khatib, 23, was shot`: two capitalised words or more before an age between commas."""
    for i in range(first + 2, end):
        age = scene.numbers_at.get(i)
        if not age or scene.norm(i - 1) not in (",", "(") or scene.norm(age.last) not in (",", ")", "."):
            continue
        if scene.in_day(i) or not 0 < (age.high or 0) <= _MOST_YEARS:
            continue
        begin = i - 1
        while begin > first and _may_be_name(scene, begin - 1, first - 1):
            begin -= 1
        while begin < i - 1 and scene.tokens[begin].kind == "mark":
            begin += 1
        if i - 1 - begin > 1 and not _strong_place(scene, begin):
            yield begin, i - 1


def _without_particle(scene: Scene, name: Stretch) -> Span:
    """The span of a name without the و that joins it to the list (وعلان), and without a possessive."""
    span = scene.span(*name)
    first, last = scene.norm(name[0]), scene.norm(name[1] - 1)
    joins = scene.arabic and first.startswith("و") and not _given(scene, name[0]) and _listed(scene, name[0])
    cut = 2 if last.endswith("'s") else 0
    return Span(span.start + (1 if joins else 0), span.end - cut)


def _listed(scene: Scene, i: int) -> bool:
    return _given(scene, i, "و") or scene.norm(i - 1) in ("،", ",", ")")


def _parts(scene: Scene, names: list[Stretch]) -> set[Span]:
    """Words of whole names that are no other's: of no registered name or office in the text, no word of the lexicon."""
    public = {
        scene.norm(i)
        for match in (*scene.actors_at.values(), *scene.places_at.values())
        for i in range(match.first, match.last)
    }
    public |= {
        scene.norm(i)
        for hits in scene.hits_to.values()
        for hit in hits
        if hit.term.role == "office"
        for i in range(hit.last, min(hit.last + _OFFICE_REACH, len(scene.tokens)))
    }
    found: set[Span] = set()
    for first, last in names:
        for i in range(first, last):
            token = scene.tokens[i]
            short = token.kind != "word" or len(token.norm.removeprefix("ال")) < _SHORTEST_PART
            if not (short or token.norm in public or _ends_a_name(scene, i) or scene.hit(i, "persons", "particle")):
                found.add(
                    _without_particle(scene, (i, i + 1)) if i == first or token.norm.endswith("'s") else token.span
                )
    return found
