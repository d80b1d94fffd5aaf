"""The verdict on two accounts: same, different or unsure, by fixed weights that an expert can edit (weights.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from waqai.account.events.evidence import Evidence
from waqai.errors import InputError

Verdict = Literal["same", "unsure", "different"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits for each level of each finding, and the sums that decide."""

    bits: Mapping[str, Mapping[str, float]]
    same: float
    unsure: float
    different: float

    def score(self, evidence: Evidence) -> float:
        """The sum of the bits."""
        return round(sum(self.bits.get(name, {}).get(level, 0.0) for name, level in evidence.items()), 2)

    def verdict(self, score: float) -> Verdict:
        """What a sum means."""
        return "same" if score >= self.same else "unsure" if score >= self.unsure else "different"

    def vetoes(self, score: float) -> bool:
        """Is it so low that the two can never stand in one event?"""
        return score <= self.different


@cache
def weights() -> Weights:
    """The weights of the package. Raises InputError where the file is none."""
    room = files("waqai.account.events") / "weights.yml"
    try:
        loaded = YAML(typ="safe").load(room.read_text("utf-8"))
        limits = loaded.pop("thresholds")
        bits = {name: {level: float(value) for level, value in levels.items()} for name, levels in loaded.items()}
        return Weights(bits, float(limits["same"]), float(limits["unsure"]), float(limits["different"]))
    except (YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a table of weights: {error}", address="weights.yml", cure="see its head") from error
