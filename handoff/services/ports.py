"""What the services need of the outside, as narrow as they need it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handoff.domain.conversation import Change, Conversation, Place
from handoff.domain.events import LogEntry
from handoff.domain.operator import Operator
from handoff.domain.queue import QueueEntry, SubscriberRef, Workload
from handoff.domain.understanding import BotTurn
from handoff.domain.vocabulary import (
    Channel,
    ConversationId,
    Language,
    OperatorId,
    Presence,
    Role,
    SubscriberId,
)
from handoff.services.announcements import Announcement


class StorageUnavailable(Exception):
    """The database cannot be reached just now; the same call may succeed later."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a subscriber is reached: unique on channel, account and external id."""

    channel: Channel
    account: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a channel tells of a subscriber; None leaves what is known."""

    name: str | None = None
    number: str | None = None


NOTHING_KNOWN = Profile()


@dataclass(frozen=True, slots=True)
class PendingTurn:
    """A subscriber's message the bot has still to look at, leased to one worker."""

    conversation: ConversationId
    log: int
    lease: str
    attempts: int
    text: str
    payload: str | None


@dataclass(frozen=True, slots=True)
class BotRequest:
    """One turn asked of the bot; asked again with the same ``turn`` it answers the same."""

    conversation: ConversationId
    turn: str
    text: str
    payload: str | None
    language: Language
    channel: Channel
    subscriber: SubscriberId
    number: str | None
    """The subscriber's number, where the channel vouches for it."""
    is_suggestion: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    """An operator's account as sign-in needs it."""

    operator: Operator
    password_hash: str


@dataclass(frozen=True, slots=True)
class NewOperator:
    """An account to be made."""

    login: str
    role: Role
    password_hash: str = ""
    name: str = ""
    skills: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    capacity: int = 5


@dataclass(frozen=True, slots=True)
class FeedItem:
    """Entry number ``n`` of what an operator is to see."""

    n: int
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation with what its screens show beside the log."""

    conversation: Conversation
    subscriber: SubscriberRef
    operator_name: str | None = None
    vouched_number: str | None = None
    """The number the channel vouches for; the subscriber's may also be proved to the bot."""


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """A look into conversations: by state, text, subscriber, page by page."""

    state: str | None = None
    text: str | None = None
    subscriber: str | None = None
    before: datetime | None = None
    before_id: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class SignInFailures:
    """Recent wrong passwords, by login and by address, with the oldest that still counts."""

    by_login: int
    by_address: int
    oldest: datetime | None


class Transaction(Protocol):
    """One atomic change; rows it loads are locked until it ends."""

    async def subscriber(
        self, subscriber: SubscriberId, address: Address, profile: Profile
    ) -> None:
        """Make the subscriber at this address if new, keep what the profile tells, and lock."""

    async def current_conversation(self, subscriber: SubscriberId) -> Conversation | None:
        """The subscriber's newest conversation, closed or not."""

    async def insert_conversation(self, conversation: Conversation) -> None:
        """A new conversation; its log is empty."""

    async def conversation(self, conversation_id: ConversationId) -> Conversation:
        """The conversation, or ``ConversationNotFound``."""

    async def operators(self, *ids: OperatorId) -> dict[OperatorId, Operator]:
        """These operators with their present loads; unknown ids are left out."""

    async def entry_by_key(self, key: str) -> LogEntry | None:
        """The entry an earlier send of the same message made."""

    async def offered_button_title(self, subscriber: SubscriberId, payload: str) -> str | None:
        """The title under which the bot offered this payload to the subscriber, if it did."""

    async def place_in_queue(self, conversation: Conversation, now: datetime) -> Place:
        """The place the conversation has, or would have if it were queued now."""

    async def record(
        self, change: Change, *, now: datetime, key: str | None = None
    ) -> tuple[LogEntry, ...]:
        """Write the change and its events; ``key`` is that of the first event."""

    async def add_turn(self, entry: LogEntry) -> None:
        """The bot is to look at this message."""

    async def finish_turn(self, turn: PendingTurn) -> bool:
        """Mark the turn done; False if the lease was lost to another worker."""

    async def release_turn(self, turn: PendingTurn) -> None:
        """Give up the lease, so that the turn is taken anew."""

    async def take_offline(self, operator: OperatorId, *, unseen_since: datetime) -> bool:
        """Set an operator offline, unless seen since then after all."""

    async def set_presence(
        self, operator: OperatorId, presence: Presence, capacity: int | None
    ) -> None:
        """Set an operator's presence, and capacity where given."""


