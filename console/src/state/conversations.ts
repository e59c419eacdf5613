import type { MessageEvent } from "@/protocol/frames";
import type { Conversation, DeskState } from "@/state/desk";
import { unreadCount } from "@/state/unread";

/** One's own conversations in the order they were taken: a list that never moves under the hand. */
export function ownConversations(desk: DeskState): Conversation[] {
  return Object.values(desk.conversations)
    .filter((conversation) => conversation.departure === null)
    .sort(
      (a, b) => (a.assignedAt ?? "").localeCompare(b.assignedAt ?? "") || a.id.localeCompare(b.id),
    );
}

/** The last thing said, by anybody. */
export function lastMessage(conversation: Conversation): MessageEvent | null {
  const found = conversation.events.findLast((event) => event.kind === "message");
  return found?.kind === "message" ? found : null;
}

/** The conversation before or after one in the list, round the end. */
export function neighbour(desk: DeskState, active: string | null, step: 1 | -1): string | null {
  const own = ownConversations(desk);
  if (own.length === 0) return null;
  const at = own.findIndex((conversation) => conversation.id === active);
  const next = at < 0 ? (step > 0 ? 0 : own.length - 1) : (at + step + own.length) % own.length;
  return own[next]?.id ?? null;
}

/** Where to go when the present conversation has ended: unread first, then the oldest. */
export function nextToOpen(desk: DeskState, except: string | null): string | null {
  const others = ownConversations(desk).filter((conversation) => conversation.id !== except);
  const unread = others.find((conversation) => unreadCount(conversation) > 0);
  return (unread ?? others[0])?.id ?? null;
}
