"""Faster replacements for four places in Rasa 3.6.21, each with the same result.

* ``RemoteAction._validate_action_result`` checks its own constant schema on every call, which
  costs some 50 ms of the event loop; the validator is built once here.
* ``Domain.is_empty`` renders the whole domain and an empty one on every parse.
* ``DaskGraphRunner.run`` builds and schedules a dask graph three times a turn for what is a walk
  through nodes in a fixed order.

* ``RulePolicy._get_possible_keys`` tries every rule on every prediction; here only those whose last
  step is the message or the action the conversation has just come to.

``tests/bot/test_performance.py`` pins each to the version it was written for.
"""

from __future__ import annotations

from typing import Any, Optional

import rasa
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import PREVIOUS_ACTION, RULE_SNIPPET_ACTION_NAME, USER
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

RASA_VERSION = "3.6.21"


def install() -> None:
    """Put the replacements in place.

    Raises:
        RuntimeError: another version of Rasa is installed.
    """
    if rasa.__version__ != RASA_VERSION:
        raise RuntimeError(f"these patches are for Rasa {RASA_VERSION}, not {rasa.__version__}")
    setattr(RemoteAction, "_validate_action_result", _validate_action_result)
    setattr(Domain, "is_empty", _is_empty)
    setattr(DaskGraphRunner, "run", _run)
    setattr(RulePolicy, "_get_possible_keys", _get_possible_keys)


_RESULT_VALIDATOR = Draft202012Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    _RESULT_VALIDATOR.validate(result)
    return True


def _is_empty(self: Domain) -> bool:
    found: bool | None = getattr(self, "_abonent_is_empty", None)
    if found is None:
        found = bool(self.as_dict() == Domain.empty().as_dict())
        setattr(self, "_abonent_is_empty", found)
    return found


Step = tuple[Optional[str], Optional[str]]
"""What a state of a rule is about: an intent, the action before it, either may be left open."""

_try_each = RulePolicy._get_possible_keys


def _get_possible_keys(
    self: RulePolicy, lookup: dict[str, str], states: list[dict[str, Any]]
) -> set[str]:
    if not states:
        return _try_each(self, lookup, states)
    intent, action = _step(states[-1])
    steps = {(intent, action), (intent, None), (None, action), (None, None)}
    by_step = _by_last_step(self, lookup)
    fitting = {key: lookup[key] for step in steps for key in by_step.get(step, ())}
    return _try_each(self, fitting, states)


def _by_last_step(policy: RulePolicy, lookup: dict[str, str]) -> dict[Step, list[str]]:
    indexes: dict[tuple[int, int], dict[Step, list[str]]] = policy.__dict__.setdefault(
        "_abonent_steps", {}
    )
    # While rules are learnt the look-up still grows.
    which = (id(lookup), len(lookup))
    if which not in indexes:
        index: dict[Step, list[str]] = {}
        for key in lookup:
            index.setdefault(_step(policy._rule_key_to_state(key)[-1]), []).append(key)
        indexes[which] = index
    return indexes[which]


def _step(state: dict[str, Any]) -> Step:
    action = (state.get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
    is_open = action == RULE_SNIPPET_ACTION_NAME
    return (state.get(USER) or {}).get(INTENT), None if is_open else action


Plan = list[tuple[str, Any, tuple[str, ...]]]


def _run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    wanted = tuple(targets or self._graph_schema.target_names)
    results = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, node, needs in _plan(self, wanted):
            results[name] = node(*(results.get(need, need) for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return {name: results[name][1] for name in wanted}


def _plan(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> Plan:
    plans: dict[tuple[str, ...], Plan] = runner.__dict__.setdefault("_abonent_plans", {})
    if wanted not in plans:
        schema = runner._graph_schema.minimal_graph_schema(list(wanted))
        plans[wanted] = [
            (name, runner._instantiated_nodes[name], tuple(schema.nodes[name].needs.values()))
            for name in _in_order(schema)
        ]
    return plans[wanted]


def _in_order(schema: GraphSchema) -> list[str]:
    ordered: list[str] = []

    def visit(name: str) -> None:
        if name in ordered or name not in schema.nodes:
            return
        for need in schema.nodes[name].needs.values():
            visit(need)
        ordered.append(name)

    for name in schema.nodes:
        visit(name)
    return ordered
