"""The words with a fixed meaning, as they stand in frames, tables and metrics."""

from enum import StrEnum
from typing import NewType

ConversationId = NewType("ConversationId", str)
SubscriberId = NewType("SubscriberId", str)
OperatorId = NewType("OperatorId", str)


class Channel(StrEnum):
    """The medium a subscriber writes on."""

    WEB = "web"
    TELEGRAM = "telegram"
    VK = "vk"
    FACEBOOK = "facebook"
    TWITTER = "twitter"


class Language(StrEnum):
    """The languages that are answered."""

    RU = "ru"
    UK = "uk"
    EN = "en"


class State(StrEnum):
    """Who has a conversation: the bot, the queue, an operator, nobody any more."""

    BOT = "bot"
    QUEUED = "queued"
    ASSIGNED = "assigned"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a conversation was handed over to people."""

    USER_REQUEST = "user_request"
    LOW_CONFIDENCE = "low_confidence"
    BOT_FAILURE = "bot_failure"
    RULE = "rule"
    SUPERVISOR = "supervisor"


class Role(StrEnum):
    """What an account of the console may do."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    ADMIN = "admin"


class Presence(StrEnum):
    """Whether an operator takes conversations now."""

    ONLINE = "online"
    AWAY = "away"
    OFFLINE = "offline"


class AuthorKind(StrEnum):
    """Who wrote a message."""

    SUBSCRIBER = "subscriber"
    BOT = "bot"
    OPERATOR = "operator"
    SYSTEM = "system"


class Decision(StrEnum):
    """What the bot decided to do with a message."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    HANDOFF = "handoff"


def language_of(locale: str | None) -> Language:
    """The answered language nearest to a locale such as ``uk-UA``; Ukrainian where none fits."""
    primary = (locale or "").lower().replace("_", "-").split("-")[0]
    return Language(primary) if primary in set(Language) else Language.UK
