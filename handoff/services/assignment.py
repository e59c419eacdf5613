"""Who has a conversation: claims, transfers, returns, closing."""

import structlog

from handoff.domain import conversation as moves
from handoff.domain import errors
from handoff.domain.conversation import Conversation
from handoff.domain.operator import Operator, is_at_work, serves
from handoff.domain.queue import choose_operator
from handoff.domain.vocabulary import ConversationId, OperatorId, Presence, State
from handoff.services.ports import Services, Transaction

log = structlog.get_logger(__name__)


async def accept(
    services: Services, operator_id: OperatorId, conversation_id: ConversationId
) -> Conversation:
    """Claim a waiting conversation. Of many who claim it at once, one gets it.

    Raises:
        ConversationTaken, ConversationNotWaiting, ConversationNotFound: the claim is lost.
        OperatorNotOnline, CapacityReached, Forbidden: the operator cannot take one.
    """
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(conversation_id)
        operator = await _operator(transaction, operator_id)
        now = services.clock.now()
        change = moves.assign(conversation, operator.ref, now=now)
        if change.events:
            _ensure_can_take(operator, conversation)
            await transaction.record(change, now=now)
    return change.conversation


async def transfer_to_operator(
    services: Services, operator_id: OperatorId, conversation_id: ConversationId, to: OperatorId
) -> None:
    """Give one's conversation to another operator, who has it at once.

    Raises:
        NotYours: the conversation is not the operator's.
        ConversationNotFound, OperatorNotOnline, CapacityReached: the other cannot take it.
    """
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(conversation_id)
        known = await transaction.operators(operator_id, to, *_owner(conversation))
        _ensure_steers(conversation, known[operator_id])
        if to not in known:
            raise errors.ConversationNotFound("There is no such operator.")
        now = services.clock.now()
        change = moves.transfer_to_operator(conversation, known[to].ref, now=now)
        if change.events:
            if not is_at_work(known[to], now):
                raise errors.OperatorNotOnline("This operator is not at work now.")
            _ensure_free(known[to])
            await transaction.record(change, now=now)


async def transfer_to_skill(
    services: Services, operator_id: OperatorId, conversation_id: ConversationId, skill: str
) -> None:
    """Put one's conversation back in the queue for somebody with the skill."""
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(conversation_id)
        was_theirs = _was_just_theirs(conversation, operator_id, State.QUEUED)
        if was_theirs and conversation.skill == skill:
            return
        _ensure_steers(conversation, await _operator(transaction, operator_id))
        await _requeue(services, transaction, conversation, skill)


async def return_to_bot(
    services: Services, operator_id: OperatorId, conversation_id: ConversationId
) -> None:
    """Give one's conversation back to the bot; done before, it stays done."""
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(conversation_id)
        if _was_just_theirs(conversation, operator_id, State.BOT):
            return
        _ensure_steers(conversation, await _operator(transaction, operator_id))
        now = services.clock.now()
        await transaction.record(moves.return_to_bot(conversation, now=now), now=now)


async def close(
    services: Services,
    operator_id: OperatorId,
    conversation_id: ConversationId,
    disposition: str | None,
) -> None:
    """End one's conversation with a disposition; done before, it stays done."""
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(conversation_id)
        if _was_just_theirs(conversation, operator_id, State.CLOSED):
            return
        _ensure_steers(conversation, await _operator(transaction, operator_id))
        now = services.clock.now()
        await transaction.record(moves.close(conversation, disposition, now=now), now=now)


async def requeue_conversations_of(services: Services, operator_id: OperatorId) -> int:
    """Give back what a vanished operator had; returns how many conversations."""
    waiting = await services.store.conversations_of(operator_id)
    for conversation_id in waiting:
        async with services.store.begin() as transaction:
            conversation = await transaction.conversation(conversation_id)
            operator = await _operator(transaction, operator_id)
            # Who came back in the meantime keeps the rest.
            if conversation.operator_id == operator_id and operator.presence is Presence.OFFLINE:
                await _requeue(services, transaction, conversation, skill=None)
    return len(waiting)


async def assign_waiting(services: Services) -> int:
    """Give every waiting conversation an able operator, while there are any; how many."""
    waiting = await services.store.queue()
    candidates = await _candidates(services) if waiting else []
    assigned = 0
    for entry in waiting:
        if not candidates:
            break
        operator = choose_operator(entry, candidates)
        if operator is None:
            continue
        try:
            await accept(services, operator.id, entry.conversation)
            assigned += 1
        except errors.HandoffError as lost:
            log.info("assignment_lost", conversation=entry.conversation, why=lost.code)
        candidates = await _candidates(services)
    return assigned


async def _candidates(services: Services) -> list[Operator]:
    now = services.clock.now()
    known = await services.store.all_operators()
    return [each for each in known if each.free > 0 and is_at_work(each, now)]


async def _requeue(
    services: Services, transaction: Transaction, conversation: Conversation, skill: str | None
) -> None:
    now = services.clock.now()
    place = await transaction.place_in_queue(conversation, now)
    change = moves.requeue(conversation, place=place, now=now, skill=skill)
    await transaction.record(change, now=now)


async def _operator(transaction: Transaction, operator_id: OperatorId) -> Operator:
    known = await transaction.operators(operator_id)
    if operator_id not in known:
        raise errors.Forbidden("There is no such operator any more.")
    return known[operator_id]


def _ensure_can_take(operator: Operator, conversation: Conversation) -> None:
    if not operator.may_work_desk:
        raise errors.Forbidden
    _ensure_free(operator)
    if not operator.oversees and not serves(operator, conversation.language, conversation.skill):
        raise errors.Forbidden("This conversation needs another language or skill.")


def _ensure_free(operator: Operator) -> None:
    if operator.presence is not Presence.ONLINE:
        raise errors.OperatorNotOnline
    if operator.free == 0:
        raise errors.CapacityReached


def _ensure_steers(conversation: Conversation, operator: Operator) -> None:
    if conversation.state is State.ASSIGNED and operator.oversees:
        return
    moves.ensure_owner(conversation, operator.id)


def _was_just_theirs(conversation: Conversation, operator_id: OperatorId, state: State) -> bool:
    return conversation.state is state and conversation.last_operator_id == operator_id


def _owner(conversation: Conversation) -> tuple[OperatorId, ...]:
    return () if conversation.operator_id is None else (conversation.operator_id,)
