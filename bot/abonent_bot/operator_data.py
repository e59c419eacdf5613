"""The facts that belong to one operator, read from its data file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

LANGUAGES = ("ru", "uk", "en")


class Operator:
    """What answers may say about the operator: names, codes, prices, links."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self.default_language: str = data["default_language"]
        self._facts = {language: self._facts_in(language) for language in LANGUAGES}

    @classmethod
    def load(cls, path: str) -> Operator:
        """Read an operator's file."""
        return cls(YAML(typ="safe").load(Path(path).read_text(encoding="utf-8")))

    def facts(self, language: str) -> dict[str, str]:
        """Return every fact by the name answers use for it."""
        return self._facts[language]

    def _facts_in(self, language: str) -> dict[str, str]:
        facts = {name: said_in(value, language) for name, value in self._data["facts"].items()}
        facts["tariff_list"] = self._tariffs(language)
        facts["roaming_list"] = self._zones(language)
        facts["data_package_list"] = self._packages(language)
        return facts

    def _tariffs(self, language: str) -> str:
        return _lines(
            f"{tariff['name']}: {tariff['price']} ₴, {said_in(tariff['terms'], language)}"
            for tariff in self._data["tariffs"]
        )

    def _zones(self, language: str) -> str:
        return _lines(
            f"{said_in(zone['name'], language)}: {said_in(zone['terms'], language)}"
            for zone in self._data["roaming_zones"]
        )

    def _packages(self, language: str) -> str:
        return _lines(
            f"{said_in(package['name'], language)}: {package['price']} ₴ ({package['code']})"
            for package in self._data["data_packages"]
        )


@lru_cache(maxsize=4)
def operator_from(path: str) -> Operator:
    """Return the operator of a file, read once."""
    return Operator.load(path)


def said_in(value: Any, language: str) -> str:
    """Return a value that may differ by language, in one language."""
    return str(value[language] if isinstance(value, dict) else value)


def _lines(lines: Any) -> str:
    return "\n".join("• " + line for line in lines)
