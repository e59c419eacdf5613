import type { ParseEvent } from "@/protocol/frames";
import type { Conversation } from "@/state/desk";

export interface Fact {
  name: string;
  value: string;
}

/** What the bot has learnt: slots of the handoff and the latest value of every entity heard since. */
export function knownFacts(conversation: Conversation): Fact[] {
  const facts = new Map<string, string>();
  for (const [name, value] of Object.entries(conversation.about.slots ?? {})) {
    remember(facts, name, value);
  }
  for (const event of conversation.events) {
    if (event.kind !== "parse") continue;
    for (const { entity, value } of event.entities ?? []) remember(facts, entity, value);
  }
  return [...facts].map(([name, value]) => ({ name, value }));
}

function remember(facts: Map<string, string>, name: string, value: unknown): void {
  const said = typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
  if (said !== "" && said !== "null") facts.set(name, said);
}

/** Intents that carry a conversation on and say nothing of what it is about. */
const NO_REQUEST = new Set([
  "nlu_fallback",
  "out_of_scope",
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
]);

function isRequest(intent: string | null | undefined): boolean {
  return Boolean(intent) && !NO_REQUEST.has(intent ?? "");
}

/** What the subscriber was last understood to want. */
export function latestIntent(
  conversation: Conversation,
): { intent: string; confidence: number | null } | null {
  const parsed = conversation.events.findLast(
    (event): event is ParseEvent => event.kind === "parse" && isRequest(event.intent),
  );
  const intent = parsed?.intent ?? conversation.about.intent;
  if (!intent) return null;
  const confidence = parsed ? parsed.confidence : conversation.about.confidence;
  return { intent, confidence: confidence ?? null };
}

/** The language the conversation is in now: what the last message was in, else what the handoff said. */
export function currentLanguage(conversation: Conversation): string | null {
  return conversation.about.language ?? null;
}

/** A line that names the intent by its code; the intent is shown in words of its own. */
const INTENT_LINE = /^[a-z]+(_[a-z]+)* \d+\s?%$/;

/** The summary of a handoff in the subscriber's words, each line once. */
export function summaryLines(summary: string | null | undefined): string {
  const lines = (summary ?? "").split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== "" && !INTENT_LINE.test(line)))].join("\n");
}
