"""What the bot makes of a message, as the service sees it."""

import msgspec

from handoff.domain.events import Button, Guess
from handoff.domain.vocabulary import Decision, Language, Reason

# Intents of the conversation itself: they do not say what a subscriber came for.
DIALOGUE_INTENTS = frozenset(
    {
        "human_handoff",
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "cancel",
        "help",
        "bot_challenge",
        "change_language",
        "out_of_scope",
        "nlu_fallback",
    }
)


class Reply(msgspec.Struct, frozen=True):
    """A message the bot wants said."""

    text: str
    buttons: tuple[Button, ...] = ()


class Understanding(msgspec.Struct, frozen=True):
    """The parse of one message."""

    intent: str
    confidence: float
    language: Language
    ranking: tuple[Guess, ...] = ()
    entities: tuple[dict[str, object], ...] = ()


class BotTurn(msgspec.Struct, frozen=True):
    """One turn of the bot: what it says, what it understood, what it decided."""

    replies: tuple[Reply, ...]
    decision: Decision
    language: Language
    parse: Understanding
    reason: Reason | None = None
    slots: dict[str, object] = {}
    clarifies: int | None = None
    """The log number of the message this one made clear."""

    @property
    def proved_number(self) -> str | None:
        """The number the subscriber has proved to the bot to be theirs."""
        number = self.slots.get("verified_number")
        return number if isinstance(number, str) else None


def names_a_request(turn: BotTurn) -> bool:
    """Whether the message said what the subscriber came for, and was understood."""
    return turn.parse.intent not in DIALOGUE_INTENTS and turn.decision is not Decision.CLARIFY
