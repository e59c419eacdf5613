"""The operators' WebSocket: signing in, the queue, the commands and their refusals."""

import asyncio

import aiohttp
import pytest
import websockets

from tests.protocol.clients import OperatorClient, Refused
from tests.protocol.sockets import ConnectionGone, DeskSocket, Frame
from tests.protocol.stage import Stage
from tests.protocol.test_chat import assert_utc

ENTRY = {
    "conversation",
    "channel",
    "subscriber",
    "language",
    "reason",
    "skill",
    "priority",
    "since",
    "summary",
}


async def assert_refused(operator: OperatorClient, code: str, type_: str, **fields: object) -> None:
    """A command is answered with an error of this code, in words, with its reference."""
    with pytest.raises(Refused) as refused:
        await operator.command(type_, **fields)
    assert refused.value.code == code
    assert refused.value.frame["message"]


async def test_hello_is_answered_by_a_welcome_with_its_reference(stage: Stage) -> None:
    async with DeskSocket(stage.desk, (await stage.account()).cookie) as desk:
        welcome = await desk.ask("hello", after=None)
    assert welcome["type"] == "welcome"
    assert welcome["ref"] == "asked"
    assert {"id", "name", "role"} <= welcome["operator"].keys()
    assert welcome["operator"]["role"] == "operator"
    assert isinstance(welcome["queue"], list)
    assert welcome["conversations"] == []
    assert "cursor" in welcome


async def test_bad_cookie_is_refused_before_the_upgrade(stage: Stage) -> None:
    name = (await stage.account()).cookie.partition("=")[0]
    with pytest.raises(websockets.InvalidStatus) as refused:
        await DeskSocket(stage.desk, f"{name}=forged").open()
    assert refused.value.response.status_code == 401


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
async def test_foreign_origin_is_refused_before_the_upgrade(stage: Stage, origin: str) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await DeskSocket(stage.desk, (await stage.account()).cookie, origin=origin).open()
    assert refused.value.response.status_code == 403


async def test_own_origin_is_let_in(stage: Stage) -> None:
    origin = f"http://localhost:{stage.system.settings.port}"
    async with DeskSocket(stage.desk, (await stage.account()).cookie, origin=origin) as desk:
        assert (await desk.ask("hello", after=None))["type"] == "welcome"


@pytest.mark.parametrize("ticket", ["", "forged", "a.b.c", "я" * 5000, None])
async def test_bad_ticket_is_closed_with_4401(stage: Stage, ticket: str | None) -> None:
    async with DeskSocket(stage.desk) as desk:
        with pytest.raises(ConnectionGone) as gone:
            await desk.ask("hello", after=None, ticket=ticket)
    assert gone.value.code == 4401


async def test_ticket_signs_in_without_a_cookie(stage: Stage) -> None:
    headers = {"Cookie": (await stage.account()).cookie}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.get(f"{stage.site}/api/ticket") as response,
    ):
        assert response.status == 200
        ticket = (await response.json())["ticket"]
    async with DeskSocket(stage.desk) as desk:
        welcome = await desk.ask("hello", after=None, ticket=ticket)
    assert welcome["type"] == "welcome"


