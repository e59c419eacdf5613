"""Faster replacements for three places in Rasa 3.6.21, each with the same result.

* ``RemoteAction._validate_action_result`` checks its own constant schema on every call, which
  costs some 50 ms of the event loop; the validator is built once here.
* ``Domain.is_empty`` renders the whole domain and an empty one on every parse.
* ``DaskGraphRunner.run`` builds and schedules a dask graph three times a turn for what is a walk
  through nodes in a fixed order.

``tests/bot/test_performance.py`` pins each to the version it was written for.
"""

from __future__ import annotations

from typing import Any

import rasa
from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain

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
