"""Frames that are not valid and texts that are strange, on both sockets.

After each the same connection goes on where the frame could be read at all, nothing is
stored that should not be, and nobody else is delayed.
"""

import asyncio
import contextlib
import json

import pytest

from tests.protocol.sockets import ChatSocket, ConnectionGone, DeskSocket, Frame
from tests.protocol.stage import Stage
from tests.protocol.test_chat import assert_error

UNREADABLE: list[str | bytes] = [
    "",
    " ",
    "{",
    "not JSON",
    '{"type": "message", "id": "x", "text": "a"',
    '{"type": "message", "id": "x", "text": NaN}',
    "[" * 50_000,
    '{"a":' * 9_000,
    "null",
    "true",
    "17",
    '"message"',
    "[]",
    '[{"type": "message", "id": "x", "text": "a"}]',
    '{"type": "message", "id": "x", "text": "\\ud800"}',
    b"\x00\x01\x02",
    b"\xff\xfe",
]

WRONG: list[Frame] = [
    {},
    {"type": None},
    {"type": 1},
    {"type": ["message"]},
    {"type": "message"},
    {"type": "message", "id": "x"},
    {"type": "message", "text": "without id"},
    {"type": "message", "id": None, "text": "a"},
    {"type": "message", "id": 5, "text": "a"},
    {"type": "message", "id": "", "text": "a"},
    {"type": "message", "id": "x" * 10_000, "text": "a"},
    {"type": "message", "id": "x", "text": None},
    {"type": "message", "id": "x", "text": 5},
    {"type": "message", "id": "x", "text": ["a"]},
    {"type": "message", "id": "x", "text": {"a": "b"}},
    {"type": "message", "id": "x", "text": ""},
    {"type": "message", "id": "x", "text": " \n\t "},
    {"type": "message", "id": "x", "text": "\u200b\u200d\ufeff\u2060"},
    {"type": "button", "id": "x"},
    {"type": "button", "id": "x", "payload": 1},
    {"type": "button", "id": "x", "payload": "p" * 50_000},
    {"type": "typing", "text": 5},
    {"type": "read"},
    {"type": "read", "seq": "1"},
    {"type": "read", "seq": -1},
    {"type": "read", "seq": 2**70},
    {"type": "rate"},
    {"type": "rate", "score": 5, "comment": 5},
]

UNKNOWN: list[Frame] = [
    {"type": "shutdown"},
    {"type": "welcome", "visitor": "x"},
    {"type": "event", "seq": 1, "kind": "message"},
    {"type": "accept", "conversation": "x"},
    {"type": "__class__"},
    {"type": ""},
    {"type": "message\x00"},
    {"type": "я" * 1000},
]

WRONG_HELLOS: list[Frame] = [
    {"visitor": 5},
    {"visitor": {}},
    {"visitor": "x" * 60_000},
    {"visitor": "00000000.forged"},
    {"visitor": "../../etc/passwd"},
    {"visitor": "\x00"},
    {"after": "1"},
    {"after": -1},
    {"after": 1.5},
    {"after": [1]},
    {"locale": 5},
    {"page": "x"},
    {"page": {"url": 5}},
    {"identity": 5},
    {"identity": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIrMzgwNTAwMDAwMDAwIn0."},
    {"identity": "a.b.c"},
    {"conversation": 5},
]


def known(value: object) -> str:
    """A short name for a parameter."""
    return repr(value)[:40]


@pytest.mark.parametrize("data", UNREADABLE, ids=known)
async def test_unreadable_frame_on_chat(stage: Stage, data: str | bytes) -> None:
    subscriber, conversation = await stage.waiting()
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=1, conversation=conversation)
        await socket.send_raw(data)
        assert_error(await socket.receive(), "invalid")
        with contextlib.suppress(ConnectionGone):
            await socket.send({"type": "message", "id": "next", "text": "далі"})
            await socket.receive_until("event")
    await subscriber.say("і тут далі")
    assert set(subscriber.texts("subscriber")) <= {"далі", "і тут далі"}


