"""PostgreSQL: the log of record."""

from handoff.storage.migrate import migrate
from handoff.storage.store import PostgresStore

__all__ = ["PostgresStore", "migrate"]
