"""What an article says, as quads: one named graph, no blank nodes, the same every time (docs/graph.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from urllib.parse import quote

import pyoxigraph as ox

import waqai
from waqai.graph.iris import WQ, WQV, Iris
from waqai.graph.masking import Mask, mask
from waqai.graph.vocabulary import leaves_of, narrowest_class
from waqai.model import (
    SEVERAL,
    ActorRef,
    Article,
    CasualtyCount,
    Day,
    EventStatement,
    Period,
    PlaceRef,
    Relation,
    Span,
    Statement,
    VictimGroup,
)
from waqai.text.letters import folded

_NO_URI = re.compile(r"""[<>"{}|\\^`\[\]]""")
"""What pages write into addresses, and no URI holds."""
PREFIXES = {
    "wq": WQ,
    "wqv": WQV,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}
LONGEST_CONTEXT = 800
"""Characters of a sentence that a quote keeps on either side, so a page without full stops is not copied."""

_PLAIN_RELATION = {
    "subset_of": "wq:subsetOf",
    "disjoint_from": "wq:disjointFrom",
    "sum_of": "wq:sumOf",
    "updates": "wq:updates",
    "restates": "wq:restates",
    "contained_in": "wq:containedIn",
}

Term = ox.NamedNode | ox.Literal


@cache
def term(name: str) -> ox.NamedNode:
    """A prefixed name of the ontology or the vocabularies it reuses, as a term."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _date(day: dt.date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=term("xsd:date"))


def _day(day: Day) -> ox.Literal:
    sort = "xsd:date" if day.day else "xsd:gYearMonth" if day.month else "xsd:gYear"
    return ox.Literal(day.iso(), datatype=term(sort))


@dataclass(frozen=True)
class ArticleGraphs:
    """The graphs of one article, by name: its own, and its private one where a name was masked.

    `content` stands for the letters of the text, whatever its spaces and diacritics; None where the text is not there.
    """

    article: str
    graphs: dict[str, list[ox.Quad]]
    content: str | None = None


class ArticleWriter:
    """Writes the statements of one article into its named graph, and unmasked quotes into its private graph."""

    def __init__(
        self,
        article: Article,
        statements: Sequence[Statement],
        publisher: str | None,
        iris: Iris,
        persons: Sequence[Span] = (),
    ) -> None:
        self.article = article
        self.iris = iris
        self.publisher = publisher
        self.node = iris.article(article.id)
        self.names = iris.statements(article, statements)
        self.mask: Mask = mask(article, statements, persons)
        self.masked = self.mask(article.text)
        self.public: dict[ox.Quad, None] = {}
        self.private: dict[ox.Quad, None] = {}
        self._public_graph = ox.NamedNode(iris.article_graph(article.id))
        self._private_graph = ox.NamedNode(iris.private_graph(article.id))

    def add(self, subject: str, predicate: str, value: Term | str | int | bool | None) -> None:
        """Add one triple; a string is an IRI, None is nothing to say."""
        if value is None:
            return
        if isinstance(value, str):
            value = ox.NamedNode(value)
        elif isinstance(value, bool | int):
            value = ox.Literal(value)
        self.public[ox.Quad(ox.NamedNode(subject), term(predicate), value, self._public_graph)] = None

    def words(self, subject: str, predicate: str, words: str | None) -> None:
        """Add words of the text, names of private persons masked."""
        if words and words.strip():
            self.add(subject, predicate, ox.Literal(self.mask(words), language=self.article.lang))

    def head(self, lexicon_digest: str) -> None:
        """The article and the activity that read it."""
        article, node = self.article, self.node
        self.add(node, "rdf:type", term("wq:Article"))
        self.add(node, "schema:inLanguage", ox.Literal(article.lang))
        self.add(node, "wq:fileName", ox.Literal(self._shown(PurePath(article.file).name) or "-"))
        self.add(node, "wq:textHash", ox.Literal(hashlib.sha256(article.text.encode()).hexdigest()))
        self.add(node, "wq:textLength", len(article.text))
        self.add(node, "wq:publisher", self.publisher)
        self.add(node, "wq:publisherName", ox.Literal(self.mask(article.publisher)) if article.publisher else None)
        url = self._shown(article.url)
        self.add(node, "schema:url", ox.Literal(url, datatype=term("xsd:anyURI")) if url else None)
        self.add(node, "schema:datePublished", _day(article.published) if article.published else None)
        self.words(node, "schema:headline", article.headline.of(article.text) if article.headline else None)
        self._reading_activity(lexicon_digest)

    def _shown(self, address: str | None) -> str | None:
        """An address that holds no masked name: blocks would make it another address, so it is left out."""
        if address is None or self.mask.hides(address):
            return None
        return _NO_URI.sub(lambda mark: quote(mark[0]), address)

    def _reading_activity(self, lexicon_digest: str) -> None:
        activity, software = f"{self.node}/reading", self.iris.software(waqai.__version__)
        self.add(activity, "rdf:type", term("wq:ReadingActivity"))
        self.add(activity, "prov:used", self.node)
        self.add(activity, "prov:wasAssociatedWith", software)
        self.add(activity, "wq:lexiconHash", ox.Literal(lexicon_digest))
        self.add(software, "rdf:type", term("prov:SoftwareAgent"))
        self.add(software, "schema:softwareVersion", ox.Literal(waqai.__version__))

    def statement(self, statement: Statement) -> None:
        """One statement with everything that hangs on it."""
        node = self.names[statement.id]
        self.add(node, "wq:statedIn", self.node)
        self.add(node, "prov:wasGeneratedBy", f"{self.node}/reading")
        self.add(node, "wq:certainty", term(f"wqv:{statement.certainty}"))
        if isinstance(statement, CasualtyCount):
            self._count(node, statement)
        else:
            self._event(node, statement)
        self._where(node, statement)
        self._period(node, statement.period)
        self._attribution(node, statement.source)
        for number, span in enumerate(statement.evidence, 1):
            self._evidence(node, f"{node}/evidence-{number}", span, statement.sentence)

    def _count(self, node: str, count: CasualtyCount) -> None:
        self.add(node, "rdf:type", term("wq:CasualtyCount"))
        self.add(node, "wq:outcome", term(f"wqv:{count.outcome}"))
        self.add(node, "wq:low", count.low)
        self.add(node, "wq:high", count.high)
        self.add(node, "wq:operator", term(f"wqv:{count.operator}"))
        self.words(node, "wq:vagueWord", count.vague_word)
        self.add(node, "wq:countKind", term(f"wqv:{count.kind}"))
        for method in count.methods:
            self.add(node, "wq:method", term(f"wqv:{method}"))
        self._actors(node, "wq:perpetrator", count.perpetrators)
        self._victims(node, count.victims)
        self._relations(node, count)

    def _event(self, node: str, event: EventStatement) -> None:
        self.add(node, "rdf:type", term("wq:EventStatement"))
        self.add(node, "wq:eventKind", term(f"wqv:{event.kind}"))
        self.add(node, "wq:aboutKind", term(f"wqv:{event.about}") if event.about else None)
        self._actors(node, "wq:actor", event.actors)
        self._actors(node, "wq:target", event.targets)

    def _actors(self, node: str, predicate: str, actors: Sequence[ActorRef]) -> None:
        for actor in actors:
            self.add(node, predicate, self.iris.actor(actor.actor) if actor.actor else None)
            self.words(node, f"{predicate}Words", actor.words)

    def _victims(self, count_node: str, victims: VictimGroup) -> None:
        node = f"{count_node}/victims"
        self.add(count_node, "wq:victims", node)
        self.add(node, "rdf:type", term("wq:VictimGroup"))
        self.words(node, "wq:words", victims.words)
        leaves = [] if victims.classes & SEVERAL else leaves_of(victims.classes)
        self.add(node, "wq:victimClass", term(f"wqv:{_class_of(victims, leaves)}"))
        for leaf in leaves:
            self.add(node, "wq:leafClass", term(f"wqv:{leaf}"))
        for organisation in victims.organisations:
            self.add(node, "wq:memberOf", self.iris.actor(organisation.actor) if organisation.actor else None)
        for code in victims.nationalities:
            sort = "wq:notOfNationality" if code.startswith("-") else "wq:nationality"
            self.add(node, sort, ox.Literal(code.removeprefix("-")))
        for occupation in victims.occupations:
            self.add(node, "wq:occupation", ox.Literal(occupation))
        self.add(node, "wq:gender", term(f"wqv:{victims.gender}") if victims.gender else None)
        self.add(node, "wq:children", True if victims.children else None)

    def _where(self, node: str, statement: Statement) -> None:
        for place in statement.places:
            self._place(node, place)
        for code in statement.units:
            self.add(node, "wq:unit", self.iris.place(code))
        for code in statement.covers:
            self.add(node, "wq:coversUnit", self.iris.place(code))
        self.add(node, "wq:country", self.iris.place(statement.country) if statement.country else None)

    def _place(self, node: str, place: PlaceRef) -> None:
        decided = place.sense or place.place
        self.add(node, "wq:place", self.iris.place(decided) if decided else None)
        self.words(node, "wq:placeWords", place.words)

    def _period(self, statement_node: str, period: Period) -> None:
        published = self.article.published
        latest = period.end.last() if period.end else published.last() if published else None
        if not (period.start or latest or period.open_end or period.words):
            return
        node = f"{statement_node}/period"
        self.add(statement_node, "wq:period", node)
        self.add(node, "rdf:type", term("wq:Period"))
        if period.start or period.end or period.open_end:
            self.add(node, "wq:edtf", ox.Literal(period.edtf(), datatype=term("edtf:EDTF")))
        self.add(node, "wq:notBefore", _date(period.start.first()) if period.start else None)
        self.add(node, "wq:notAfter", _date(latest) if latest else None)
        self.add(node, "wq:openEnd", True if period.open_end else None)
        self.words(node, "wq:words", period.words)

    def _attribution(self, statement_node: str, chain: Sequence[ActorRef]) -> None:
        agents: list[tuple[str, str | None]] = [(self._agent(ref), ref.words) for ref in chain]
        agents.append((self._outlet(), self.article.publisher))
        self.add(statement_node, "wq:originator", agents[0][0])
        for position, (agent, words) in enumerate(agents, 1):
            node = f"{statement_node}/attribution-{position}"
            self.add(statement_node, "wq:attribution", node)
            self.add(node, "rdf:type", term("wq:Attribution"))
            self.add(node, "prov:agent", agent)
            self.words(node, "wq:words", words)
            self.add(node, "wq:position", position)
            if position < len(agents):
                self.add(node, "wq:relayedBy", f"{statement_node}/attribution-{position + 1}")

    def _agent(self, ref: ActorRef) -> str:
        if ref.actor:
            return self.iris.actor(ref.actor)
        agent = self.iris.source(self.article.publisher or self.article.id, ref.words)
        self._unregistered(agent, ref.words)
        return agent

    def _outlet(self) -> str:
        if self.publisher:
            return self.publisher
        if not self.article.publisher:
            self.add(f"{self.node}/outlet", "rdf:type", term("prov:Agent"))
            return f"{self.node}/outlet"
        outlet = self.iris.source(self.article.publisher, "")
        self._unregistered(outlet, self.article.publisher)
        return outlet

    def _unregistered(self, agent: str, words: str) -> None:
        self.add(agent, "rdf:type", term("prov:Agent"))
        self.words(agent, "wq:words", words)

    def _evidence(self, statement_node: str, node: str, span: Span, sentence: Span) -> None:
        quote, position = f"{node}/quote", f"{node}/position"
        self.add(statement_node, "wq:evidence", node)
        self.add(node, "rdf:type", term("wq:Evidence"))
        self.add(node, "oa:hasSource", self.node)
        self.add(node, "oa:hasSelector", quote)
        self.add(node, "oa:hasSelector", position)
        self.add(position, "rdf:type", term("oa:TextPositionSelector"))
        self.add(position, "oa:start", span.start)
        self.add(position, "oa:end", span.end)
        self.add(quote, "rdf:type", term("oa:TextQuoteSelector"))
        self._quote(quote, span, self._context(span, sentence))

    def _quote(self, node: str, span: Span, context: Span) -> None:
        text = self.article.text
        whole = context.of(text)
        masked = context.of(self.masked)
        first, last = span.start - context.start, span.end - context.start
        for name, start, end in (("prefix", 0, first), ("exact", first, last), ("suffix", last, len(whole))):
            if start == end:
                continue
            predicate = f"oa:{name}"
            self.add(node, predicate, ox.Literal(masked[start:end], language=self.article.lang))
            if masked != whole:
                original = ox.Literal(whole[start:end], language=self.article.lang)
                self.private[ox.Quad(ox.NamedNode(node), term(predicate), original, self._private_graph)] = None

    def _context(self, span: Span, sentence: Span) -> Span:
        """The sentence around a span: the statement's own, or (a headline) the line in which the span stands."""
        text = self.article.text
        if not (sentence.start <= span.start and span.end <= sentence.end):
            after = text.find("\n", span.end)
            sentence = Span(text.rfind("\n", 0, span.start) + 1, after if after >= 0 else len(text))
        return Span(max(sentence.start, span.start - LONGEST_CONTEXT), min(sentence.end, span.end + LONGEST_CONTEXT))

    def _relations(self, node: str, count: CasualtyCount) -> None:
        written: list[Relation] = []
        preferred = [r for reading in count.readings if reading.preferred for r in reading.relations]
        for relation in (*count.relations, *preferred):
            if relation not in written:
                written.append(relation)
                self.add(node, _PLAIN_RELATION[relation.kind], self.names[relation.target])
        others = [r for reading in count.readings for r in reading.relations if r not in written]
        written += [r for i, r in enumerate(others) if r not in others[:i]]
        for number, relation in enumerate(written, 1):
            self._relation(node, f"{node}/relation-{number}", relation)
        for number, reading in enumerate(count.readings, 1):
            reading_node = f"{node}/reading-{number}"
            self.add(node, "wq:reading", reading_node)
            self.add(reading_node, "rdf:type", term("wq:Reading"))
            self.add(reading_node, "wq:preferred", reading.preferred)
            self.add(reading_node, "wq:reason", ox.Literal(reading.reason, language="en"))
            for relation in reading.relations:
                self.add(reading_node, "wq:hasRelation", f"{node}/relation-{written.index(relation) + 1}")

    def _relation(self, count_node: str, node: str, relation: Relation) -> None:
        self.add(count_node, "wq:relation", node)
        self.add(node, "rdf:type", term("wq:CountRelation"))
        self.add(node, "wq:relationKind", term(f"wqv:{relation.kind}"))
        self.add(node, "wq:relatesTo", self.names[relation.target])
        self.add(node, "wq:assertedBy", term(f"wqv:{relation.asserted_by}"))
        self.add(node, "wq:rule", term(f"wqv:{relation.rule}") if relation.rule else None)
        self.add(node, "wq:reason", ox.Literal(relation.reason, language="en"))


