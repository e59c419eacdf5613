"""What stories cannot say of the flows of money: twice pressed, BSS away, an operator's turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from servers import BotServers, Talk

USAGE = "/tmf-api/usageManagement"
BALANCE = "/tmf-api/prepayBalanceManagement/v4"
TRANSFERS = f"{BALANCE}/transferBalance"
ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
TICKETS = "/tmf-api/troubleTicket/v4/troubleTicket"
POOR, RICH, WAITING = "380500000002", "380500000012", "380500000015"


@pytest.fixture(autouse=True)
def fresh(servers: BotServers) -> Iterator[None]:
    """Begin with the sandbox's people as they are, and leave no fault behind."""
    servers.reset()
    yield
    servers.bss("DELETE", "/sandbox/faults").raise_for_status()


def known(servers: BotServers, number: str, **always: Any) -> Talk:
    return Talk(servers, "money", number=f"+{number}", **always)


def texts(answer: dict[str, Any]) -> str:
    return "\n".join(reply["text"] for reply in answer["replies"])


def button(answer: dict[str, Any], beginning: str) -> str:
    payloads = [one["payload"] for reply in answer["replies"] for one in reply["buttons"]]
    return next(str(payload) for payload in payloads if payload.startswith(beginning))


def money_of(servers: BotServers, number: str) -> float:
    buckets = servers.bss("GET", f"{BALANCE}/bucket?logicalResource.id={number}").json()
    (main,) = [one for one in buckets if one["name"] == "main"]
    return float(main["remainingValue"]["amount"])


def fault(servers: BotServers, path: str, mode: str, times: int) -> None:
    body = {"path": path, "mode": mode, "times": times}
    servers.bss("POST", "/sandbox/faults", body).raise_for_status()


def offered_transfer(talk: Talk) -> dict[str, Any]:
    to = {"phone_number": "+380500000003", "amount": "50"}
    return talk.press(f"/balance_transfer{json.dumps(to)}", language="uk")


def test_a_promise_confirmed_twice_is_made_once(servers: BotServers) -> None:
    talk = known(servers, POOR)
    yes = button(talk.press("/promised_payment", language="uk"), "/affirm")
    first, second = talk.press(yes), talk.press(yes)
    assert texts(first) == texts(second)
    assert "Готово" in texts(first)
    assert money_of(servers, POOR) == pytest.approx(53.40)
    assert len(servers.bss("GET", ORDERS).json()) == 1


def test_a_transfer_confirmed_twice_is_sent_once(servers: BotServers) -> None:
    talk = known(servers, RICH)
    yes = button(offered_transfer(talk), "/affirm")
    assert texts(talk.press(yes)) == texts(talk.press(yes))
    assert money_of(servers, RICH) == pytest.approx(412 - 52)
    assert money_of(servers, "380500000003") == pytest.approx(21 + 50)


def test_a_ticket_confirmed_twice_is_opened_once(servers: BotServers) -> None:
    talk = known(servers, WAITING)
    yes = button(talk.press("/payment_not_received", language="uk"), "/affirm")
    assert texts(talk.press(yes)) == texts(talk.press(yes))
    (ticket,) = servers.bss("GET", f"{TICKETS}?relatedEntity.id={WAITING}").json()
    assert ticket["ticketType"] == "payment"
    assert ticket["name"] == "Платіж не дійшов"
    assert "200 ₴" in ticket["description"]


def test_a_ticket_is_written_in_the_language_of_the_staff(servers: BotServers) -> None:
    talk = known(servers, WAITING)
    talk.press(button(talk.press("/payment_not_received", language="en"), "/affirm"))
    (ticket,) = servers.bss("GET", f"{TICKETS}?relatedEntity.id={WAITING}").json()
    assert "ще в дорозі" in ticket["description"]


def test_a_transfer_whose_answer_is_lost_is_looked_up(servers: BotServers) -> None:
    talk = known(servers, RICH)
    yes = button(offered_transfer(talk), "/affirm")
    fault(servers, TRANSFERS, "drop", 1)
    talk.press(yes)
    told = talk.press(yes)
    assert "Готово" in texts(told)
    assert money_of(servers, RICH) == pytest.approx(412 - 52)


def test_nobody_else_can_confirm(servers: BotServers) -> None:
    yes = button(offered_transfer(known(servers, RICH)), "/affirm")
    answer = known(servers, POOR).press(yes, language="uk")
    assert "вже не діє" in texts(answer)
    assert money_of(servers, RICH) == pytest.approx(412)


