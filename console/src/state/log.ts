import type { LogEvent } from "@/protocol/frames";

/** Put events into a log: ordered by their number, each number once. The same array comes back if nothing is new. */
export function mergeEvents(
  known: readonly LogEvent[],
  incoming: readonly LogEvent[],
): readonly LogEvent[] {
  const numbers = new Set(known.map((event) => event.log));
  const fresh = incoming.filter((event) => !numbers.has(event.log) && numbers.add(event.log));
  if (fresh.length === 0) return known;
  const merged = [...known, ...fresh];
  const last = known.at(-1)?.log ?? 0;
  const isAppend = fresh.every((event, at) => event.log > (fresh[at - 1]?.log ?? last));
  return isAppend ? merged : merged.sort((a, b) => a.log - b.log);
}

/** The number of the last event, 0 for an empty log. */
export function lastLog(events: readonly LogEvent[]): number {
  return events.at(-1)?.log ?? 0;
}

/** Where events are missing: ask for those before this cursor (`null`: the newest). */
export interface Missing {
  before: string | null;
}

/**
 * Tell which part of a log to fetch next so that what is shown has no hole.
 *
 * Args:
 *   events: what is known, in order.
 *   expected: the number the newest event is known to have.
 * Returns: the newest hole, or null if the log is whole from its first known event on.
 */
export function findMissing(events: readonly LogEvent[], expected: number): Missing | null {
  if (lastLog(events) < expected) return { before: null };
  for (let at = events.length - 1; at > 0; at--) {
    const event = events[at] as LogEvent;
    const previous = events[at - 1] as LogEvent;
    if (event.log - previous.log > 1) return { before: event.cursor ?? null };
  }
  return null;
}

/** Whether the conversation began before the first event that is known. */
export function hasEarlier(events: readonly LogEvent[]): boolean {
  const first = events[0];
  return first !== undefined && first.log > 1;
}

interface Known {
  events: readonly LogEvent[];
  expectedLog: number;
  hasPast: boolean;
}

/**
 * What to fetch of a conversation now: first its past, then its holes.
 *
 * Args:
 *   isSettled: whether the replay after a welcome is over; until then its tail is only late, not missing.
 */
export function missingPart(known: Known, isSettled: boolean): Missing | null {
  const { events, expectedLog, hasPast } = known;
  if (!hasPast) return { before: events[0]?.cursor ?? null };
  return findMissing(events, isSettled ? expectedLog : 0);
}
