"""Reads that both a transaction and the store make."""

from datetime import datetime, timedelta

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from handoff.domain.operator import Operator, is_at_work
from handoff.domain.queue import Workload
from handoff.storage import rows
from handoff.storage.statements import statement

# What happened longer ago says little of today's waits.
_MEASURED_OVER = timedelta(hours=12)

Connection = asyncpg.Connection | PoolConnectionProxy


async def all_operators(connection: Connection) -> list[Operator]:
    """Every operator with the present load."""
    return [rows.operator(row) for row in await connection.fetch(statement("operators"))]


async def workload(connection: Connection, now: datetime) -> Workload:
    """What estimates rest on: operators online now, and recent waits and lengths."""
    online = [each for each in await all_operators(connection) if is_at_work(each, now)]
    since = now - _MEASURED_OVER
    handled = await connection.fetch(statement("handle_seconds"), since)
    answered = await connection.fetch(statement("answer_seconds"), since)
    return Workload(
        operators_online=len(online),
        free=sum(operator.free for operator in online),
        capacity=sum(operator.capacity for operator in online),
        handle_seconds=[row[0] for row in handled],
        answer_seconds=[row[0] for row in answered],
    )
