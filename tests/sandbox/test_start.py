"""Starting, starting again, starting twice; and the people who are there then."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest

from sandbox.bss.catalogue import read_catalogue
from sandbox.bss.histories import DAYS, history
from sandbox.bss.people import Person, load_people
from sandbox.bss.settings import ROOT
from tests.engines import clone_database, drop_database
from tests.sandbox.conftest import (
    BALANCE,
    COLLECTOR,
    INVENTORY,
    ORDERING,
    ORDINARY,
    TEENAGER,
    TICKETS,
    USAGE,
    Client,
    Clock,
    add,
    facts,
    running,
    settings_for,
)
from tests.sandbox.processes import process, spawn

PEOPLE = load_people()
CATALOGUE = read_catalogue(ROOT / "bot/operator/demo.yml", PEOPLE.allowances)
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@pytest.fixture
async def empty(postgres_dsn: str) -> AsyncIterator[str]:
    """Address of a database nothing was ever in, but for somebody else's table."""
    dsn = await clone_database(postgres_dsn, template="template1")
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE conversation (id int); CREATE TABLE bucket (id int)")
    await connection.close()
    yield dsn
    await drop_database(postgres_dsn, dsn)


async def test_two_start_at_once_and_seed_once(empty: str) -> None:
    started = [spawn(empty), spawn(empty)]
    try:
        for each in started:
            each.wait_until_healthy()
            each.sign_in()
        lists = [each.ask("GET", f"{BALANCE}/bucket?limit=100")[1] for each in started]
        products = started[0].ask("GET", f"{INVENTORY}/product?kind=tariff&limit=100")[1]
    finally:
        for each in started:
            each.process.terminate()
            each.process.wait(timeout=30)

    own = [[bucket["id"] for bucket in buckets] for buckets in lists]
    assert own[0] == own[1]
    assert own[0].count(f"main-{ORDINARY}") == 1
    assert len([bucket for bucket in own[0] if bucket.startswith("main-")]) == 18
    assert products == []


async def test_a_restart_keeps_everything_and_finishes_what_was_ordered(empty: str) -> None:
    with process(empty, BSS_ORDER_SECONDS="0.2") as first:
        body = {"externalId": "k", "productOrderItem": [{"id": "1", **add("data-5", ORDINARY)}]}
        _, order = first.ask("POST", f"{ORDERING}/productOrder", body)
        sms = {"to": f"+{ORDINARY}", "text": "Hello", "id": "1"}
        assert first.ask("POST", "/messages", sms)[0] == 202
        first.process.kill()
        first.process.wait()
        token = first.token
        with process(empty, BSS_ORDER_SECONDS="0.2") as second:
            second.token = token
            path = f"{ORDERING}/productOrder/{order['id']}"
            while (found := second.ask("GET", path)[1])["state"] in ("acknowledged", "inProgress"):
                pass
            _, bucket = second.ask("GET", f"{BALANCE}/bucket/main-{ORDINARY}")
            _, messages = second.ask("GET", f"/phone/{ORDINARY}/messages")
            _, again = second.ask("POST", f"{ORDERING}/productOrder", body)
        first.process = second.process

    assert (found["state"], again["id"]) == ("completed", order["id"])
    assert bucket["remainingValue"]["amount"] == 101.3
    assert [message["text"] for message in messages] == ["Hello"]


async def test_a_reset_puts_everything_back(bss: Client) -> None:
    before = await bss.get(f"{BALANCE}/bucket", sort="id", limit=100)
    await bss.order(add("data-5", ORDINARY))
    await bss.post("/messages", {"to": f"+{ORDINARY}", "text": "Hello", "id": "1"})

    answer = await bss.ask("POST", "/sandbox/reset", headers=bss.bearer)

    assert answer.status == 204
    after = await bss.get(f"{BALANCE}/bucket", sort="id", limit=100)
    left = [[(b["id"], b.get("remainingValue")) for b in each.body] for each in (before, after)]
    assert left[0] == left[1]
    assert (await bss.get(f"{ORDERING}/productOrder")).body == []
    assert (await bss.ask("GET", f"/phone/{ORDINARY}/messages")).body == []
    assert (await bss.place(add("data-5", ORDINARY)))["id"] == "O-100001"


async def test_resets_and_orders_at_once_harm_nothing(dsn: str) -> None:
    clock = Clock()
    async with running(settings_for(dsn, order_seconds=0), clock) as bss:
        for _ in range(3):
            await bss.place(add("data-5", ORDINARY))
            await bss.ask("POST", "/sandbox/reset", headers=bss.bearer)
        assert await bss.balance(ORDINARY) == 146.30


