import type { LogEvent } from "@/protocol/frames";
import type { Conversation, DeskState } from "@/state/desk";
import { isSubscriberMessage } from "@/state/waiting";

/** How many of the subscriber's messages the operator has not seen; at least one while never opened. */
export function unreadCount(conversation: Conversation): number {
  if (conversation.departure) return 0;
  const { events, seenLog } = conversation;
  if (seenLog !== null) return countAfter(conversation, seenLog);
  const taken = events.findLast((event) => event.kind === "state" && event.state === "assigned");
  return Math.max(1, countAfter(conversation, taken?.log ?? Number.POSITIVE_INFINITY));
}

function countAfter({ events }: Conversation, log: number): number {
  let count = 0;
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at] as LogEvent;
    if (event.log <= log) break;
    if (isSubscriberMessage(event)) count += 1;
  }
  return count;
}

/** Unread messages on the whole desk, for the window's title. */
export function totalUnread(desk: DeskState): number {
  const counts = Object.values(desk.conversations).map(unreadCount);
  return counts.reduce((sum, count) => sum + count, 0);
}
