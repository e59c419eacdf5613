"""What is read in lists: whole, bounded, and of whom it was asked for."""

from __future__ import annotations

from datetime import datetime

import pytest
from aiohttp import web
from bss.pure import samples
from bss.pure.samples import NUMBER, OTHER
from bss.wire.conftest import Hands
from bss.wire.server import (
    BUCKET,
    OFFERING,
    PRODUCT,
    TICKET,
    TOP_UP,
    USAGE,
    Asked,
    Behaviour,
    Server,
    refuses,
    says,
)

from actions.bss import Bss, BssNonsense, BssUnavailable, NotFound, Stretch
from actions.bss.model import Category, UsageKind
from actions.bss.reading import UTC

JUNE = Stretch(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC), NUMBER)


def pages_of(total: int, *, tells: bool = True) -> Behaviour:
    """A list of so many records, in pages as asked for."""

    async def behave(asked: Asked) -> web.StreamResponse:
        offset, limit = int(asked.query["offset"]), int(asked.query["limit"])
        end = min(offset + limit, total)
        records = [samples.usage(id=f"U-{at}") for at in range(offset, end)]
        headers = {"X-Total-Count": str(total)} if tells else {}
        return web.json_response(records, status=206 if end < total else 200, headers=headers)

    return behave


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize(("total", "pages"), [(0, 1), (99, 1), (100, 1), (101, 2), (500, 5)])
async def test_all_pages_are_read(
    server: Server, client: Bss, total: int, pages: int, *, tells: bool
) -> None:
    server.on("GET", USAGE, pages_of(total, tells=tells))
    found = await client.usage.records(JUNE)
    assert (len(found.items), found.total, found.is_whole) == (total, total, True)
    assert len(server.requests("GET", USAGE)) == pages


async def test_a_listing_tells_that_there_is_more(server: Server, client: Bss) -> None:
    server.on("GET", USAGE, pages_of(5_000))
    found = await client.usage.records(JUNE)
    assert (len(found.items), found.total, found.is_whole) == (500, 5_000, False)
    found = await client.usage.records(JUNE, most=10)
    assert (len(found.items), found.is_whole) == (10, False)
    assert server.requests("GET", USAGE)[-1].query["limit"] == "10"


async def test_a_list_that_never_ends_is_nonsense(server: Server, client: Bss) -> None:
    async def again(asked: Asked) -> web.StreamResponse:
        at = int(asked.query["offset"])
        items = [samples.product(id=f"P-{at + one}") for one in range(100)]
        return web.json_response(items, status=206)

    server.on("GET", PRODUCT, again)
    with pytest.raises(BssNonsense, match="more than 500"):
        await client.inventory.products(NUMBER)
    server.on("GET", PRODUCT, says([samples.product()], 206))
    with pytest.raises(BssNonsense, match="twice"):
        await client.inventory.products(NUMBER)


async def test_usage_is_asked_for_by_time_and_kind(server: Server, client: Bss) -> None:
    server.on("GET", USAGE, says([samples.usage()]))
    asked = Stretch(JUNE.since, JUNE.until, f"+{NUMBER}", UsageKind.VOICE)
    assert (await client.usage.records(asked)).items[0].seconds == 65
    assert server.requests("GET", USAGE)[0].query == {
        "usageCharacteristic.number": NUMBER,
        "usageDate.gte": "2026-06-01T00:00:00.000Z",
        "usageDate.lt": "2026-07-01T00:00:00.000Z",
        "usageType": "voice",
        "sort": "-usageDate",
        "offset": "0",
        "limit": "100",
    }


@pytest.mark.parametrize(
    "record",
    [
        samples.usage(usageDate="2026-07-01T00:00:00Z"),
        samples.usage(usageType="sms"),
        samples.usage(usageCharacteristic=samples.characteristics(number=OTHER)),
    ],
)
async def test_a_filter_passed_over_is_noticed(
    server: Server, client: Bss, record: samples.Json
) -> None:
    server.on("GET", USAGE, says([record]))
    asked = Stretch(JUNE.since, JUNE.until, NUMBER, UsageKind.VOICE)
    with pytest.raises(BssNonsense, match="not asked for"):
        await client.usage.records(asked)


async def test_what_belongs_to_another_is_not_told(server: Server, client: Bss) -> None:
    theirs = [{"id": OTHER, "role": "number"}]
    server.on("GET", PRODUCT, says([samples.product(productSerialNumber=OTHER)]))
    server.on("GET", TOP_UP, says([samples.top_up(logicalResource=[{"id": OTHER}])]))
    server.on("GET", TICKET, says([samples.ticket(relatedEntity=theirs)]))
    server.on("GET", f"{TICKET}/T-10024", says(samples.ticket(relatedEntity=theirs)))
    for call in (client.inventory.products, client.balance.top_ups, client.tickets.of):
        with pytest.raises(BssNonsense, match="not asked for"):
            await call(NUMBER)
    with pytest.raises(NotFound):
        await client.tickets.one("T-10024", number=NUMBER)
    assert (await client.tickets.one("T-10024", number=OTHER)).name == "No signal"


async def test_top_ups_and_tickets_come_newest_first(server: Server, client: Bss) -> None:
    server.on("GET", TOP_UP, says([samples.top_up()], 206, total=40))
    server.on("GET", TICKET, says([samples.ticket()]))
    (top_up,) = await client.balance.top_ups(NUMBER, most=1)
    assert top_up.channel == "EasyPay"
    assert (await client.tickets.of(NUMBER))[0].id == "T-10024"
    assert server.requests("GET", TOP_UP)[0].query["sort"] == "-requestedDate"
    assert server.requests("GET", TICKET)[0].query["sort"] == "-creationDate"


async def test_a_number_nobody_has(server: Server, client: Bss) -> None:
    server.on("GET", BUCKET, says([]))
    assert await client.balance.buckets(NUMBER) == ()
    with pytest.raises(NotFound):
        await client.balance.account(NUMBER)


async def test_offerings_are_kept_for_five_minutes(
    server: Server, client: Bss, clock: Hands
) -> None:
    server.on("GET", OFFERING, says([samples.offering()]), says([]))
    (found,) = await client.catalogue.offerings(Category.PACKAGE)
    clock.seconds += 299
    assert await client.catalogue.offerings(Category.PACKAGE) == (found,)
    (asked,) = server.requests("GET", OFFERING)
    assert asked.query["category.id"] == "package"
    assert asked.query["lifecycleStatus"] == "Active"
    clock.seconds += 1
    assert await client.catalogue.offerings(Category.PACKAGE) == ()


async def test_a_fault_is_not_kept(server: Server, client: Bss) -> None:
    server.on("GET", OFFERING, refuses(500), refuses(500), says([samples.offering()]))
    with pytest.raises(BssUnavailable):
        await client.catalogue.offerings(Category.PACKAGE)
    assert len(await client.catalogue.offerings(Category.PACKAGE)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        samples.offering(category=[{"id": "tariff"}]),
        samples.offering(lifecycleStatus="Retired"),
    ],
)
async def test_offerings_are_those_asked_for(
    server: Server, client: Bss, wrong: samples.Json
) -> None:
    server.on("GET", OFFERING, says([wrong]))
    with pytest.raises(BssNonsense, match="not asked for"):
        await client.catalogue.offerings(Category.PACKAGE)
