"""What a subscriber does: writes, presses a button, asks for a person, leaves the queue, rates."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import msgspec

from handoff.domain import conversation as moves
from handoff.domain import errors, message
from handoff.domain.conversation import Change, Conversation, Page
from handoff.domain.events import Author, LogEntry, Message
from handoff.domain.vocabulary import (
    AuthorKind,
    ConversationId,
    Language,
    Reason,
    State,
    SubscriberId,
    language_of,
)
from handoff.services.ports import NOTHING_KNOWN, Address, Profile, Services, Transaction

# Ids of conversations follow from the subscriber and the ordinal, so that a page can name the
# conversation it is about to open before anything is stored.
_NAMESPACE = uuid.UUID("7d6f4a4e-2f0b-4f0e-9a53-0f6d2b1c9e11")
_AUTHOR = Author(AuthorKind.SUBSCRIBER)
COMMENT_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and what the channel knows of them at this moment."""

    address: Address
    profile: Profile = NOTHING_KNOWN
    locale: str | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A stored message: its entry, and whether it had been stored before."""

    subscriber: SubscriberId
    conversation: Conversation
    entry: LogEntry
    is_duplicate: bool = False


def subscriber_id(address: Address) -> SubscriberId:
    """The id of the subscriber at an address; it holds before anything of theirs is stored."""
    return SubscriberId(str(uuid.uuid5(_NAMESPACE, _key(address))))


def conversation_id(address: Address, ordinal: int) -> ConversationId:
    """The id of a subscriber's conversation number ``ordinal``, counted from 1."""
    return ConversationId(str(uuid.uuid5(_NAMESPACE, _key(address, str(ordinal)))))


async def receive_message(
    services: Services, sender: Sender, external_id: str, text: str
) -> Receipt:
    """Store a subscriber's message once, however often it is sent.

    Raises:
        InvalidText: nothing readable, or too long.
    """
    readable = message.readable_text(text, message.SUBSCRIBER_TEXT_LIMIT)
    said = Message(author=_AUTHOR, text=readable, id=external_id)
    return await _receive(services, sender, said)


async def press_button(
    services: Services, sender: Sender, external_id: str, payload: str
) -> Receipt:
    """Store the press of a button the bot has offered this subscriber.

    Raises:
        UnknownButton: the bot never offered it.
    """
    said = Message(author=_AUTHOR, text="", id=external_id, payload=payload)
    return await _receive(services, sender, said)


async def request_person(services: Services, sender: Sender) -> Conversation:
    """Put the subscriber in the queue; no change if people have the conversation already."""
    async with services.store.begin() as transaction:
        now = services.clock.now()
        subscriber = subscriber_id(sender.address)
        await transaction.subscriber(subscriber, sender.address, sender.profile)
        conversation = await _open_conversation(transaction, sender, now)
        place = await transaction.place_in_queue(conversation, now)
        change = moves.enqueue(conversation, Reason.USER_REQUEST, place=place, now=now)
        await transaction.record(change, now=now)
    return change.conversation


async def leave_queue(services: Services, address: Address) -> None:
    """From the queue back to the bot.

    Raises:
        ConversationNotWaiting: it is not in the queue.
    """
    async with services.store.begin() as transaction:
        conversation = await _existing_conversation(transaction, address)
        if conversation.state is State.BOT:
            return
        if conversation.state is not State.QUEUED:
            raise errors.ConversationNotWaiting
        now = services.clock.now()
        await transaction.record(moves.return_to_bot(conversation, now=now), now=now)


async def rate(services: Services, address: Address, score: int, comment: str | None) -> None:
    """Keep the subscriber's score of their newest conversation."""
    kept = comment[:COMMENT_LIMIT].replace("\x00", "") if comment else None
    async with services.store.begin() as transaction:
        conversation = await _existing_conversation(transaction, address)
        now = services.clock.now()
        await transaction.record(moves.rate(conversation, score, kept), now=now)


def _key(address: Address, *more: str) -> str:
    return "\x1f".join((address.channel, address.account, address.external_id, *more))


async def _receive(services: Services, sender: Sender, said: Message) -> Receipt:
    address = sender.address
    key = _key(address, said.id or "")
    async with services.store.begin() as transaction:
        subscriber = subscriber_id(address)
        await transaction.subscriber(subscriber, address, sender.profile)
        if (known := await transaction.entry_by_key(key)) is not None:
            conversation = await transaction.conversation(known.conversation)
            return Receipt(subscriber, conversation, known, is_duplicate=True)
        said = await _with_title(transaction, subscriber, said)
        now = services.clock.now()
        conversation = await _open_conversation(transaction, sender, now)
        heard = msgspec.structs.replace(conversation, preview=said.text)
        (entry,) = await transaction.record(Change(heard, (said,)), now=now, key=key)
        await transaction.add_turn(entry)
    return Receipt(subscriber, heard, entry)


async def _with_title(transaction: Transaction, subscriber: SubscriberId, said: Message) -> Message:
    if said.payload is None:
        return said
    title = await transaction.offered_button_title(subscriber, said.payload)
    if title is None:
        raise errors.UnknownButton
    return msgspec.structs.replace(said, text=title)


async def _open_conversation(
    transaction: Transaction, sender: Sender, now: datetime
) -> Conversation:
    subscriber = subscriber_id(sender.address)
    last = await transaction.current_conversation(subscriber)
    if last is not None and last.state is not State.CLOSED:
        return _on_page(last, sender.page)
    ordinal = last.ordinal + 1 if last else 1
    opened = Conversation(
        id=conversation_id(sender.address, ordinal),
        subscriber_id=subscriber,
        ordinal=ordinal,
        channel=sender.address.channel,
        language=_first_language(last, sender.locale),
        opened_at=now,
        page=sender.page,
    )
    await transaction.insert_conversation(opened)
    return opened


async def _existing_conversation(transaction: Transaction, address: Address) -> Conversation:
    conversation = await transaction.current_conversation(subscriber_id(address))
    if conversation is None:
        raise errors.ConversationNotFound
    return conversation


def _on_page(conversation: Conversation, page: Page | None) -> Conversation:
    return conversation if page is None else msgspec.structs.replace(conversation, page=page)


def _first_language(last: Conversation | None, locale: str | None) -> Language:
    if locale:
        return language_of(locale)
    return last.language if last else language_of(None)