class Store(Protocol):
    """The log of record: transactions, and reads that need no lock."""

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction: committed and announced at the end, or nothing of it."""

    async def claim_turn(
        self, conversation_id: ConversationId, *, lease: str, now: datetime, until: datetime
    ) -> PendingTurn | None:
        """Lease the oldest turn that is due, if it is nobody else's."""

    async def conversations_with_due_turns(self, now: datetime) -> list[ConversationId]:
        """Where a worker died or was interrupted in a turn."""

    async def latest_conversation(self, subscriber: SubscriberId) -> Conversation | None:
        """The subscriber's newest conversation, not locked."""

    async def release_turns(self, worker: str) -> None:
        """Give up every lease of a worker that stops."""

    async def view(self, conversation_id: ConversationId) -> ConversationView | None:
        """A conversation for a screen."""

    async def views_of_operator(self, operator: OperatorId) -> list[ConversationView]:
        """What an operator has now."""

    async def visible_entries(
        self, conversation_id: ConversationId, after_seq: int, limit: int
    ) -> list[LogEntry]:
        """The first ``limit`` entries past ``after_seq`` a subscriber may see, in order."""

    async def entries_before(
        self, conversation_id: ConversationId, before_log: int | None, limit: int
    ) -> list[LogEntry]:
        """The last ``limit`` entries before ``before_log``, in order."""

    async def heads(
        self, subscribers: Sequence[SubscriberId]
    ) -> dict[SubscriberId, tuple[ConversationId, int]]:
        """Each subscriber's newest conversation and its last ``seq``."""

    async def mark_read(self, conversation_id: ConversationId, seq: int) -> OperatorId | None:
        """Keep how far the subscriber has read; the operator to tell, if it is news."""

    async def queue(self) -> list[QueueEntry]:
        """Everybody who waits, in order."""

    async def workload(self, now: datetime) -> Workload:
        """What estimates rest on."""

    async def feed_head(self, operator: OperatorId) -> int:
        """The number of the newest feed item."""

    async def feed_heads(self, operators: Sequence[OperatorId]) -> dict[OperatorId, int]:
        """The newest feed numbers of these operators."""

    async def feed_after(self, operator: OperatorId, after: int, limit: int) -> list[FeedItem]:
        """What an operator is to see past ``after``, in order."""

    async def operator(self, operator_id: OperatorId) -> Operator | None:
        """An operator with the present load."""

    async def all_operators(self) -> list[Operator]:
        """Every operator with the present load."""

    async def touch_operators(self, operators: Sequence[OperatorId], now: datetime) -> None:
        """These operators are connected now."""

    async def vanished_operators(self, since: datetime) -> list[OperatorId]:
        """Operators not seen since then who still look present or have conversations."""

    async def conversations_of(self, operator: OperatorId) -> list[ConversationId]:
        """What an operator has now, oldest assignment first."""

    async def credentials(self, login: str) -> Credentials | None:
        """An account by its login."""

    async def insert_operator(self, operator: NewOperator, now: datetime) -> OperatorId:
        """Make an account, or raise ``LoginTaken``."""

    async def update_password_hash(self, operator: OperatorId, password_hash: str) -> None:
        """Keep a hash made with newer parameters."""

    async def put_session(
        self, token_hash: str, operator: OperatorId, now: datetime, until: datetime
    ) -> None:
        """Keep a session."""

    async def session_operator(self, token_hash: str, now: datetime) -> Operator | None:
        """Whose session it is, if it holds."""

    async def delete_session(self, token_hash: str) -> None:
        """End a session."""

    async def sign_in_failures(self, login: str, address: str, since: datetime) -> SignInFailures:
        """Wrong passwords since then."""

    async def note_sign_in_failure(self, login: str, address: str, now: datetime) -> None:
        """One more wrong password."""

    async def forget_sign_in_failures(self, login: str, address: str) -> None:
        """The right password was given."""

    async def search(self, query: HistoryQuery) -> list[ConversationView]:
        """Conversations for the history page, newest first."""


class Bus(Protocol):
    """Fan-out between processes; may lose anything at any time."""

    async def publish(self, topic: str, announcement: Announcement) -> None:
        """Tell every listener of the topic; never fails."""

    def subscribe(self, topic: str, listener: Callable[[Announcement], None]) -> Callable[[], None]:
        """Listen to a topic until the returned function is called."""


class Bot(Protocol):
    """The bot, one request a turn."""

    async def turn(self, request: BotRequest) -> BotTurn:
        """Ask the bot; ``BotUnavailable`` when it is slow, down or wrong."""


class Clock(Protocol):
    """The time, so that tests can tell it."""

    def now(self) -> datetime:
        """Aware, UTC."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a service call needs, built once for a process."""

    store: Store
    bus: Bus
    clock: Clock
    worker: str = "worker"
    turn_seconds: float = 5.0
