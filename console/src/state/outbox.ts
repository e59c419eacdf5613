import type { Command } from "@/protocol/frames";

export type OutgoingStatus = "waiting" | "sent" | "stored" | "refused";

/** A command on its way: waiting for a connection, sent, stored by the desk, or refused for good. */
export interface Outgoing {
  ref: string;
  command: Command;
  createdAt: string;
  status: OutgoingStatus;
  /** Not before this moment (milliseconds), after the desk asked to slow down. */
  notBefore: number;
  code: string | null;
}

export type Outbox = readonly Outgoing[];

export type OutboxAction =
  | { type: "enqueue"; ref: string; command: Command; at: string }
  | { type: "sent"; ref: string }
  | { type: "stored"; ref: string }
  | { type: "slow_down"; ref: string; until: number }
  | { type: "refused"; ref: string; code: string }
  | { type: "retry"; ref: string }
  | { type: "drop"; ref: string }
  | { type: "disconnected" }
  | { type: "logged"; conversation: string; ids: ReadonlySet<string> };

/** The outbox after something happened. */
export function reduceOutbox(outbox: Outbox, action: OutboxAction): Outbox {
  switch (action.type) {
    case "enqueue":
      return [...outbox, waiting(action.ref, action.command, action.at)];
    case "sent":
      return change(outbox, action.ref, { status: "sent" });
    case "stored":
      return isSpoken(outbox, action.ref)
        ? change(outbox, action.ref, { status: "stored" })
        : outbox.filter((item) => item.ref !== action.ref);
    case "slow_down":
      return change(outbox, action.ref, { status: "waiting", notBefore: action.until });
    case "refused":
      return isSpoken(outbox, action.ref)
        ? change(outbox, action.ref, { status: "refused", code: action.code })
        : outbox.filter((item) => item.ref !== action.ref);
    case "retry":
      return change(outbox, action.ref, { status: "waiting", code: null, notBefore: 0 });
    case "drop":
      return outbox.filter((item) => item.ref !== action.ref);
    case "disconnected":
      return outbox.map((item) =>
        item.status === "sent" ? { ...item, status: "waiting" as const } : item,
      );
    case "logged":
      return outbox.filter((item) => !isLogged(item, action.conversation, action.ids));
  }
}

/**
 * What may be sent now, in order. A command waits for the earlier ones of its conversation that wait themselves, so
 * that slowing down never turns two sentences round.
 */
export function sendable(outbox: Outbox, now: number): Outgoing[] {
  const held = new Set<string>();
  return outbox.filter((item) => {
    if (item.status !== "waiting") return false;
    const id = item.command.conversation;
    const isFree = item.notBefore <= now && !held.has(id);
    if (!isFree) held.add(id);
    return isFree;
  });
}

/** The moment at which the outbox is to be looked at again, or null. */
export function nextAttemptAt(outbox: Outbox, now: number): number | null {
  const moments = outbox
    .filter((item) => item.status === "waiting" && item.notBefore > now)
    .map((item) => item.notBefore);
  return moments.length > 0 ? Math.min(...moments) : null;
}

/** Messages and notes of a conversation that are not in its log yet. */
export function pendingIn(outbox: Outbox, conversation: string): Outgoing[] {
  return outbox.filter((item) => item.command.conversation === conversation && hasText(item));
}

/** Whether a command of this kind is under way for a conversation. */
export function isUnderWay(outbox: Outbox, type: Command["type"], conversation?: string): boolean {
  return outbox.some(
    ({ command }) =>
      command.type === type &&
      (conversation === undefined || command.conversation === conversation),
  );
}

function waiting(ref: string, command: Command, createdAt: string): Outgoing {
  return { ref, command, createdAt, status: "waiting", notBefore: 0, code: null };
}

function change(outbox: Outbox, ref: string, fields: Partial<Outgoing>): Outbox {
  return outbox.map((item) => (item.ref === ref ? { ...item, ...fields } : item));
}

function hasText(item: Outgoing): boolean {
  return item.command.type === "send" || item.command.type === "note";
}

function isSpoken(outbox: Outbox, ref: string): boolean {
  return outbox.some((item) => item.ref === ref && hasText(item));
}

function isLogged(item: Outgoing, conversation: string, ids: ReadonlySet<string>): boolean {
  const { command } = item;
  return "id" in command && command.conversation === conversation && ids.has(command.id);
}
