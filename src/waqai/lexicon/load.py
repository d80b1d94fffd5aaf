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
from waqai.lexicon.schema import SCHEMAS, Schema
from waqai.lexicon.terms import Case, Language, Lexicon, Tail, Term
from waqai.model import Lang

LANGS: tuple[Lang, ...] = ("ar", "en")


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the data room, compiled once. Raises LexiconError."""
    return read_lexicon(resources.room("lexicon"))


def read_lexicon(folder: Path) -> Lexicon:
    """Compile the lexicon of a folder with one folder per language. Raises LexiconError."""
    languages: dict[Lang, Language] = {}
    cases: list[Case] = []
    digest = hashlib.sha256()
    for lang in LANGS:
        terms: list[tuple[str, Term]] = []
        for path in sorted((folder / lang).glob("*.yml")):
            digest.update(f"{lang}/{path.name}\n".encode() + path.read_bytes())
            for entry, address in entries(path):
                terms.extend(terms_of(path.stem, entry, lang))
                cases.extend(_cases(path.stem, entry, lang, address))
        languages[lang] = Language(lang, _index(terms))
    return Lexicon(languages, digest.hexdigest(), tuple(cases))


def entries(path: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The entries of one file with their addresses, checked against the file's schema. Raises LexiconError."""
    schema = SCHEMAS.get(path.stem)
    if schema is None:
        raise LexiconError("no such file is known", address=str(path), cure=f"one of {', '.join(sorted(SCHEMAS))}")
    listed = _parse(path)
    if not isinstance(listed, CommentedSeq):
        raise LexiconError("a list of entries is expected", address=f"{path.name}:1", cure="start each entry with `- `")
    for position, entry in enumerate(listed):
        line = listed.lc.item(position)[0] + 1
        if not isinstance(entry, CommentedMap):
            raise LexiconError("an entry is not a mapping", address=f"{path}:{line}", cure="write `key: value` lines")
        _check(entry, schema, path)
        yield entry, f"{path.parent.name}/{path.name}:{line}:{entry['id']}"


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


def _cases(sort: str, entry: Mapping[str, Any], lang: Lang, address: str) -> Iterator[Case]:
    for example in entry.get("examples", ()):
        yield Case(address, lang, sort, entry["id"], example["text"], tuple(example["expect"]))
    for text in entry.get("lookalikes", ()):
        yield Case(address, lang, sort, entry["id"], text, ())


def _index(terms: list[tuple[str, Term]]) -> dict[str, tuple[Tail, ...]]:
    index: dict[str, dict[Tail, None]] = defaultdict(dict)
    for form, term in terms:
        words = form.split(" ")
        index[words[0]][tuple(words[1:]), term] = None
    return {word: tuple(sorted(tails, key=lambda t: -len(t[0]))) for word, tails in index.items()}
