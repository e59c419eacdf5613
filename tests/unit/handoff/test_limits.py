"""The token bucket."""

from handoff.domain.limits import TokenBucket


def test_a_burst_then_the_rate() -> None:
    bucket = TokenBucket.full(rate=5, burst=20, now=0)
    assert [bucket.take(0) for _ in range(21)] == [True] * 20 + [False]
    assert [bucket.take(1) for _ in range(6)] == [True] * 5 + [False]


def test_a_credit_allows_more_than_the_burst_once() -> None:
    bucket = TokenBucket.full(rate=5, burst=2, now=0)
    assert [bucket.take(0), bucket.take(0), bucket.take(0)] == [True, True, False]
    bucket.credit(seconds=1)
    assert [bucket.take(0) for _ in range(6)] == [True] * 5 + [False]


def test_it_never_holds_more_than_the_burst() -> None:
    bucket = TokenBucket.full(rate=5, burst=3, now=0)
    assert [bucket.take(1_000) for _ in range(4)] == [True] * 3 + [False]
