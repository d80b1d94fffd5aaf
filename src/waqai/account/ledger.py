"""The ledger: what counts come to, kept beside the store, so that a load reckons anew only what it touched.

It is keyed by content: the hashes of the articles' graphs in the store's catalogue, and the relations concluded between
articles. What differs from the store is read again, the groups that this touches are reckoned again, and of the bounds
those that these groups may concern. It holds nothing that the store does not: a missing one, or one of another version,
policy or vocabulary, is made anew. Each step is one transaction of SQLite, and the order of loading changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import waqai
from waqai.account.beside import batches, column, graphs, opened, rows
from waqai.account.bounds import rules_present
from waqai.account.components import groups
from waqai.account.counts import CountStatement, as_plain, from_plain, read_consistent, repaired
from waqai.account.parcels import Atlas, Claim, Knot, Question, Setting, Single, Spread, parcels, reach_of
from waqai.account.population import said_key, series_key
from waqai.account.progress import Watch, unwatched
from waqai.account.reckoning import Bound, End, Ruled, Stock, assembled, enters, highest
from waqai.account.rules import VAGUE_NEVER_ENTERS, Policy
from waqai.account.scope import FIRST_DAY, LAST_DAY, NOWHERE, Sort, Taxonomy, World, country_of
from waqai.account.table import Line, lines
from waqai.graph import WQ, WQV
from waqai.store import Store

LAYOUT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE graph (name TEXT PRIMARY KEY, hash TEXT);
CREATE TABLE concluded (iri TEXT PRIMARY KEY, links TEXT);
CREATE TABLE count (
  iri TEXT PRIMARY KEY, graph TEXT, part TEXT, said TEXT, series TEXT, class TEXT, units TEXT, body TEXT);
CREATE INDEX count_graph ON count (graph);
CREATE INDEX count_part ON count (part);
CREATE INDEX count_said ON count (said) WHERE said IS NOT NULL;
CREATE INDEX count_series ON count (series) WHERE series IS NOT NULL;
CREATE INDEX count_class ON count (class);
CREATE INDEX count_units ON count (units);
CREATE TABLE link (iri TEXT, target TEXT);
CREATE INDEX link_iri ON link (iri);
CREATE INDEX link_target ON link (target);
CREATE TABLE single (part TEXT, sorts TEXT, units TEXT, first INT, last INT, number TEXT, high TEXT, by TEXT);
CREATE INDEX single_part ON single (part);
CREATE INDEX single_kind ON single (sorts, units);
CREATE TABLE kind (sorts TEXT, units TEXT, forcing INT, end TEXT, PRIMARY KEY (sorts, units));
CREATE TABLE knot (part TEXT PRIMARY KEY, sorts TEXT, units TEXT, found TEXT);
CREATE TABLE ruled (part TEXT PRIMARY KEY, sorts TEXT, units TEXT, rules TEXT);
CREATE TABLE spread (part TEXT, sorts TEXT, units TEXT);
CREATE INDEX spread_part ON spread (part);
CREATE INDEX spread_kind ON spread (sorts, units);
CREATE TABLE vague (graph TEXT, sorts TEXT, units TEXT);
CREATE INDEX vague_graph ON vague (graph);
CREATE TABLE shown (subject TEXT PRIMARY KEY, digest TEXT);
CREATE TABLE line (class TEXT, places TEXT, bound TEXT, PRIMARY KEY (class, places));
"""
AT_ONCE = 80
"""Counts asked of the store at once: a query must not be too long."""
EVERYTHING = 2_000
"""Counts beyond which all are read in one go."""

Extent = tuple[int, str]
"""Bits of sorts, and codes of units: what a change may concern."""


