"""Lists: filters, pages, fields, order; and what cannot be understood."""

from typing import Any

from tests.sandbox.conftest import (
    BALANCE,
    FAMILY,
    INVENTORY,
    MEMBER,
    ORDERING,
    ORDINARY,
    TEENAGER,
    USAGE,
    Client,
    facts,
)

USES = f"{USAGE}/usage"


async def test_filters_by_path_and_characteristic(bss: Client) -> None:
    charges = await bss.get(
        USES, usageCharacteristic__number=TEENAGER, usageType="charge", limit=100
    )

    assert charges.body
    assert {facts(each)["number"] for each in charges.body} == {TEENAGER}
    games = await bss.get(
        USES, usageCharacteristic__number=TEENAGER, usageCharacteristic__offering="games", limit=100
    )
    assert {each["description"] for each in games.body} == {"Ігровий клуб"}
    either = await bss.get(USES, usageCharacteristic__number=TEENAGER, usageType="sms,voice")
    assert {each["usageType"] for each in either.body} == {"sms", "voice"}
    none = await bss.get(USES, usageCharacteristic__number=TEENAGER, nothing__like__this="x")
    assert (none.status, none.body, none.headers["X-Total-Count"]) == (200, [], "0")


async def test_comparisons_part_a_list_in_two(bss: Client) -> None:
    whole = await bss.get(USES, usageCharacteristic__number=ORDINARY, sort="usageDate", limit=100)
    middle = whole.body[50]["usageDate"]

    async def count(**more: str) -> int:
        found = await bss.get(USES, usageCharacteristic__number=ORDINARY, **more)
        return int(found.headers["X-Total-Count"])

    total, at = await count(), await count(usageDate=middle)
    assert await count(usageDate__gte=middle) + await count(usageDate__lt=middle) == total
    assert await count(usageDate__gt=middle) + await count(usageDate__lte=middle) == total
    assert await count(usageDate__lte=middle) - await count(usageDate__lt=middle) == at == 1
    long, short = [
        await count(**{f"usageCharacteristic__seconds__{word}": "60"}) for word in ("gt", "lte")
    ]
    assert long > 0 < short
    assert long + short == await count(usageType="voice")
    assert await count(usageDate__gt="2100-01-01") == 0


async def test_pages_make_up_the_list(bss: Client) -> None:
    asked: dict[str, Any] = {"usageCharacteristic__number": ORDINARY, "sort": "-usageDate"}
    first = await bss.get(USES, **asked)
    assert (first.status, first.headers["X-Result-Count"]) == (206, "20")
    total = int(first.headers["X-Total-Count"])

    pages = [await bss.get(USES, **asked, offset=at, limit=100) for at in range(0, total, 100)]

    dates = [each["usageDate"] for page in pages for each in page.body]
    assert dates == sorted(dates, reverse=True)
    assert len({each["id"] for page in pages for each in page.body}) == total
    beyond = await bss.get(USES, **asked, offset=10**30)
    assert (beyond.status, beyond.body) == (206, [])
    assert (await bss.get(USES, **asked, limit=1000)).headers["X-Result-Count"] == "100"
    assert (await bss.get(USES, **asked, limit=0)).body == []


async def test_a_whole_list_is_a_200(bss: Client) -> None:
    answer = await bss.get(f"{BALANCE}/bucket", logicalResource__id=ORDINARY)

    assert answer.status == 200
    assert answer.headers["X-Total-Count"] == answer.headers["X-Result-Count"] == "4"
    assert {each["usageType"] for each in answer.body} == {"monetary", "data", "voice", "other"}


async def test_a_shared_bucket_is_everybodys_who_shares_it(bss: Client) -> None:
    for number in (FAMILY, MEMBER):
        found = await bss.get(f"{BALANCE}/bucket", logicalResource__id=number, usageType="data")
        assert [each["id"] for each in found.body] == [f"data-{FAMILY}"]
        assert found.body[0]["isShared"] is True
    shared = await bss.get(f"{BALANCE}/bucket", isShared="true")
    assert len(shared.body) == 2


async def test_fields_leave_what_a_resource_must_have(bss: Client) -> None:
    listed = await bss.get(f"{INVENTORY}/product", fields="name,unheardOf", limit=1)
    assert listed.body[0].keys() == {"id", "href", "name"}
    single = await bss.get(f"{BALANCE}/topupBalance/TU-0001-1", fields="amount")
    assert single.body.keys() == {"id", "href", "amount", "status"}


async def test_sorting_leaves_what_lacks_the_attribute_at_the_end(bss: Client) -> None:
    for sort in ("remainingValue.amount", "-remainingValue.amount"):
        found = await bss.get(f"{BALANCE}/bucket", sort=f"{sort},id", limit=100)
        amounts = [each.get("remainingValue", {}).get("amount") for each in found.body]
        there = [amount for amount in amounts if amount is not None]
        assert there == sorted(there, reverse=sort.startswith("-"))
        assert amounts[len(there) :] == [None] * 3


async def test_strange_texts_are_kept_as_they_are(bss: Client) -> None:
    strange = "\x00 \U0001f600 \\u0000 ' %s"
    body = {
        "productOrderItem": [{"id": strange, "action": "noChange", "quantity": 10**30}],
        "externalId": strange,
        "orderDate": 5,
        "state": "held",
    }

    placed = await bss.post(f"{ORDERING}/productOrder", body)

    assert placed.body["externalId"] == placed.body["productOrderItem"][0]["id"] == strange
    assert placed.body["productOrderItem"][0]["quantity"] == 10**30
    assert placed.body["orderDate"] != 5
    assert placed.headers["Location"] == placed.body["href"]
