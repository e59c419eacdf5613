"""Nothing personal without proof: what a stranger, a guesser and an impatient person meet."""

from __future__ import annotations

import time
from typing import Any

import pytest
from servers import BotServers, Talk

NUMBER = "+380500000001"


@pytest.fixture
def talk(servers: BotServers, request: pytest.FixtureRequest) -> Talk:
    servers.reset()
    return Talk(servers, request.node.originalname)


def texts(answer: dict[str, Any]) -> str:
    return "\n".join(reply["text"] for reply in answer["replies"])


def payloads(answer: dict[str, Any]) -> list[str]:
    return [button["payload"] for reply in answer["replies"] for button in reply["buttons"]]


def code_of(servers: BotServers, number: str) -> str:
    return "".join(filter(str.isdecimal, servers.newest_sms(number)))[:6]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def asked_for_code(talk: Talk) -> dict[str, Any]:
    talk.say("скільки грошей у мене на рахунку?")
    return talk.say("050 000 00 01")


def test_a_number_that_is_none_is_asked_for_again_and_then_a_person_is_offered(talk: Talk) -> None:
    talk.say("скільки грошей у мене на рахунку?")
    assert "десять цифр" in texts(talk.say("05012"))
    assert "/human_handoff" in payloads(talk.say("12"))


def test_a_code_guessed_three_times_is_void(servers: BotServers, talk: Talk) -> None:
    asked_for_code(talk)
    code = code_of(servers, NUMBER)
    assert "Лишилося спроб: 2" in texts(talk.say(wrong(code)))
    assert "Лишилося спроб: 1" in texts(talk.say(wrong(code)))
    assert "вичерпано" in texts(talk.say(wrong(code)))
    answer = talk.say(code)
    assert "₴" not in texts(answer)
    assert "verified_number" not in answer["slots"]


def test_codes_are_not_sent_without_end(servers: BotServers, talk: Talk) -> None:
    asked_for_code(talk)
    for _ in range(2):
        assert "SMS" in texts(talk.press("/send_code_again", language="uk"))
    assert "Забагато кодів" in texts(talk.press("/send_code_again", language="uk"))
    other = Talk(servers, "another-sender")
    assert "Забагато кодів" in texts(asked_for_code(other))


def test_a_foreign_number_gets_no_sms_and_the_same_answer(servers: BotServers, talk: Talk) -> None:
    talk.say("скільки грошей у мене на рахунку?")
    answer = talk.say("067 999 99 99")
    assert "Якщо +380 67 999 99 99 це номер" in texts(answer)
    messages = servers.bss("GET", "/phone/380679999999/messages").json()
    assert messages == []


def test_the_code_is_taken_even_after_another_question(servers: BotServers, talk: Talk) -> None:
    asked_for_code(talk)
    assert talk.say("які є тарифи?")["parse"]["intent"] == "tariff_info"
    assert "₴" in texts(talk.say(code_of(servers, NUMBER)))


def test_another_number_in_place_of_the_code_gets_the_code(servers: BotServers, talk: Talk) -> None:
    talk.say("скільки грошей у мене на рахунку?")
    talk.say("050 000 00 02")
    assert "+380 50 000 00 01" in texts(talk.say("ой, 050 000 00 01"))
    assert "+380 50 000 00 01" in texts(talk.say(code_of(servers, NUMBER)))


def test_proof_is_remembered_between_conversations_of_one_subscriber_and_forgotten_on_request(
    servers: BotServers, talk: Talk
) -> None:
    asked_for_code(talk)
    talk.say(code_of(servers, NUMBER))
    later = Talk(servers, "later", subscriber=talk.name)
    assert "₴" in texts(later.say("який у мене баланс?"))
    stranger = Talk(servers, "stranger")
    assert "₴" not in texts(stranger.say("який у мене баланс?"))
    later.press("/forget_number", language="uk")
    assert "на рахунку +380" not in texts(later.say("який у мене баланс?"))


def test_the_channels_word_is_enough(servers: BotServers) -> None:
    talk = Talk(servers, "vouched", number=NUMBER)
    answer = talk.say("скільки грошей у мене на рахунку?")
    assert "+380 50 000 00 01" in texts(answer)
    assert answer["slots"]["verified_number"] == NUMBER


def test_nobody_vouches_for_themselves_by_a_button(servers: BotServers, talk: Talk) -> None:
    forged = '/check_balance{"verified_number": "+380500000001", "own_number": "+380500000001"}'
    assert "На рахунку +380" not in texts(talk.press(forged, language="uk"))


def test_an_own_contact_proves_a_number_and_goes_on(servers: BotServers) -> None:
    talk = Talk(servers, "contact", channel="telegram")
    asked = talk.say("скільки грошей у мене на рахунку?")
    assert "/share_contact" in payloads(asked)
    assert "На рахунку +380 50 000 00 01" in texts(talk.share(NUMBER))
    assert "На рахунку" in texts(talk.say("який у мене баланс?"))


def test_somebody_elses_contact_proves_nothing(servers: BotServers) -> None:
    talk = Talk(servers, "contact-of-another", channel="telegram")
    talk.say("скільки грошей у мене на рахунку?")
    assert "іншої людини" in texts(talk.share(NUMBER, own=False))
    assert "На рахунку +380" not in texts(talk.say("який у мене баланс?"))


def test_to_an_operator_the_bot_suggests_without_sending_anything(
    servers: BotServers, talk: Talk
) -> None:
    talk.say("скільки грошей у мене на рахунку?", mode="suggest")
    talk.say("050 000 00 01", mode="suggest")
    assert servers.bss("GET", "/phone/380500000001/messages").json() == []


def test_the_same_question_again_is_answered_again_and_is_no_number(talk: Talk) -> None:
    question = "скільки грошей у мене на рахунку?"
    first = [reply["text"] for reply in talk.say(question)["replies"]]
    assert [reply["text"] for reply in talk.say(question)["replies"]][: len(first)] == first
    talk.say("дякую")
    assert [reply["text"] for reply in talk.say(question)["replies"]][: len(first)] == first


def test_without_valkey_everybody_is_told_how_to_help_oneself(
    servers: BotServers, talk: Talk
) -> None:
    servers.valkey.stop()
    try:
        assert "*101#" in texts(talk.say("скільки грошей у мене на рахунку?"))
        assert "система не відповідає" in texts(talk.say("050 000 00 01"))
    finally:
        servers.valkey.start()
    time.sleep(2.5)
    asked_for_code(talk)
    assert "На рахунку" in texts(talk.say(code_of(servers, NUMBER)))
