"""Tariffs, packages and services where a story in YAML cannot say it: twice, away, in part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from servers import BotServers, Talk

SAVER = "+380500000012"
"""412 UAH, Horizon Smart."""
TEENAGER = "+380500000003"
"""Two subscriptions."""
ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
BUCKETS = "/tmf-api/prepayBalanceManagement/v4/bucket"
PRODUCTS = "/tmf-api/productInventory/v4/product"


@pytest.fixture(autouse=True)
def _fresh(servers: BotServers) -> Iterator[None]:
    servers.reset()
    yield
    servers.bss("DELETE", "/sandbox/faults").raise_for_status()


def texts(answer: dict[str, Any]) -> str:
    return "\n".join(reply["text"] for reply in answer["replies"])


def payload(answer: dict[str, Any], beginning: str) -> str:
    found = [
        button["payload"]
        for reply in answer["replies"]
        for button in reply["buttons"]
        if button["payload"].startswith(beginning)
    ]
    return str(found[0])


def money_of(servers: BotServers, number: str) -> float:
    query = f"?logicalResource.id={number.lstrip('+')}&usageType=monetary"
    (bucket,) = servers.bss("GET", BUCKETS + query).json()
    return float(bucket["remainingValue"]["amount"])


def orders(servers: BotServers) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = servers.bss("GET", ORDERS + "?limit=100").json()
    return found


def active(servers: BotServers, number: str) -> set[str]:
    query = f"?productSerialNumber={number.lstrip('+')}&limit=100"
    return {
        product["productOffering"]["id"]
        for product in servers.bss("GET", PRODUCTS + query).json()
        if product["status"] == "active"
    }


def fail(servers: BotServers, path: str, **more: Any) -> None:
    servers.bss(
        "POST", "/sandbox/faults", {"path": path, "mode": "status", **more}
    ).raise_for_status()


@pytest.mark.parametrize(
    ("ask", "costs"),
    [
        ('/tariff_change{"tariff": "max"}', 300),
        ('/data_package{"data_package": "data-5"}', 45),
        ('/service_activate{"service": "ringback"}', 25),
    ],
)
def test_a_yes_that_is_pressed_twice_is_done_once(
    servers: BotServers, ask: str, costs: int
) -> None:
    talk = Talk(servers, "twice", number=SAVER)
    before = money_of(servers, SAVER)
    yes = payload(talk.press(ask, language="uk"), "/affirm")
    first, second = talk.press(yes), talk.press(yes)
    assert texts(first) == texts(second)
    assert "Готово" in texts(first)
    assert before - money_of(servers, SAVER) == costs
    assert len(orders(servers)) == 1


def test_all_subscriptions_go_once_however_often_it_is_pressed(servers: BotServers) -> None:
    talk = Talk(servers, "all-twice", number=TEENAGER)
    asked = talk.press('/service_deactivate{"choice": "all"}', language="uk")
    yes = payload(asked, "/affirm")
    first, second = talk.press(yes), talk.press(yes)
    assert texts(first) == texts(second)
    assert "Готово" in texts(first)
    assert len(orders(servers)) == 2
    assert not {"horoscope", "games"} & active(servers, TEENAGER)


def test_of_several_orders_it_is_told_which_was_not_placed(servers: BotServers) -> None:
    talk = Talk(servers, "in-part", number=TEENAGER)
    asked = talk.press('/service_deactivate{"choice": "all"}', language="en")
    yes = payload(asked, "/affirm")
    fail(servers, ORDERS, status=400, times=1)
    told = texts(talk.press(yes))
    assert told.startswith("Done: ")
    assert "Did not work: " in told
    assert len({"horoscope", "games"} & active(servers, TEENAGER)) == 1
    assert "Done, switched off" in texts(talk.press(yes))
    assert not {"horoscope", "games"} & active(servers, TEENAGER)
    assert len(orders(servers)) == 2


def test_when_no_order_can_be_placed_the_yes_can_be_said_again(servers: BotServers) -> None:
    talk = Talk(servers, "none-placed", number=SAVER)
    asked = talk.press('/data_package{"data_package": "data-5"}', language="uk")
    fail(servers, ORDERS, status=400, times=1)
    refused = talk.press(payload(asked, "/affirm"))
    assert "Готово" not in texts(refused)
    assert orders(servers) == []
    done = talk.press(payload(refused, "/affirm"))
    assert "Готово" in texts(done)
    assert len(orders(servers)) == 1


@pytest.mark.parametrize(
    ("intent", "path"),
    [
        ("remaining_allowance", BUCKETS),
        ("bonus_program", BUCKETS),
        ("tariff_current", PRODUCTS),
        ("tariff_change", PRODUCTS),
        ("service_list", PRODUCTS),
        ("service_activate", PRODUCTS),
        ("service_deactivate", PRODUCTS),
    ],
)
def test_when_the_bss_is_away_it_is_said_and_no_figure_is_told(
    servers: BotServers, intent: str, path: str
) -> None:
    talk = Talk(servers, "away", number=SAVER)
    fail(servers, path, times=2)
    answer = talk.press(f"/{intent}", language="ru")
    assert "система не отвечает" in texts(answer)
    assert payload(answer, "/human_handoff")
    again = talk.press(payload(answer, f"/{intent}"))
    assert "система не отвечает" not in texts(again)


def test_what_was_chosen_is_not_lost_while_the_bss_is_away(servers: BotServers) -> None:
    talk = Talk(servers, "kept", number=SAVER)
    fail(servers, PRODUCTS, times=2)
    answer = talk.press('/tariff_change{"tariff": "max"}', language="ru")
    assert "Horizon Max" in texts(talk.press(payload(answer, "/tariff_change")))


def test_the_list_of_tariffs_needs_no_bss(servers: BotServers) -> None:
    fail(servers, "/tmf-api", times=5)
    answer = Talk(servers, "public").press("/tariff_info", language="uk")
    assert "Horizon Max" in texts(answer)


def test_the_language_may_change_in_the_middle(servers: BotServers) -> None:
    talk = Talk(servers, "languages", number=SAVER)
    first = talk.press("/service_deactivate", language="uk")
    assert "Що вимкнути?" in texts(first)
    second = talk.say("I want to switch off a service, please speak English")
    assert second["language"] == "en"
    third = talk.press('/service_deactivate{"service": "mobile-tv"}')
    assert "Switch “Horizon TV” off" in texts(third)
    fourth = talk.press(payload(third, "/affirm"))
    assert "Done, switched off" in texts(fourth)


def test_an_operator_gets_a_suggestion_and_nothing_is_done(servers: BotServers) -> None:
    talk = Talk(servers, "suggest", number=TEENAGER)
    yes = payload(talk.press('/service_deactivate{"service": "games"}', language="uk"), "/affirm")
    assert "Гороскоп" in texts(talk.press("/service_list", mode="suggest"))
    offered = talk.press('/service_deactivate{"service": "horoscope"}', mode="suggest")
    assert "Гороскоп" in texts(offered)
    talk.press(payload(offered, "/affirm"), mode="suggest")
    talk.press(yes, mode="suggest")
    assert orders(servers) == []
    assert {"horoscope", "games"} <= active(servers, TEENAGER)


def test_somebody_elses_offer_cannot_be_taken(servers: BotServers) -> None:
    asked = Talk(servers, "owner", number=SAVER).press('/tariff_change{"tariff": "max"}')
    Talk(servers, "thief", number=SAVER).press(payload(asked, "/affirm"))
    assert orders(servers) == []


def test_an_offer_is_void_once_another_number_is_proved(servers: BotServers) -> None:
    talk = Talk(servers, "renumbered", number=SAVER)
    yes = payload(talk.press('/tariff_change{"tariff": "max"}'), "/affirm")
    talk.press(yes, number=TEENAGER)
    assert orders(servers) == []
    talk.press(yes)
    assert "max" in active(servers, SAVER)
