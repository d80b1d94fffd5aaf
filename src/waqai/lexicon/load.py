"""Read the lexicon's files strictly: YAML 1.2, no repeated key, no unknown key, every error with file:line:key."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from waqai import resources
from waqai.errors import LexiconError
from waqai.lexicon.forms import terms_of
from waqai.lexicon.schema import SCHEMAS, Schema, frame_schema
from waqai.lexicon.terms import Language, Lexicon, Tail, Term
from waqai.model import Lang

LANGS: tuple[Lang, ...] = ("ar", "en")


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the data room, compiled once. Raises LexiconError."""
    return read_lexicon(resources.room("lexicon"))


def read_lexicon(folder: Path) -> Lexicon:
    """Compile the lexicon of a folder with one folder per language. Raises LexiconError."""
    languages: dict[Lang, Language] = {}
    digest = hashlib.sha256()
    for lang in LANGS:
        terms: list[tuple[str, Term]] = []
        for path in sorted((folder / lang).glob("*.yml")):
            digest.update(f"{lang}/{path.name}\n".encode() + path.read_bytes())
            for entry, _ in entries(path):
                terms.extend(terms_of(path.stem, entry, lang))
        languages[lang] = Language(lang, _index(terms))
    return Lexicon(languages, digest.hexdigest())


def entries(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The entries of one file with their addresses, checked against the file's schema. Raises LexiconError."""
    schema = _schema_of(path)
    for item, line in _items(path):
        if "frame" not in item:
            _check(item, schema, path)
            yield item, f"{path.parent.name}/{path.name}:{line}:{item['id']}"


def frames(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The frames at the head of one file with their addresses. Raises LexiconError."""
    schema = frame_schema(_schema_of(path))
    for item, line in _items(path):
        if "frame" in item:
            _check(item, schema, path)
            yield item, f"{path.parent.name}/{path.name}:{line}:{item['frame']}"


def _schema_of(path: Path) -> Schema:
    schema = SCHEMAS.get(path.stem)
    if schema is None:
        raise LexiconError("no such file is known", address=str(path), cure=f"one of {', '.join(sorted(SCHEMAS))}")
    return schema


def _items(path: Path) -> Iterator[tuple[CommentedMap, int]]:
    """The items of a file's list, each with its line."""
    listed = _parse(path)
    if not isinstance(listed, CommentedSeq):
        raise LexiconError("a list of entries is expected", address=f"{path.name}:1", cure="start each entry with `- `")
    for position, item in enumerate(listed):
        line = listed.lc.item(position)[0] + 1
        if not isinstance(item, CommentedMap):
            raise LexiconError("an entry is not a mapping", address=f"{path}:{line}", cure="write `key: value` lines")
        yield item, line


def _parse(path: Path) -> Any:
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise LexiconError(f"{error.problem}", address=f"{path}:{line}", cure="mend the YAML at this line") from error


def _check(entry: CommentedMap, schema: Schema, path: Path) -> None:
    first = entry.lc.line + 1
    for key, value in entry.items():
        address = f"{path}:{entry.lc.key(key)[0] + 1}:{key}"
        if key not in schema.keys:
            raise LexiconError("this key is not known here", address=address, cure=f"one of {', '.join(schema.keys)}")
        fault = schema.keys[key](value)
        if fault:
            raise LexiconError(f"{value!r} does not fit", address=address, cure=fault)
    for key in schema.required:
        if key not in entry:
            raise LexiconError("a key is missing", address=f"{path}:{first}:{key}", cure=f"add `{key}:`")


def _index(terms: list[tuple[str, Term]]) -> dict[str, tuple[Tail, ...]]:
    index: dict[str, dict[Tail, None]] = defaultdict(dict)
    for form, term in terms:
        words = form.split(" ")
        index[words[0]][tuple(words[1:]), term] = None
    return {word: tuple(sorted(tails, key=lambda t: -len(t[0]))) for word, tails in index.items()}
