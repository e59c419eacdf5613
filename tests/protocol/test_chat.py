"""The subscriber's WebSocket: what is said, acknowledged and told."""

from datetime import UTC, datetime

import pytest

from tests.protocol.sockets import ChatSocket, Frame
from tests.protocol.stage import Stage


def assert_utc(moment: str) -> None:
    """A time is RFC 3339 in UTC, and about now."""
    at = datetime.fromisoformat(moment)
    assert at.utcoffset() == UTC.utcoffset(None)
    assert abs((datetime.now(UTC) - at).total_seconds()) < 60


def assert_error(frame: Frame, code: str) -> None:
    """The frame is an error with a code and words for a person."""
    assert frame["type"] == "error", frame
    assert frame["code"] == code, frame
    assert isinstance(frame["message"], str)
    assert frame["message"]


async def test_new_visitor_is_welcomed_to_an_empty_conversation(stage: Stage) -> None:
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet()
        assert welcome["state"] == "bot"
        assert welcome["seq"] == 0
        assert isinstance(welcome["visitor"], str)
        assert isinstance(welcome["conversation"], str)


async def test_two_new_visitors_have_nothing_in_common(stage: Stage) -> None:
    async with ChatSocket(stage.site) as one, ChatSocket(stage.site) as two:
        first, second = await one.greet(), await two.greet()
    assert first["visitor"] != second["visitor"]
    assert first["conversation"] != second["conversation"]


@pytest.mark.parametrize("locale", ["ru", "uk", "en"])
async def test_hello_may_say_all_it_can(stage: Stage, locale: str) -> None:
    page = {"url": f"{stage.site}/tariffs", "title": "Тарифи"}
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(locale=locale, page=page)
    assert welcome["state"] == "bot"


async def test_visitor_comes_back_to_the_same_conversation(stage: Stage) -> None:
    subscriber, conversation = await stage.waiting()
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(visitor=subscriber.visitor)
        assert welcome["conversation"] == conversation
        assert welcome["state"] == "queued"
        assert welcome["seq"] == subscriber.log[-1]["seq"]


