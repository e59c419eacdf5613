import type { LogEvent, SuggestionEvent } from "@/protocol/frames";

/** What the bot would say now: its last suggestion, unless the subscriber was answered since. */
export function currentSuggestion(events: readonly LogEvent[]): SuggestionEvent | null {
  const last = events.findLast(
    (event) =>
      event.kind === "suggestion" ||
      (event.kind === "message" && event.author.kind !== "subscriber"),
  );
  return last?.kind === "suggestion" && last.text !== "" ? last : null;
}
