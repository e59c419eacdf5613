"""Understand messages with a trained model, without a server and without policies."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from abonent_bot import project
from abonent_bot.operator_data import operator_from
from abonent_bot.turn import told_parse
from components.text import defused


class Understanding:
    """The NLU half of a model."""

    def __init__(self, model: Path) -> None:
        with tempfile.TemporaryDirectory() as directory:
            storage, metadata = LocalModelStorage.from_model_archive(Path(directory), model)
            self._target = metadata.nlu_target
            schema = metadata.predict_schema.minimal_graph_schema([self._target])
            context = ExecutionContext(graph_schema=schema, model_id=metadata.model_id)
            self._runner = DaskGraphRunner.create(schema, storage, context)
        self._language = operator_from(str(project.OPERATOR)).default_language

    def raw(self, text: str) -> dict[str, Any]:
        """Return everything the components found out about one message."""
        results = self._runner.run(
            inputs={
                PLACEHOLDER_MESSAGE: [UserMessage(defused(text))],
                PLACEHOLDER_TRACKER: None,
            },
            targets=[self._target],
        )
        parsed: dict[str, Any] = results[self._target][0].as_dict(only_output_properties=True)
        return parsed

    def parse(self, text: str) -> dict[str, Any]:
        """Return what ``abonent nlu parse`` prints for one message."""
        parsed = self.raw(text)
        intent = parsed["intent"]
        told = told_parse(parsed, intent["name"], intent["confidence"], self._language)
        return {"text": text, **told, "decision": parsed["decision"]}

    def parse_lines(self, lines: Iterable[str]) -> Iterator[str]:
        """Return one JSON line for each line."""
        for line in lines:
            yield json.dumps(self.parse(line.rstrip("\r\n")), ensure_ascii=False)
