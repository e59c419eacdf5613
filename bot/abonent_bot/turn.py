"""One turn of a conversation: understand, decide, answer, remember."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, replace
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from abonent_bot.dialogue_language import Speech, followed
from abonent_bot.turn_state import last_intent, open_proof, situation_of, told_slots, was_set
from components.decision import (
    FALLBACK,
    Situation,
    Thresholds,
    Verdict,
    in_conversation,
    names_what_was_asked,
    understood,
)
from components.mood import is_angry
from components.text import defused, words_of

MOST_REPLIES = 3
SHARE_CONTACT = "share_contact"
PERSON_BUTTON = "/human_handoff"
OFFER_PERSON = "utter_offer_person"
NAMES = frozenset({"city", "country", "tariff", "data_package", "service"})
_PAYLOAD = re.compile(r"/(?P<intent>[a-z][a-z0-9_]*)(?P<entities>\{.*\})?\s*$", re.DOTALL)


class TurnFailed(Exception):
    """The bot has nothing to say; the caller hands the conversation to a person."""


class BadPayload(Exception):
    """A button's payload is not ``/intent`` or ``/intent{...}`` of this bot."""


@dataclass(frozen=True)
class Contact:
    """A contact shared by the channel's own button, and whether it is the sender's."""

    number: str
    is_own: bool


