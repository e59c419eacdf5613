"""The patches do what Rasa 3.6.21 does, only faster."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner import dask as rasa_dask
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain

from abonent_bot import performance, project


def test_is_written_for_the_rasa_that_is_installed() -> None:
    assert rasa.__version__ == performance.RASA_VERSION == "3.6.21"


def test_refuses_another_rasa(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa, "__version__", "3.7.0")
    with pytest.raises(RuntimeError, match=r"3\.7\.0"):
        performance.install()


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "city", "value": "kyiv"}], "responses": [{}]},
        {},
    ],
)
def test_accepts_what_an_action_server_may_say(result: dict[str, object]) -> None:
    assert RemoteAction("a", None)._validate_action_result(result)


@pytest.mark.parametrize(
    "result", [{"events": "none"}, {"responses": {}}, {"events": [{"event": "slot"}]}, []]
)
def test_refuses_what_it_may_not(result: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        RemoteAction("a", None)._validate_action_result(result)


def test_finds_the_rules_rasa_finds(model: Path, tmp_path: Path) -> None:
    """For every intent, clarified before or not, before and after the action."""
    runner = load_predict_graph_runner(
        tmp_path, model, LocalModelStorage, rasa_dask.DaskGraphRunner
    )[1]
    policies = [node._component for node in runner._instantiated_nodes.values()]
    (policy,) = [one for one in policies if isinstance(one, RulePolicy)]
    rules = policy.lookup["rules"]
    for key in rules:
        states = [as_seen(state) for state in policy._rule_key_to_state(key)]
        found = policy._get_possible_keys(rules, states)
        assert found == performance._try_each(policy, rules, states)
        assert key in found
    assert len(rules) > 60


def as_seen(state: dict[str, Any]) -> dict[str, Any]:
    """A state of a rule as a conversation has it: JSON knows no tuples."""
    slots = {name: tuple(value) for name, value in state.get("slots", {}).items()}
    return {**state, "slots": slots} if slots else state


def test_tells_an_empty_domain() -> None:
    assert Domain.empty().is_empty()
    assert not Domain.load(str(project.DOMAIN)).is_empty()


def test_runs_the_graph_to_the_same_result(model: Path, tmp_path: Path) -> None:
    """Rasa's own runner, from a fresh copy of its module, is the yardstick."""
    spec = importlib.util.find_spec(rasa_dask.__name__)
    assert spec is not None
    assert spec.loader is not None
    stock = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stock)
    parsed = []
    for name, runner_class in (
        ("stock", stock.DaskGraphRunner),
        ("ours", rasa_dask.DaskGraphRunner),
    ):
        folder = tmp_path / name
        folder.mkdir()
        metadata, runner = load_predict_graph_runner(folder, model, LocalModelStorage, runner_class)
        results = runner.run(
            {PLACEHOLDER_MESSAGE: [UserMessage("скільки на рахунку")], PLACEHOLDER_TRACKER: None},
            targets=[metadata.nlu_target],
        )
        parsed.append(results[metadata.nlu_target][0].as_dict(only_output_properties=True))
    assert stock.DaskGraphRunner.run is not rasa_dask.DaskGraphRunner.run
    assert parsed[0] == parsed[1]
