"""How much a visitor may send; shared by all of a visitor's sockets in this process."""

from handoff.domain.limits import TokenBucket

MESSAGES_A_SECOND = 5.0
MESSAGES_AT_ONCE = 20.0
_IDLE_SECONDS = 60.0


class VisitorLimits:
    """Message rates by visitor; times are those of a monotonic clock, in seconds."""

    def __init__(self) -> None:
        self._buckets: dict[str, TokenBucket] = {}

    def allows(self, visitor: str, now: float) -> bool:
        """Count one message; False if the visitor sends too many."""
        bucket = self._buckets.get(visitor)
        if bucket is None:
            bucket = TokenBucket.full(MESSAGES_A_SECOND, MESSAGES_AT_ONCE, now)
            self._buckets[visitor] = bucket
        return bucket.take(now)

    def credit(self, visitor: str, seconds: float) -> None:
        """Do not count against a visitor what had to wait for us, for so long."""
        if (bucket := self._buckets.get(visitor)) is not None:
            bucket.credit(seconds)

    def forget_idle(self, now: float) -> None:
        """Drop the counts of visitors who have not written for a while."""
        idle = [key for key, kept in self._buckets.items() if now - kept.filled_at > _IDLE_SECONDS]
        for key in idle:
            del self._buckets[key]
