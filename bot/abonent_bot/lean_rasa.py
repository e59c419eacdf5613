"""Let Rasa 3.6.21 run without TensorFlow, and without the channels this bot does not use.

Rasa imports TensorFlow, scikit-learn and a dozen messengers' libraries for parts that are never
reached here. The modules below stand in for exactly those imports: each offers the names Rasa
mentions in lists and ``isinstance`` checks and nothing that works. They must be installed before
``rasa`` is imported.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from types import ModuleType
from typing import Sequence

STAND_INS: dict[str, tuple[str, ...]] = {
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.core.policies.unexpected_intent_policy": ("UnexpecTEDIntentPolicy",),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    "rasa.utils.tensorflow.model_data": (
        "Data",
        "FeatureArray",
        "FeatureSignature",
        "RasaModelData",
        "ragged_array_to_ndarray",
    ),
    "rasa.core.channels.botframework": ("BotFrameworkInput",),
    "rasa.core.channels.callback": ("CallbackInput",),
    "rasa.core.channels.facebook": ("FacebookInput",),
    "rasa.core.channels.hangouts": ("HangoutsInput",),
    "rasa.core.channels.mattermost": ("MattermostInput",),
    "rasa.core.channels.rasa_chat": ("RasaChatInput",),
    "rasa.core.channels.rocketchat": ("RocketChatInput",),
    "rasa.core.channels.slack": ("SlackInput",),
    "rasa.core.channels.socketio": ("SocketIOInput", "SocketBlueprint"),
    "rasa.core.channels.telegram": ("TelegramInput",),
    "rasa.core.channels.twilio": ("TwilioInput",),
    "rasa.core.channels.twilio_voice": ("TwilioVoiceInput",),
    "rasa.core.channels.webexteams": ("WebexTeamsInput",),
}
COMPONENTS_MODULE = "rasa.engine.recipes.default_components"


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers the imports named in STAND_INS and leaves every other to Python."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname in STAND_INS or fullname == COMPONENTS_MODULE:
            return importlib.util.spec_from_loader(fullname, self)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return ModuleType(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == COMPONENTS_MODULE:
            # Rasa registers its whole catalogue on start; the policy is all this bot takes from it.
            from rasa.core.policies.memoization import MemoizationPolicy
            from rasa.core.policies.rule_policy import RulePolicy

            setattr(module, "DEFAULT_COMPONENTS", [RulePolicy, MemoizationPolicy])
            return
        for name in STAND_INS[module.__name__]:
            setattr(module, name, _stand_in(name, module.__name__))


def _stand_in(name: str, module: str) -> type:
    # Rasa lists its channels by what their ``name()`` says.
    return type(name, (), {"__module__": module, "name": classmethod(lambda cls: cls.__name__)})


def install() -> None:
    """Put the stand-ins in front of Python's own importers.

    Raises:
        RuntimeError: Rasa was imported already, so it is too late.
    """
    if any(isinstance(finder, _StandInFinder) for finder in sys.meta_path):
        return
    if any(name in sys.modules for name in STAND_INS):
        raise RuntimeError("lean_rasa.install() must run before rasa is imported")
    sys.meta_path.insert(0, _StandInFinder())
