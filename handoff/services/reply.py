"""What an operator writes: to the subscriber, and for other operators."""

from handoff.domain import conversation as moves
from handoff.domain import errors, message
from handoff.domain.conversation import Change
from handoff.domain.events import Author, LogEntry, Message, Note
from handoff.domain.operator import Operator
from handoff.domain.vocabulary import AuthorKind, ConversationId
from handoff.services.ports import Services


async def send(
    services: Services,
    operator: Operator,
    conversation_id: ConversationId,
    *,
    external_id: str,
    text: str,
) -> LogEntry:
    """Say something to the subscriber; the same id again is the same message.

    Raises:
        InvalidText: nothing readable, or too long.
        NotYours, ConversationNotFound: the operator does not have the conversation.
    """
    readable = message.readable_text(text, message.OPERATOR_TEXT_LIMIT)
    said = Message(author=_author(operator), text=readable, id=external_id)
    return await _add(services, operator, conversation_id, said)


async def add_note(
    services: Services,
    operator: Operator,
    conversation_id: ConversationId,
    *,
    external_id: str,
    text: str,
) -> LogEntry:
    """Leave a note that only operators see."""
    readable = message.readable_text(text, message.OPERATOR_TEXT_LIMIT)
    note = Note(author=_author(operator), text=readable, id=external_id)
    return await _add(services, operator, conversation_id, note)


async def _add(
    services: Services,
    operator: Operator,
    conversation_id: ConversationId,
    event: Message | Note,
) -> LogEntry:
    key = "\x1f".join(("operator", operator.id, conversation_id, event.id or ""))
    async with services.store.begin() as transaction:
        conversation = await transaction.conversation(conversation_id)
        if (known := await transaction.entry_by_key(key)) is not None:
            return known
        if not (operator.oversees and isinstance(event, Note)):
            moves.ensure_owner(conversation, operator.id)
        change = Change(conversation, (event,))
        (entry,) = await transaction.record(change, now=services.clock.now(), key=key)
    return entry


def _author(operator: Operator) -> Author:
    if not operator.may_work_desk:
        raise errors.Forbidden
    return Author(AuthorKind.OPERATOR, name=operator.name, id=operator.id)