@dataclass(frozen=True)
class Turn:
    """What the subscriber did, and how the caller wants it treated."""

    conversation: str
    id: str
    text: str
    payload: str | None = None
    language: str | None = None
    channel: str = "web"
    subscriber: str | None = None
    number: str | None = None
    """The number the channel vouches for."""
    contact: Contact | None = None
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

    @property
    def offers_a_person(self) -> bool:
        """Tell whether a button that calls a person has been offered in this turn."""
        return any(
            button["payload"] == PERSON_BUTTON
            for reply in self.replies
            for button in reply["buttons"]
        )


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
        self._note(tracker, "caller", _caller(turn))
        parse = await self._understand(turn, tracker)
        situation = situation_of(tracker, time.time())
        verdict = self._judge(parse, turn, situation)
        self._note_language(tracker, turn, parse)
        is_repeated = (
            parse["intent"]["name"] == verdict.intent
            and turn.payload is None
            and last_intent(tracker) == verdict.intent
            # The answer to a question of the bot's is no question put again.
            and not names_what_was_asked(situation, _kinds_named(parse))
        )
        await self._serve(tracker, output, turn, parse, verdict)
        if verdict.kind == "answer" and (is_angry(turn.text) or is_repeated):
            await self._offer_person(tracker, output)
        if not output.replies and not turn.is_suggestion:
            raise TurnFailed(f"nothing to say to {verdict.intent}")
        clarifies = self._remember(tracker, turn, verdict)
        if not turn.is_suggestion:
            await self._processor.save_tracker(tracker)
        return self._result(tracker, output, parse, verdict, clarifies)

    async def parse(self, text: str) -> dict[str, Any]:
        """Understand one message by itself, outside any conversation."""
        parsed = await self._processor.parse_message(UserMessage(defused(text)))
        intent = parsed["intent"]
        told = told_parse(parsed, intent["name"], intent["confidence"], self._default_language)
        return {"text": text, **told, "decision": parsed["decision"]}

    async def _understand(self, turn: Turn, tracker: DialogueStateTracker) -> dict[str, Any]:
        if turn.payload is not None:
            return self._pressed(turn.payload)
        if turn.contact is not None:
            proof = open_proof(tracker, time.time()) if turn.contact.is_own else None
            return self._chosen(proof["intent"] if proof else SHARE_CONTACT, {}, "")
        message = UserMessage(defused(turn.text), sender_id=turn.conversation)
        return await self._processor.parse_message(message)

    def _pressed(self, payload: str) -> dict[str, Any]:
        intent, entities = read_payload(payload)
        if intent not in self._processor.domain.intents:
            raise BadPayload(f"there is no intent {intent}")
        return self._chosen(intent, entities, payload)

    def _chosen(self, intent: str, entities: dict[str, Any], text: str) -> dict[str, Any]:
        chosen = {"name": intent, "confidence": 1.0}
        return {
            "text": text,
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
        if turn.payload is not None and parse["entities"]:
            # A button that carries something belongs to a flow of the bot's own.
            return Verdict("answer", None, intent, confidence)
        if turn.payload is not None or turn.contact is not None:
            return understood(intent, confidence, self._thresholds)
        verdict = Verdict(
            parse["decision"], parse.get("reason"), intent, confidence, tuple(parse["guesses"])
        )
        return in_conversation(
            verdict,
            situation,
            words=len(words_of(turn.text)),
            entities=_kinds_named(parse),
        )

    def _note_language(
        self, tracker: DialogueStateTracker, turn: Turn, parse: dict[str, Any]
    ) -> None:
        before = Speech(tracker.get_slot("language"), tracker.get_slot("language_asked_in"))
        told = parse["language"] or {"name": None, "sure": False}
        # A place or a tariff is called alike in several languages.
        is_sure = told["sure"] and not _is_names_alone(parse)
        wished = _wished_language(parse)
        after = followed(
            before,
            written=told["name"] if is_sure else None,
            wished=wished,
            hint=turn.language,
            likely=told["name"] if told.get("confidence", 0) > 0 else None,
            default=self._default_language,
        )
        self._note(tracker, "language", after.language)
        self._note(tracker, "language_asked_in", after.asked_in)

    async def _serve(
        self,
        tracker: DialogueStateTracker,
        output: ReplyCollector,
        turn: Turn,
        parse: dict[str, Any],
        verdict: Verdict,
    ) -> None:
        """Answer the message; of two requests the second after the first is done."""
        await self._act(tracker, output, turn, parse, verdict)
        second = _second_request(parse, verdict)
        if second is not None:
            self._note(tracker, "then", second)
        waits = was_set(tracker, "awaits") and tracker.get_slot("awaits")
        then = tracker.get_slot("then")
        if not then or waits or verdict.kind != "answer":
            return
        self._note(tracker, "then", None)
        rest = {**parse, "entities": _entities_within(parse, then["text"]), "guesses": []}
        # What the first request left of the situation must not be taken for an answer to it.
        served = replace(turn, text=then["text"], payload=None, contact=None)
        await self._act(tracker, output, served, rest, Verdict("answer", None, then["intent"], 1.0))

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
            "intent": {
                "name": verdict.through or verdict.intent,
                "confidence": verdict.confidence,
            },
            "entities": parse["entities"],
            "guesses": list(verdict.guesses),
            "decision": verdict.kind,
            # Whether it was read as the answer to a question of the bot's, by that question alone.
            "is_answer": parse["intent"]["name"] != verdict.intent,
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

    async def _offer_person(self, tracker: DialogueStateTracker, output: ReplyCollector) -> None:
        if output.offers_a_person or not output.replies:
            return
        said = await self._processor.nlg.generate(OFFER_PERSON, tracker, output.name())
        if said:
            # Room is made for it: an offer nobody sees helps nobody.
            del output.replies[MOST_REPLIES - 1 :]
            await output.send_response(tracker.sender_id, said)

    def _remember(self, tracker: DialogueStateTracker, turn: Turn, verdict: Verdict) -> str | None:
        """Note what the next turn has to know; return the unclear turn this one cleared up."""
        unclear: str | None = tracker.get_slot("unclear")
        # A second misunderstanding calls a person, and tells nothing of the first.
        clarifies = unclear if verdict.intent != FALLBACK else None
        self._note(tracker, "unclear", turn.id if verdict.kind == "clarify" else None)
        self._note(tracker, "clarified", verdict.kind == "clarify")
        if verdict.kind == "answer" and verdict.intent not in self._thresholds.no_guess:
            self._note(tracker, "topic", verdict.intent)
        if not was_set(tracker, "awaits"):
            self._note(tracker, "awaits", None)
        return clarifies

    def _result(
        self,
        tracker: DialogueStateTracker,
        output: ReplyCollector,
        parse: dict[str, Any],
        verdict: Verdict,
        clarifies: str | None,
    ) -> dict[str, Any]:
        language = tracker.get_slot("language")
        return {
            "replies": output.replies[:MOST_REPLIES],
            "decision": verdict.kind,
            "reason": verdict.reason,
            "language": language,
            "parse": told_parse(parse, verdict.intent, verdict.confidence, language),
            "clarifies": clarifies,
            "slots": told_slots(tracker),
            "model": self.model,
        }


def _caller(turn: Turn) -> dict[str, Any]:
    contact = turn.contact
    return {
        "subscriber": turn.subscriber or turn.conversation,
        "number": turn.number,
        "contact": {"number": contact.number, "own": contact.is_own} if contact else None,
        "suggest": turn.is_suggestion,
    }


def _second_request(parse: dict[str, Any], verdict: Verdict) -> dict[str, str] | None:
    """Return the request a message makes beside the one that is being answered."""
    if verdict.intent != parse["intent"]["name"]:
        # The answer to a question of the bot's, such as the text of a complaint.
        return None
    others = [
        {"intent": str(one["intent"]), "text": str(one["text"])}
        for one in parse.get("requests") or []
        if one["intent"] != verdict.intent
    ]
    return others[0] if others and verdict.kind == "answer" else None


def _kinds_named(parse: dict[str, Any]) -> list[str]:
    return [str(entity["entity"]) for entity in parse["entities"]]


def _is_names_alone(parse: dict[str, Any]) -> bool:
    text = list(str(parse["text"]))
    for entity in parse["entities"]:
        if entity["entity"] in NAMES:
            text[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return not words_of("".join(text))


def _entities_within(parse: dict[str, Any], text: str) -> list[dict[str, Any]]:
    whole = str(parse["text"])
    return [
        entity
        for entity in parse["entities"]
        if "start" in entity and whole[entity["start"] : entity["end"]] in text
    ]


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


def _wished_language(parse: dict[str, Any]) -> str | None:
    if parse["intent"]["name"] != "change_language":
        return None
    named = [one["value"] for one in parse["entities"] if one["entity"] == "spoken_language"]
    return named[0] if named and named[0] in ("ru", "uk", "en") else None
