"""A subscriber's connection that is cut, or goes silent, in the middle of a conversation."""

import asyncio

import pytest

from tests.breaking.proxy import Wire
from tests.breaking.traffic import Relayed
from tests.protocol.clients import SubscriberClient
from tests.protocol.stage import Stage

pytestmark = pytest.mark.breaking


async def talking_over(wire: Wire, stage: Stage) -> Relayed:
    """A subscriber at the far end of a wire, with an operator."""
    operator = await stage.operator()
    subscriber = SubscriberClient(wire.site)
    await subscriber.start()
    await subscriber.ask_for_person()
    conversation = subscriber.conversation or ""
    await operator.see_waiting(conversation)
    await operator.accept(conversation)
    await subscriber.reach("assigned")
    return Relayed(subscriber, operator, conversation)


async def test_cut_connection_loses_and_doubles_nothing(stage: Stage) -> None:
    async with Wire(stage.system.settings.port) as wire:
        talk = await talking_over(wire, stage)
        stopped = asyncio.Event()
        running = asyncio.create_task(talk.go_on(stopped))
        for pause in (0.05, 0.4, 0.13, 0.7, 0.21, 0.02, 0.5):
            await asyncio.sleep(pause)
            wire.cut()
        stopped.set()
        await running
        await talk.verify()
        assert talk.subscriber.connections > 3
        await talk.subscriber.stop()


async def test_silent_connection_loses_nothing_once_it_is_given_up(stage: Stage) -> None:
    async with Wire(stage.system.settings.port) as wire:
        talk = await talking_over(wire, stage)
        stopped = asyncio.Event()
        running = asyncio.create_task(talk.go_on(stopped))
        await asyncio.sleep(1)
        wire.silence()
        await asyncio.sleep(2)
        wire.cut()
        wire.restore()
        await asyncio.sleep(1)
        stopped.set()
        await running
        await talk.verify()
        await talk.subscriber.stop()
