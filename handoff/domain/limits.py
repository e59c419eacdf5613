"""Rate limits as values: a token bucket that is told the time."""

from dataclasses import dataclass


@dataclass(slots=True)
class TokenBucket:
    """Allows ``burst`` at once and ``rate`` a second on average; times in seconds."""

    rate: float
    burst: float
    tokens: float
    filled_at: float

    @classmethod
    def full(cls, rate: float, burst: float, now: float) -> "TokenBucket":
        """A bucket nobody has drawn from yet."""
        return cls(rate=rate, burst=burst, tokens=burst, filled_at=now)

    def credit(self, seconds: float) -> None:
        """Allow what came in while nothing was taken from us, for so long."""
        self.tokens += seconds * self.rate

    def take(self, now: float) -> bool:
        """Draw one token; False when there is none."""
        refilled = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        # What was credited may be more than the burst.
        self.tokens = max(self.tokens, refilled)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
