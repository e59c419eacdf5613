"""One turn of a conversation: understand, decide, answer, remember."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from abonent_bot.dialogue_language import Speech, followed
from components.decision import Situation, Thresholds, Verdict, in_conversation, understood
from components.text import defused, words_of

MOST_REPLIES = 3
_PAYLOAD = re.compile(r"/(?P<intent>[a-z][a-z0-9_]*)(?P<entities>\{.*\})?\s*$", re.DOTALL)


class TurnFailed(Exception):
    """The bot has nothing to say; the caller hands the conversation to a person."""


class BadPayload(Exception):
    """A button's payload is not ``/intent`` or ``/intent{...}`` of this bot."""


@dataclass(frozen=True)
class Turn:
    """What the subscriber did, and how the caller wants it treated."""

    conversation: str
    id: str
    text: str
    payload: str | None = None
    language: str | None = None
    channel: str = "web"
    is_suggestion: bool = False


class ReplyCollector(OutputChannel):
    """Collects what the bot says, each message whole."""

    def __init__(self, channel: str) -> None:
        self.replies: list[dict[str, Any]] = []
        self._channel = channel

    @classmethod
    def name(cls) -> str:
        """Return the name of the channel."""
        return "turn"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message, unless the same was said in this turn already."""
        text = (message.get("text") or "").strip()
        buttons = [
            {"title": button["title"], "payload": button["payload"]}
            for button in message.get("buttons") or []
        ]
        reply = {"text": text, "buttons": buttons}
        if text and all(text != said["text"] for said in self.replies):
            self.replies.append(reply)


class TurnRunner:
    """Runs turns on a loaded model."""

    def __init__(
        self, processor: MessageProcessor, thresholds: Thresholds, default_language: str
    ) -> None:
        self._processor = processor
        self._thresholds = thresholds
        self._default_language = default_language

    @property
    def model(self) -> str:
        """Return the name of the model."""
        return str(self._processor.model_filename)

    async def run(self, turn: Turn) -> dict[str, Any]:
        """Run one turn and return the answer to the caller.

        Raises:
            BadPayload: the payload is not one of this bot's.
            TurnFailed: no reply came out.
        """
        output = ReplyCollector(turn.channel)
        tracker = await self._processor.fetch_tracker_and_update_session(turn.conversation, output)
        parse = await self._understand(turn)
        verdict = self._judge(parse, turn, situation_of(tracker))
        self._note_language(tracker, turn, parse)
        await self._act(tracker, output, turn, parse, verdict)
        if not output.replies:
            raise TurnFailed(f"nothing to say to {verdict.intent}")
        self._note(tracker, "clarified", verdict.kind == "clarify")
        if not _was_set(tracker, "awaits"):
            self._note(tracker, "awaits", None)
        if not turn.is_suggestion:
            await self._processor.save_tracker(tracker)
        return self._result(tracker, output, parse, verdict)

    async def _understand(self, turn: Turn) -> dict[str, Any]:
        if turn.payload is not None:
            return self._pressed(turn.payload)
        message = UserMessage(defused(turn.text), sender_id=turn.conversation)
        return await self._processor.parse_message(message)

    def _pressed(self, payload: str) -> dict[str, Any]:
        intent, entities = read_payload(payload)
        if intent not in self._processor.domain.intents:
            raise BadPayload(f"there is no intent {intent}")
        chosen = {"name": intent, "confidence": 1.0}
        return {
            "text": payload,
            "intent": chosen,
            "intent_ranking": [chosen],
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "language": None,
            "guesses": [],
        }

    def _note(self, tracker: DialogueStateTracker, slot: str, value: Any) -> None:
        if tracker.get_slot(slot) != value:
            tracker.update(SlotSet(slot, value), self._processor.domain)

    def _judge(self, parse: dict[str, Any], turn: Turn, situation: Situation) -> Verdict:
        intent, confidence = parse["intent"]["name"], parse["intent"]["confidence"]
        if turn.payload is not None:
            return understood(intent, confidence, self._thresholds)
        verdict = Verdict(
            parse["decision"], parse.get("reason"), intent, confidence, tuple(parse["guesses"])
        )
        return in_conversation(
            verdict,
            situation,
            words=len(words_of(turn.text)),
            entities=[entity["entity"] for entity in parse["entities"]],
        )

    def _note_language(
        self, tracker: DialogueStateTracker, turn: Turn, parse: dict[str, Any]
    ) -> None:
        before = Speech(tracker.get_slot("language"), tracker.get_slot("language_asked_in"))
        told = parse["language"] or {"name": None, "sure": False}
        wished = _wished_language(parse)
        after = followed(
            before,
            written=told["name"] if told["sure"] else None,
            wished=wished,
            hint=turn.language,
            likely=told["name"] if told.get("confidence", 0) > 0 else None,
            default=self._default_language,
        )
        self._note(tracker, "language", after.language)
        self._note(tracker, "language_asked_in", after.asked_in)

    async def _act(
        self,
        tracker: DialogueStateTracker,
        output: ReplyCollector,
        turn: Turn,
        parse: dict[str, Any],
        verdict: Verdict,
    ) -> None:
        remembered = {
            "text": turn.text,
            "intent": {"name": verdict.intent, "confidence": verdict.confidence},
            "entities": parse["entities"],
            "guesses": list(verdict.guesses),
        }
        message = UserMessage(
            turn.text,
            output,
            turn.conversation,
            parse_data=remembered,
            input_channel=turn.channel,
            message_id=turn.id,
        )
        await self._processor._handle_message_with_tracker(message, tracker)
        tracker = await self._processor.run_action_extract_slots(output, tracker)
        await self._processor._run_prediction_loop(output, tracker)

    def _result(
        self,
        tracker: DialogueStateTracker,
        output: ReplyCollector,
        parse: dict[str, Any],
        verdict: Verdict,
    ) -> dict[str, Any]:
        language = tracker.get_slot("language")
        return {
            "replies": output.replies[:MOST_REPLIES],
            "decision": verdict.kind,
            "reason": verdict.reason,
            "language": language,
            "parse": told_parse(parse, verdict.intent, verdict.confidence, language),
            "slots": told_slots(tracker),
            "model": self.model,
        }


def situation_of(tracker: DialogueStateTracker) -> Situation:
    """Return what the bot remembers of its own last questions."""
    intent, _, entity = (tracker.get_slot("awaits") or "").partition("/")
    return Situation(
        was_asked_what=bool(tracker.get_slot("clarified")),
        awaited_intent=intent or None,
        awaited_entity=entity or None,
    )


def _was_set(tracker: DialogueStateTracker, slot: str) -> bool:
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, SlotSet) and event.key == slot:
            return True
    return False


def read_payload(payload: str) -> tuple[str, dict[str, Any]]:
    """Read ``/intent`` or ``/intent{"entity": "value"}``.

    Raises:
        BadPayload: it is neither.
    """
    match = _PAYLOAD.fullmatch(payload)
    if match is None:
        raise BadPayload("not /intent or /intent{...}")
    try:
        entities = json.loads(match["entities"] or "{}")
    except ValueError as error:
        raise BadPayload("the entities are not JSON") from error
    return match["intent"], entities


def told_parse(
    parse: dict[str, Any], intent: str, confidence: float, language: str
) -> dict[str, Any]:
    """Return the part of a parse that callers see."""
    told = parse["language"]
    return {
        "intent": intent,
        "confidence": round(confidence, 4),
        "language": told["name"] if told and told["confidence"] > 0 else language,
        "ranking": [
            {"intent": ranked["name"], "confidence": round(ranked["confidence"], 4)}
            for ranked in parse["intent_ranking"]
        ],
        "entities": [
            {key: entity[key] for key in ("entity", "value", "start", "end") if key in entity}
            for entity in parse["entities"]
        ],
    }


_INNER_SLOTS = frozenset({"awaits", "clarified", "language_asked_in"})
_RASA_SLOTS = frozenset({"session_started_metadata", "requested_slot"})


def told_slots(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return the slots that mean something outside."""
    return {
        name: value
        for name, value in tracker.current_slot_values().items()
        if value is not None and name not in _INNER_SLOTS | _RASA_SLOTS
    }


def _wished_language(parse: dict[str, Any]) -> str | None:
    if parse["intent"]["name"] != "change_language":
        return None
    named = [one["value"] for one in parse["entities"] if one["entity"] == "spoken_language"]
    return named[0] if named and named[0] in ("ru", "uk", "en") else None
