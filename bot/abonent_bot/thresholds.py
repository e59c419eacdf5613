"""Read the bot's thresholds from the one place where they stand."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from components.decision import Thresholds
from components.verdict import DecisionMaker

COMPONENT = "components.verdict.DecisionMaker"


def thresholds_of(config: Path) -> Thresholds:
    """Return the thresholds of a ``config.yml``."""
    pipeline = YAML(typ="safe").load(config.read_text(encoding="utf-8"))["pipeline"]
    settings = next(component for component in pipeline if component["name"] == COMPONENT)
    return Thresholds.from_config({**DecisionMaker.get_default_config(), **settings})
