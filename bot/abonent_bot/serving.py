"""The bot's server: the turn channel and nothing else, on Sanic as Rasa has it."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

from rasa import __version__ as rasa_version
from rasa.core.channels.channel import register
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from abonent_bot import performance, project
from abonent_bot.answers import Answers
from abonent_bot.operator_data import operator_from
from abonent_bot.thresholds import thresholds_of
from abonent_bot.tracker_store import CompactTrackerStore
from abonent_bot.turn import TurnRunner
from abonent_bot.turn_channel import TurnChannel

logger = logging.getLogger(__name__)


class NotConfigured(Exception):
    """The server cannot start as it is configured; the message says what to set."""


class NoModel(Exception):
    """There is no model to take into use; the message says why."""


def serve(model: Path, host: str, port: int) -> None:
    """Serve the model until told to stop.

    Raises:
        NotConfigured: a variable is missing or Rasa fell back to another store.
        NoModel: the model's file is damaged.
    """
    app = make_app(model, _required("RASA_TOKEN"))
    app.run(
        host=host, port=port, access_log=False, motd=False, debug=False, register_sys_signals=True
    )


def make_app(model: Path, token: str) -> Sanic:
    """Build the server around a trained model."""
    for name in ("REDIS_URL", "ACTIONS_URL"):
        _required(name)
    performance.install()
    models = Models()
    app = Sanic("abonent_bot", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = 75
    app.config.FALLBACK_ERROR_FORMAT = "json"
    channel = TurnChannel(models.use(models.load(model)), models.store.values, token)
    register([channel], app, route="/webhooks/")
    _add_probes(app, channel)
    _add_swap(app, channel, models)
    app.error_handler.add(Exception, _tell_error)
    return app


def _tell_error(request: Request, error: Exception) -> HTTPResponse:
    status = getattr(error, "status_code", 500)
    if status >= 500:
        logger.error("%s failed", request.path, exc_info=error)
    return json({"error": type(error).__name__}, status=status)


class Models:
    """Loads models around one store, so that conversations go on from one model to the next."""

    def __init__(self) -> None:
        endpoints = AvailableEndpoints.read_endpoints(str(project.ENDPOINTS))
        store = TrackerStore.create(endpoints.tracker_store)
        generator = NaturalLanguageGenerator.create(endpoints.nlg, Domain.empty())
        # Rasa goes on with a store in memory when it cannot find the configured class.
        if not isinstance(store, CompactTrackerStore):
            raise NotConfigured(
                f"endpoints.yml gives a {type(store).__name__}, not the bot's store"
            )
        if not isinstance(generator, Answers):
            raise NotConfigured(
                f"endpoints.yml gives a {type(generator).__name__}, not the answers"
            )
        self.store = store
        self._generator = generator
        self._actions = endpoints.action
        self._locks = InMemoryLockStore()
        self._read_at_start = project.fingerprint_at_start()

    def newest(self) -> Path:
        """Return the model of the data as it is now.

        Raises:
            NoModel: none has been trained, or it is made with what this server has not read.
        """
        if project.fingerprint_at_start() != self._read_at_start:
            raise NoModel("the bot's code or the operator's file has changed: restart the bot")
        path = project.model_path(project.Folders.from_environment())
        if not path.exists():
            raise NoModel("no model fits the data: train one")
        return path

    def load(self, model: Path) -> MessageProcessor:
        """Load a model beside the one in use; takes seconds, in any thread.

        Raises:
            NoModel: the file is damaged.
        """
        try:
            return MessageProcessor(
                model, self.store, self._locks, self._generator, action_endpoint=self._actions
            )
        except Exception as error:
            # Whatever part of Rasa stumbles over a broken archive raises what it likes.
            logger.exception("%s cannot be read", model)
            raise NoModel(
                f"{model.name} cannot be read ({type(error).__name__}): delete it and train again"
            ) from error

    def use(self, processor: MessageProcessor) -> TurnRunner:
        """Let the next turns be taken by a loaded model."""
        self.store.domain = processor.domain
        self._generator.responses = processor.domain.responses
        language = operator_from(str(project.OPERATOR)).default_language
        return TurnRunner(processor, thresholds_of(project.CONFIG), language)


def _add_swap(app: Sanic, channel: TurnChannel, models: Models) -> None:
    one_at_a_time = asyncio.Lock()

    @app.put("/model")
    async def swap(request: Request) -> HTTPResponse:
        """Take the model that fits the data into use; turns are answered all the while."""
        if not channel.is_authorised(request):
            return json({"error": "a bearer token is needed"}, status=401)
        loop = asyncio.get_running_loop()
        async with one_at_a_time:
            try:
                path = await loop.run_in_executor(None, models.newest)
                processor = await loop.run_in_executor(None, models.load, path)
            except NoModel as error:
                return json({"error": str(error)}, status=409)
            channel.runner = models.use(processor)
        logger.info("now with %s", channel.runner.model)
        return json({"model": channel.runner.model})


def _add_probes(app: Sanic, channel: TurnChannel) -> None:
    @app.get("/healthz")
    async def healthz(request: Request) -> HTTPResponse:
        return json({"status": "ok", "model": channel.runner.model})

    @app.get("/version")
    async def version(request: Request) -> HTTPResponse:
        return json({"version": rasa_version, "model": channel.runner.model})

    @app.get("/status")
    async def status(request: Request) -> HTTPResponse:
        if not channel.is_authorised(request):
            return json({"error": "a bearer token is needed"}, status=401)
        return json({"model": channel.runner.model, "pid": os.getpid()})


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise NotConfigured(f"{name} is not set")
    return value