class Ledger:
    """What the counts of one outcome come to under the default policy."""

    def __init__(self, room: Path | None, outcome: str, taxonomy: Taxonomy, classes: Collection[str]) -> None:
        self.outcome = outcome
        self._taxonomy = taxonomy
        self._classes = frozenset(classes)
        self._policy = Policy()
        self.database = opened(room / f"ledger-{outcome}.sqlite" if room else None, LAYOUT, self._signature())

    def _signature(self) -> str:
        """Of what the content must be: version, classes, vocabulary, and the text of the account itself."""
        vocabulary = [[sorted(s.codes), sorted(s.guest)] for s in self._taxonomy.sorts]
        told = repr([waqai.__version__, sorted(self._classes), vocabulary]).encode()
        code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
        return hashlib.sha256(told + code).hexdigest()

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def bring_up(self, store: Store, watch: Watch = unwatched) -> None:
        """Take in what changed in the store, and drop the bounds that it may concern. Raises StoreError."""
        with self.database as db:
            touched = self._take_changes(store, db, watch)
            if touched:
                shown = _column_all(db, "SELECT DISTINCT places FROM line")
                codes = {code for text in (*shown, *(units for _, units in touched)) for code in text.split(" ")}
                _drop_lines(db, touched, self.atlas(codes))

    def _take_changes(self, store: Store, db: sqlite3.Connection, watch: Watch) -> set[Extent]:
        now, concluded = graphs(store), _concluded(store)
        before = dict(db.execute("SELECT name, hash FROM graph"))
        before_concluded = dict(db.execute("SELECT iri, links FROM concluded"))
        changed = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
        related = {i for i in {*concluded, *before_concluded} if concluded.get(i) != before_concluded.get(i)}
        changed |= set(column(db, "SELECT graph FROM count WHERE iri IN ({})", related))
        if not changed and not related:
            return set()
        fresh = self._read(store, changed & now.keys())
        touched = self._replace(db, changed, fresh)
        members = _neighbourhood(db, fresh, touched)
        parts = touched | set(column(db, "SELECT part FROM count WHERE part IS NOT NULL AND iri IN ({})", members))
        extents = self._vague(db, changed, fresh) | self._reckon(db, parts, members, watch)
        db.executemany("DELETE FROM graph WHERE name = ?", [(name,) for name in changed])
        db.executemany("INSERT INTO graph VALUES (?, ?)", [(n, now[n]) for n in sorted(changed & now.keys())])
        db.executemany("DELETE FROM concluded WHERE iri = ?", [(iri,) for iri in related])
        db.executemany(
            "INSERT INTO concluded VALUES (?, ?)", [(i, concluded[i]) for i in sorted(related & concluded.keys())]
        )
        return extents

    def _read(self, store: Store, names: Collection[str]) -> dict[str, tuple[str, CountStatement]]:
        """IRI → graph and count, of the counts in some graphs."""
        home: dict[str, str] = {}
        for batch in batches(names):
            values = " ".join(f"<{name}>" for name in batch)
            said = f"?s <{WQ}outcome> <{WQV}{self.outcome}>"
            for row in store.select(f"SELECT ?s ?g WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ {said} }} }}"):
                home[row["s"].value] = row["g"].value
        if len(home) > EVERYTHING:
            known = read_consistent(store, self.outcome)
        else:
            known = [c for batch in batches(home, AT_ONCE) for c in read_consistent(store, self.outcome, batch)]
        return {c.iri: (home[c.iri], c) for c in known if c.iri in home}

    def _replace(
        self, db: sqlite3.Connection, changed: Collection[str], fresh: Mapping[str, tuple[str, CountStatement]]
    ) -> set[str]:
        """Put the new counts in the place of the old ones; the parts to which the old ones belonged."""
        old = dict(rows(db, "SELECT iri, part FROM count WHERE graph IN ({})", changed))
        db.executemany("DELETE FROM count WHERE iri = ?", [(iri,) for iri in old])
        db.executemany("DELETE FROM link WHERE iri = ?", [(iri,) for iri in old])
        for graph, count in fresh.values():
            keys = (_digest(said_key(count)), _digest(series_key(count))) if enters(count) else (None, None)
            body = json.dumps(as_plain(count), ensure_ascii=False)
            named = count.victim_class if enters(count) else None
            units = " ".join(sorted(count.units or count.countries))
            row = (count.iri, graph, *keys, named, units, body)
            db.execute("INSERT INTO count VALUES (?, ?, NULL, ?, ?, ?, ?, ?)", row)
            if enters(count):
                links = {k.target for k in (*count.links, *(k for r in count.readings for k in r.links))}
                db.executemany("INSERT INTO link VALUES (?, ?)", [(count.iri, target) for target in sorted(links)])
        return {part for part in old.values() if part}

    def _vague(
        self, db: sqlite3.Connection, changed: Collection[str], fresh: Mapping[str, tuple[str, CountStatement]]
    ) -> set[Extent]:
        """Keep what stands beside the bounds; where that changed."""
        touched = {(int(sorts), units) for sorts, units in rows(db, _VAGUE_OF, changed)}
        db.executemany("DELETE FROM vague WHERE graph = ?", [(name,) for name in changed])
        for graph, count in fresh.values():
            if count.vague:
                world = World.of(self._taxonomy, [count])
                atlas = Atlas(world)
                scope = world.scope(count)
                sorts, units = atlas.sorts(scope), atlas.codes(atlas.reach(scope.units))
                db.execute("INSERT INTO vague VALUES (?, ?, ?)", (graph, str(sorts), units))
                touched.add((sorts, units))
        return touched

    def _reckon(
        self, db: sqlite3.Connection, parts: Collection[str], members: Collection[str], watch: Watch
    ) -> set[Extent]:
        """Reckon anew the groups that these counts make, in the place of these parts; where that changed."""
        touched = _extents(db, parts)
        for table in ("single", "knot", "ruled", "spread"):
            db.executemany(f"DELETE FROM {table} WHERE part = ?", [(part,) for part in parts])  # noqa: S608 - our names
        counts = self._load(members)
        known = groups(counts)
        made = []
        for group in watch(known, "counts that belong together", len(known)):
            ordered = sorted(group, key=lambda c: c.iri)
            made.append(ordered[0].iri)
            self._write(db, ordered)
        touched |= _extents(db, made)
        for sorts, units in touched:
            self._add_up(db, str(sorts), units)
        return touched

    def _write(self, db: sqlite3.Connection, group: Sequence[CountStatement]) -> None:
        """Write down what one group comes to, named by its first count."""
        part, atlas = group[0].iri, Atlas(World.of(self._taxonomy, group))
        db.executemany("UPDATE count SET part = ? WHERE iri = ?", [(part, c.iri) for c in group])
        come = parcels(group, Setting(atlas, self._policy, self._classes))
        for single in come.singles:
            c = single.claim
            ends = (str(c.number), None if single.high is None else str(single.high))
            box = (str(c.sorts), atlas.codes(c.units), c.first, c.last)
            db.execute(
                "INSERT INTO single VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (part, *box, *ends, " ".join(c.statements))
            )
        sorts, units = reach_of(group, atlas)
        codes = atlas.codes(units)
        for knot in come.knots:
            found = json.dumps(knot.found(), ensure_ascii=False)
            db.execute("INSERT INTO knot VALUES (?, ?, ?, ?)", (part, str(sorts), codes, found))
        rules = rules_present(group, self._policy)
        if rules:
            told = (part, str(sorts), codes, " ".join(sorted(rules)))
            db.execute("INSERT INTO ruled VALUES (?, ?, ?, ?)", told)
        for spread in come.spreads:
            victims = json.dumps(sorted([sorted(s.codes), sorted(s.guest)] for s in spread.sorts))
            db.execute("INSERT INTO spread VALUES (?, ?, ?)", (part, victims, _shown(spread)))

    def _add_up(self, db: sqlite3.Connection, sorts: str, units: str) -> None:
        """Add up the high ends of the single victim sets of one kind."""
        singles = self.singles(sorts, units)
        db.execute("DELETE FROM kind WHERE sorts = ? AND units = ?", (sorts, units))
        if singles:
            end = highest(singles)
            told = json.dumps([end.value, end.cited, end.proof])
            forcing = sum(s.claim.number > 0 for s in singles)
            db.execute("INSERT INTO kind VALUES (?, ?, ?, ?)", (sorts, units, forcing, told))

    def singles(self, sorts: str, units: str, mask: int = 0) -> list[Single]:
        """The single victim sets of one kind; `mask` are the bits of its units in the whole world."""
        text = "SELECT first, last, number, high, by FROM single WHERE sorts = ? AND units = ? ORDER BY by"
        return [
            Single(Claim(int(sorts), mask, first, last, int(low), tuple(by.split())), _end(high))
            for first, last, low, high, by in self.database.execute(text, (sorts, units))
        ]

    def _load(self, iris: Collection[str]) -> list[CountStatement]:
        """Counts, in the order of their IRIs."""
        bodies = column(self.database, "SELECT body FROM count WHERE iri IN ({})", iris)
        return sorted((from_plain(json.loads(body)) for body in bodies), key=lambda c: c.iri)

    def part(self, name: str) -> list[CountStatement]:
        """The counts of one group, in the order of their IRIs."""
        bodies = self.database.execute("SELECT body FROM count WHERE part = ? ORDER BY iri", (name,))
        return [from_plain(json.loads(body)) for (body,) in bodies]

    def __getitem__(self, iri: str) -> CountStatement:
        return self._load([iri])[0]

    def atlas(self, more: Iterable[str] = ()) -> Atlas:
        """The world of all counts, and of some more codes."""
        told = self.database.execute("SELECT DISTINCT units FROM count")
        codes = {code for (units,) in told for code in units.split(" ")}
        codes |= set(more) | {NOWHERE}
        return Atlas(World(self._taxonomy, frozenset(codes | {country_of(code) for code in codes})))

    def lines(self, wanted: Sequence[Wanted], watch: Watch = unwatched) -> list[list[Line]]:
        """The rows of some tables; only bounds that a change may have concerned are reckoned."""
        with self.database as db:
            shown = self._shown_classes(wanted)
            spreads = [
                Spread(
                    frozenset(Sort(frozenset(c), frozenset(g)) for c, g in json.loads(sorts)),
                    frozenset(units.split(" ")),
                )
                for sorts, units in db.execute("SELECT DISTINCT sorts, units FROM spread ORDER BY sorts, units")
            ]
            known = {(c, p): b for c, p, b in db.execute("SELECT class, places, bound FROM line")}
            missing: dict[tuple[str, str], frozenset[str]] = {}

            def look(victim_class: str, places: tuple[str, ...], units: frozenset[str]) -> Bound:
                key = (victim_class, " ".join(places))
                if key not in known:
                    missing[key] = units
                return Bound(0, None)

            world = self.atlas().world
            for classes, core in shown:
                for _ in lines(classes, core, spreads, world.units, look):
                    pass
            self._reckon_lines(db, missing, watch)
            bounds = {(c, p): _bound(b) for c, p, b in db.execute("SELECT class, places, bound FROM line")}

            def told(victim_class: str, places: tuple[str, ...], units: frozenset[str]) -> Bound:  # noqa: ARG001
                return bounds[victim_class, " ".join(places)]

            return [list(lines(classes, core, spreads, world.units, told)) for classes, core in shown]

    def shown(self) -> tuple[str | None, dict[str, str]]:
        """The revision for which the derived graph was written from here, and what it holds: subject → digest."""
        row = self.database.execute("SELECT value FROM meta WHERE key = 'published'").fetchone()
        return row[0] if row else None, dict(self.database.execute("SELECT subject, digest FROM shown"))

    def unpublish(self) -> None:
        """The derived graph is about to change: until `publish` it is not known to be as it was written from here."""
        with self.database as db:
            db.execute("DELETE FROM meta WHERE key = 'published'")

    def publish(self, revision: str, shown: Mapping[str, str]) -> None:
        """The derived graph was written from here for a revision, and holds this."""
        with self.database as db:
            db.execute("DELETE FROM shown")
            db.executemany("INSERT INTO shown VALUES (?, ?)", sorted(shown.items()))
            db.execute("INSERT INTO meta VALUES ('published', ?)", (revision,))

    def holds_counts(self) -> bool:
        """Is there any count?"""
        return self.database.execute("SELECT 1 FROM count LIMIT 1").fetchone() is not None

    def _shown_classes(self, wanted: Sequence[Wanted]) -> list[tuple[list[str], frozenset[str]]]:
        named = {name for (name,) in self.database.execute("SELECT DISTINCT class FROM count")}
        return [(sorted({*classes, *(named & core)}), core) for classes, core in wanted]

    def _reckon_lines(
        self, db: sqlite3.Connection, missing: Mapping[tuple[str, str], frozenset[str]], watch: Watch
    ) -> None:
        """Reckon bounds: first those of single units, on which those of many may rest."""
        if not missing:
            return
        atlas = self.atlas()
        setting = Setting(atlas, self._policy, self._classes)
        units = atlas.units(frozenset().union(*missing.values()))
        kinds = [
            _Kept(self, *row) for row in db.execute("SELECT sorts, units, forcing, end FROM kind ORDER BY sorts, units")
        ]
        for kind in kinds:
            kind.units = atlas.reach(kind.codes.split(" "))
        knots = {
            part: Knot(self.part(part), setting, json.loads(found))
            for part, found in self._concerned("knot", "found", units, atlas)
        }
        stock = _Shelf(self, kinds, knots.values(), setting)
        ruled = [
            ((int(sorts), atlas.reach(codes.split(" "))), Ruled(rules.split(), partial(self.part, part), setting))
            for part, sorts, codes, rules in db.execute("SELECT part, sorts, units, rules FROM ruled ORDER BY part")
        ]
        vague = [(int(s), atlas.reach(u.split(" "))) for s, u in db.execute("SELECT DISTINCT sorts, units FROM vague")]
        order = sorted(missing, key=lambda key: (len(missing[key]), key))
        for victim_class, places in watch(order, "bounds", len(order)):
            asked = Question(
                victim_class,
                atlas.of_class(victim_class),
                atlas.units(missing[victim_class, places]),
                (FIRST_DAY, LAST_DAY),
            )
            beside = any(s & asked.sorts and u & asked.units for s, u in vague)
            bound = assembled(stock, asked, ruled, {VAGUE_NEVER_ENTERS} if beside else set())
            db.execute("INSERT INTO line VALUES (?, ?, ?)", (victim_class, places, json.dumps(_told(bound))))
        for part, knot in knots.items():
            if knot.asked:
                found = json.dumps(knot.found(), ensure_ascii=False)
                db.execute("UPDATE knot SET found = ? WHERE part = ?", (found, part))

    def _concerned(self, table: str, column: str, units: int, atlas: Atlas) -> list[tuple[str, str]]:
        """The parts of a table that may have dead in some units."""
        reach = lru_cache(maxsize=None)(lambda codes: atlas.reach(codes.split(" ")))
        known = self.database.execute(f"SELECT part, units FROM {table} ORDER BY part")  # noqa: S608 - our names
        meeting = [part for part, codes in known if reach(codes) & units]
        return sorted(rows(self.database, f"SELECT part, {column} FROM {table} WHERE part IN ({{}})", meeting))  # noqa: S608