@pytest.mark.parametrize(
    ("intent", "path"),
    [
        ("unexpected_charge", USAGE),
        ("call_details", USAGE),
        ("invoice", "/tmf-api/productInventory"),
        ("promised_payment", "/tmf-api/productInventory"),
        ("payment_not_received", f"{BALANCE}/topupBalance"),
        ("balance_transfer", "/tmf-api/productInventory"),
    ],
)
def test_says_so_when_the_bss_is_away(servers: BotServers, intent: str, path: str) -> None:
    talk = known(servers, RICH)
    told = json.dumps({"phone_number": "+380500000003", "amount": "50"})
    payload = f"/{intent}{told if intent == 'balance_transfer' else ''}"
    # Reading is tried once more, and fails again.
    fault(servers, path, "status", 2)
    answer = talk.press(payload, language="uk")
    assert "Вигадувати цифр не буду" in texts(answer)
    assert "₴" not in texts(answer)
    again = talk.press(button(answer, f"/{intent}"))
    assert "Вигадувати" not in texts(again)
    assert any(mark in texts(again) for mark in ("₴", "передплат"))


def test_how_to_pay_is_told_whatever_the_bss_does(servers: BotServers) -> None:
    fault(servers, "/tmf-api", "status", 2)
    answer = known(servers, RICH).press("/top_up", language="uk")
    assert f"number={RICH}" in texts(answer)


@pytest.mark.parametrize(
    ("number", "payload"),
    [
        (POOR, "/promised_payment"),
        (RICH, '/balance_transfer{"phone_number": "+380500000003", "amount": "50"}'),
        (WAITING, "/payment_not_received"),
    ],
)
def test_an_operator_is_told_and_nothing_is_done(
    servers: BotServers, number: str, payload: str
) -> None:
    talk = known(servers, number, mode="suggest")
    answer = talk.press(payload, language="uk")
    assert "₴" in texts(answer)
    before = money_of(servers, number)
    talk.press("/affirm")
    talk.say("так")
    assert money_of(servers, number) == before
    assert servers.bss("GET", ORDERS).json() == []
    assert servers.bss("GET", f"{TICKETS}?relatedEntity.id={number}").json() == []


def test_an_operators_turn_confirms_nothing(servers: BotServers) -> None:
    talk = known(servers, RICH)
    yes = button(offered_transfer(talk), "/affirm")
    talk.press(yes, mode="suggest")
    assert money_of(servers, RICH) == pytest.approx(412)
    talk.press(yes)
    assert money_of(servers, RICH) == pytest.approx(412 - 52)


def test_the_language_may_change_before_the_yes(servers: BotServers) -> None:
    talk = known(servers, POOR)
    yes = button(talk.press("/promised_payment", language="uk"), "/affirm")
    talk.press('/change_language{"spoken_language": "en"}')
    done = talk.press(yes)
    assert done["language"] == "en"
    assert texts(done).startswith("Done: 50 ₴ is on the account")


def test_charges_for_the_same_are_one_line_and_lines_are_few(servers: BotServers) -> None:
    answer = known(servers, "380500000003").press("/unexpected_charge", language="uk")
    lines = [line for line in answer["replies"][0]["text"].splitlines() if line.startswith("•")]
    assert 2 <= len(lines) <= 8
    assert len([line for line in lines if "Гороскоп дня" in line]) == 1


def test_a_charge_for_a_transfer_hides_the_middle_of_the_number(servers: BotServers) -> None:
    talk = known(servers, RICH)
    talk.press(button(offered_transfer(talk), "/affirm"))
    told = texts(talk.press('/unexpected_charge{"date": "0/0"}'))
    assert "+380 50 ••• •• 03, 52 ₴" in told
    assert "380500000003" not in told


def test_a_page_has_eight_lines_and_all_of_them_are_told(servers: BotServers) -> None:
    talk = known(servers, "380500000005")
    answer = talk.press('/call_details{"date": "-3/-1"}', language="uk")
    seen: list[str] = []
    while True:
        lines = [one for one in texts(answer).splitlines() if one.startswith("•")]
        assert 1 <= len(lines) <= 8
        seen += lines
        number = len(seen) // 8 + 1
        if len(lines) < 8 or f'"page": "{number}"' not in json.dumps(answer).replace("\\", ""):
            break
        answer = talk.press(button(answer, f'/call_details{{"page": "{number}"'))
    assert len(seen) > 8
    assert "380500" not in "".join(seen)


def test_a_page_that_is_not_there_is_the_last(servers: BotServers) -> None:
    talk = known(servers, "380500000005")
    answer = talk.press('/call_details{"date": "-3/-1", "page": "99"}', language="uk")
    assert "Сторінка" in texts(answer)
    titles = [one["title"] for one in answer["replies"][0]["buttons"]]
    assert "Назад" in titles
    assert "Далі" not in titles
