"""A conversation has one owner; capacity is never exceeded; nobody is forgotten."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from handoff.domain import errors
from handoff.domain.conversation import Conversation
from handoff.domain.vocabulary import ConversationId, Language, Presence, Role, State
from handoff.services import assignment, operators, receive, reply
from handoff.services.ports import Services
from tests.integration.handoff.conftest import Office, visitor


async def waiting(services: Services, count: int) -> list[Conversation]:
    return [await receive.request_person(services, visitor(f"v{n}")) for n in range(count)]


async def state_of(services: Services, conversation_id: ConversationId) -> Conversation:
    view = await services.store.view(conversation_id)
    assert view is not None
    return view.conversation


async def test_of_many_who_accept_at_once_one_wins(services: Services, office: Office) -> None:
    (conversation,) = await waiting(services, 1)
    team = [await office.hire(f"operator{n}") for n in range(10)]
    results = await asyncio.gather(
        *(assignment.accept(services, operator, conversation.id) for operator in team),
        return_exceptions=True,
    )
    kinds = Counter(type(result) for result in results)
    assert kinds == {Conversation: 1, errors.ConversationTaken: 9}
    winner = team[[isinstance(result, Conversation) for result in results].index(True)]
    assert (await state_of(services, conversation.id)).operator_id == winner
    assert (await assignment.accept(services, winner, conversation.id)).operator_id == winner


async def test_a_storm_of_accepts_never_exceeds_the_capacity(
    services: Services, office: Office
) -> None:
    conversations = await waiting(services, 12)
    anna = await office.hire("anna", capacity=3)
    results = await asyncio.gather(
        *(assignment.accept(services, anna, each.id) for each in conversations),
        return_exceptions=True,
    )
    kinds = Counter(type(result) for result in results)
    assert kinds == {Conversation: 3, errors.CapacityReached: 9}
    operator = await services.store.operator(anna)
    assert operator is not None
    assert operator.load == 3


async def test_transfers_into_each_other_do_not_deadlock(
    services: Services, office: Office
) -> None:
    anna, borys = await office.hire("anna"), await office.hire("borys")
    one, two = await waiting(services, 2)
    await assignment.accept(services, anna, one.id)
    await assignment.accept(services, borys, two.id)
    for _ in range(5):
        await asyncio.gather(
            assignment.transfer_to_operator(services, anna, one.id, borys),
            assignment.transfer_to_operator(services, borys, two.id, anna),
        )
        anna, borys = borys, anna
    assert {(await state_of(services, each.id)).state for each in (one, two)} == {State.ASSIGNED}


async def test_who_is_not_online_cannot_take(services: Services, office: Office) -> None:
    (conversation,) = await waiting(services, 1)
    away = await office.hire("anna", presence=Presence.AWAY)
    with pytest.raises(errors.OperatorNotOnline):
        await assignment.accept(services, away, conversation.id)
    trainer = await office.hire("olena", role=Role.TRAINER)
    with pytest.raises(errors.Forbidden):
        await assignment.accept(services, trainer, conversation.id)
    english = await office.hire("john", languages=(Language.EN,))
    with pytest.raises(errors.Forbidden):
        await assignment.accept(services, english, conversation.id)


async def test_a_full_operator_gets_no_transfer(services: Services, office: Office) -> None:
    anna, borys = await office.hire("anna"), await office.hire("borys", capacity=1)
    one, two = await waiting(services, 2)
    await assignment.accept(services, anna, one.id)
    await assignment.accept(services, borys, two.id)
    with pytest.raises(errors.CapacityReached):
        await assignment.transfer_to_operator(services, anna, one.id, borys)
    assert (await state_of(services, one.id)).operator_id == anna


async def test_a_transfer_to_a_skill_waits_for_one_who_has_it(
    services: Services, office: Office
) -> None:
    anna = await office.hire("anna", skills=("general",))
    zoe = await office.hire("zoe", skills=("billing",))
    (conversation,) = await waiting(services, 1)
    await assignment.accept(services, anna, conversation.id)
    await assignment.transfer_to_skill(services, anna, conversation.id, "billing")
    with pytest.raises(errors.Forbidden):
        await assignment.accept(services, anna, conversation.id)
    await assignment.accept(services, zoe, conversation.id)


async def test_others_cannot_touch_what_is_not_theirs(services: Services, office: Office) -> None:
    anna, borys = await office.hire("anna"), await office.hire("borys")
    (conversation,) = await waiting(services, 1)
    await assignment.accept(services, anna, conversation.id)
    stranger = await services.store.operator(borys)
    assert stranger is not None
    for attempt in (
        assignment.close(services, borys, conversation.id, None),
        assignment.return_to_bot(services, borys, conversation.id),
        assignment.transfer_to_skill(services, borys, conversation.id, "x"),
        assignment.transfer_to_operator(services, borys, conversation.id, borys),
        reply.send(services, stranger, conversation.id, external_id="1", text="я"),
        reply.add_note(services, stranger, conversation.id, external_id="1", text="я"),
    ):
        with pytest.raises(errors.NotYours):
            await attempt


async def test_a_message_sent_again_is_said_once(services: Services, office: Office) -> None:
    anna = await office.hire("anna")
    (conversation,) = await waiting(services, 1)
    await assignment.accept(services, anna, conversation.id)
    operator = await services.store.operator(anna)
    assert operator is not None
    entries = await asyncio.gather(
        *(
            reply.send(services, operator, conversation.id, external_id="o1", text="Вітаю")
            for _ in range(6)
        )
    )
    assert len({entry.log for entry in entries}) == 1


async def test_who_vanishes_gives_back_with_the_place(services: Services, office: Office) -> None:
    anna = await office.hire("anna")
    first, second = await waiting(services, 2)
    await assignment.accept(services, anna, first.id)
    now = services.clock.now()
    assert await operators.release_vanished(services, now - timedelta(seconds=60)) == 0
    assert await operators.release_vanished(services, now + timedelta(seconds=1)) == 1
    assert [entry.conversation for entry in await services.store.queue()] == [first.id, second.id]
    operator = await services.store.operator(anna)
    assert operator is not None
    assert operator.presence is Presence.OFFLINE


async def test_waiting_conversations_find_able_operators(
    services: Services, office: Office
) -> None:
    await waiting(services, 5)
    anna = await office.hire("anna", capacity=2)
    borys = await office.hire("borys", capacity=2)
    await office.hire("away", presence=Presence.AWAY)
    assert await assignment.assign_waiting(services) == 4
    loads = {each.id: each.load for each in await services.store.all_operators()}
    assert (loads[anna], loads[borys]) == (2, 2)
    assert len(await services.store.queue()) == 1


async def test_closing_and_returning_twice_stay_done(services: Services, office: Office) -> None:
    anna = await office.hire("anna")
    one, two = await waiting(services, 2)
    for each in (one, two):
        await assignment.accept(services, anna, each.id)
    for _ in range(2):
        await assignment.close(services, anna, one.id, "solved")
        await assignment.return_to_bot(services, anna, two.id)
    assert (await state_of(services, one.id)).state is State.CLOSED
    assert (await state_of(services, two.id)).state is State.BOT