Wanted = tuple[tuple[str, ...], frozenset[str]]
"""The classes that always get rows, and those that get rows if a count names them."""
_VAGUE_OF = "SELECT sorts, units FROM vague WHERE graph IN ({})"


class _Kept:
    """Single victim sets of one kind, as the ledger keeps them."""

    def __init__(self, ledger: Ledger, sorts: str, codes: str, forcing: int, end: str) -> None:
        self._ledger = ledger
        self.sorts = int(sorts)
        self.codes = codes
        self.units = 0
        self.forcing = forcing
        self._told = end

    @cached_property
    def claims(self) -> list[Claim]:
        """What they force."""
        found = self._ledger.singles(str(self.sorts), self.codes, self.units)
        return [single.claim for single in found if single.claim.number]

    @cached_property
    def _end(self) -> End:
        value, cited, proof = json.loads(self._told)
        return End(value, [(weight, statement) for weight, statement in cited], proof)

    def high(self, question: Question) -> End:  # noqa: ARG002 - the ledger is of all days
        """The most dead that they can be together."""
        return self._end


class _Shelf(Stock):
    """What the ledger holds, ready to be asked."""

    def __init__(self, ledger: Ledger, kinds: Sequence[_Kept], knots: Iterable[Knot], setting: Setting) -> None:
        super().__init__(kinds, knots, ledger, setting)
        self._database = ledger.database
        self._names = {setting.atlas.units([u]): u for u in setting.atlas.world.units}

    def low_of_unit(self, question: Question) -> End:
        """A low end that the ledger knows already is not reckoned again."""
        row = self._database.execute(
            "SELECT bound FROM line WHERE class = ? AND places = ?",
            (question.victim_class, self._names[question.units]),
        ).fetchone()
        if row is None:
            return super().low_of_unit(question)
        bound = _bound(row[0])
        return End(bound.low, [(-bound.low, statement) for statement in bound.statements], len(bound.statements))


