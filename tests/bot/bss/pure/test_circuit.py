"""Nothing is asked for a while of what keeps failing."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from actions.bss.circuit import Circuit
from actions.bss.errors import BssError, BssNonsense, BssRefused, BssUnavailable, NotAsked


class Hands:
    """A clock one turns."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def circuit(clock: Hands) -> Circuit:
    return Circuit(faults=5, open_seconds=15, clock=clock)


def happens(circuit: Circuit, what: BaseException | None = None) -> None:
    with suppress(BssRefused, BssNonsense, asyncio.CancelledError), circuit.guarded():
        if what is not None:
            raise what


def fails(circuit: Circuit, times: int) -> None:
    for _ in range(times):
        with pytest.raises(BssUnavailable, match="lost"), circuit.guarded():
            raise BssUnavailable("lost")


def assert_open(circuit: Circuit) -> None:
    with pytest.raises(NotAsked, match="circuit is open"):
        happens(circuit)


def test_it_opens_at_the_fifth_fault_in_a_row(circuit: Circuit) -> None:
    fails(circuit, 4)
    happens(circuit)
    fails(circuit, 4)
    happens(circuit, BssNonsense("not JSON"))
    assert_open(circuit)


def test_a_refusal_is_an_answer(circuit: Circuit) -> None:
    fails(circuit, 4)
    happens(circuit, BssRefused("order", 409))
    fails(circuit, 4)
    happens(circuit)


def test_a_cancellation_is_no_fault(circuit: Circuit) -> None:
    fails(circuit, 4)
    for _ in range(9):
        happens(circuit, asyncio.CancelledError())
    happens(circuit)


def test_one_probe_closes_it(circuit: Circuit, clock: Hands) -> None:
    fails(circuit, 5)
    clock.seconds += 14.9
    assert_open(circuit)
    clock.seconds += 0.1
    with circuit.guarded():
        assert_open(circuit)
    fails(circuit, 4)
    happens(circuit)


def test_a_probe_that_fails_opens_it_again(circuit: Circuit, clock: Hands) -> None:
    fails(circuit, 5)
    clock.seconds += 15
    fails(circuit, 1)
    clock.seconds += 14
    assert_open(circuit)
    clock.seconds += 1
    happens(circuit, BssRefused("order", 400))
    happens(circuit)


def test_a_probe_given_up_leaves_it_to_the_next(circuit: Circuit, clock: Hands) -> None:
    fails(circuit, 5)
    clock.seconds += 15
    happens(circuit, asyncio.CancelledError())
    happens(circuit)
    fails(circuit, 4)
    happens(circuit)


@pytest.mark.parametrize("late", [None, BssUnavailable("late")])
def test_what_was_asked_before_says_nothing_of_now(
    circuit: Circuit, clock: Hands, late: BssError | None
) -> None:
    asked = [circuit.guarded() for _ in range(6)]
    for one in asked:
        one.__enter__()
    fails(circuit, 5)
    clock.seconds += 10
    for one in asked:
        with suppress(BssUnavailable):
            one.__exit__(type(late) if late else None, late, None)
    assert_open(circuit)
    clock.seconds += 5
    happens(circuit)
