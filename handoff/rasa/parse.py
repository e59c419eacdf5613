"""The bot's answer as a turn, or the named reason why it cannot be used. Pure."""

import msgspec

from handoff.domain.errors import BotUnavailable
from handoff.domain.events import Button
from handoff.domain.understanding import BotTurn, Reply, Understanding
from handoff.domain.vocabulary import Decision, Language, Reason
from handoff.services.ports import BotRequest

MOST_REPLIES = 3
# JSON can say a NUL, PostgreSQL's texts cannot.
_UNKEEPABLE = rb"\u0000"


class _Reply(msgspec.Struct):
    text: str | None = None
    buttons: tuple[Button, ...] = ()


class _Answer(msgspec.Struct):
    replies: list[_Reply]
    decision: Decision
    language: Language
    parse: Understanding
    reason: Reason | None = None
    slots: dict[str, object] = {}
    clarifies: str | None = None


_decoder = msgspec.json.Decoder(_Answer)


def parse_turn(body: bytes, request: BotRequest) -> BotTurn:
    """The turn in a response body.

    Raises:
        BotUnavailable: it is not a turn, or the bot said nothing although it had to.
    """
    if _UNKEEPABLE in body:
        raise BotUnavailable("The bot's answer has characters that cannot be kept.")
    try:
        answer = _decoder.decode(body)
    except msgspec.DecodeError as fault:
        raise BotUnavailable(f"The bot's answer cannot be read: {fault}") from fault
    replies = _distinct_replies(answer.replies)
    if not replies and not request.is_suggestion and answer.decision is not Decision.HANDOFF:
        raise BotUnavailable("The bot said nothing.")
    return BotTurn(
        replies=replies,
        decision=answer.decision,
        language=answer.language,
        parse=answer.parse,
        reason=answer.reason,
        slots=answer.slots,
        clarifies=_log_of(answer.clarifies, request),
    )


def render_request(request: BotRequest) -> bytes:
    """The request's body."""
    body: dict[str, object] = {
        "conversation": request.conversation,
        "turn": request.turn,
        "language": request.language,
        "channel": request.channel,
        "subscriber": request.subscriber,
        "number": request.number,
        "mode": "suggest" if request.is_suggestion else "answer",
    }
    if request.payload is None:
        body["text"] = request.text
    else:
        body["payload"] = request.payload
    return msgspec.json.encode(body)


def _log_of(turn: str | None, request: BotRequest) -> int | None:
    """The log number in a turn's id (``CONVERSATION:LOG:MODE``), if it is of this conversation."""
    conversation, _, rest = (turn or "").partition(":")
    log = rest.partition(":")[0]
    return int(log) if conversation == request.conversation and log.isdecimal() else None


def _distinct_replies(replies: list[_Reply]) -> tuple[Reply, ...]:
    kept: dict[str, Reply] = {}
    for reply in replies:
        text = (reply.text or "").strip()
        if text and text not in kept:
            kept[text] = Reply(text=text, buttons=reply.buttons)
    return tuple(kept.values())[:MOST_REPLIES]
