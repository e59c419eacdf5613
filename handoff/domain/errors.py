"""What may be refused, and why.

HandoffError
├── ConversationNotFound     no such conversation, or not one this operator may see
├── ConversationTaken        another operator has it
├── ConversationNotWaiting   it is not in the queue any more
├── NotYours                 the operator does not have it
├── ConversationIsClosed     it has ended; the next message opens a new one
├── CapacityReached          the operator has as many conversations as allowed
├── OperatorNotOnline        the operator does not take conversations now
├── Forbidden                the role does not allow it
├── InvalidText              nothing to read, unreadable or too long
├── UnknownButton            the bot has not offered this button
├── BotUnavailable           the bot was slow, down or wrong
├── LoginTaken               an operator of this name exists
├── SignInRefused            login or password is wrong
└── SignInThrottled          too many wrong passwords; says when to come again
"""

from dataclasses import dataclass
from typing import ClassVar


class HandoffError(Exception):
    """Base of all refusals; ``code`` is what clients are told."""

    code: ClassVar[str] = "invalid"

    def __str__(self) -> str:
        return super().__str__() or (self.__doc__ or self.code)


class ConversationNotFound(HandoffError):
    """There is no such conversation."""

    code = "not_found"


class ConversationTaken(HandoffError):
    """Another operator has already taken this conversation."""

    code = "taken"


class ConversationNotWaiting(HandoffError):
    """The conversation is no longer waiting in the queue."""

    code = "not_found"


class NotYours(HandoffError):
    """The conversation is not yours."""

    code = "not_yours"


class ConversationIsClosed(HandoffError):
    """The conversation is closed."""

    code = "invalid"


class CapacityReached(HandoffError):
    """The operator has as many conversations as allowed."""

    code = "capacity"


class OperatorNotOnline(HandoffError):
    """Set the status to online first."""

    code = "not_online"


class Forbidden(HandoffError):
    """The role does not allow this."""

    code = "forbidden"


class InvalidText(HandoffError):
    """The text is empty or cannot be read."""

    code = "invalid"


class TextTooLong(InvalidText):
    """The text is longer than a message may be."""

    code = "too_large"


class UnknownButton(HandoffError):
    """This button was not offered in this conversation."""

    code = "invalid"


class BotUnavailable(HandoffError):
    """The bot did not answer in time, or not in a way that can be used."""

    code = "bot_failure"


class LoginTaken(HandoffError):
    """An operator with this login exists already."""

    code = "invalid"


class SignInRefused(HandoffError):
    """The login or the password is wrong."""

    code = "unauthorized"


@dataclass
class SignInThrottled(HandoffError):
    """Too many wrong passwords: wait before the next attempt."""

    retry_after_seconds: int

    code = "rate_limited"
