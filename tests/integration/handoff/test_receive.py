"""What a subscriber sends is stored once, in order, and never lost on the way."""

import asyncio

import pytest

from handoff.domain import errors
from handoff.domain.events import Message, StateChanged
from handoff.domain.vocabulary import Reason, State
from handoff.services import assignment, receive
from handoff.services.ports import Services
from tests.integration.handoff.conftest import Office, visitor


async def texts(services: Services, name: str = "v1") -> list[str]:
    subscriber = receive.subscriber_id(visitor(name).address)
    latest = await services.store.latest_conversation(subscriber)
    entries = await services.store.visible_entries(latest.id, 0, 1_000) if latest else []
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    return [entry.event.text for entry in entries if isinstance(entry.event, Message)]


async def test_a_message_sent_again_and_at_once_is_stored_once(services: Services) -> None:
    receipts = await asyncio.gather(
        *(receive.receive_message(services, visitor(), "m1", "алло") for _ in range(8))
    )
    assert sorted(receipt.is_duplicate for receipt in receipts) == [False] + [True] * 7
    assert len({receipt.entry.log for receipt in receipts}) == 1
    assert await texts(services) == ["алло"]


async def test_the_same_id_of_another_visitor_is_another_message(services: Services) -> None:
    for name in ("v1", "v2"):
        receipt = await receive.receive_message(services, visitor(name), "m1", name)
        assert not receipt.is_duplicate
    assert await texts(services, "v2") == ["v2"]


async def test_messages_at_once_get_numbers_without_a_gap(services: Services) -> None:
    await asyncio.gather(
        *(receive.receive_message(services, visitor(), f"m{n}", str(n)) for n in range(20))
    )
    assert sorted(await texts(services), key=int) == [str(n) for n in range(20)]


async def test_refused_text_leaves_no_trace(services: Services) -> None:
    with pytest.raises(errors.InvalidText):
        await receive.receive_message(services, visitor(), "m1", "\u200b")
    subscriber = receive.subscriber_id(visitor().address)
    assert await services.store.latest_conversation(subscriber) is None


async def test_a_button_never_offered_is_refused_and_leaves_no_trace(services: Services) -> None:
    with pytest.raises(errors.UnknownButton):
        await receive.press_button(services, visitor(), "b1", "/sim_lost")
    subscriber = receive.subscriber_id(visitor().address)
    assert await services.store.latest_conversation(subscriber) is None


async def test_asking_for_a_person_twice_queues_once(services: Services) -> None:
    first = await receive.request_person(services, visitor())
    again = await receive.request_person(services, visitor())
    assert first.id == again.id
    entries = await services.store.visible_entries(first.id, 0, 1_000)
    assert [type(entry.event) for entry in entries] == [StateChanged]
    (entry,) = await services.store.queue()
    assert entry.reason is Reason.USER_REQUEST


async def test_leaving_the_queue_returns_to_the_bot(services: Services) -> None:
    conversation = await receive.request_person(services, visitor())
    await receive.leave_queue(services, visitor().address)
    view = await services.store.view(conversation.id)
    assert view is not None
    assert view.conversation.state is State.BOT
    assert await services.store.queue() == []


async def test_leaving_when_a_person_has_it_is_refused(services: Services, office: Office) -> None:
    conversation = await receive.request_person(services, visitor())
    await assignment.accept(services, await office.hire("anna"), conversation.id)
    with pytest.raises(errors.ConversationNotWaiting):
        await receive.leave_queue(services, visitor().address)


async def test_who_never_wrote_has_nothing_to_leave_or_rate(services: Services) -> None:
    with pytest.raises(errors.ConversationNotFound):
        await receive.leave_queue(services, visitor().address)
    with pytest.raises(errors.ConversationNotFound):
        await receive.rate(services, visitor().address, 5, None)


async def test_after_closing_the_next_message_opens_a_new_conversation(
    services: Services, office: Office
) -> None:
    anna = await office.hire("anna")
    old = await receive.request_person(services, visitor())
    await assignment.accept(services, anna, old.id)
    await assignment.close(services, anna, old.id, "solved")
    receipt = await receive.receive_message(services, visitor(), "m9", "ще питання")
    assert receipt.conversation.id != old.id
    assert receipt.conversation.ordinal == old.ordinal + 1
    assert receipt.entry.seq == 1
    await receive.rate(services, visitor().address, 4, "ок")
