"""The queue's order, its estimates, and who is chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.domain.operator import Operator, is_at_work
from handoff.domain.queue import (
    QueueEntry,
    Workload,
    choose_operator,
    difference,
    estimate_wait,
    summary,
)
from handoff.domain.vocabulary import ConversationId, Language, Presence, Role
from tests.factories import NOON, at, make_entry, make_operator, make_queued

BUSY = Workload(
    operators_online=2,
    free=0,
    capacity=4,
    handle_seconds=[100, 200, 300],
    answer_seconds=[10, 20, 30],
)


@pytest.mark.parametrize(
    ("position", "workload", "seconds"),
    [
        # nobody is online: nobody can know
        (1, Workload(0, 0, 0, [100] * 5, [10] * 5), None),
        # nothing measured yet: no guess
        (1, Workload(1, 5, 5), None),
        (3, Workload(1, 1, 5, [], [10] * 5), None),
        # somebody is free: as long as others waited lately
        (2, Workload(1, 5, 5, [], [10, 20, 30]), 20),
        # everybody is busy: one of four conversations of 200 s has to end, then 20 s
        (1, BUSY, 70),
        (4, BUSY, 220),
    ],
)
def test_estimate_is_honest(position: int, workload: Workload, seconds: int | None) -> None:
    assert estimate_wait(position, workload) == seconds


@given(st.integers(1, 500))
def test_who_is_later_in_the_queue_never_waits_less(position: int) -> None:
    earlier, later = estimate_wait(position, BUSY), estimate_wait(position + 1, BUSY)
    assert earlier is not None
    assert later is not None
    assert earlier <= later


def test_the_least_loaded_of_the_able_is_chosen() -> None:
    anna = make_operator("anna", load=2)
    borys = make_operator("borys", load=1)
    assert choose_operator(make_entry(), [anna, borys]) == borys


@pytest.mark.parametrize(
    "unable",
    [
        make_operator(load=5),
        make_operator(languages=(Language.EN,)),
        make_operator(skills=("roaming",)),
    ],
)
def test_who_is_not_able_is_not_chosen(unable: object) -> None:
    assert choose_operator(make_entry(skill="billing"), [unable]) is None  # type: ignore[list-item]
    able = make_operator("zoe", skills=("billing",), languages=(Language.UK,), load=4)
    assert choose_operator(make_entry(skill="billing"), [unable, able]) == able  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("operator", "is_there"),
    [
        (make_operator(seen_at=at(-14)), True),
        (make_operator(seen_at=at(-16)), False),
        (make_operator(seen_at=None), False),
        (make_operator(seen_at=NOON, presence=Presence.AWAY), False),
        (make_operator(seen_at=NOON, presence=Presence.OFFLINE), False),
        (make_operator(seen_at=NOON, role=Role.TRAINER), False),
        (make_operator(seen_at=NOON, role=Role.SUPERVISOR), True),
    ],
)
def test_who_is_at_work(operator: Operator, is_there: bool) -> None:
    assert is_at_work(operator, NOON) is is_there


def test_summary_is_two_short_lines() -> None:
    told = make_queued(request="куди   поділись\nгроші", preview="х" * 500)
    assert summary(told) == "куди поділись гроші\n" + "х" * 159 + "…"
    assert summary(make_queued(preview="алло")) == "алло"
    assert summary(make_queued(request="де гроші", preview="де гроші")) == "де гроші"
    assert summary(make_queued()) == ""


Queue = dict[ConversationId, QueueEntry]
queues = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)).map(
    lambda known: {ConversationId(k): make_entry(k, priority=p) for k, p in known.items()}
)


@given(queues, queues)
def test_a_snapshot_and_the_difference_make_the_next_snapshot(before: Queue, after: Queue) -> None:
    change = difference(before, after)
    told = dict(before)
    for gone in change.removed:
        del told[gone]
    for entry in (*change.added, *change.changed):
        told[entry.conversation] = entry
    assert told == after
    assert bool(change) == (before != after)