def _end(text: str | None) -> int | None:
    return None if text is None else int(text)


def _told(bound: Bound) -> list[Any]:
    return [getattr(bound, name) for name in Bound.__slots__]


def _bound(text: str) -> Bound:
    told: list[Any] = [tuple(v) if isinstance(v, list) else v for v in json.loads(text)]
    return Bound(*told)


def _shown(spread: Spread) -> str:
    """The codes by which a place is shown: units, or the countries if it is wider than units."""
    wide = any(country_of(unit) == unit for unit in spread.units)
    if NOWHERE in spread.units:
        return NOWHERE
    return " ".join(sorted({country_of(u) for u in spread.units} if wide else spread.units))


def _concluded(store: Store) -> dict[str, str]:
    """Count → what the derived graphs say of it: its relations to other articles' counts, its number in repairs."""
    graph = store.iris.derived_graph("events")
    found: dict[str, list[str]] = defaultdict(list)
    about: dict[str, list[str]] = defaultdict(list)
    kept = {f"{WQ}relationKind", f"{WQ}relatesTo", f"{WQ}rule"}
    for quad in store.quads(graph):
        if quad.predicate.value == f"{WQ}relation":
            found[str(quad.subject)[1:-1]].append(str(quad.object)[1:-1])
        elif quad.predicate.value in kept:
            about[str(quad.subject)[1:-1]].append(str(quad.object))
    told = {iri: sorted(" ".join(sorted(about[r])) for r in nodes) for iri, nodes in found.items()}
    for iri, spans in repaired(store).items():
        told[iri] = [*told.get(iri, []), *sorted(f"{s['low']} {s.get('high', '')}" for s in spans)]
    return {iri: " ".join(parts) for iri, parts in told.items()}