@pytest.mark.parametrize("frame", WRONG, ids=known)
async def test_wrong_frame_on_chat_leaves_the_connection_open(stage: Stage, frame: Frame) -> None:
    subscriber, conversation = await stage.waiting()
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=1, conversation=conversation)
        await socket.send(frame)
        error = await socket.receive_until("error")
        assert error["code"] in ("invalid", "unknown_type", "too_large"), error
        await socket.send({"type": "message", "id": "next", "text": "далі"})
        event = await socket.receive_until("event")
    assert event["text"] == "далі"
    assert event["seq"] == 2


@pytest.mark.parametrize("frame", UNKNOWN, ids=known)
async def test_unknown_type_on_chat(stage: Stage, frame: Frame) -> None:
    subscriber, conversation = await stage.waiting()
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=1, conversation=conversation)
        await socket.send(frame)
        assert_error(await socket.receive_until("error"), "unknown_type")
        await socket.send({"type": "message", "id": "next", "text": "далі"})
        assert (await socket.receive_until("event"))["seq"] == 2


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "message", "id": "x", "text": "зарано"},
        {"type": "human"},
        {"type": "rate", "score": 5},
        {"type": "read", "seq": 1},
    ],
    ids=known,
)
async def test_hello_comes_first(stage: Stage, frame: Frame) -> None:
    async with ChatSocket(stage.site) as socket:
        await socket.send(frame)
        assert_error(await socket.receive(), "hello_first")
        welcome = await socket.greet()
        assert welcome["seq"] == 0
        assert welcome["state"] == "bot"


@pytest.mark.parametrize("fields", WRONG_HELLOS, ids=known)
async def test_wrong_hello_tells_nothing(stage: Stage, fields: Frame) -> None:
    async with ChatSocket(stage.site) as socket:
        await socket.send({"type": "hello", "visitor": None, "after": 0, "locale": "uk"} | fields)
        answer = await socket.receive()
        if answer["type"] == "error":
            assert answer["code"] in ("invalid", "too_large")
            answer = await socket.greet()
        assert answer["seq"] == 0
        assert answer["state"] == "bot"


async def test_visitors_token_is_not_guessed_from_its_parts(stage: Stage) -> None:
    subscriber, conversation = await stage.waiting()
    other = await stage.subscriber()
    real, mine = subscriber.visitor or "", other.visitor or ""
    forgeries = [
        real[:-1] + ("A" if real[-1] != "A" else "B"),
        real[:-5],
        real + "A",
        real.swapcase(),
        real.partition(".")[0],
        real.partition(".")[0] + "." + mine.partition(".")[2],
    ]
    for forged in forgeries:
        async with ChatSocket(stage.site) as socket:
            await socket.send({"type": "hello", "visitor": forged, "after": 0, "locale": "uk"})
            answer = await socket.receive()
            assert answer.get("conversation") != conversation, forged


