"""The store on PostgreSQL: transactions that announce after their commit, and reads."""

import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta

import asyncpg

from handoff.domain import errors
from handoff.domain.conversation import Conversation
from handoff.domain.events import LogEntry
from handoff.domain.operator import Operator
from handoff.domain.queue import QueueEntry, Workload
from handoff.domain.vocabulary import ConversationId, OperatorId, SubscriberId
from handoff.services.ports import (
    Bus,
    ConversationView,
    Credentials,
    FeedItem,
    HistoryQuery,
    NewOperator,
    PendingTurn,
    SignInFailures,
    StorageUnavailable,
)
from handoff.storage import reads, rows
from handoff.storage.statements import statement
from handoff.storage.transaction import PostgresTransaction

ACQUIRE_SECONDS = 5.0
STATEMENT_SECONDS = 10.0
_KEEP_FAILURES = timedelta(hours=1)

# What passes by itself: a database that restarts, is out of connections or space, or two
# changes that got in each other's way.
_PASSING = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.ReadOnlySQLTransactionError,
)


# No name or id of ours is like this: with a NUL, or a number out of range.
_UNKEEPABLE = "Something in it cannot be kept or looked up."


class _Connection(asyncpg.Connection):
    """A connection that keeps no state between uses, and so needs no reset after each."""

    def get_reset_query(self) -> str:
        """Nothing to run."""
        return ""


