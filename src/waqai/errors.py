"""Everything that can go wrong, as a tree.

    WaqaiError                     exit code
    ├── InputError                     2    what was handed in is wrong; its address says where
    │   ├── ArticleError                    an article that cannot be read
    │   ├── RoomError                       a data room (ontology, shapes, lexicon, queries) is broken
    │   │   ├── LexiconError
    │   │   ├── RegisterError
    │   │   ├── ShapeError
    │   │   └── QuestionError               a saved query whose head or body is broken
    │   ├── UnknownQuestion                 no saved query of that name
    │   ├── ParameterError                  a value that does not fit a question's parameter
    │   └── QueryError                      a SPARQL text that cannot be parsed, or that asks for what is not allowed
    ├── SumRefused                     1    numbers of people that would be added and are not additive
    ├── StoreError                     3    the store cannot be used
    │   ├── StoreLocked                     another process holds the writer
    │   ├── StoreMissing                    there is no store at that place
    │   ├── StoreDamaged                    what is on disk is not a store that this version can read
    │   └── RemoteError                     a SPARQL server did not answer as it should
    └── LimitExceeded                  4    a query went over its limit of time, rows or bytes

Bad *data* is no exception: what SHACL finds is a value, `waqai.validate.Verdict`.
"""

from __future__ import annotations


class WaqaiError(Exception):
    """An error with an address (where it is) and a cure (what to do)."""

    exit_code = 1

    def __init__(self, message: str, *, address: str = "", cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.address = address
        self.cure = cure

    def __str__(self) -> str:
        head = f"{self.address}: {self.message}" if self.address else self.message
        return f"{head}\n  → {self.cure}" if self.cure else head


class InputError(WaqaiError):
    """What was handed in is wrong."""

    exit_code = 2


class ArticleError(InputError):
    """An article that cannot be read."""


class RoomError(InputError):
    """A data room is broken: `address` is file:line:key."""


class LexiconError(RoomError):
    """An entry of the lexicon is broken."""


class RegisterError(RoomError):
    """An actor or a place in the registers is broken."""


class ShapeError(RoomError):
    """A shapes file is broken."""


class QuestionError(RoomError):
    """A saved query's head or body is broken."""


class UnknownQuestion(InputError):
    """There is no saved query of that name."""


class ParameterError(InputError):
    """A value does not fit a question's parameter."""


class QueryError(InputError):
    """A SPARQL text cannot be parsed, or asks for what is not allowed (SERVICE, LOAD, remote FROM)."""


class SumRefused(WaqaiError):
    """Numbers of people would be added of which some are, or may be, the same people."""


class StoreError(WaqaiError):
    """The store cannot be used."""

    exit_code = 3


class StoreLocked(StoreError):
    """Another process holds the writer."""


class StoreMissing(StoreError):
    """There is no store at that place."""


class StoreDamaged(StoreError):
    """What is on disk is not a store that this version can read."""


class RemoteError(StoreError):
    """A SPARQL server did not answer as it should."""


class LimitExceeded(WaqaiError):
    """A query went over its limit of time, rows or bytes."""

    exit_code = 4
