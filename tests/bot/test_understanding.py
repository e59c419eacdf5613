"""``launch.py parse``, as people use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from servers import ROOT

LINES = [
    "скільки грошей на рахунку",
    "",
    "👍",
    "rfr ghjdthbnm ,fkfyc",
    "/restart",
    "позовите оператора",
    "<b>роумінг в Польщі</b>",
    "x" * 20_000,
    "перевела 200 грн на 050 000 00 12",
]


@pytest.fixture(scope="module")
def parsed(model: Path) -> list[dict[str, Any]]:
    result = subprocess.run(
        [sys.executable, str(ROOT / "bot" / "launch.py"), "parse"],
        input="\n".join(LINES) + "\n",
        env={**os.environ, "DATA_DIR": str(model.parent.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_line_out_for_each_line_in_in_order(parsed: list[dict[str, Any]]) -> None:
    assert [one["text"] for one in parsed] == LINES


def test_the_fields_are_those_promised(parsed: list[dict[str, Any]]) -> None:
    for one in parsed:
        assert set(one) == {
            "text",
            "intent",
            "confidence",
            "language",
            "ranking",
            "entities",
            "decision",
        }
        assert one["language"] in {"ru", "uk", "en"}
        assert one["decision"] in {"answer", "clarify", "handoff"}
        assert all(set(ranked) == {"intent", "confidence"} for ranked in one["ranking"])


@pytest.mark.parametrize(
    ("line", "intent", "decision"),
    [
        (0, "check_balance", "answer"),
        (1, "nlu_fallback", "clarify"),
        (2, "nlu_fallback", "clarify"),
        (3, "check_balance", "answer"),
        (5, "human_handoff", "handoff"),
        (6, "roaming_rates", "answer"),
    ],
)
def test_understands(parsed: list[dict[str, Any]], line: int, intent: str, decision: str) -> None:
    assert (parsed[line]["intent"], parsed[line]["decision"]) == (intent, decision)


def test_a_command_is_text(parsed: list[dict[str, Any]]) -> None:
    assert parsed[4]["intent"] != "restart"
    assert parsed[4]["confidence"] < 1.0


def test_finds_entities(parsed: list[dict[str, Any]]) -> None:
    found = {one["entity"]: one["value"] for one in parsed[8]["entities"]}
    assert found == {"amount": "200", "phone_number": "+380500000012"}


def test_no_training_is_said_plainly(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "bot" / "launch.py"), "parse"],
        input="a\n",
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "train" in result.stderr
    assert result.stdout == ""
