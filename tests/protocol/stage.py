"""Who plays in a test: visitors and operators of its own, on the running system."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass

from abonent.accounts import create_account
from handoff.domain.vocabulary import Role
from handoff.services.ports import NewOperator
from tests.protocol.clients import OperatorClient, SubscriberClient
from tests.protocol.signing_in import sign_in
from tests.protocol.sockets import DeskSocket
from tests.system import System

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Account:
    """An operator's account, signed in; the password is `PASSWORD`."""

    login: str
    cookie: str
    role: str
    skill: str


class Accounts:
    """Operators' accounts, made as needed and lent to one test at a time."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._free: dict[tuple[str, str], list[Account]] = defaultdict(list)

    async def borrow(self, role: str, skill: str) -> Account:
        """Return an operator whom nobody plays now."""
        free = self._free[role, skill]
        return free.pop() if free else await self._make(role, skill)

    def give_back(self, account: Account) -> None:
        """Let the next test play this operator."""
        self._free[account.role, account.skill].append(account)

    async def _make(self, role: str, skill: str) -> Account:
        login = f"{role}-{secrets.token_hex(4)}"
        new = NewOperator(login=login, role=Role(role), skills=(skill,) if skill else ())
        await asyncio.to_thread(create_account, self._system.settings, new, PASSWORD)
        cookie = await sign_in(site_of(self._system), login, PASSWORD)
        return Account(login, cookie, role, skill)


class Stage:
    """Makes visitors and operators, and sends them home when the test is over."""

    def __init__(self, system: System, accounts: Accounts) -> None:
        self.system = system
        self._accounts = accounts
        self._borrowed: list[Account] = []
        self._subscribers: list[SubscriberClient] = []
        self._operators: list[OperatorClient] = []

    @property
    def site(self) -> str:
        """Address of the gateway."""
        return site_of(self.system)

    @property
    def desk(self) -> str:
        """Address of the operators' socket."""
        return f"ws://127.0.0.1:{self.system.settings.desk_port}/"

    async def subscriber(
        self, *, locale: str = "uk", visitor: str | None = None
    ) -> SubscriberClient:
        """A visitor who has opened the widget: a new one, or another tab of one."""
        client = SubscriberClient(self.site, locale=locale, visitor=visitor)
        self._subscribers.append(client)
        await client.start()
        return client

    async def operator(
        self, *, capacity: int = 20, role: str = "operator", skill: str = ""
    ) -> OperatorClient:
        """An operator at the desk, online."""
        client = await self.away_operator(role=role, skill=skill)
        await client.go("online", capacity=capacity)
        return client

    async def away_operator(self, *, role: str = "operator", skill: str = "") -> OperatorClient:
        """An operator at the desk who has not said a status yet."""
        return await self.operator_of(await self.account(role=role, skill=skill))

    async def operator_of(self, account: Account) -> OperatorClient:
        """A window of an operator's, connected; one is away until one says otherwise."""
        client = OperatorClient(self.desk, account.cookie)
        self._operators.append(client)
        await client.start()
        return client

    async def account(self, *, role: str = "operator", skill: str = "") -> Account:
        """An operator's account that no other test uses now."""
        account = await self._accounts.borrow(role, skill)
        self._borrowed.append(account)
        return account

    async def waiting(self, *, locale: str = "uk") -> tuple[SubscriberClient, str]:
        """A subscriber in the queue, and the conversation."""
        subscriber = await self.subscriber(locale=locale)
        await subscriber.ask_for_person()
        assert subscriber.conversation is not None
        return subscriber, subscriber.conversation

    async def talking(self, operator: OperatorClient) -> tuple[SubscriberClient, str]:
        """A subscriber whom an operator has accepted, and the conversation."""
        subscriber, conversation = await self.waiting()
        await operator.see_waiting(conversation)
        await operator.accept(conversation)
        await subscriber.reach("assigned")
        await operator.until(lambda: operator.events_of(conversation, "state"))
        return subscriber, conversation

    async def leave(self) -> None:
        """Send everyone home: no conversation waits or is held, no account is in use."""
        for subscriber in self._subscribers:
            await subscriber.leave_queue()
        for client in [*self._operators, *self._subscribers]:
            await client.stop()
        for account in self._borrowed:
            await self._clear_desk(account)
            self._accounts.give_back(account)

    async def _clear_desk(self, account: Account) -> None:
        async with DeskSocket(self.desk, account.cookie) as desk:
            welcome = await desk.ask("hello", after=None)
            for one in welcome["conversations"]:
                await desk.ask("close", conversation=one["conversation"], disposition="test")
            await desk.ask("status", status="offline")


def site_of(system: System) -> str:
    """Address of the gateway, in figures so that a test may call from 127.0.0.x."""
    return f"http://127.0.0.1:{system.settings.port}"


async def play(system: System, accounts: Accounts) -> AsyncIterator[Stage]:
    """Yield a stage, and clear it afterwards."""
    stage = Stage(system, accounts)
    try:
        yield stage
    finally:
        await stage.leave()