async def test_second_hello_harms_nothing(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    async with ChatSocket(stage.site) as socket:
        await socket.greet()
        await socket.send({"type": "hello", "visitor": subscriber.visitor, "after": 0})
        await socket.drain(0.3)
    await subscriber.say("усе гаразд")
    assert subscriber.violations == []


VERBATIM = [
    "👍",
    "👨‍👩‍👧‍👦" * 50,
    "مرحبا، رصيدي صفر",
    "\u202eтекст навпаки\u202c",
    "z̷̢͎͗a̸̰͐l̵̰̈g̴̗̈ȯ̵̲" * 20,
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE conversations; --",
    "$1 %s {0} ${jndi:ldap://x} {{7*7}}",
    '{"type": "human"}',
    "рядок\nдругий рядок\n\nчетвертий",
    "/human",
    "нуль\u200bширини",
]


@pytest.mark.parametrize("text", VERBATIM, ids=known)
async def test_text_is_carried_as_it_is(stage: Stage, text: str) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    event = await subscriber.say(text, within=5)
    assert event["text"] == text
    await operator.hear(conversation, text, within=5)
    await operator.send(conversation, text)
    await subscriber.hear(text, within=5)


@pytest.mark.parametrize(
    "text", ["нуль\x00всередині", "\x07дзвінок\x1b[31m", "\ufffe\uffff", "\U0010ffff"]
)
async def test_text_with_controls_is_taken_or_refused_in_words(stage: Stage, text: str) -> None:
    subscriber, _ = await stage.waiting()
    id_ = await subscriber.post(text)
    await subscriber.until(lambda: not subscriber.unacknowledged, within=5)
    if id_ in subscriber.refused:
        assert_error(subscriber.refused[id_], "invalid")
    await subscriber.say("далі", within=5)
    assert subscriber.connections == 1


DESK_WRONG: list[Frame] = [
    {"type": "status"},
    {"type": "accept"},
    {"type": "accept", "conversation": 5},
    {"type": "accept", "conversation": None},
    {"type": "accept", "conversation": ["x"]},
    {"type": "send", "conversation": "OWN"},
    {"type": "send", "conversation": "OWN", "text": "без id"},
    {"type": "send", "conversation": "OWN", "id": 1, "text": "a"},
    {"type": "send", "conversation": "OWN", "id": "x", "text": 5},
    {"type": "send", "conversation": "OWN", "id": "x", "text": ""},
    {"type": "send", "conversation": "OWN", "id": "x", "text": " \u200b "},
    {"type": "note", "conversation": "OWN", "id": "x", "text": None},
    {"type": "close", "conversation": "OWN", "disposition": 5},
    {"type": "close", "conversation": "OWN", "disposition": {"a": 1}},
    {"type": "close", "conversation": "OWN", "disposition": "x" * 50_000},
    {"type": "history", "conversation": "OWN", "before": "no-such-cursor"},
    {"type": "history", "conversation": "OWN", "before": {}},
    {"type": "hello", "after": 5},
]


@pytest.mark.parametrize("frame", DESK_WRONG, ids=known)
async def test_wrong_command_changes_nothing(stage: Stage, frame: Frame) -> None:
    operator = await stage.away_operator()
    await operator.go("online")
    subscriber, conversation = await stage.talking(operator)
    own = {"conversation": conversation} if frame.get("conversation") == "OWN" else {}
    fields = {name: value for name, value in (frame | own).items() if name != "type"}
    async with DeskSocket(stage.desk, operator.cookie) as desk:
        await desk.ask("hello", after=None)
        answer = await desk.ask(frame["type"], **fields)
        assert answer["type"] == "error" or frame["type"] in ("history", "hello"), answer
        assert answer.get("code") in ("invalid", "not_found", "too_large", None), answer
        assert (await desk.ask("history", conversation=conversation, before=None))["type"] == "ok"
    assert len(subscriber.log) == 2
    assert subscriber.state == "assigned"


@pytest.mark.parametrize("data", UNREADABLE, ids=known)
async def test_unreadable_frame_at_the_desk(stage: Stage, data: str | bytes) -> None:
    operator = await stage.operator()
    async with DeskSocket(stage.desk, (await stage.account()).cookie) as desk:
        await desk.ask("hello", after=None)
        await desk.send_raw(data)
        with contextlib.suppress(ConnectionGone):
            while (answer := await desk.receive())["type"] != "error":
                pass
            assert_error(answer, "invalid")
    assert (await operator.go("online"))["type"] == "ok"


async def test_desk_asks_for_hello_first(stage: Stage) -> None:
    async with DeskSocket(stage.desk, (await stage.account()).cookie) as desk:
        answer = await desk.ask("status", status="online")
        assert_error(answer, "hello_first")
        assert (await desk.ask("hello", after=None))["type"] == "welcome"


async def test_desk_does_not_know_what_it_does_not_know(stage: Stage) -> None:
    async with DeskSocket(stage.desk, (await stage.account()).cookie) as desk:
        await desk.ask("hello", after=None)
        assert_error(await desk.ask("shutdown"), "unknown_type")
        assert_error(await desk.ask("hello2"), "unknown_type")


async def test_huge_frame_at_the_desk_delays_nobody(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    async with DeskSocket(stage.desk, (await stage.account()).cookie) as desk:
        await desk.ask("hello", after=None)
        with contextlib.suppress(ConnectionGone):
            await desk.send_raw(json.dumps({"type": "x", "ref": "r", "pad": "a" * 5_000_000}))
            await asyncio.sleep(0.2)
        await operator.send(conversation, "усе йде")
        await subscriber.hear("усе йде", within=1)