async def test_entry_of_the_queue_is_whole(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber = await stage.subscriber(locale="en")
    await subscriber.ask_for_person()
    entry = await operator.see_waiting(subscriber.conversation or "", within=3)
    assert entry.keys() >= ENTRY
    assert entry["channel"] == "web"
    assert entry["reason"] == "user_request"
    assert entry["language"] in ("ru", "uk", "en")
    assert entry["skill"] is None
    assert isinstance(entry["priority"], int)
    assert isinstance(entry["summary"], str)
    assert_utc(entry["since"])
    fresh = await stage.operator()
    assert fresh.queue[subscriber.conversation or ""] == entry


async def test_changed_entry_comes_whole(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.waiting()
    before = await operator.see_waiting(conversation)
    await subscriber.say("алло, ви тут?")
    await operator.until(lambda: operator.queue[conversation] != before, within=3)
    assert operator.queue[conversation].keys() >= ENTRY


async def test_accepted_conversation_leaves_everybodys_queue(stage: Stage) -> None:
    one, other = await stage.operator(), await stage.operator()
    subscriber, conversation = await stage.waiting()
    await one.see_waiting(conversation)
    await other.see_waiting(conversation)
    assert (await one.accept(conversation))["type"] == "ok"
    await one.see_gone(conversation, within=3)
    await other.see_gone(conversation, within=3)
    await subscriber.reach("assigned", within=3)
    await one.until(lambda: one.events_of(conversation, "state"), within=3)
    assert other.events_of(conversation) == []


async def test_past_is_not_sent_with_accepting(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.waiting()
    await subscriber.say("сказано до прийняття")
    await operator.accept(conversation)
    await subscriber.reach("assigned")
    await subscriber.say("сказано після")
    await operator.until(lambda: operator.texts(conversation) == ["сказано після"], within=3)
    history = await operator.whole_history(conversation)
    assert [event["text"] for event in history if event["kind"] == "message"] == [
        "сказано до прийняття",
        "сказано після",
    ]


async def test_relay_both_ways_in_order(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    for number in range(15):
        await subscriber.post(f"питання {number}")
    for number in range(15):
        await operator.send(conversation, f"відповідь {number}")
    await subscriber.hear("відповідь 14")
    await operator.until(lambda: len(operator.texts(conversation)) == 15)
    assert operator.texts(conversation) == [f"питання {n}" for n in range(15)]
    assert subscriber.texts("operator") == [f"відповідь {n}" for n in range(15)]
    event = next(event for event in subscriber.log if event.get("text") == "відповідь 0")
    assert event["author"]["kind"] == "operator"
    assert event["author"]["name"]


async def test_event_of_an_own_conversation_is_as_on_chat(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    said = await subscriber.say("слово в слово")
    event = await operator.until(lambda: operator.events_of(conversation, "message"))
    for field in ("type", "seq", "at", "kind", "text", "id"):
        assert event[0][field] == said[field]
    assert event[0]["author"]["kind"] == "subscriber"
    assert event[0]["conversation"] == conversation
    assert "cursor" in event[0]


async def test_same_id_sent_again_is_delivered_once(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    for _ in range(3):
        await operator.send(conversation, "один раз", id_="s1")
    await asyncio.gather(*(operator.send(conversation, "разом", id_="s2") for _ in range(5)))
    await operator.send(conversation, "кінець")
    await subscriber.hear("кінець")
    assert subscriber.texts("operator") == ["один раз", "разом", "кінець"]


async def test_same_note_sent_again_is_stored_once(stage: Stage) -> None:
    operator = await stage.operator()
    _, conversation = await stage.talking(operator)
    for _ in range(3):
        await operator.command("note", conversation=conversation, id="n1", text="паспорт звірено")
    notes = [e for e in await operator.whole_history(conversation) if e["kind"] == "note"]
    assert [note["text"] for note in notes] == ["паспорт звірено"]
    await operator.until(lambda: operator.events_of(conversation, "note"))


async def test_long_answer_of_an_operator_is_taken_up_to_its_limit(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.send(conversation, "я" * 16_000)
    await subscriber.hear("я" * 16_000)
    with pytest.raises(Refused) as refused:
        await operator.send(conversation, "я" * 16_001)
    assert refused.value.code in ("too_large", "invalid")


async def test_second_to_accept_is_told_that_it_is_taken(stage: Stage) -> None:
    one, other = await stage.operator(), await stage.operator()
    _, conversation = await stage.waiting()
    await one.see_waiting(conversation)
    await one.accept(conversation)
    await assert_refused(other, "taken", "accept", conversation=conversation)
    assert (await one.accept(conversation))["type"] == "ok"


async def test_of_ten_who_accept_at_once_one_wins(stage: Stage) -> None:
    operators = [await stage.operator() for _ in range(10)]
    subscriber, conversation = await stage.waiting()
    for operator in operators:
        await operator.see_waiting(conversation)
    answers = await asyncio.gather(
        *(operator.accept(conversation) for operator in operators), return_exceptions=True
    )
    codes = [answer.code if isinstance(answer, Refused) else "ok" for answer in answers]
    assert sorted(codes) == ["ok"] + ["taken"] * 9
    await subscriber.reach("assigned")
    assert [e["state"] for e in subscriber.log if e["kind"] == "state"] == ["queued", "assigned"]


async def test_capacity_is_the_limit(stage: Stage) -> None:
    operator = await stage.operator(capacity=2)
    waiting = [(await stage.waiting())[1] for _ in range(3)]
    for conversation in waiting[:2]:
        await operator.accept(conversation)
    await assert_refused(operator, "capacity", "accept", conversation=waiting[2])
    await operator.command("close", conversation=waiting[0], disposition="solved")
    await operator.accept(waiting[2])


async def test_capacity_is_five_at_first(stage: Stage) -> None:
    operator = await stage.away_operator(skill="never-said-a-capacity")
    await operator.go("online")
    waiting = [(await stage.waiting())[1] for _ in range(6)]
    for conversation in waiting[:5]:
        await operator.accept(conversation)
    await assert_refused(operator, "capacity", "accept", conversation=waiting[5])


@pytest.mark.parametrize("capacity", [0, 51, -1, 2.5, "5", True, [1]])
async def test_capacity_out_of_bounds_is_refused(stage: Stage, capacity: object) -> None:
    operator = await stage.away_operator()
    await assert_refused(operator, "invalid", "status", status="online", capacity=capacity)


@pytest.mark.parametrize("status", ["away", "offline", None])
async def test_who_is_not_online_does_not_accept(stage: Stage, status: str | None) -> None:
    operator = await stage.away_operator()
    if status is not None:
        await operator.go("online")
        await operator.go(status)
    _, conversation = await stage.waiting()
    await assert_refused(operator, "not_online", "accept", conversation=conversation)


@pytest.mark.parametrize("status", ["busy", "", None, 1, ["online"]])
async def test_unknown_status_is_refused(stage: Stage, status: object) -> None:
    operator = await stage.away_operator()
    await assert_refused(operator, "invalid", "status", status=status)


COMMANDS: list[tuple[str, Frame]] = [
    ("send", {"id": "x", "text": "чуже"}),
    ("note", {"id": "x", "text": "чуже"}),
    ("transfer", {"to": {"skill": "roaming"}}),
    ("return_to_bot", {}),
    ("close", {"disposition": "solved"}),
]


@pytest.mark.parametrize(("type_", "fields"), COMMANDS, ids=[c for c, _ in COMMANDS])
async def test_conversation_of_another_is_not_touched(
    stage: Stage, type_: str, fields: Frame
) -> None:
    owner, other = await stage.operator(), await stage.operator()
    subscriber, conversation = await stage.talking(owner)
    await assert_refused(other, "not_yours", type_, conversation=conversation, **fields)
    await owner.send(conversation, "моє")
    await subscriber.hear("моє")
    assert [event["seq"] for event in subscriber.log] == [1, 2, 3]


@pytest.mark.parametrize(
    ("type_", "fields"),
    [*COMMANDS, ("accept", {}), ("history", {"before": None})],
    ids=[*(c for c, _ in COMMANDS), "accept", "history"],
)
@pytest.mark.parametrize(
    "conversation", ["no-such", "00000000-0000-0000-0000-000000000000", "'; --", "\x00", "я" * 9999]
)
async def test_unknown_conversation_is_not_found(
    stage: Stage, type_: str, fields: Frame, conversation: str
) -> None:
    operator = await stage.operator()
    with pytest.raises(Refused) as refused:
        await operator.command(type_, conversation=conversation, **fields)
    assert refused.value.code in ("not_found", "invalid")


async def test_returned_conversation_is_the_bots(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.command("return_to_bot", conversation=conversation)
    await subscriber.reach("bot", within=3)
    await operator.until(lambda: operator.events_of(conversation, "state")[-1]["state"] == "bot")
    await assert_refused(
        operator, "not_yours", "send", conversation=conversation, id="x", text="ні"
    )


@pytest.mark.parametrize("disposition", ["solved", "своїми словами", "<b>інше</b>"])
async def test_conversation_is_closed_with_a_disposition(stage: Stage, disposition: str) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.command("close", conversation=conversation, disposition=disposition)
    await subscriber.reach("closed", within=3)
    await assert_refused(
        operator, "not_yours", "send", conversation=conversation, id="x", text="ні"
    )


@pytest.mark.parametrize("page", [3, 7])
async def test_history_is_read_page_by_page(stage: Stage, page: int) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    for number in range(20):
        await operator.send(conversation, f"рядок {number}")
    await subscriber.hear("рядок 19")
    whole = await operator.whole_history(conversation)
    assert [event["seq"] for event in whole] == list(range(1, 23))
    before = whole[page]["cursor"]
    part = await operator.history(conversation, before=before)
    assert part == whole[:page]
    assert await operator.history(conversation, before=whole[0]["cursor"]) == []


async def test_history_of_any_length_is_read_to_its_beginning(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    for number in range(450):
        await operator.send(conversation, f"рядок {number}")
    await subscriber.hear("рядок 449")
    whole = await operator.whole_history(conversation)
    texts = [event["text"] for event in whole if event["kind"] == "message"]
    assert texts == [f"рядок {number}" for number in range(450)]


async def test_presence_of_the_others_is_told(stage: Stage) -> None:
    one, other = await stage.operator(), await stage.operator()

    def told() -> list[str]:
        return [str(moment) for moment in one.moments if moment["type"] == "presence"]

    await one.until(lambda: any(other.id in moment for moment in told()), within=3)
    before = len(told())
    await other.go("away")
    await one.until(lambda: any(other.id in moment for moment in told()[before:]), within=3)
