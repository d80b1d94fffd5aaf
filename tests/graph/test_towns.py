"""The gazetteer's towns as triples."""

from __future__ import annotations

from waqai.graph import Iris
from waqai.graph.towns import town_quads
from waqai.model import Name, Place

TOWN = Place(
    "gn-163808", "Town", (Name("تدمر", "ar"), Name("Tadmur", "en")), "SY", ("SY-HI",), latitude=34.56, longitude=38.27
)


def test_a_town_has_labels_a_parent_a_point_and_its_number_in_geonames() -> None:
    said = {str(quad.triple).split(" ", 1)[1] for quad in town_quads([TOWN], "https://example.org/g", Iris())}
    assert said == {
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/waqai/ns#Town>",
        '<http://www.w3.org/2000/01/rdf-schema#label> "تدمر"@ar',
        '<http://www.w3.org/2000/01/rdf-schema#label> "Tadmur"@en',
        "<https://w3id.org/waqai/ns#within> <https://w3id.org/waqai/place/SY-HI>",
        '<https://w3id.org/waqai/ns#latitude> "34.56"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '<https://w3id.org/waqai/ns#longitude> "38.27"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "<http://www.w3.org/2004/02/skos/core#exactMatch> <https://sws.geonames.org/163808/>",
    }


def test_places_of_the_registers_are_not_written_again() -> None:
    assert list(town_quads([Place("SY-HI", "FirstLevelUnit", (), "SY")], "https://example.org/g", Iris())) == []