def end_of(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run a sandbox that cannot start to its end."""
    return subprocess.run(
        [sys.executable, "-m", "sandbox.bss"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"BSS_CLIENT_SECRET": ""}, "BSS_CLIENT_SECRET is not set"),
        ({"BSS_PORT": "eighty"}, "BSS_PORT is not a number"),
        ({"BSS_PORT": "70000"}, "BSS_PORT is out of range"),
        ({"OPERATOR_FILE": "bot/operator/none.yml"}, "none.yml"),
        ({}, "the database fails"),
    ],
)
def test_what_is_missing_is_said(environment: dict[str, str], said: str) -> None:
    told = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "BSS_CLIENT_ID": "client",
        "BSS_CLIENT_SECRET": "secret",
        "BSS_DATABASE_SECONDS": "0.3",
        **environment,
    }
    ended = end_of(told)

    assert (ended.returncode, said in ended.stdout) == (1, True), ended
    assert "Traceback" not in ended.stdout + ended.stderr


def test_an_operator_who_offers_other_things_is_told_so(tmp_path: Path) -> None:
    text = (ROOT / "bot/operator/demo.yml").read_text(encoding="utf-8")
    other = tmp_path / "other.yml"
    other.write_text(text.replace("id: smart", "id: clever"), encoding="utf-8")
    told = {"BSS_CLIENT_ID": "c", "BSS_CLIENT_SECRET": "s", "OPERATOR_FILE": str(other)}
    dsn = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}

    ended = end_of({**told, **dsn})

    assert "380500000001 has smart, which is not offered" in ended.stdout


def test_histories_are_the_same_every_time() -> None:
    for person in PEOPLE.people:
        first, second = (history(person, CATALOGUE, seed=PEOPLE.seed, now=NOW) for _ in range(2))
        assert first == second


@pytest.mark.parametrize("person", PEOPLE.people, ids=lambda person: person.number)
def test_accounts_add_up(person: Person) -> None:
    """Whoever pays before use never had less than nothing on the account."""
    past = history(person, CATALOGUE, seed=PEOPLE.seed, now=NOW)
    spent = [(use.at, -use.cost) for use in past.uses]
    paid = [
        (datetime.fromordinal(NOW.toordinal() - each.ago).replace(tzinfo=UTC), each.amount)
        for each in person.topups
        if each.status == "completed"
    ]
    balance = person.balance - sum((amount for _, amount in spent + paid), Decimal(0))
    lowest = -person.contract.credit if person.contract else Decimal(0)

    running_balance = [balance]
    for _, amount in sorted(spent + paid):
        running_balance.append(running_balance[-1] + amount)

    assert min(running_balance) >= lowest
    assert max(running_balance) < 2000
    assert all(used >= 0 for used in past.used.values())
    assert (NOW - past.uses[0].at).days >= DAYS - 5


@pytest.mark.parametrize("number", [ORDINARY, TEENAGER, COLLECTOR])
def test_allowances_are_what_was_used_since_the_last_charge(number: str) -> None:
    person = next(each for each in PEOPLE.people if each.number == number)
    past = history(person, CATALOGUE, seed=PEOPLE.seed, now=NOW)
    charged = [use for use in past.uses if use.facts.get("offering") == person.tariff][-1]
    since = [use for use in past.uses if use.at.date() >= charged.at.date()]

    megabytes = sum(float(use.facts["megabytes"]) for use in since if use.kind == "data")

    full = CATALOGUE.offerings[person.tariff].allowances["data"]
    assert full is not None
    assert 0 < past.used["data"] < full
    # What is yet to come of today is taken already.
    assert megabytes <= past.used["data"] + 1 <= megabytes + 2.2 * person.habits.megabytes


async def test_the_stories_are_told(bss: Client) -> None:
    async def of(number: str, **params: str) -> dict[str, object]:
        return facts((await bss.products(f"38050000{number}", **params))[0])

    assert (await of("0007"))["suspendReason"] == "noFunds"
    assert (await of("0008"))["suspendReason"] == "ownRequest"
    assert (await of("0006", name="Contract"))["debt"] == 208
    assert (await of("0010", name="Роумінг"))["zone"] == "sea"
    assert len(str((await of("0001", name="SIM"))["puk"])) == 8
    payments = [
        (await bss.get(f"{BALANCE}/topupBalance", logicalResource__id=f"38050000{number}")).body
        for number in ("0015", "0016")
    ]
    assert [each[-1]["status"] for each in payments] == ["created", "failed"]
    assert "confirmationDate" not in payments[0][-1]
    tickets = await bss.get(f"{TICKETS}/troubleTicket", sort="-creationDate")
    assert [each["status"] for each in tickets.body] == ["inProgress", "resolved"]
    abroad = await bss.get(
        f"{USAGE}/usage", usageCharacteristic__roaming="TR", usageType="charge", limit=100
    )
    assert {
        use["ratedProductUsage"][0]["taxIncludedRatingAmount"]["value"] for use in abroad.body
    } == {90}
    uses = await bss.get(f"{USAGE}/usage", limit=1)
    assert 3000 < int(uses.headers["X-Total-Count"]) < 20000
