"""The schema is brought up once, however many processes start together."""

import asyncio

import asyncpg

from handoff.storage.migrate import migrate, newest_revision


async def test_processes_that_start_together_migrate_once(database: str) -> None:
    await asyncio.gather(*(migrate(database) for _ in range(4)))
    await migrate(database)
    connection = await asyncpg.connect(database)
    try:
        revisions = await connection.fetch("SELECT version_num FROM alembic_version")
        tables = await connection.fetch(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
    finally:
        await connection.close()
    assert [row["version_num"] for row in revisions] == [newest_revision()]
    assert {"conversation", "event", "feed", "operator"} <= {row["table_name"] for row in tables}
