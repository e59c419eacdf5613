"""One atomic change of the log of record."""

from datetime import datetime

import msgspec

from handoff.domain import errors
from handoff.domain.conversation import Change, Conversation, Place
from handoff.domain.events import LogEntry, Rating, is_visible
from handoff.domain.operator import Operator
from handoff.domain.queue import estimate_wait
from handoff.domain.vocabulary import ConversationId, OperatorId, Presence, State, SubscriberId
from handoff.services.announcements import (
    PRESENCE_TOPIC,
    QUEUE_TOPIC,
    Announcement,
    ConversationMoved,
    FeedGrew,
    PresenceMoved,
    QueueMoved,
    operator_topic,
    subscriber_topic,
)
from handoff.services.ports import Address, PendingTurn, Profile
from handoff.storage import rows
from handoff.storage.reads import Connection, workload
from handoff.storage.statements import statement


class PostgresTransaction:
    """Implements ``Transaction`` on one connection; rows it loads stay locked to its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._before: dict[ConversationId, Conversation] = {}
        self.announcements: list[tuple[str, Announcement]] = []

    async def subscriber(
        self, subscriber: SubscriberId, address: Address, profile: Profile
    ) -> None:
        """Make the subscriber at this address if new, keep what the profile tells, and lock."""
        if not await self._touch(subscriber, profile):
            place = (address.channel, address.account, address.external_id)
            await self._connection.execute(statement("add_subscriber"), subscriber, *place)
            await self._touch(subscriber, profile)

    async def _touch(self, subscriber: SubscriberId, profile: Profile) -> bool:
        touched: str = await self._connection.execute(
            statement("touch_subscriber"), subscriber, profile.name, profile.number
        )
        return touched != "UPDATE 0"

    async def current_conversation(self, subscriber: SubscriberId) -> Conversation | None:
        """The subscriber's newest conversation, closed or not."""
        row = await self._connection.fetchrow(statement("lock_current_conversation"), subscriber)
        return None if row is None else self._loaded(rows.conversation(row))

    async def insert_conversation(self, conversation: Conversation) -> None:
        """A new conversation; its log is empty."""
        await self._connection.execute(
            statement("insert_conversation"),
            conversation.id,
            conversation.subscriber_id,
            conversation.ordinal,
            conversation.channel,
            conversation.language,
            conversation.state,
            conversation.opened_at,
            rows.page_value(conversation.page),
        )
        self._loaded(conversation)

    async def conversation(self, conversation_id: ConversationId) -> Conversation:
        """The conversation, or ``ConversationNotFound``."""
        row = await self._connection.fetchrow(statement("lock_conversation"), conversation_id)
        if row is None:
            raise errors.ConversationNotFound
        return self._loaded(rows.conversation(row))

    async def operators(self, *ids: OperatorId) -> dict[OperatorId, Operator]:
        """These operators with their present loads; unknown ids are left out."""
        await self._connection.fetch(statement("lock_operators"), ids)
        found = await self._connection.fetch(statement("operators_by_id"), ids)
        return {OperatorId(row["id"]): rows.operator(row) for row in found}

    async def entry_by_key(self, key: str) -> LogEntry | None:
        """The entry an earlier send of the same message made."""
        row = await self._connection.fetchrow(statement("entry_by_key"), key)
        return None if row is None else rows.entry(row)

    async def offered_button_title(self, subscriber: SubscriberId, payload: str) -> str | None:
        """The title under which the bot offered this payload to the subscriber, if it did."""
        title: str | None = await self._connection.fetchval(
            statement("offered_button_title"), subscriber, payload
        )
        return title

    async def place_in_queue(self, conversation: Conversation, now: datetime) -> Place:
        """The place the conversation has, or would have if it were queued now."""
        ahead = await self._connection.fetchval(
            statement("ahead_in_queue"),
            conversation.id,
            conversation.priority,
            conversation.queued_at or now,
        )
        load = await workload(self._connection, now)
        return Place(ahead + 1, estimate_wait(ahead + 1, load), load.operators_online)

    async def record(
        self, change: Change, *, now: datetime, key: str | None = None
    ) -> tuple[LogEntry, ...]:
        """Write the change and its events; ``key`` is that of the first event."""
        before = self._before[change.conversation.id]
        entries = _numbered(change, now)
        after = msgspec.structs.replace(
            change.conversation,
            log=change.conversation.log + len(entries),
            seq=change.conversation.seq + sum(entry.seq is not None for entry in entries),
        )
        await self._connection.execute(
            statement("update_conversation"), *rows.conversation_values(after)
        )
        if entries:
            await self._insert_events(entries, key)
        await self._feed(before, after, entries)
        self._announce(before, after, entries)
        self._loaded(after)
        return entries

    async def add_turn(self, entry: LogEntry) -> None:
        """The bot is to look at this message."""
        await self._connection.execute(statement("insert_turn"), entry.conversation, entry.log)

    async def finish_turn(self, turn: PendingTurn) -> bool:
        """Mark the turn done; False if the lease was lost to another worker."""
        finished = await self._connection.fetchval(
            statement("finish_turn"), turn.conversation, turn.log, turn.lease
        )
        return finished is not None

    async def release_turn(self, turn: PendingTurn) -> None:
        """Give up the lease, so that the turn is taken anew."""
        await self._connection.execute(
            statement("release_turn"), turn.conversation, turn.log, turn.lease
        )

    async def take_offline(self, operator: OperatorId, *, unseen_since: datetime) -> bool:
        """Set an operator offline, unless seen since then after all."""
        gone = await self._connection.fetchval(statement("take_offline"), operator, unseen_since)
        self.announcements.append((PRESENCE_TOPIC, PresenceMoved()))
        return gone is not None

    async def set_presence(
        self, operator: OperatorId, presence: Presence, capacity: int | None
    ) -> None:
        """Set an operator's presence, and capacity where given."""
        await self._connection.execute(statement("set_presence"), operator, presence, capacity)
        self.announcements.append((PRESENCE_TOPIC, PresenceMoved()))

    def _loaded(self, conversation: Conversation) -> Conversation:
        self._before[conversation.id] = conversation
        return conversation

    async def _insert_events(self, entries: tuple[LogEntry, ...], key: str | None) -> None:
        await self._connection.execute(
            statement("insert_events"),
            entries[0].conversation,
            [entry.log for entry in entries],
            [entry.seq for entry in entries],
            entries[0].at,
            [rows.encode(entry.event) for entry in entries],
            entries[0].log,
            key,
        )

    async def _feed(
        self, before: Conversation, after: Conversation, entries: tuple[LogEntry, ...]
    ) -> None:
        if not entries:
            return
        owners = {before.operator_id, after.operator_id}
        if any(isinstance(entry.event, Rating) for entry in entries):
            owners.add(after.last_operator_id)
        # In the order of ids, as everywhere operators are locked.
        for owner in sorted(owner for owner in owners if owner is not None):
            await self._feed_one(owner, entries)

    async def _feed_one(self, owner: OperatorId, entries: tuple[LogEntry, ...]) -> None:
        logs = [entry.log for entry in entries]
        numbers = await self._connection.fetch(
            statement("grow_feed"), owner, entries[0].conversation, logs
        )
        for number, entry in zip(sorted(row["n"] for row in numbers), entries, strict=True):
            self.announcements.append((operator_topic(owner), FeedGrew(owner, number, entry)))

    def _announce(
        self, before: Conversation, after: Conversation, entries: tuple[LogEntry, ...]
    ) -> None:
        moved = ConversationMoved(
            subscriber=after.subscriber_id,
            conversation=after.id,
            state=after.state,
            operator=after.operator_id,
            entries=tuple(entry for entry in entries if entry.seq is not None),
        )
        self.announcements.append((subscriber_topic(after.subscriber_id), moved))
        if State.QUEUED in (before.state, after.state):
            self.announcements.append((QUEUE_TOPIC, QueueMoved()))
        if before.operator_id != after.operator_id:
            self.announcements.append((PRESENCE_TOPIC, PresenceMoved()))


def _numbered(change: Change, now: datetime) -> tuple[LogEntry, ...]:
    entries = []
    seq = change.conversation.seq
    for offset, event in enumerate(change.events, start=1):
        visible = is_visible(event)
        seq += visible
        entries.append(
            LogEntry(
                conversation=change.conversation.id,
                log=change.conversation.log + offset,
                at=now,
                event=event,
                seq=seq if visible else None,
            )
        )
    return tuple(entries)
