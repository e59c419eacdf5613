"""The structures that read bodies are the specifications' own, attribute by attribute."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sandbox.bss.bodies import (
    ProductOrderCreate,
    TopupBalanceCreate,
    TransferBalanceCreate,
    TroubleTicketCreate,
)

SPECIFICATIONS = Path(__file__).resolve().parents[1] / "tmf"


class Comparison:
    """Compares a definition with the schema of a structure, all the way down."""

    def __init__(self, definitions: dict[str, Any], own: dict[str, Any]) -> None:
        self._definitions = definitions
        self._own = own
        self._seen: set[tuple[str, str]] = set()
        self.attributes = 0

    def compare(self, said: dict[str, Any], ours: dict[str, Any], where: str) -> None:
        names = said.get("$ref", ""), ours.get("$ref", "")
        if names in self._seen and all(names):
            return
        self._seen.add(names)
        said, ours = self._resolve(said, self._definitions), self._resolve(ours, self._own)
        assert sorted(said.get("enum", [])) == sorted(ours.get("enum", [])), where
        if "enum" not in said:
            assert said.get("type") == ours.get("type"), where
        assert said.get("minItems") == ours.get("minItems"), where
        self._compare_format(said, ours, where)
        if "items" in said:
            self.compare(said["items"], ours["items"], f"{where}[]")
        self._compare_attributes(said, ours, where)

    def _compare_format(self, said: dict[str, Any], ours: dict[str, Any], where: str) -> None:
        match said.get("format"):
            case "date-time":
                assert ours["format"] == "date-time", where
            case "uri":
                assert "pattern" in ours, where
            case _:
                assert "format" not in ours, where
                assert "pattern" not in ours, where

    def _compare_attributes(self, said: dict[str, Any], ours: dict[str, Any], where: str) -> None:
        properties = said.get("properties", {})
        assert properties.keys() == ours.get("properties", {}).keys(), where
        assert sorted(said.get("required", [])) == sorted(ours.get("required", [])), where
        for name, attribute in properties.items():
            self.attributes += 1
            self.compare(attribute, ours["properties"][name], f"{where}.{name}")

    @staticmethod
    def _resolve(schema: dict[str, Any], among: dict[str, Any]) -> dict[str, Any]:
        reference = schema.get("$ref")
        return schema if reference is None else dict(among[reference.rpartition("/")[2]])


@pytest.mark.parametrize(
    ("specification", "definition", "structure", "least"),
    [
        ("tmf654-prepay-balance-v4", "TopupBalance_Create", TopupBalanceCreate, 60),
        ("tmf654-prepay-balance-v4", "TransferBalance_Create", TransferBalanceCreate, 60),
        ("tmf622-product-ordering-v4", "ProductOrder_Create", ProductOrderCreate, 250),
        ("tmf621-trouble-ticket-v4", "TroubleTicket_Create", TroubleTicketCreate, 80),
    ],
)
def test_a_structure_is_its_definition(
    specification: str, definition: str, structure: type[msgspec.Struct], least: int
) -> None:
    read = json.loads((SPECIFICATIONS / f"{specification}.swagger.json").read_text())
    own = msgspec.json.schema(structure)
    comparison = Comparison(read["definitions"], own["$defs"])

    comparison.compare(read["definitions"][definition], own, definition)

    assert comparison.attributes > least
