import type { LogEvent, Time } from "@/protocol/frames";
import type { Conversation } from "@/state/desk";

export type WaitingLevel = "calm" | "warm" | "late";

const WARM_SECONDS = 60;
const LATE_SECONDS = 180;

/** How pressing a wait has become. */
export function waitingLevel(seconds: number): WaitingLevel {
  if (seconds >= LATE_SECONDS) return "late";
  return seconds >= WARM_SECONDS ? "warm" : "calm";
}

/** Whole seconds from a time to now, never negative. */
export function secondsSince(since: Time, now: number): number {
  const seconds = Math.floor((now - Date.parse(since)) / 1000);
  return Number.isNaN(seconds) ? 0 : Math.max(0, seconds);
}

/** Since when the subscriber waits for this operator's word, or null if nobody waits. */
export function waitingForReplySince(conversation: Conversation): Time | null {
  if (conversation.departure) return null;
  const { events } = conversation;
  const answered = events.findLastIndex(isOperatorMessage);
  const taken = events.findLastIndex(
    (event) => event.kind === "state" && event.state === "assigned",
  );
  if (answered > taken) return firstSubscriberMessage(events.slice(answered + 1));
  const since = events[taken]?.at ?? conversation.assignedAt;
  return since ?? firstSubscriberMessage(events);
}

function firstSubscriberMessage(events: readonly LogEvent[]): Time | null {
  return events.find(isSubscriberMessage)?.at ?? null;
}

function isOperatorMessage(event: LogEvent): boolean {
  return event.kind === "message" && event.author.kind === "operator";
}

export function isSubscriberMessage(event: LogEvent): boolean {
  return event.kind === "message" && event.author.kind === "subscriber";
}
