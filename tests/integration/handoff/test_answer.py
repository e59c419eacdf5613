"""The bot's turns: once, in order, and never without an answer. The bot is a server of its
protocol, so that it can be slow, wrong or dead."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from handoff.domain.events import Message, Parse, StateChanged, Suggestion
from handoff.domain.vocabulary import AuthorKind, Reason, State
from handoff.rasa import RasaBot
from handoff.services import assignment, receive
from handoff.services.answer import Answerer, record_turn
from handoff.services.ports import Profile, Services
from tests.integration.handoff.conftest import Office, visitor

Handler = Callable[[dict[str, str]], Awaitable[object]]


def answer(text: str, **more: object) -> dict[str, object]:
    return {
        "replies": [{"text": text, "buttons": [{"title": "Баланс", "payload": "/check_balance"}]}],
        "decision": "answer",
        "language": "ru",
        "parse": {"intent": "check_balance", "confidence": 0.91, "language": "ru"},
    } | more


class BotServer:
    """Speaks the turn channel; what it says is up to the test."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.reply: Handler = self._echo
        self.url = ""

    async def _echo(self, request: dict[str, str]) -> object:
        return answer(f"ответ на {request.get('text') or request.get('payload')}")

    async def serve(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != "Bearer token":
            return web.Response(status=401)
        body = await request.json()
        self.asked.append(body)
        said = await self.reply(body)
        if isinstance(said, web.Response):
            return said
        return web.Response(text=json.dumps(said), content_type="application/json")


@pytest.fixture
async def bot_server() -> AsyncIterator[BotServer]:
    server = BotServer()
    application = web.Application()
    application.router.add_post("/webhooks/turn/webhook", server.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield server
    await runner.cleanup()


@pytest.fixture
async def answerer(services: Services, bot_server: BotServer) -> AsyncIterator[Answerer]:
    async with aiohttp.ClientSession() as http:
        bot = RasaBot(http, bot_server.url, "token", turn_seconds=services.turn_seconds)
        started = Answerer(services, bot)
        yield started
        await started.stop(within_seconds=10)


async def ask(services: Services, answerer: Answerer, text: str, number: int = 1) -> None:
    receipt = await receive.receive_message(services, visitor(), f"m{number}", text)
    answerer.start(receipt.conversation.id)


async def log_of(services: Services) -> list[object]:
    latest = await services.store.latest_conversation(receive.subscriber_id(visitor().address))
    assert latest is not None
    entries = await services.store.entries_before(latest.id, None, 1_000)
    assert [entry.log for entry in entries] == list(range(1, len(entries) + 1))
    return [entry.event for entry in entries]


def said(events: list[object], kind: AuthorKind) -> list[str]:
    messages = [event for event in events if isinstance(event, Message)]
    return [message.text for message in messages if message.author.kind is kind]


async def settled(services: Services, answerer: Answerer) -> list[object]:
    async with asyncio.timeout(20):
        await answerer.settle()
    now = services.clock.now()
    assert await services.store.conversations_with_due_turns(now + timedelta(hours=1)) == []
    return await log_of(services)


async def test_an_answer_carries_what_was_understood(
    services: Services, answerer: Answerer
) -> None:
    await ask(services, answerer, "баланс")
    _, parse, message = await settled(services, answerer)
    assert isinstance(parse, Parse)
    assert (parse.of, parse.intent, parse.confidence) == (1, "check_balance", 0.91)
    assert isinstance(message, Message)
    assert message.text == "ответ на баланс"
    assert message.buttons[0].payload == "/check_balance"


async def test_many_messages_at_once_are_answered_in_order(
    services: Services, answerer: Answerer
) -> None:
    for number in range(8):
        await ask(services, answerer, str(number), number)
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == [f"ответ на {number}" for number in range(8)]


async def test_two_workers_answer_once(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    async with aiohttp.ClientSession() as http:
        other = Answerer(services, RasaBot(http, bot_server.url, "token", turn_seconds=1))
        await ask(services, answerer, "баланс")
        await asyncio.gather(other.sweep(), answerer.sweep())
        await other.settle()
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == ["ответ на баланс"]
    assert len(bot_server.asked) == 1


async def test_a_dead_workers_turn_is_taken_over_once(
    services: Services, answerer: Answerer
) -> None:
    receipt = await receive.receive_message(services, visitor(), "m1", "баланс")
    conversation = receipt.conversation.id
    long_ago = services.clock.now() - timedelta(minutes=1)
    died = await services.store.claim_turn(
        conversation, lease="dead", now=long_ago, until=long_ago + timedelta(seconds=9)
    )
    assert died is not None
    await answerer.sweep()
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == ["ответ на баланс"]
    # The worker was only slow: what it wants to write now comes too late.
    await record_turn(services, died, None)
    assert await log_of(services) == events


async def slow(_: dict[str, str]) -> object:
    await asyncio.sleep(5)
    return answer("поздно")


async def wrong(_: dict[str, str]) -> object:
    return {"replies": "?"}


async def broken(_: dict[str, str]) -> object:
    return web.Response(status=500, text="boom")


async def silent(_: dict[str, str]) -> object:
    return answer("") | {"replies": []}


@pytest.mark.parametrize("fault", [slow, wrong, broken, silent])
async def test_a_bot_that_fails_hands_over_and_says_so(
    services: Services, answerer: Answerer, bot_server: BotServer, fault: Handler
) -> None:
    bot_server.reply = fault
    await ask(services, answerer, "баланс")
    _, message, state = await settled(services, answerer)
    assert isinstance(message, Message)
    assert message.author.kind is AuthorKind.SYSTEM
    assert isinstance(state, StateChanged)
    assert (state.state, state.reason) == (State.QUEUED, Reason.BOT_FAILURE)
    (entry,) = await services.store.queue()
    assert entry.preview == "баланс"


async def test_a_bot_that_restarts_in_time_is_waited_for(
    services: Services, unused_tcp_port: int
) -> None:
    server = BotServer()
    application = web.Application()
    application.router.add_post("/webhooks/turn/webhook", server.serve)
    runner = web.AppRunner(application)
    await runner.setup()
    async with aiohttp.ClientSession() as http:
        bot = RasaBot(http, f"http://127.0.0.1:{unused_tcp_port}", "token", turn_seconds=3)
        late = Answerer(services, bot)
        await ask(services, late, "баланс")
        await asyncio.sleep(0.4)
        await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
        events = await settled(services, late)
    await runner.cleanup()
    assert said(events, AuthorKind.BOT) == ["ответ на баланс"]


async def test_the_bot_hands_over_after_what_it_says(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    async def hand_over(_: dict[str, str]) -> object:
        return answer("зову человека", decision="handoff", reason="user_request")

    bot_server.reply = hand_over
    await ask(services, answerer, "оператора")
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == ["зову человека"]
    assert isinstance(events[-1], StateChanged)
    assert events[-1].reason is Reason.USER_REQUEST
    assert events[-1].position == 1


async def test_while_a_person_has_it_the_bot_only_suggests(
    services: Services, answerer: Answerer, bot_server: BotServer, office: Office
) -> None:
    conversation = await receive.request_person(services, visitor())
    await assignment.accept(services, await office.hire("anna"), conversation.id)
    await ask(services, answerer, "баланс")
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == []
    assert isinstance(events[-1], Suggestion)
    assert bot_server.asked[-1]["mode"] == "suggest"


async def test_an_answer_that_comes_after_the_handoff_is_not_said(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    asked = asyncio.Event()
    go_on = asyncio.Event()

    async def waits(_: dict[str, str]) -> object:
        asked.set()
        await go_on.wait()
        return answer("поздно")

    bot_server.reply = waits
    await ask(services, answerer, "баланс")
    await asked.wait()
    await receive.request_person(services, visitor())
    go_on.set()
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == []


async def test_a_pressed_button_goes_to_the_bot_as_its_payload(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    await ask(services, answerer, "баланс")
    await settled(services, answerer)
    receipt = await receive.press_button(services, visitor(), "b1", "/check_balance")
    answerer.start(receipt.conversation.id)
    events = await settled(services, answerer)
    assert bot_server.asked[-1]["payload"] == "/check_balance"
    assert said(events, AuthorKind.SUBSCRIBER) == ["баланс", "Баланс"]


async def test_a_number_proved_to_the_bot_is_shown_to_operators_and_vouched_for_by_nobody(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    async def proves(_: dict[str, str]) -> object:
        return {**answer("готово"), "slots": {"verified_number": "+380500000001"}}

    bot_server.reply = proves
    await ask(services, answerer, "123456")
    await settled(services, answerer)
    conversation = await receive.request_person(services, visitor())
    view = await services.store.view(conversation.id)
    assert view is not None
    assert view.subscriber.number == "+380500000001"
    (entry,) = await services.store.queue()
    assert entry.subscriber.number == "+380500000001"
    # What was proved for half an hour is no word of the channel's own.
    await ask(services, answerer, "баланс", 2)
    await settled(services, answerer)
    assert bot_server.asked[-1]["number"] is None


async def test_the_bot_hears_of_the_number_a_site_vouches_for(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    known = replace(visitor(), profile=Profile(number="+380500000002"))
    receipt = await receive.receive_message(services, known, "m1", "баланс")
    answerer.start(receipt.conversation.id)
    await settled(services, answerer)
    assert bot_server.asked[-1]["number"] == "+380500000002"
    assert bot_server.asked[-1]["subscriber"] == receipt.subscriber


async def test_typed_text_is_never_a_payload(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    await ask(services, answerer, "/check_balance")
    await settled(services, answerer)
    assert bot_server.asked[-1]["text"] == "/check_balance"
    assert "payload" not in bot_server.asked[-1]


async def test_a_stopping_worker_gives_back_what_it_cannot_finish(
    services: Services, answerer: Answerer, bot_server: BotServer
) -> None:
    async with aiohttp.ClientSession() as http:
        dying = Answerer(services, RasaBot(http, bot_server.url, "token", turn_seconds=30))
        asked = asyncio.Event()

        async def hangs(request: dict[str, str]) -> object:
            asked.set()
            return await slow(request)

        usual, bot_server.reply = bot_server.reply, hangs
        await ask(services, dying, "баланс")
        await asked.wait()
        await dying.stop(within_seconds=0.05)
    bot_server.reply = usual
    await answerer.sweep()
    events = await settled(services, answerer)
    assert said(events, AuthorKind.BOT) == ["ответ на баланс"]
