"""Rasa without the libraries nothing here needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

CHECK = """
import sys
sys.path.insert(0, "bot")
from abonent_bot import lean_rasa
lean_rasa.install()
import rasa.model_training, rasa.core.processor, rasa.validator
heavy = {"tensorflow", "sklearn", "aiogram", "slack_sdk"}
print(sorted(heavy & set(sys.modules)))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False
    )


def test_imports_none_of_them() -> None:
    assert run(CHECK).stdout.strip() == "[]"


def test_says_when_it_comes_too_late() -> None:
    code = "import sys; sys.path.insert(0, 'bot')\n"
    code += "sys.modules['rasa.core.policies.ted_policy'] = sys\n"
    code += "from abonent_bot import lean_rasa; lean_rasa.install()"
    assert "before rasa is imported" in run(code).stderr


@pytest.mark.parametrize("name", ["tensorflow", "tensorflow_text", "keras"])
def test_tensorflow_is_not_even_installed(name: str) -> None:
    assert run(f"import {name}").returncode != 0
