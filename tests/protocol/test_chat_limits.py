"""What a subscriber's socket takes, and what it refuses."""

import asyncio
import contextlib
import time

import aiohttp
import pytest

from tests.protocol.sockets import ChatSocket, ConnectionGone, Frame
from tests.protocol.stage import Stage
from tests.protocol.test_chat import assert_error
from tests.protocol.watched import PATIENCE_SECONDS

FRAME_BYTES = 64 * 1024


@pytest.mark.parametrize("letter", ["я", "a", "👍"])
async def test_message_of_four_thousand_characters_is_taken(stage: Stage, letter: str) -> None:
    subscriber, _ = await stage.waiting()
    event = await subscriber.say(letter * 4000)
    assert event["text"] == letter * 4000


async def test_longer_message_is_refused_and_not_stored(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    id_ = await subscriber.post("я" * 4001)
    await subscriber.until(lambda: id_ in subscriber.refused, within=5)
    assert_error(subscriber.refused[id_], "too_large")
    await subscriber.say("коротше")
    assert subscriber.texts("subscriber") == ["коротше"]


async def test_frame_over_64_kb_is_refused(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=1)
        await socket.send({"type": "message", "id": "big", "text": "a" * FRAME_BYTES})
        frames = await socket.drain(1)
    assert_error(frames[0], "too_large")
    await subscriber.say("далі")
    assert subscriber.texts("subscriber") == ["далі"]


async def test_frame_of_many_megabytes_is_refused(stage: Stage) -> None:
    async with ChatSocket(stage.site) as socket:
        await socket.greet()
        with contextlib.suppress(ConnectionGone):
            await socket.send({"type": "message", "id": "big", "text": "a" * 20_000_000})
            frames = await socket.drain(2)
            assert all(frame["type"] == "error" for frame in frames)
            assert frames == [] or frames[0]["code"] == "too_large"
    subscriber, _ = await stage.waiting()
    await subscriber.say("далі")


class Burst:
    """Messages written at once over one or more sockets, and what became of them."""

    def __init__(self, sockets: list[ChatSocket]) -> None:
        self._sockets = sockets
        self.taken: set[str] = set()
        self.refused: dict[str, Frame] = {}
        self.seconds = 0.0

    async def write(self, count: int) -> None:
        """Write so many messages; return when each is answered."""
        started = time.monotonic()
        for number in range(count):
            socket = self._sockets[number % len(self._sockets)]
            await socket.send({"type": "message", "id": f"m{number}", "text": f"раз {number}"})
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(self.taken) + len(self.refused) < count:
                await asyncio.gather(*(self._read(socket) for socket in self._sockets))
        self.seconds = time.monotonic() - started

    async def _read(self, socket: ChatSocket) -> None:
        for frame in await socket.drain(0.2):
            if frame["type"] == "error":
                self.refused[frame["id"]] = frame
            elif "id" in frame:
                self.taken.add(frame["id"])

    def assert_limited(self) -> None:
        """Twenty were taken, and five more for each second that went by; no other."""
        assert 20 <= len(self.taken) <= 21 + 5 * self.seconds
        assert not self.taken & self.refused.keys()
        for error in self.refused.values():
            assert_error(error, "rate_limited")


async def test_twenty_messages_at_once_are_taken_and_more_refused(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    await asyncio.sleep(0.5)
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=1)
        burst = Burst([socket])
        await burst.write(60)
        burst.assert_limited()
        assert burst.refused
    await asyncio.sleep(1)
    await subscriber.say("тепер можна")
    assert len(subscriber.texts("subscriber")) == len(burst.taken) + 1
    assert subscriber.violations == []


async def test_rate_is_counted_by_visitor_over_all_tabs(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    await asyncio.sleep(0.5)
    async with contextlib.AsyncExitStack() as tabs:
        sockets = [await tabs.enter_async_context(ChatSocket(stage.site)) for _ in range(3)]
        for socket in sockets:
            await socket.greet(visitor=subscriber.visitor, after=1)
        burst = Burst(sockets)
        await burst.write(90)
        burst.assert_limited()
        assert burst.refused


async def test_steady_five_a_second_are_all_taken(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    for number in range(25):
        await subscriber.say(f"раз {number}", within=2)
        await asyncio.sleep(0.2)
    assert subscriber.errors == []


async def test_one_visitor_at_the_limit_does_not_slow_another(stage: Stage) -> None:
    hostile, _ = await stage.waiting()
    other, _ = await stage.waiting()
    for number in range(60):
        await hostile.post(f"раз {number}")
    await other.say("я тут уперше", within=1)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "x"])
async def test_foreign_origin_is_refused_before_the_upgrade(stage: Stage, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await ChatSocket(stage.site, origin=origin).open()
    assert refused.value.status == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_own_origin_is_let_in(stage: Stage, host: str) -> None:
    port = stage.site.rpartition(":")[2]
    async with ChatSocket(stage.site, origin=f"http://{host}:{port}") as socket:
        await socket.greet()


async def test_five_hundred_sockets_an_address_and_no_more(stage: Stage) -> None:
    crowd = "127.0.0.77"
    async with contextlib.AsyncExitStack() as sockets:
        for _ in range(500):
            await sockets.enter_async_context(ChatSocket(stage.site, local_address=crowd))
        assert await is_turned_away(stage, crowd)
        async with ChatSocket(stage.site) as neighbour:
            await neighbour.greet()
    assert not await is_turned_away(stage, crowd)


async def is_turned_away(stage: Stage, address: str) -> bool:
    """Whether a socket from this address is refused, at the upgrade or right after it."""
    try:
        async with ChatSocket(stage.site, local_address=address) as socket:
            await socket.greet()
    except (aiohttp.WSServerHandshakeError, ConnectionGone):
        return True
    return False
