"""The system's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Implements the services' ``Clock``."""

    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.now(UTC)
