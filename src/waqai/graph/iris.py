"""The only place that mints IRIs. Deterministic: the same thing always gets the same name (docs/graph.md)."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.errors import InputError
from waqai.model import Article, CasualtyCount, Statement
from waqai.text.letters import folded

BASE = "https://w3id.org/waqai/"
WQ = "https://w3id.org/waqai/ns#"
WQV = "https://w3id.org/waqai/vocabulary/"

_BASE_FORM = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")


@dataclass(frozen=True, slots=True)
class Iris:
    """Names for our things under one base, which ends with a slash."""

    base: str = BASE

    def article(self, article_id: str) -> str:
        """The article itself."""
        return f"{self.base}article/{article_id}"

    def article_graph(self, article_id: str) -> str:
        """The named graph of all that an article says."""
        return f"{self.base}graph/article/{article_id}"

    def private_graph(self, article_id: str) -> str:
        """The named graph of its unmasked quotes: never served, never published."""
        return f"{self.base}graph/private/{article_id}"

    def derived_graph(self, name: str) -> str:
        """A derived graph: `bounds`, `findings`."""
        return f"{self.base}graph/{name}"

    def bounds(self) -> str:
        """The data set of all bounds."""
        return f"{self.base}dataset/bounds"

    def bound(self, key: str) -> str:
        """One bound, named by what it is about."""
        return f"{self.base}bound/{hashlib.sha256(key.encode()).hexdigest()[:20]}"

    def event(self, anchor: str) -> str:
        """An event, named by the IRI of the earliest account of it."""
        return f"{self.base}event/{hashlib.sha256(anchor.encode()).hexdigest()[:20]}"

    def account(self, statement: str) -> str:
        """One article's account of one incident, named by the first statement in it."""
        return f"{self.base}account/{statement.removeprefix(f'{self.base}statement/')}"

    def judgement(self, one: str, other: str) -> str:
        """The verdict on two accounts."""
        return f"{self.base}judgement/{hashlib.sha256(f'{one} {other}'.encode()).hexdigest()[:20]}"

    def concluded(self, count: str, other: str) -> str:
        """A relation between counts of two articles, concluded by us."""
        return f"{count}/one-event-{hashlib.sha256(other.encode()).hexdigest()[:12]}"

    def account_by_title(self, article: str) -> str:
        """The account that only the title of an article gives."""
        return f"{self.base}account/{article.removeprefix(f'{self.base}article/')}/title"

    def audit(self) -> str:
        """The audit of the store as it stands."""
        return f"{self.base}audit/latest"

    def finding(self, kind: str, statements: Iterable[str]) -> str:
        """One finding, named by its kind and the smallest set of statements that cannot hold together."""
        key = "\n".join((kind, *statements))
        return f"{self.base}finding/{hashlib.sha256(key.encode()).hexdigest()[:20]}"

    def certificate(self, *statements: str) -> str:
        """The relation that running totals prove: of the newer count, the older one and the two totals."""
        return f"{self.base}certificate/{hashlib.sha256(chr(10).join(statements).encode()).hexdigest()[:20]}"

    def actor(self, actor_id: str) -> str:
        """An actor of the register."""
        return f"{self.base}actor/{actor_id}"

    def place(self, place_id: str) -> str:
        """A place of the register or the gazetteer."""
        return f"{self.base}place/{place_id}"

    def software(self, version: str) -> str:
        """The reading software of one version."""
        return f"{self.base}software/waqai-{version}"

    def source(self, outlet: str, words: str) -> str:
        """A source that the register does not know: the same words through the same outlet are one source."""
        digest = hashlib.sha256(f"{folded(outlet)}\n{folded(words)}".encode()).hexdigest()
        return f"{self.base}source/{digest[:16]}"

    def statements(self, article: Article, statements: Sequence[Statement]) -> dict[str, str]:
        """Local id → IRI, anchored to what is said where: a newer lexicon leaves the names of the others alone."""
        names: dict[str, str] = {}
        taken: dict[str, int] = {}
        for statement in statements:
            says = statement.outcome if isinstance(statement, CasualtyCount) else statement.kind
            first = statement.evidence[0]
            name = f"{self.base}statement/{article.id}/{says}-{first.start}-{first.end}"
            taken[name] = taken.get(name, 0) + 1
            names[statement.id] = name if taken[name] == 1 else f"{name}-{taken[name]}"
        return names


def deployment() -> Iris:
    """The names of this deployment: WAQAI_BASE, else the default base."""
    base = os.environ.get("WAQAI_BASE", BASE)
    if not _BASE_FORM.fullmatch(base):
        raise InputError(
            f"{base!r} cannot be a base for IRIs",
            address="WAQAI_BASE",
            cure="set it to an http or https address that ends with a slash, or unset it",
        )
    return Iris(base)
