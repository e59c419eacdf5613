"""Every row of the table of orders: what it does, and when it is refused."""

import pytest

from tests.sandbox.conftest import (
    ABROAD,
    BALANCE,
    CATALOGUE,
    CONTRACT,
    DEBTOR,
    NO_FUNDS,
    ORDERING,
    ORDINARY,
    PAUSED,
    POOR,
    PROMISED,
    SIM_BLOCKED,
    TEENAGER,
    USAGE,
    Client,
    add,
    delete,
    facts,
    modify,
    note,
)

DONE = ("completed", None)


async def test_a_package_costs_money_and_opens_a_bucket(bss: Client) -> None:
    before = await bss.balance(ORDINARY)

    assert note(await bss.order(add("data-5", ORDINARY))) == DONE

    assert await bss.balance(ORDINARY) == pytest.approx(before - 45)
    bucket = (await bss.buckets(ORDINARY, "data"))[-1]
    assert bucket["name"] == "data-5"
    assert bucket["remainingValue"] == {"amount": 5120, "units": "MB"}
    assert bucket["remainingValueName"] == "5120 MB"
    product = await bss.product(ORDINARY, "data-5")
    assert facts(product)["kind"] == "package"
    assert facts(product)["validUntil"] == bucket["validFor"]["endDateTime"]
    newest = await bss.get(
        f"{USAGE}/usage", usageCharacteristic__number=ORDINARY, sort="-usageDate", limit=1
    )
    assert facts(newest.body[0])["offering"] == "data-5"
    assert newest.body[0]["usageType"] == "charge"


async def test_a_package_without_end_and_the_end_of_its_time(bss: Client) -> None:
    assert note(await bss.order(add("data-day", ORDINARY))) == DONE
    assert "remainingValue" not in (await bss.buckets(ORDINARY, "data"))[-1]

    bss.clock.move(24 * 3600)
    await bss.sign_in()

    assert (await bss.product(ORDINARY, "data-day"))["status"] == "terminated"
    assert all(each["name"] == "tariff" for each in await bss.buckets(ORDINARY, "data"))


async def test_too_little_money_fails_and_changes_nothing(bss: Client) -> None:
    order = await bss.order(add("data-5", POOR))

    assert note(order) == ("failed", "insufficientFunds")
    assert order["productOrderItem"][0]["state"] == "failed"
    assert await bss.balance(POOR) == 3.40
    assert not await bss.products(POOR, productOffering__id="data-5")


async def test_an_order_moves_by_its_time(bss: Client) -> None:
    path = f"{ORDERING}/productOrder/{(placed := await bss.place(add('data-5', ORDINARY)))['id']}"

    assert placed["state"] == "acknowledged"
    bss.clock.move(0.6)
    assert (await bss.get(path)).body["state"] == "inProgress"
    assert await bss.balance(ORDINARY) == 146.30
    bss.clock.move(0.5)
    assert await bss.balance(ORDINARY) == 101.30
    assert (await bss.get(path)).body["state"] == "completed"


async def test_a_service_is_switched_on_once_and_off(bss: Client) -> None:
    assert note(await bss.order(add("blacklist", ORDINARY))) == DONE
    assert note(await bss.order(add("blacklist", ORDINARY))) == ("rejected", "alreadyActive")
    product = await bss.product(ORDINARY, "blacklist")
    assert product["productPrice"][0]["recurringChargePeriod"] == "month"
    assert facts(product).keys() == {"kind", "nextChargeDate"}

    assert note(await bss.order(delete("blacklist", product["id"]))) == DONE

    assert (await bss.product(ORDINARY, "blacklist"))["status"] == "terminated"
    assert note(await bss.order(delete("blacklist", product["id"]))) == ("rejected", "notActive")
    assert await bss.balance(ORDINARY) == pytest.approx(146.30 - 15)


async def test_a_subscription_is_switched_on_from_the_web_and_off(bss: Client) -> None:
    assert note(await bss.order(add("games", ORDINARY))) == DONE
    assert facts(await bss.product(ORDINARY, "games"))["orderedBy"] == "web"

    horoscope = await bss.product(TEENAGER, "horoscope")
    assert facts(horoscope)["orderedBy"] == "sms"
    assert note(await bss.order(delete("horoscope", horoscope["id"]))) == DONE
    assert (await bss.product(TEENAGER, "horoscope"))["status"] == "terminated"


async def test_a_package_can_be_given_up(bss: Client) -> None:
    await bss.order(add("data-5", ORDINARY))
    product = await bss.product(ORDINARY, "data-5")

    assert note(await bss.order(delete("data-5", product["id"]))) == DONE

    assert [each["name"] for each in await bss.buckets(ORDINARY, "data")] == ["tariff"]


