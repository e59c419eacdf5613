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

/** What the subscriber was last understood to want. */
export function latestIntent(
  conversation: Conversation,
): { intent: string; confidence: number | null } | null {
  const parsed = conversation.events.findLast(
    (event): event is ParseEvent => event.kind === "parse" && Boolean(event.intent),
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

/** The summary of a handoff, each line once: a first message that is also the last would be said twice. */
export function summaryLines(summary: string | null | undefined): string {
  const lines = (summary ?? "").split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))].join("\n");
}