async def test_own_message_comes_back_as_its_event(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    event = await subscriber.say("де мої гроші?", within=5)
    assert event["kind"] == "message"
    assert event["author"]["kind"] == "subscriber"
    assert event["text"] == "де мої гроші?"
    assert event["seq"] == len(subscriber.log)
    assert_utc(event["at"])


async def test_same_id_is_stored_once_and_acknowledged_each_time(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=len(subscriber.log))
        message = {"type": "message", "id": "once", "text": "один раз"}
        answers = []
        for _ in range(3):
            await socket.send(message)
            answers.append(await socket.receive_until("event"))
    assert answers[0] == answers[1] == answers[2]
    await operator.until(lambda: operator.texts(conversation))
    history = await operator.whole_history(conversation)
    assert [event.get("text") for event in history].count("один раз") == 1
    assert operator.texts(conversation) == ["один раз"]


async def test_same_id_at_the_same_moment_in_two_tabs_is_stored_once(stage: Stage) -> None:
    subscriber, _ = await stage.waiting()
    other = await stage.subscriber(visitor=subscriber.visitor)
    for number in range(10):
        await subscriber.post(f"разом {number}", id_=f"tab-{number}")
        await other.post(f"разом {number}", id_=f"tab-{number}")
    for number in range(10):
        assert await subscriber.acknowledged(f"tab-{number}") == await other.acknowledged(
            f"tab-{number}"
        )
    assert sorted(subscriber.texts("subscriber")) == sorted(f"разом {n}" for n in range(10))
    assert subscriber.violations == other.violations == []


async def test_same_id_of_two_visitors_is_two_messages(stage: Stage) -> None:
    (one, _), (two, _) = await stage.waiting(), await stage.waiting()
    first = await one.acknowledged(await one.post("перший", id_="1"))
    second = await two.acknowledged(await two.post("другий", id_="1"))
    assert (first["text"], second["text"]) == ("перший", "другий")


async def test_both_tabs_get_every_event(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    other = await stage.subscriber(visitor=subscriber.visitor)
    await subscriber.say("з першої вкладки")
    await other.say("з другої вкладки")
    await operator.send(conversation, "бачу обидві")
    for tab in (subscriber, other):
        await tab.hear("бачу обидві")
        assert tab.texts("subscriber") == ["з першої вкладки", "з другої вкладки"]
    assert subscriber.log == other.log


async def test_person_asked_for_is_waited_for_in_the_queue(stage: Stage) -> None:
    subscriber = await stage.subscriber()
    await subscriber.command("human")
    await subscriber.reach("queued", within=5)
    event = subscriber.log[-1]
    assert event["kind"] == "state"
    assert event["reason"] == "user_request"
    assert event["position"] >= 1
    assert event["eta_seconds"] is None or event["eta_seconds"] >= 0
    assert_utc(event["at"])


async def test_asking_twice_keeps_one_place(stage: Stage) -> None:
    subscriber, conversation = await stage.waiting()
    await subscriber.command("human")
    operator = await stage.operator()
    await operator.see_waiting(conversation)
    await subscriber.say("ще тут")
    states = [event for event in subscriber.log if event["kind"] == "state"]
    assert len(states) == 1


async def test_queue_can_be_left(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.waiting()
    await operator.see_waiting(conversation)
    await subscriber.command("leave_queue")
    await subscriber.reach("bot", within=5)
    await operator.see_gone(conversation, within=5)
    await subscriber.ask_for_person()
    await operator.see_waiting(conversation, within=5)
    assert subscriber.violations == []


async def test_leaving_a_queue_one_is_not_in_changes_nothing(stage: Stage) -> None:
    subscriber = await stage.subscriber()
    await subscriber.command("leave_queue")
    await subscriber.ask_for_person()
    assert [event.get("state") for event in subscriber.log] == ["queued"]


async def test_place_is_told_as_it_changes(stage: Stage) -> None:
    first, _ = await stage.waiting()
    second, _ = await stage.waiting()
    place = second.log[-1]["position"]
    await first.command("leave_queue")

    def moved_up() -> bool:
        queue = [moment for moment in second.moments if moment["type"] == "queue"]
        return bool(queue) and queue[-1]["position"] == place - 1

    await second.until(moved_up, within=5)
    told = [moment for moment in second.moments if moment["type"] == "queue"][-1]
    assert told["eta_seconds"] is None or told["eta_seconds"] >= 0
    assert "seq" not in told


async def test_typing_is_shown_to_the_other_side_and_not_kept(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await subscriber.command("typing", text="я ще пиш")

    def typed() -> list[Frame]:
        return [
            moment
            for moment in operator.moments
            if moment["type"] == "typing" and moment.get("text") == "я ще пиш"
        ]

    frames = await operator.until(typed, within=3)
    assert frames[0]["conversation"] == conversation
    await operator.command("typing", conversation=conversation)

    def author_typing() -> list[Frame]:
        return [moment for moment in subscriber.moments if moment["type"] == "typing"]

    frames = await subscriber.until(author_typing, within=3)
    assert frames[-1]["author"]["kind"] == "operator"
    assert "seq" not in frames[-1]
    assert [event["kind"] for event in await operator.history(conversation)] == ["state", "state"]


async def test_read_is_taken_in_silence(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.send(conversation, "прочитайте")
    await subscriber.hear("прочитайте")
    await subscriber.command("read", seq=subscriber.log[-1]["seq"])
    await subscriber.say("прочитав")
    assert subscriber.errors == []


async def test_rating_is_taken_at_any_time(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await subscriber.command("rate", score=2, comment="довго")
    await subscriber.say("ще питання")
    await operator.command("close", conversation=conversation, disposition="solved")
    await subscriber.reach("closed")
    await subscriber.command("rate", score=5, comment="дякую")
    async with ChatSocket(stage.site) as socket:
        welcome = await socket.greet(visitor=subscriber.visitor)
    assert welcome["conversation"] == conversation
    assert welcome["state"] == "closed"
    assert subscriber.errors == []
    history = await operator.whole_history(conversation)
    scores = [event["score"] for event in history if event["kind"] == "rating"]
    assert scores[-1:] == [5]


@pytest.mark.parametrize("score", [0, 6, -1, 3.5, "5", None, True, [5]])
async def test_rating_out_of_bounds_is_refused(stage: Stage, score: object) -> None:
    async with ChatSocket(stage.site) as socket:
        await socket.greet()
        await socket.send({"type": "rate", "score": score})
        assert_error(await socket.receive_until("error"), "invalid")


async def test_message_after_closing_opens_a_new_conversation(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.command("close", conversation=conversation, disposition="solved")
    await subscriber.reach("closed", within=5)
    assert subscriber.log[-1]["kind"] == "state"
    async with ChatSocket(stage.site) as socket:
        await socket.greet(visitor=subscriber.visitor, after=len(subscriber.log))
        await socket.send({"type": "message", "id": "next", "text": "і ще одне"})
        while (welcome := await socket.receive())["type"] == "typing":
            pass
        event = await socket.receive_until("event")
    assert welcome["type"] == "welcome"
    assert welcome["conversation"] != conversation
    assert event["seq"] == 1
    assert event["id"] == "next"
    await subscriber.until(lambda: subscriber.conversation != conversation)
    await subscriber.until(lambda: "і ще одне" in subscriber.texts("subscriber"))
    assert subscriber.violations == []


async def test_what_operators_say_among_themselves_is_not_numbered(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.command("note", conversation=conversation, id="n1", text="підозрілий дзвінок")
    await operator.send(conversation, "перше")
    await operator.command("note", conversation=conversation, id="n2", text="перевірити рахунок")
    await operator.send(conversation, "друге")
    await subscriber.hear("друге")
    assert [event["seq"] for event in subscriber.log] == [1, 2, 3, 4]
    again = await stage.subscriber(visitor=subscriber.visitor)
    await again.hear("друге")
    assert again.log == subscriber.log
    assert all("дзвінок" not in str(event) for event in again.log)


async def test_states_are_told_as_the_conversation_goes_round(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await operator.command("return_to_bot", conversation=conversation)
    await subscriber.reach("bot", within=5)
    await subscriber.ask_for_person()
    await operator.see_waiting(conversation)
    await operator.accept(conversation)
    await subscriber.reach("assigned")
    await operator.command("close", conversation=conversation, disposition="solved")
    await subscriber.reach("closed")
    states = [event["state"] for event in subscriber.log if event["kind"] == "state"]
    assert states == ["queued", "assigned", "bot", "queued", "assigned", "closed"]