def article_graphs(
    article: Article,
    statements: Sequence[Statement],
    *,
    lexicon_digest: str,
    publisher: str | None = None,
    iris: Iris | None = None,
    persons: Sequence[Span] = (),
) -> ArticleGraphs:
    """Write an article and its statements as named graphs.

    `publisher` is the outlet's id in the actor register, if it has one; `persons` are names of private persons to mask
    besides those that the statements hold, for an article without statements. The private graph is there only where a
    quote holds a masked name.
    """
    names = iris or Iris()
    writer = ArticleWriter(article, statements, names.actor(publisher) if publisher else None, names, persons)
    writer.head(lexicon_digest)
    for statement in statements:
        writer.statement(statement)
    graphs = {names.article_graph(article.id): list(writer.public)}
    graphs[names.private_graph(article.id)] = list(writer.private)
    return ArticleGraphs(writer.node, graphs, _content(article.text))


def _class_of(victims: VictimGroup, leaves: Sequence[str]) -> str:
    """The narrowest class that holds all; of fighters of nobody named only that they are."""
    if victims.classes & SEVERAL:
        return "mixed"
    return narrowest_class(leaves) if leaves or not victims.fighters else "fighters"


def _content(text: str) -> str:
    """The letters and digits of a text, folded, as a hash."""
    letters = "".join(char for char in folded(text) if char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
