"""What a subscriber gets from the bot, frame by frame."""

import asyncio

import pytest

from tests.protocol.clients import SubscriberClient
from tests.protocol.sockets import Frame
from tests.protocol.stage import Stage

QUESTIONS = {
    "ru": "Здравствуйте! Сколько денег у меня на счету?",
    "uk": "Добрий день! Скільки грошей у мене на рахунку?",
    "en": "Hello! How much money do I have on my account?",
}
VAGUE = (
    "мне бы то, что было раньше",
    "не работает",
    "номер",
    "а если наоборот",
    "сделайте нормально",
    "оно опять так делает",
)


def answers(subscriber: SubscriberClient, question: Frame) -> list[Frame]:
    """The bot's messages after a question."""
    return [
        event
        for event in subscriber.log[question["seq"] :]
        if event["kind"] == "message" and event["author"]["kind"] == "bot"
    ]


async def ask(subscriber: SubscriberClient, text: str) -> list[Frame]:
    """Ask the bot; return its answer when it is whole."""
    question = await subscriber.say(text)
    await subscriber.until(
        lambda: answers(subscriber, question) or subscriber.state == "queued", within=8
    )
    await asyncio.sleep(0.3)
    return answers(subscriber, question)


async def doubt(subscriber: SubscriberClient) -> tuple[str, list[Frame]]:
    """Say something the bot has to ask back about; return it and what the bot asked."""
    for text in VAGUE:
        said = await ask(subscriber, text)
        if said and said[-1]["decision"] == "clarify":
            return text, said
    raise AssertionError(f"the bot was never in doubt: {subscriber.told()}")


@pytest.mark.parametrize("locale", QUESTIONS)
async def test_question_is_answered_with_what_was_understood(stage: Stage, locale: str) -> None:
    subscriber = await stage.subscriber(locale=locale)
    said = await ask(subscriber, QUESTIONS[locale])
    assert 1 <= len(said) <= 3
    assert len({event["text"] for event in said}) == len(said)
    for event in said:
        assert event["decision"] in ("answer", "clarify", "handoff")
        assert isinstance(event["intent"], str)
        assert event["text"].strip()
    assert subscriber.violations == []


async def test_question_sent_again_is_answered_once(stage: Stage) -> None:
    subscriber = await stage.subscriber(locale="uk")
    first = await ask(subscriber, QUESTIONS["uk"])
    await subscriber.post(QUESTIONS["uk"], id_="again")
    await subscriber.acknowledged("again")
    for _ in range(3):
        await subscriber.post(QUESTIONS["uk"], id_="again")
    question = await subscriber.acknowledged("again")
    await subscriber.until(lambda: len(answers(subscriber, question)) >= len(first), within=8)
    await asyncio.sleep(2)
    assert len(answers(subscriber, question)) <= 3
    assert [e["text"] for e in subscriber.log].count(QUESTIONS["uk"]) == 2
    assert subscriber.violations == []


async def test_questions_are_answered_in_their_order(stage: Stage) -> None:
    subscriber = await stage.subscriber(locale="uk")
    ids = [await subscriber.post(text) for text in ("привіт", QUESTIONS["uk"], "дякую")]
    asked = [await subscriber.acknowledged(id_) for id_ in ids]
    await subscriber.until(lambda: answers(subscriber, asked[-1]), within=15)
    await asyncio.sleep(1)
    intents = [event["intent"] for event in answers(subscriber, asked[0])]
    assert intents[0] == "greet"
    assert intents[-1] == "thank"


async def test_person_asked_for_in_words_is_waited_for(stage: Stage) -> None:
    subscriber = await stage.subscriber(locale="uk")
    await subscriber.say("з'єднайте мене з оператором")
    await subscriber.reach("queued")
    state = next(event for event in subscriber.log if event.get("state") == "queued")
    assert state["reason"] == "user_request"


async def test_doubt_is_clarified_once_with_buttons_and_then_goes_to_a_person(
    stage: Stage,
) -> None:
    subscriber = await stage.subscriber(locale="ru")
    text, said = await doubt(subscriber)
    assert len(said[-1]["buttons"]) >= 2
    await subscriber.say(text)
    await subscriber.reach("queued")
    state = next(event for event in subscriber.log if event.get("state") == "queued")
    assert state["reason"] == "low_confidence"


async def test_button_of_the_bot_acts_when_pressed(stage: Stage) -> None:
    subscriber = await stage.subscriber(locale="ru")
    _, said = await doubt(subscriber)
    button = said[-1]["buttons"][0]
    assert button.keys() >= {"title", "payload"}
    pressed = await subscriber.acknowledged(await subscriber.press(button["payload"]))
    assert pressed["author"]["kind"] == "subscriber"
    await subscriber.until(
        lambda: answers(subscriber, pressed) or subscriber.state == "queued", within=8
    )


async def test_bot_is_silent_while_a_person_has_the_conversation(stage: Stage) -> None:
    operator = await stage.operator()
    subscriber, conversation = await stage.talking(operator)
    await subscriber.say(QUESTIONS["uk"])
    await asyncio.sleep(3)
    await operator.send(conversation, "зараз подивлюся")
    await subscriber.hear("зараз подивлюся")
    assert subscriber.texts("bot") == []


async def test_operator_sees_what_the_bot_understood(stage: Stage) -> None:
    subscriber = await stage.subscriber(locale="uk")
    await ask(subscriber, QUESTIONS["uk"])
    await subscriber.ask_for_person()
    operator = await stage.operator()
    conversation = subscriber.conversation or ""
    await operator.see_waiting(conversation)
    await operator.accept(conversation)
    history = await operator.whole_history(conversation)
    parses = [event for event in history if event["kind"] == "parse"]
    assert parses[0]["intent"]
    assert 0 <= parses[0]["confidence"] <= 1
    numbered = [event["seq"] for event in history if "seq" in event]
    assert numbered == list(range(1, len(numbered) + 1))
