"""The register of actors: what one entry must say, and that no two entries claim the same strong name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
import pytest

from waqai.model import VICTIM_CLASSES, Actor, Name, Registers
from waqai.resources import room
from waqai.text.letters import folded, is_arabic
from waqai.text.names import NameIndex
from waqai.text.tokens import tokens

BASE = "https://w3id.org/waqai/"
ACTOR = BASE + "actor/"
NS = BASE + "ns#"
VOCABULARY = BASE + "vocabulary/"
WIKIDATA = "http://www.wikidata.org/entity/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
EXACT_MATCH = "http://www.w3.org/2004/02/skos/core#exactMatch"
SOURCE = "http://purl.org/dc/terms/source"

FACTIONS = frozenset({"StateForce", "SecurityForce", "Police", "Militia", "ArmedGroup"})
ORGANISATIONS = frozenset({"Monitor", "Outlet", "HumanitarianOrganisation", "InternationalOrganisation"})
KINDS = FACTIONS | ORGANISATIONS | {"State", "Authority", "Coalition", "Tribe", "Party"}
REQUIRED = {
    "islamic-state",
    "syrian-observatory-for-human-rights",
    "syrian-army",
    "iran",
    "iran-backed-militias",
    "loyal-militias-syria",
    "russia",
    "russian-forces",
    "hezbollah",
    "popular-mobilization-forces",
    "syrian-democratic-forces",
    "hayat-tahrir-al-sham",
    "syrian-government-assad",
    "iraq-government",
    "iraqi-army",
    "global-coalition",
}
TO_ACTORS = ("backedBy", "loyalTo", "opposedTo", "partOf", "voiceOf")
TO_PLACES = ("stateOf", "activeIn")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Entry = dict[str, list[Term]]


@cache
def register() -> dict[str, Entry]:
    """Every actor by its id: property IRI → values."""
    entries: dict[str, Entry] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(room("ontology") / "actors.ttl"), format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject.value.startswith(ACTOR)
        entries[quad.subject.value.removeprefix(ACTOR)][quad.predicate.value].append(quad.object)
    return dict(entries)


def literals(entry: Entry, prop: str) -> list[ox.Literal]:
    return [term for term in entry.get(prop, []) if isinstance(term, ox.Literal)]


def local(entry: Entry, prop: str, prefix: str) -> list[str]:
    """The values of a property without their prefix; every one must have it."""
    values = [term.value for term in entry.get(prop, []) if isinstance(term, ox.NamedNode)]
    assert len(values) == len(entry.get(prop, []))
    assert all(value.startswith(prefix) for value in values), values
    return [value.removeprefix(prefix) for value in values]


def kinds(entry: Entry) -> set[str]:
    return set(local(entry, TYPE, NS))


def strong_names(entry: Entry) -> list[str]:
    return [term.value for term in literals(entry, NS + "strongName")]


def weak_names(entry: Entry) -> list[str]:
    return [term.value for term in literals(entry, NS + "weakName")]


def year(entry: Entry, prop: str) -> int | None:
    found = literals(entry, NS + prop)
    assert len(found) <= 1
    assert all(term.datatype.value.endswith("#gYear") for term in found)
    return int(found[0].value) if found else None


def countries() -> set[str]:
    quads = ox.parse(path=str(room("ontology") / "places" / "countries.ttl"), format=ox.RdfFormat.TURTLE)
    kind = ox.NamedNode(NS + "Country")
    return {
        q.subject.value
        for q in quads
        if q.predicate.value == TYPE and q.object == kind and isinstance(q.subject, ox.NamedNode)
    }


def test_there_are_enough_actors_and_the_ones_that_others_rely_on() -> None:
    assert len(register()) >= 130
    assert REQUIRED - register().keys() == set()


def test_ids_are_kebab_case() -> None:
    assert [i for i in register() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", i)] == []


def test_every_actor_has_one_label_in_each_language_and_a_source() -> None:
    for identifier, entry in register().items():
        assert sorted(term.language or "" for term in literals(entry, LABEL)) == ["ar", "en"], identifier
        assert literals(entry, SOURCE), identifier


def test_labels_are_told_apart() -> None:
    bearers = defaultdict(list)
    for identifier, entry in register().items():
        for label in literals(entry, LABEL):
            bearers[folded(label.value)].append(identifier)
    assert {label: ids for label, ids in bearers.items() if len(ids) > 1} == {}


def test_names_are_in_the_script_of_their_language() -> None:
    for identifier, entry in register().items():
        for name in literals(entry, NS + "strongName") + literals(entry, NS + "weakName"):
            arabic = any(is_arabic(char) for char in name.value)
            assert name.language == ("ar" if arabic else "en"), (identifier, name.value)
            assert name.value == " ".join(name.value.split()), (identifier, name.value)


def test_every_actor_can_be_found_by_a_name_that_counts_alone() -> None:
    assert [identifier for identifier, entry in register().items() if not strong_names(entry)] == []


def test_a_strong_name_belongs_to_one_actor_only() -> None:
    bearers = defaultdict(set)
    for identifier, entry in register().items():
        for name in strong_names(entry) + weak_names(entry):
            bearers[folded(name)].add(identifier)
    shared = {
        name: bearers[folded(name)]
        for entry in register().values()
        for name in strong_names(entry)
        if len(bearers[folded(name)]) > 1
    }
    assert shared == {}


def test_a_name_is_written_once_in_an_entry() -> None:
    for identifier, entry in register().items():
        names = [folded(name) for name in strong_names(entry) + weak_names(entry)]
        assert sorted(names) == sorted(set(names)), identifier


def test_kinds_are_asserted_and_not_the_reasoners() -> None:
    for identifier, entry in register().items():
        found = kinds(entry)
        assert "Actor" in found, identifier
        assert len(found & KINDS) == 1, identifier
        assert found <= KINDS | {"Actor"}, identifier


def test_victim_classes_are_those_of_the_model() -> None:
    for identifier, entry in register().items():
        classes = local(entry, NS + "victimClass", VOCABULARY)
        assert len(classes) <= 1, identifier
        assert set(classes) <= set(VICTIM_CLASSES), identifier


def test_everyone_under_arms_has_a_victim_class() -> None:
    armed = {identifier for identifier, entry in register().items() if kinds(entry) & FACTIONS}
    without = {identifier for identifier in armed if not register()[identifier].get(NS + "victimClass")}
    assert without == {"mahdi-army"}, "it fought for and against the government in turn: no one class holds it"


def test_relations_lead_to_actors_of_the_register_and_never_back() -> None:
    for identifier, entry in register().items():
        for prop in TO_ACTORS:
            targets = local(entry, NS + prop, ACTOR)
            assert [t for t in targets if t not in register()] == [], (identifier, prop)
            assert identifier not in targets, (identifier, prop)


def test_no_organisation_is_a_part_of_its_own_part() -> None:
    for identifier in register():
        assert identifier not in wholes(identifier), identifier


def wholes(identifier: str) -> Iterator[str]:
    """The organisations above an actor, step by step; at most as many steps as there are actors."""
    level = [identifier]
    for _ in register():
        level = [above for one in level for above in local(register()[one], NS + "partOf", ACTOR)]
        yield from level


def test_countries_are_in_the_register_of_places() -> None:
    known = countries()
    for identifier, entry in register().items():
        for prop in TO_PLACES:
            found = local(entry, NS + prop, BASE + "place/")
            assert [place for place in found if BASE + "place/" + place not in known] == [], identifier


def test_only_governments_are_authorities_of_a_state() -> None:
    """An authority with wq:stateOf is inferred to be a national government, so a ministry must not have it."""
    governing = {i for i, e in register().items() if "Authority" in kinds(e) and e.get(NS + "stateOf")}
    assert governing == {
        "iraq-government",
        "lebanon-government",
        "libya-government-of-national-accord",
        "syrian-government-assad",
        "syrian-transitional-government",
        "yemen-government",
    }


def test_wikidata_ids_are_well_formed_and_name_one_actor_each() -> None:
    found = [q for entry in register().values() for q in local(entry, EXACT_MATCH, WIKIDATA)]
    assert [q for q in found if not re.fullmatch(r"Q[1-9][0-9]*", q)] == []
    assert sorted(found) == sorted(set(found))
    assert "Q2429253" in local(register()["islamic-state"], EXACT_MATCH, WIKIDATA)


def test_periods_are_sane() -> None:
    for identifier, entry in register().items():
        start, end = year(entry, "activeFrom"), year(entry, "activeUntil")
        assert start is None or 1850 <= start <= 2025, identifier
        assert end is None or 2003 <= end <= 2025, identifier
        assert start is None or end is None or start <= end, identifier


def test_outlets_of_a_party_name_it() -> None:
    assert local(register()["amaq"], NS + "voiceOf", ACTOR) == ["islamic-state"]
    voices = {i for i, e in register().items() if e.get(NS + "voiceOf")}
    assert {i for i in voices if "Outlet" not in kinds(register()[i])} == set()


def test_entries_stand_sorted_in_their_groups() -> None:
    text = (room("ontology") / "actors.ttl").read_text(encoding="utf-8")
    for group in re.split(r"(?m)^#### ", text)[1:]:
        ids = re.findall(r"(?m)^actor:(\S+) a ", group)
        assert ids, group.splitlines()[0]
        assert ids == sorted(ids), group.splitlines()[0]


@cache
def index() -> NameIndex:
    actors = {}
    for identifier, entry in register().items():
        names = [Name(n, "ar" if is_arabic(folded(n)[0]) else "en") for n in strong_names(entry)]
        names += [Name(n, "ar" if is_arabic(folded(n)[0]) else "en", strong=False) for n in weak_names(entry)]
        actors[identifier] = Actor(identifier, frozenset(kinds(entry)), tuple(names))
    return NameIndex(Registers(actors=actors))


def test_every_strong_name_leads_to_its_actor_alone() -> None:
    """A name with a full stop is the address of a site: it names a publisher, and is not looked for in a text."""
    lost = {
        name: [match.candidates for match in index().find(tokens(name))]
        for identifier, entry in register().items()
        for name in strong_names(entry)
        if "." not in name and [match.candidates for match in index().find(tokens(name))] != [(identifier,)]
    }
    assert lost == {}


@pytest.mark.parametrize(
    ("text", "actor", "strong"),
    [
        ("هاجم داعش نقطة عسكرية", "islamic-state", True),
        ("في هجوم للتنظيم على حاجز", "islamic-state", False),
        ("قصفت قوات النظام أطراف البلدة", "syrian-army", True),
        ("عنصر من الميليشيات الموالية لإيران", "iran-backed-militias", True),
        ("عنصر من المليشيات المدعومة من إيران", "iran-backed-militias", True),
        ("مسلحين من الميليشيات الموالية للنظام", "loyal-militias-syria", True),
        ("وفق المرصد السوري لحقوق الإنسان", "syrian-observatory-for-human-rights", True),
        ("عنصران من ميليشيا فاطميون", "liwa-fatemiyoun", True),
        ("عنصر من حزب الله السوري", "syrian-hezbollah", True),
        ("عنصر من حزب الله اللبناني", "hezbollah", True),
        ("عنصر من كتائب حزب الله", "kataib-hezbollah", True),
        ("غارة لطيران التحالف الدولي", "global-coalition", True),
        ("استهدفت مسيرة تركية سيارة", "turkish-air-force", True),
        ("قيادي في قسد", "syrian-democratic-forces", True),
        ("shelling by Turkish forces", "turkish-armed-forces", True),
        ("two members of the SDF", "syrian-democratic-forces", True),
        ("members of Iran-backed militias", "iran-backed-militias", True),
        ("the Observatory said", "syrian-observatory-for-human-rights", False),
    ],
)
def test_actors_are_found_in_the_words_of_news(text: str, actor: str, strong: bool) -> None:
    matches = [match for match in index().find(tokens(text)) if actor in match.candidates]
    assert [match.strong for match in matches] == [strong]


@pytest.mark.parametrize(
    "text",
    [
        "it is known to us who did this",
        "three civilians were hurt in an accident",
        "one man was killed in Baghdad today",
        "سقط جسر قديم في المدن",
        "أصيب طفل في حلب اليوم السبت",
        "قتل في السويداء 24 شخصاً",
        "شمال سوريا على طول الحدود",
        "في إقليم كردستان",
    ],
)
def test_words_that_look_like_an_actors_name_name_none(text: str) -> None:
    assert index().find(tokens(text)) == []


INFERRED = room("ontology") / "inferred.ttl"


@cache
def members(kind: str) -> frozenset[str]:
    """The actors of whom the reasoner says that they belong to a class."""
    if not INFERRED.exists():
        pytest.skip("ontology/inferred.ttl has not been generated")
    found = ox.parse(path=str(INFERRED), format=ox.RdfFormat.TURTLE)
    wanted = ox.NamedNode(NS + kind)
    subjects = [quad.subject for quad in found if quad.predicate.value == TYPE and quad.object == wanted]
    return frozenset(s.value.removeprefix(ACTOR) for s in subjects if isinstance(s, ox.NamedNode))


EXPECTED = {
    "IranBackedMilitia": {
        "in": "hezbollah liwa-fatemiyoun liwa-zaynabiyoun harakat-hezbollah-al-nujaba kataib-hezbollah "
        "badr-organization asaib-ahl-al-haq kataib-sayyid-al-shuhada liwa-al-baqir local-defence-forces "
        "iran-backed-militias",
        "out": "national-defence-forces liwa-al-quds popular-mobilization-forces islamic-revolutionary-guard-corps "
        "syrian-army-4th-division hamas houthis pflp-general-command saraya-al-salam",
    },
    "ProGovernmentMilitia": {
        "in": "national-defence-forces liwa-al-quds baath-brigades loyal-militias-syria liwa-fatemiyoun hezbollah "
        "popular-mobilization-forces tribal-mobilization-forces badr-organization palestine-liberation-army",
        "out": "syrian-army iran-backed-militias syrian-national-army syrian-democratic-forces "
        "sons-of-iraq wagner-group",
    },
    "ProGovernmentForce": {
        "in": "syrian-army syrian-air-force syrian-army-4th-division syrian-army-8th-brigade national-defence-forces "
        "liwa-fatemiyoun iraqi-army iraqi-counter-terrorism-service popular-mobilization-forces syrian-army-since-2025",
        "out": "russian-forces turkish-armed-forces us-forces islamic-revolutionary-guard-corps peshmerga "
        "islamic-state syrian-democratic-forces syrian-general-intelligence iraqi-federal-police",
    },
    "OppositionGroup": {
        "in": "syrian-national-army free-syrian-army ahrar-al-sham jaysh-al-islam faylaq-al-sham sultan-murad-division "
        "syrian-opposition-factions hayat-tahrir-al-sham islamic-state naqshbandi-army",
        "out": "syrian-democratic-forces peoples-protection-units hezbollah hamas national-defence-forces wagner-group",
    },
    "JihadistGroup": {
        "in": "islamic-state hayat-tahrir-al-sham jabhat-al-nusra al-qaeda hurras-al-din turkistan-islamic-party "
        "ansar-al-tawhid jund-al-aqsa",
        "out": "ahrar-al-sham jaysh-al-islam syrian-national-army hamas hezbollah",
    },
    "KurdishForce": {
        "in": "syrian-democratic-forces peoples-protection-units womens-protection-units kurdistan-workers-party "
        "peshmerga",
        "out": "sanadid-forces syrian-national-army iraqi-army",
    },
    "NationalGovernment": {
        "in": "syrian-government-assad syrian-transitional-government iraq-government",
        "out": "syrian-salvation-government syrian-interim-government autonomous-administration-north-east-syria "
        "kurdistan-regional-government syrian-ministry-of-defence interior-ministry-iraq",
    },
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_defined_classes_hold_whom_an_expert_expects(kind: str) -> None:
    inside, outside = set(EXPECTED[kind]["in"].split()), set(EXPECTED[kind]["out"].split())
    assert (inside | outside) - register().keys() == set()
    assert inside - members(kind) == set()
    assert outside & members(kind) == set()


@pytest.mark.parametrize(
    ("kind", "code"), [("IranBackedMilitia", "iran_backed_militia"), ("JihadistGroup", "jihadist")]
)
def test_defined_classes_and_victim_classes_agree(kind: str, code: str) -> None:
    """Whoever the reasoner puts there counts so when harmed, and nobody else does."""
    counted = {i for i, e in register().items() if local(e, NS + "victimClass", VOCABULARY) == [code]}
    assert members(kind) == counted


def test_pro_government_militias_count_as_militias_of_the_government() -> None:
    codes = {
        code for i in members("ProGovernmentMilitia") for code in local(register()[i], NS + "victimClass", VOCABULARY)
    }
    assert codes == {"pro_government_militia", "iran_backed_militia"}
