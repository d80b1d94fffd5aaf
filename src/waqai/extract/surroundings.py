"""The words around counts: clusters that share their circumstances, and the stretches in which these are told."""

from __future__ import annotations

from dataclasses import dataclass

from waqai.extract.drafts import Draft
from waqai.extract.scene import Scene
from waqai.extract.sentences import Sentence

_CLUSTER_GAP = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens, half-open."""

    first: int
    last: int


def clusters(drafts: list[Draft]) -> list[list[Draft]]:
    """Counts that share their circumstances: nothing but small words stands between them."""
    found: list[list[Draft]] = []
    for draft in drafts:
        before = found[-1][-1] if found else None
        if before is not None and (_related(before, draft) or draft.start - before.stop <= _CLUSTER_GAP):
            found[-1].append(draft)
        else:
            found.append([draft])
    return found


def _related(before: Draft, draft: Draft) -> bool:
    return (draft.parent is not None and draft.parent in (before, before.parent)) or draft.beside is before


@dataclass(frozen=True, slots=True)
class Around:
    """The words after a cluster, before it, and the whole sentence, in the order in which they are asked."""

    cluster: list[Draft]
    after: Stretch
    before: Stretch
    sentence: Stretch
    alone: bool
    farther: tuple[Stretch, ...] = ()
    """The stretches between the other clusters of the sentence, those after this one first."""

    def ordered(self, scene: Scene) -> tuple[Stretch, ...]:
        """After a consequence (`which left 3 dead`) the cause stands before it."""
        start = self.cluster[0].start
        window = range(max(self.before.first, start - 4), start + 1)
        consequence = any(scene.hit(i, "relations", "consequence", "result") for i in window)
        inside = Stretch(start, max(draft.stop for draft in self.cluster))
        near = (self.before, inside, self.after) if consequence else (inside, self.after, self.before)
        return (*near, self.sentence) if self.alone else near


def surroundings(scene: Scene, index: int, drafts: list[Draft]) -> list[Around]:
    """Each cluster of a sentence with its words around."""
    sentence = scene.sentences[index]
    groups = clusters(drafts)
    apart = [hit.first for hit in scene.hits(sentence.first + 1, sentence.last, "relations", "apart")]
    found = []
    for position, group in enumerate(groups):
        start, stop = group[0].start, max(draft.stop for draft in group)
        floor = max(draft.stop for draft in groups[position - 1]) if position else sentence.first
        ceiling = groups[position + 1][0].start if position + 1 < len(groups) else sentence.last
        floor = max((floor, *(at for at in apart if at <= start)))
        ceiling = min((ceiling, *(at for at in apart if at >= stop)))
        found.append(
            Around(
                group,
                Stretch(stop, max(stop, ceiling)),
                Stretch(min(floor, start), start),
                Stretch(sentence.first, sentence.last),
                len(groups) == 1,
                _farther(sentence, groups, position),
            )
        )
    return found


def _farther(sentence: Sentence, groups: list[list[Draft]], position: int) -> tuple[Stretch, ...]:
    stops = [sentence.first, *(max(draft.stop for draft in group) for group in groups)]
    starts = [*(group[0].start for group in groups), sentence.last]
    gaps = [Stretch(min(stop, start), start) for stop, start in zip(stops, starts, strict=True)]
    return (*gaps[position + 2 :], *reversed(gaps[:position]))
