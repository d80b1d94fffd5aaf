"""The whole way from an article to its statements, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from waqai.extract.attribution import Voices, voices
from waqai.extract.drafts import Draft
from waqai.extract.events import carried_back, events_in
from waqai.extract.filling import fill
from waqai.extract.linking import link, separate_vague
from waqai.extract.parts import Told
from waqai.extract.persons import persons_of
from waqai.extract.quantities import quantities
from waqai.extract.scene import Scene, scene_of
from waqai.extract.statements import statements_of
from waqai.lexicon import Lexicon
from waqai.model import Article, EventStatement, Span, Statement
from waqai.text.names import NameIndex


def extract(article: Article, lexicon: Lexicon, names: NameIndex) -> list[Statement]:
    """Everything that an article says of harm and of events, in text order; pure and deterministic.

    Actors and places are words with candidates; `waqai.resolve` decides them. Work is linear in the text's length.
    """
    scene = scene_of(article, lexicon.language(article.lang), names)
    persons = persons_of(scene)
    scene = _without_namesakes(scene, persons)
    speakers = [voices(scene, index) for index in range(len(scene.sentences))]
    drafts = fill(scene, _read(scene), speakers)
    found: list[Statement] = [*statements_of(scene, drafts), *_events(scene, speakers)]
    return [replace(statement, persons=persons) for statement in found]


def _without_namesakes(scene: Scene, persons: Iterable[Span]) -> Scene:
    """A place's name inside a person's (المدعو فيصل الخليل) is no place."""
    named = {i for span in persons for i in _tokens(scene, span)}
    return replace(scene, places_at={i: match for i, match in scene.places_at.items() if i not in named})


def _tokens(scene: Scene, span: Span) -> Iterator[int]:
    i = scene.starts.get(span.start, len(scene.tokens))
    while i < len(scene.tokens) and scene.tokens[i].end <= span.end:
        yield i
        i += 1


def private_persons(article: Article, lexicon: Lexicon, names: NameIndex) -> tuple[Span, ...]:
    """The names of private persons in an article, for one that has no statements to hold them."""
    return persons_of(scene_of(article, lexicon.language(article.lang), names))


def trace(article: Article, lexicon: Lexicon, names: NameIndex) -> list[Draft]:
    """The counts with the rules of the lexicon that found them, for the tests that prove the rules."""
    scene = scene_of(article, lexicon.language(article.lang), names)
    speakers = [voices(scene, index) for index in range(len(scene.sentences))]
    return fill(scene, _read(scene), speakers)


def _read(scene: Scene) -> list[list[Draft]]:
    told = Told()
    found: list[list[Draft]] = []
    for index in range(len(scene.sentences)):
        drafts = link(scene, index, quantities(scene, index), told)
        separate_vague(drafts)
        told.note(scene, index, drafts)
        found.append(drafts)
    return found


def _events(scene: Scene, speakers: list[Voices]) -> list[EventStatement]:
    found: list[EventStatement] = []
    for index, voice in enumerate(speakers):
        new = events_in(scene, index, voice, len(found) + 1)
        found.extend(carried_back(scene, index, event, speakers) for event in new)
    return found