def _digest(key: tuple[object, ...] | None) -> str | None:
    """What stands for a key that counts share."""
    if key is None:
        return None
    plain = [sorted(slot) if isinstance(slot, frozenset) else slot for slot in key]
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:32]


def _neighbourhood(db: sqlite3.Connection, fresh: Iterable[str], touched: Collection[str]) -> set[str]:
    """The counts to group anew: new ones, those of parts that lost some, and all that these stand in relation to."""
    entering = column(db, "SELECT iri FROM count WHERE class IS NOT NULL AND iri IN ({})", list(fresh))
    frontier = {*entering, *column(db, "SELECT iri FROM count WHERE part IN ({})", touched)}
    found = set(frontier)
    while frontier:
        near = {iri for text in _NEAR for iri in column(db, text, frontier)}
        parts = set(column(db, "SELECT part FROM count WHERE part IS NOT NULL AND iri IN ({})", near))
        near |= set(column(db, "SELECT iri FROM count WHERE part IN ({})", parts))
        frontier = near - found
        found |= frontier
    return found


_NEAR = (
    "SELECT c.iri FROM link l JOIN count c ON c.iri = l.target WHERE c.class IS NOT NULL AND l.iri IN ({})",
    "SELECT l.iri FROM link l WHERE l.target IN ({})",
    "SELECT d.iri FROM count c JOIN count d ON d.said = c.said WHERE c.iri IN ({})",
    "SELECT d.iri FROM count c JOIN count d ON d.series = c.series WHERE c.iri IN ({})",
)


def _extents(db: sqlite3.Connection, parts: Collection[str]) -> set[Extent]:
    """What parts may concern."""
    texts = (f"SELECT sorts, units FROM {table} WHERE part IN ({{}})" for table in ("single", "knot", "ruled"))  # noqa: S608
    return {(int(sorts), units) for text in texts for sorts, units in rows(db, text, parts)}


def _drop_lines(db: sqlite3.Connection, touched: Collection[Extent], atlas: Atlas) -> None:
    """Forget the bounds that a change may concern."""
    masks = {(sorts, atlas.reach(units.split(" "))) for sorts, units in touched}
    for victim_class, places in list(db.execute("SELECT class, places FROM line")):
        of_class, units = atlas.of_class(victim_class), atlas.reach(places.split(" "))
        if any(sorts & of_class and mask & units for sorts, mask in masks):
            db.execute("DELETE FROM line WHERE class = ? AND places = ?", (victim_class, places))


def _column_all(db: sqlite3.Connection, text: str) -> list[Any]:
    return [row[0] for row in db.execute(text)]
