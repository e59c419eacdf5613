"""The database: connected when needed, its schema made once, its failures named."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg

from sandbox.bss.errors import StorageUnavailable
from sandbox.bss.statements import schema, statement

STATEMENT_SECONDS = 10.0
ACQUIRE_SECONDS = 5.0
POOL_SIZE = 8

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
)

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"


class Database:
    """A pool of connections; made with :meth:`open`, ended with :meth:`close`."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool

    @classmethod
    async def open(cls, dsn: str) -> "Database":
        """Connect; the first statement will tell whether the database is there."""
        pool = await asyncpg.create_pool(
            dsn, min_size=0, max_size=POOL_SIZE, command_timeout=STATEMENT_SECONDS
        )
        return cls(pool)

    async def close(self) -> None:
        """Close all connections, also those in use after a moment."""
        try:
            await asyncio.wait_for(self._pool.close(), ACQUIRE_SECONDS)
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection; raises ``StorageUnavailable`` when the database fails."""
        try:
            async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
                yield connection
        except _PASSING as failed:
            raise StorageUnavailable(f"the database fails: {type(failed).__name__}") from failed

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection in a transaction, kept if the block ends well."""
        async with self.connection() as connection, connection.transaction():
            yield connection

    @asynccontextmanager
    async def preparation(self) -> AsyncIterator[Connection]:
        """A transaction that has the schema to itself: two that start at once take turns."""
        async with self.transaction() as connection:
            await connection.execute(statement("one_at_a_time"))
            await connection.execute(schema())
            yield connection