async def test_a_tariff_change_replaces_product_allowances_and_price(bss: Client) -> None:
    await bss.top_up(ORDINARY, 200)

    assert note(await bss.order(modify("max", f"tariff-{ORDINARY}"))) == DONE

    (tariff,) = await bss.products(ORDINARY, productCharacteristic__kind="tariff")
    assert tariff["productOffering"]["id"] == "max"
    assert tariff["productPrice"][0]["price"]["taxIncludedAmount"]["value"] == 300
    assert facts(tariff)["nextChargeAmount"] == 300
    assert await bss.balance(ORDINARY) == pytest.approx(46.30)
    (data,) = await bss.buckets(ORDINARY, "data")
    (voice,) = await bss.buckets(ORDINARY, "voice")
    assert "remainingValue" not in data
    assert (voice["name"], voice["remainingValue"]["amount"]) == ("any network", 1600)


async def test_a_tariff_change_that_cannot_be(bss: Client) -> None:
    same = await bss.order(modify("smart", f"tariff-{ORDINARY}"))
    dear = await bss.order(modify("max", f"tariff-{ORDINARY}"))
    none = await bss.order(modify("games", f"tariff-{ORDINARY}"))

    assert note(same) == ("rejected", "alreadyActive")
    assert note(dear) == ("failed", "insufficientFunds")
    assert note(none) == ("rejected", "notAvailable")
    assert (await bss.product(ORDINARY, "smart"))["status"] == "active"


async def test_a_promised_payment_is_a_debt_until_a_top_up(bss: Client) -> None:
    assert note(await bss.order(add("promised-payment", POOR))) == DONE
    assert await bss.balance(POOR) == pytest.approx(53.40)

    second = await bss.order(add("promised-payment", POOR))
    assert note(second) == ("failed", "promisedNotRepaid")
    await bss.top_up(POOR, 30)
    assert note(await bss.order(add("promised-payment", POOR))) == ("failed", "promisedNotRepaid")
    await bss.top_up(POOR, 100)

    # 50 came before and 2 are the fee.
    assert await bss.balance(POOR) == pytest.approx(3.40 + 50 + 30 + 100 - 52)
    assert (await bss.product(POOR, "promised-payment"))["status"] == "terminated"
    assert note(await bss.order(add("promised-payment", POOR))) == DONE


async def test_who_has_not_repaid_gets_no_second_promise(bss: Client) -> None:
    order = await bss.order(add("promised-payment", PROMISED))

    assert note(order) == ("failed", "promisedNotRepaid")


async def test_a_contract_promises_nothing_and_may_owe(bss: Client) -> None:
    refused = await bss.order(add("promised-payment", CONTRACT))
    assert note(refused) == ("rejected", "notAvailable")

    assert note(await bss.order(add("data-15", CONTRACT))) == DONE
    assert await bss.balance(CONTRACT) == pytest.approx(-312.40 - 110)


async def test_a_debt_stops_what_costs_money_until_it_is_paid(bss: Client) -> None:
    assert note(await bss.order(add("data-5", DEBTOR))) == ("failed", "debt")
    assert note(await bss.order(modify("max", f"tariff-{DEBTOR}"))) == ("failed", "debt")
    assert note(await bss.order(add("forwarding", DEBTOR))) == DONE

    await bss.top_up(DEBTOR, 418)

    assert facts(await bss.product(DEBTOR, "contract"))["debt"] == 0
    assert note(await bss.order(add("data-5", DEBTOR))) == DONE


async def test_roaming_is_switched_on_once_and_off(bss: Client) -> None:
    assert note(await bss.order(add("roaming", ABROAD))) == ("rejected", "alreadyActive")
    zoned = add("roaming", ORDINARY)
    zoned["product"]["productCharacteristic"] = [{"name": "zone", "value": "world"}]

    assert note(await bss.order(zoned)) == DONE

    product = await bss.product(ORDINARY, "roaming")
    assert facts(product) == {"kind": "roaming", "zone": "world"}
    assert note(await bss.order(delete("roaming", product["id"]))) == DONE
    assert note(await bss.order(add("roaming", ORDINARY))) == DONE
    assert facts(await bss.product(ORDINARY, "roaming"))["zone"] == "europe"


