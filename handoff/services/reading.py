"""What an operator may look at: fetching and authorising are one call."""

from handoff.domain import errors
from handoff.domain.conversation import Conversation
from handoff.domain.events import LogEntry
from handoff.domain.operator import Operator
from handoff.domain.vocabulary import ConversationId, State
from handoff.services.ports import ConversationView, Services

HISTORY_LIMIT = 200
TRANSCRIPT_LIMIT = 5_000


async def visible_view(
    services: Services, operator: Operator, conversation_id: ConversationId
) -> ConversationView:
    """The conversation, if this operator may see it.

    Operators see their own, those that wait and those that have ended; supervisors see all.

    Raises:
        ConversationNotFound: there is none of this id.
        NotYours: another operator or the bot has it.
    """
    view = await services.store.view(conversation_id)
    if view is None:
        raise errors.ConversationNotFound
    if not may_see(operator, view.conversation):
        raise errors.NotYours
    return view


async def history(
    services: Services,
    operator: Operator,
    conversation_id: ConversationId,
    *,
    before_log: int | None,
) -> list[LogEntry]:
    """The last entries before ``before_log``, oldest first; at most ``HISTORY_LIMIT``."""
    await visible_view(services, operator, conversation_id)
    return await services.store.entries_before(conversation_id, before_log, HISTORY_LIMIT)


async def transcript(services: Services, conversation_id: ConversationId) -> list[LogEntry]:
    """The whole log, for a page that has just been authorised with :func:`visible_view`."""
    return await services.store.entries_before(conversation_id, None, TRANSCRIPT_LIMIT)


def may_see(operator: Operator, conversation: Conversation) -> bool:
    """Whether this operator may look at the conversation."""
    if operator.oversees or operator.id == conversation.operator_id:
        return True
    return operator.may_work_desk and conversation.state in (State.QUEUED, State.CLOSED)
