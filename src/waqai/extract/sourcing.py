"""According to whom: the source that governs a count."""

from __future__ import annotations

from waqai.extract.drafts import Draft
from waqai.extract.memory import Work, opens_with_source
from waqai.model import Certainty

_VOICE_MEMORY = 2


def attribute(work: Work, index: int, draft: Draft) -> None:
    """The source named in the sentence, in a fragment after it, or the one that goes on speaking."""
    voice = work.voices[index].of(draft.start)
    following = index + 1
    if voice is None and following < len(work.voices) and opens_with_source(work.scene, following):
        voice = next(iter(work.voices[following].named), None)
    if voice is None and draft.parent is not None and draft.parent.sentence != index:
        draft.source, draft.certainty = draft.parent.source, _doubted(draft) or draft.parent.certainty
    elif voice is None and work.voices[index].continues and index - work.spoke <= _VOICE_MEMORY:
        voice = work.voice
    if voice and voice.refers and work.voice:
        voice = work.voice
    if voice:
        draft.source = (voice.source,)
        draft.certainty = _doubted(draft) or ("claimed" if voice.party else "stated")


def _doubted(draft: Draft) -> Certainty | None:
    """What its own words say of it goes before what its source is."""
    return draft.certainty if draft.certainty in ("denied", "disputed") else None


def remember_source(work: Work, index: int) -> None:
    """Keep in mind who speaks, for sentences that go on."""
    voice = work.voices[index]
    named = [source for source in voice.named if not (source.refers and work.voice)]
    if named:
        work.voice, work.spoke = named[-1], index