async def test_a_lost_sim_is_blocked_and_can_be_unblocked(bss: Client) -> None:
    assert note(await bss.order(modify("sim-block", f"sim-{ORDINARY}"))) == DONE
    assert (await bss.product(ORDINARY, "sim"))["status"] == "suspended"
    again = await bss.order(modify("sim-block", f"sim-{SIM_BLOCKED}"))
    assert note(again) == ("rejected", "alreadyActive")

    assert note(await bss.order(modify("sim-unblock", f"sim-{ORDINARY}"))) == DONE

    assert (await bss.product(ORDINARY, "sim"))["status"] == "active"
    again = await bss.order(modify("sim-unblock", f"sim-{ORDINARY}"))
    assert note(again) == ("rejected", "alreadyActive")


async def test_a_number_paused_by_its_owner_is_resumed(bss: Client) -> None:
    assert note(await bss.order(add("data-5", PAUSED))) == ("rejected", "notAvailable")

    assert note(await bss.order(modify("sim-unblock", f"sim-{PAUSED}"))) == DONE

    tariff = await bss.product(PAUSED, "start")
    assert tariff["status"] == "active"
    assert "suspendReason" not in facts(tariff)
    assert note(await bss.order(add("data-5", PAUSED))) == DONE


async def test_a_top_up_resumes_a_number_without_money(bss: Client) -> None:
    assert (await bss.product(NO_FUNDS, "smart"))["status"] == "suspended"
    assert not await bss.buckets(NO_FUNDS, "data")

    await bss.top_up(NO_FUNDS, 100)
    assert (await bss.product(NO_FUNDS, "smart"))["status"] == "suspended"
    await bss.top_up(NO_FUNDS, 100)

    assert (await bss.product(NO_FUNDS, "smart"))["status"] == "active"
    assert await bss.balance(NO_FUNDS) == pytest.approx(18.75)
    assert (await bss.buckets(NO_FUNDS, "data"))[0]["remainingValue"]["amount"] == 15360
    points = (await bss.buckets(NO_FUNDS, "other"))[0]["remainingValue"]
    assert points == {"amount": 5 + 20, "units": "points"}


async def test_nobody_switches_off_what_is_somebody_elses(bss: Client) -> None:
    item = delete("horoscope", f"horoscope-{TEENAGER}")
    item["product"]["productSerialNumber"] = ORDINARY

    assert note(await bss.order(item)) == ("rejected", "notActive")
    assert (await bss.product(TEENAGER, "horoscope"))["status"] == "active"


async def test_items_are_carried_out_together_or_not_at_all(bss: Client) -> None:
    items = [{"id": str(n), **add("data-15", ORDINARY)} for n in (1, 2)]
    placed = await bss.post(f"{ORDERING}/productOrder", {"productOrderItem": items})
    bss.clock.move(2)

    order = (await bss.get(f"{ORDERING}/productOrder/{placed.body['id']}")).body

    assert note(order) == ("failed", "insufficientFunds")
    assert await bss.balance(ORDINARY) == 146.30


async def test_the_catalogue_has_what_the_operator_offers(bss: Client) -> None:
    answer = await bss.get(
        f"{CATALOGUE}/productOffering", category__id="tariff", lifecycleStatus="Active"
    )

    smart = next(each for each in answer.body if each["id"] == "smart")
    assert answer.headers["X-Total-Count"] == str(len(answer.body)) == "5"
    price = smart["productOfferingPrice"][0]
    assert price["price"]["value"] == price["price"]["taxIncludedAmount"]["value"] == 200
    assert (price["priceType"], price["recurringChargePeriod"]) == ("recurring", "month")
    kinds = {each["name"]: each for each in smart["prodSpecCharValueUse"]}
    assert kinds["data"]["productSpecCharacteristicValue"][0]["value"] == 15360
    whole = await bss.get(f"{CATALOGUE}/productOffering", limit=100)
    categories = {each["category"][0]["id"] for each in whole.body}
    assert categories == {
        "tariff", "package", "service", "subscription", "promised-payment", "roaming", "sim-block",
    }  # fmt: skip


async def test_a_payment_that_is_none_fails_and_brings_nothing(bss: Client) -> None:
    body = {
        "amount": {"amount": 1e300, "units": "UAH"},
        "usageType": "monetary",
        "bucket": {"id": f"main-{POOR}"},
        "partyAccount": {"id": "A-C-70002"},
    }
    for wrong in ({}, {"amount": {"amount": -5, "units": "UAH"}}, {"partyAccount": {"id": "A-1"}}):
        answer = await bss.post(f"{BALANCE}/topupBalance", {**body, **wrong})
        assert (answer.status, answer.body["status"]) == (201, "failed")
    assert await bss.balance(POOR) == 3.40