class PostgresStore:
    """Implements ``Store``; made with :meth:`open`, ended with :meth:`close`."""

    def __init__(self, pool: asyncpg.Pool, bus: Bus) -> None:
        self._pool = pool
        self._bus = bus

    @classmethod
    async def open(cls, dsn: str, bus: Bus, *, size: int = 10) -> "PostgresStore":
        """A store that connects when it is first used, again whenever it has to."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=0,
            max_size=size,
            command_timeout=STATEMENT_SECONDS,
            connection_class=_Connection,
        )
        return cls(pool, bus)

    async def close(self) -> None:
        """End all connections."""
        self._pool.terminate()

    async def ping(self) -> None:
        """Whether the database answers; ``StorageUnavailable`` otherwise."""
        async with self._connection() as connection:
            await connection.execute("SELECT 1")

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[PostgresTransaction]:
        """A transaction: committed and announced at the end, or nothing of it."""
        async with self._connection() as connection, connection.transaction():
            transaction = PostgresTransaction(connection)
            yield transaction
        for topic, announcement in transaction.announcements:
            await self._bus.publish(topic, announcement)

    async def claim_turn(
        self, conversation_id: ConversationId, *, lease: str, now: datetime, until: datetime
    ) -> PendingTurn | None:
        """Lease the oldest turn that is due, if it is nobody else's."""
        row = await self._row("claim_turn", conversation_id, lease, until, now)
        if row is None:
            return None
        return PendingTurn(
            conversation=conversation_id,
            log=row["log"],
            lease=lease,
            attempts=row["attempts"],
            text=row["text"],
            payload=row["payload"],
        )

    async def conversations_with_due_turns(self, now: datetime) -> list[ConversationId]:
        """Where a worker died or was interrupted in a turn."""
        return [ConversationId(row[0]) for row in await self._rows("due_turns", now)]

    async def release_turns(self, worker: str) -> None:
        """Give up every lease of a worker that stops."""
        await self._rows("release_turns", f"{worker}:")

    async def latest_conversation(self, subscriber: SubscriberId) -> Conversation | None:
        """The subscriber's newest conversation, not locked."""
        row = await self._row("latest_conversation", subscriber)
        return None if row is None else rows.conversation(row)

    async def view(self, conversation_id: ConversationId) -> ConversationView | None:
        """A conversation for a screen."""
        row = await self._row("view", conversation_id)
        return None if row is None else rows.view(row)

    async def views_of_operator(self, operator: OperatorId) -> list[ConversationView]:
        """What an operator has now."""
        return [rows.view(row) for row in await self._rows("views_of_operator", operator)]

    async def visible_entries(
        self, conversation_id: ConversationId, after_seq: int, limit: int
    ) -> list[LogEntry]:
        """The first ``limit`` entries past ``after_seq`` a subscriber may see, in order."""
        found = await self._rows("visible_entries", conversation_id, after_seq, limit)
        return rows.entries(found)

    async def entries_before(
        self, conversation_id: ConversationId, before_log: int | None, limit: int
    ) -> list[LogEntry]:
        """The last ``limit`` entries before ``before_log``, in order."""
        found = await self._rows("entries_before", conversation_id, before_log, limit)
        return rows.entries(reversed(found))

    async def heads(
        self, subscribers: Sequence[SubscriberId]
    ) -> dict[SubscriberId, tuple[ConversationId, int]]:
        """Each subscriber's newest conversation and its last ``seq``."""
        found = await self._rows("heads", subscribers)
        return {
            SubscriberId(row["subscriber_id"]): (ConversationId(row["id"]), row["seq"])
            for row in found
        }

    async def mark_read(self, conversation_id: ConversationId, seq: int) -> OperatorId | None:
        """Keep how far the subscriber has read; the operator to tell, if it is news."""
        row = await self._row("mark_read", conversation_id, seq)
        return OperatorId(row["operator_id"]) if row and row["operator_id"] else None

    async def queue(self) -> list[QueueEntry]:
        """Everybody who waits, in order."""
        return [rows.queue_entry(row) for row in await self._rows("queue")]

    async def workload(self, now: datetime) -> Workload:
        """What estimates rest on."""
        async with self._connection() as connection:
            return await reads.workload(connection, now)

    async def feed_head(self, operator: OperatorId) -> int:
        """The number of the newest feed item."""
        return (await self.feed_heads([operator])).get(operator, 0)

    async def feed_heads(self, operators: Sequence[OperatorId]) -> dict[OperatorId, int]:
        """The newest feed numbers of these operators."""
        found = await self._rows("feed_heads", operators)
        return {OperatorId(row["id"]): row["feed"] for row in found}

    async def feed_after(self, operator: OperatorId, after: int, limit: int) -> list[FeedItem]:
        """What an operator is to see past ``after``, in order."""
        found = await self._rows("feed_after", operator, after, limit)
        return [FeedItem(n=row["n"], entry=rows.entry(row)) for row in found]

    async def operator(self, operator_id: OperatorId) -> Operator | None:
        """An operator with the present load."""
        row = await self._row("operator", operator_id)
        return None if row is None else rows.operator(row)

    async def all_operators(self) -> list[Operator]:
        """Every operator with the present load."""
        async with self._connection() as connection:
            return await reads.all_operators(connection)

    async def touch_operators(self, operators: Sequence[OperatorId], now: datetime) -> None:
        """These operators are connected now."""
        await self._rows("touch_operators", operators, now)

    async def vanished_operators(self, since: datetime) -> list[OperatorId]:
        """Operators not seen since then who still look present or have conversations."""
        return [OperatorId(row["id"]) for row in await self._rows("vanished_operators", since)]

    async def conversations_of(self, operator: OperatorId) -> list[ConversationId]:
        """What an operator has now, oldest assignment first."""
        return [ConversationId(row["id"]) for row in await self._rows("conversations_of", operator)]

    async def credentials(self, login: str) -> Credentials | None:
        """An account by its login."""
        row = await self._row("operator_by_login", login)
        return None if row is None else Credentials(rows.operator(row), row["password_hash"])

    async def insert_operator(self, operator: NewOperator, now: datetime) -> OperatorId:
        """Make an account, or raise ``LoginTaken``."""
        row = await self._row(
            "insert_operator",
            uuid.uuid4().hex,
            operator.login,
            operator.name or operator.login,
            operator.password_hash,
            operator.role,
            operator.skills,
            operator.languages,
            operator.capacity,
            now,
        )
        if row is None:
            raise errors.LoginTaken
        return OperatorId(row["id"])

    async def update_password_hash(self, operator: OperatorId, password_hash: str) -> None:
        """Keep a hash made with newer parameters."""
        await self._rows("update_password_hash", operator, password_hash)

    async def put_session(
        self, token_hash: str, operator: OperatorId, now: datetime, until: datetime
    ) -> None:
        """Keep a session; those that have run out are forgotten."""
        await self._rows("forget_old_sessions", now)
        await self._rows("insert_session", token_hash, operator, now, until)

    async def session_operator(self, token_hash: str, now: datetime) -> Operator | None:
        """Whose session it is, if it holds."""
        row = await self._row("session_operator", token_hash, now)
        return None if row is None else rows.operator(row)

    async def delete_session(self, token_hash: str) -> None:
        """End a session."""
        await self._rows("delete_session", token_hash)

    async def sign_in_failures(self, login: str, address: str, since: datetime) -> SignInFailures:
        """Wrong passwords since then."""
        row = await self._row("sign_in_failures", login, address, since)
        assert row is not None  # noqa: S101 - a count always has a row
        return SignInFailures(row["by_login"], row["by_address"], row["oldest"])

    async def note_sign_in_failure(self, login: str, address: str, now: datetime) -> None:
        """One more wrong password; those of long ago are forgotten."""
        await self._rows("forget_old_sign_in_failures", now - _KEEP_FAILURES)
        await self._rows("insert_sign_in_failure", login, address, now)

    async def forget_sign_in_failures(self, login: str, address: str) -> None:
        """The right password was given."""
        await self._rows("delete_sign_in_failures", login, address)

    async def search(self, query: HistoryQuery) -> list[ConversationView]:
        """Conversations for the history page, newest first."""
        pattern = _like_pattern(query.text) if query.text else None
        found = await self._rows(
            "search",
            query.state,
            query.subscriber,
            query.before,
            query.before_id,
            query.text,
            pattern,
            query.limit,
        )
        return [rows.view(row) for row in found]

    async def _rows(self, name: str, *values: object) -> list[asyncpg.Record]:
        async with self._connection() as connection:
            return await connection.fetch(statement(name), *values)

    async def _row(self, name: str, *values: object) -> asyncpg.Record | None:
        async with self._connection() as connection:
            return await connection.fetchrow(statement(name), *values)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[reads.Connection]:
        with _translated():
            async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                yield connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except asyncpg.DataError as fault:
        raise errors.InvalidText(_UNKEEPABLE) from fault
    except _PASSING as fault:
        if isinstance(fault, ValueError):
            # The driver's own faults with a value are of the same family as broken connections.
            raise errors.InvalidText(_UNKEEPABLE) from fault
        raise StorageUnavailable(f"The database is not available: {fault}") from fault


def _like_pattern(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
