"""A release: complete, the same every time, never half-written, nothing private in it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from waqai import account
from waqai.ask import bind, load_questions
from waqai.errors import InputError
from waqai.graph import Iris
from waqai.publish import publish, release
from waqai.store import Store, open_store

IRIS = Iris()
ARTICLES = Path(__file__).parents[1] / "store" / "articles.trig"
FILES = ["waqai.nq", "waqai.jsonld", "ontology.ttl", "actors.ttl", "places.ttl", "dataset.ttl"]
DCAT, SPDX = "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"


def fill(folder: Path, *, reverse: bool = False) -> None:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in ox.parse(path=str(ARTICLES), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    with open_store(folder, write=True, create=True, iris=IRIS) as store:
        if reverse:
            store.put({name: graphs[name][:1] for name in graphs if "private" not in name})
            graphs = {name: quads[::-1] for name, quads in reversed(graphs.items())}
        store.put(graphs)
        account.refresh(store)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("release")
    fill(home / "store")
    with open_store(home / "store", iris=IRIS) as store:
        assert [p.name for p in publish(store, home / "out")] == FILES
    return home


def test_the_same_content_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    fill(tmp_path / "store", reverse=True)
    with open_store(tmp_path / "store", iris=IRIS) as store:
        publish(store, tmp_path / "out")
    for name in FILES:
        assert (home / "out" / name).read_bytes() == (tmp_path / "out" / name).read_bytes(), name


def test_every_question_has_the_same_answer_over_the_release(home: Path) -> None:
    loaded = {}
    for name in ("waqai.nq", "waqai.jsonld"):
        loaded[name] = ox.Store()
        loaded[name].load(path=str(home / "out" / name))
    answered = 0
    with open_store(home / "store", iris=IRIS) as store:
        for question in load_questions().values():
            if any(p.required for p in question.parameters):
                continue
            text = bind(question, {})
            expected = table(store.select(text))
            answered += bool(expected)
            for fresh in loaded.values():
                assert table(fresh.query(text, use_default_graph_as_union=True)) == expected, question.name
    assert answered >= 2


def table(solutions: object) -> list[str]:
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(str(solution) for solution in solutions)


def test_nothing_private_is_in_any_file(home: Path) -> None:
    for path in (home / "out").iterdir():
        content = path.read_text()
        assert "Samir" not in content
        assert "graph/private" not in content
    assert "█████" in (home / "out" / "waqai.nq").read_text()


def test_a_private_graph_that_somebody_put_on_a_server_stays_out(home: Path, tmp_path: Path) -> None:
    class Careless:
        """A store whose server holds a private graph."""

        def __init__(self, store: Store) -> None:
            self.store = store

        def __getattr__(self, name: str) -> object:
            return getattr(self.store, name)

        def graph_names(self) -> list[str]:
            return [*self.store.graph_names(), IRIS.private_graph("b" * 20)]

    with open_store(home / "store", iris=IRIS) as store:
        publish(Careless(store), tmp_path / "out")  # type: ignore[arg-type]
    assert "graph/private" not in (tmp_path / "out" / "waqai.nq").read_text()


def test_the_description_is_true(home: Path) -> None:
    described = ox.Store()
    described.load(path=str(home / "out" / "dataset.ttl"))
    rows = described.query(
        f"""PREFIX dcat: <{DCAT}> PREFIX spdx: <{SPDX}> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?name ?media ?size ?hash WHERE {{
          ?set a dcat:Dataset ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
          ?set dcat:distribution ?file . ?file dcterms:title ?name ; dcat:mediaType ?media .
          ?file dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?hash
        }}"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    told = {row["name"].value: (int(row["size"].value), row["hash"].value) for row in rows}
    contents = {name: (home / "out" / name).read_bytes() for name in FILES if name != "dataset.ttl"}
    assert told == {name: (len(c), hashlib.sha256(c).hexdigest()) for name, c in contents.items()}
    with open_store(home / "store", iris=IRIS) as store:
        text = (home / "out" / "dataset.ttl").read_text()
        assert f'"{store.revision()}"' in text
        assert f"void:triples {len(list(store.quads()))}" in text
    assert "@ar" in text
    titles = described.query("SELECT ?t WHERE { ?s <http://purl.org/dc/terms/title> ?t FILTER(LANG(?t) != '') }")
    assert isinstance(titles, ox.QuerySolutions)
    assert len(list(titles)) == 2


def test_a_folder_of_somebody_elses_is_left_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("mine")
    with open_store(home / "store", iris=IRIS) as store:
        with pytest.raises(InputError, match="no release"):
            publish(store, tmp_path / "letters")
        assert (tmp_path / "letters" / "a.txt").read_text() == "mine"
        publish(store, tmp_path / "letters", force=True)
        assert sorted(p.name for p in (tmp_path / "letters").iterdir()) == sorted(FILES)
        publish(store, tmp_path / "letters")  # a release may follow a release
        with pytest.raises(InputError, match="a file"):
            publish(store, tmp_path / "letters" / "waqai.nq")
    assert [p.name for p in tmp_path.iterdir()] == ["letters"]


def test_a_failure_leaves_the_old_release_whole(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError("no space left")

    with open_store(home / "store", iris=IRIS) as store:
        publish(store, tmp_path / "out")
        before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
        monkeypatch.setattr(release, "description", fail)
        with pytest.raises(InputError, match="no space"):
            publish(store, tmp_path / "out")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["store", "store/.", "store/release", ".", "link", "other"])
def test_a_store_is_never_replaced_by_its_release(tmp_path: Path, name: str, force: bool, home: Path) -> None:
    for folder in ("store", "other"):
        shutil.copytree(home / "store", tmp_path / folder)
    (tmp_path / "link").symlink_to("store")
    with open_store(tmp_path / "store", iris=IRIS) as store:
        with pytest.raises(InputError, match="a store lies here"):
            publish(store, tmp_path / name, force=force)
        assert store.revision()
    assert (tmp_path / "store" / "store.json").exists()
    assert (tmp_path / "other" / "store.json").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "other", "store"]


@pytest.mark.parametrize("name", ["mine.ttl", "waqai.nq"])
def test_a_name_of_ours_does_not_make_the_rest_ours(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / name).mkdir(parents=True)
    (tmp_path / "out" / "dataset.ttl").write_text("mine")
    with open_store(home / "store", iris=IRIS) as store, pytest.raises(InputError, match=f"no release: {name}"):
        publish(store, tmp_path / "out")
    assert (tmp_path / "out" / "dataset.ttl").read_text() == "mine"
    assert (tmp_path / "out" / name).is_dir()


def test_what_a_killed_publisher_left_is_swept_and_what_another_is_writing_is_not(home: Path, tmp_path: Path) -> None:
    left, working, foreign = (tmp_path / f".out.{name}" for name in ("publishing-a", "publishing-b", "letters"))
    for folder in (left / "new", left / "old", working / "new", foreign):
        folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to("out")
    with open_store(home / "store", iris=IRIS) as store, release._locked(working):
        publish(store, tmp_path / "link")
    assert sorted(p.name for p in tmp_path.iterdir()) == [foreign.name, working.name, "link", "out"]
    assert (tmp_path / "link").is_symlink()
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(FILES)


def test_a_link_to_itself_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("out")
    with open_store(home / "store", iris=IRIS) as store, pytest.raises(InputError, match="cannot be written"):
        publish(store, tmp_path / "out")
