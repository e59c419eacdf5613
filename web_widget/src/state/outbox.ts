/** The outbox: what was said and is not confirmed, in order. */

import type { ErrorFrame } from "../protocol";
import { type FailureReason, OUTBOX_LIMIT, type OutboxItem, type State } from "./model";

const PATIENCE_MS = 1000;
const LONGEST_PATIENCE_MS = 15_000;
const STALE_MS = 24 * 3600 * 1000;

/** Adds an item at the end; the state as it was when the outbox is full. */
export function enqueue(state: State, item: Pick<OutboxItem, "id" | "text" | "payload" | "at">) {
  if (isOutboxFull(state) || state.outbox.some(({ id }) => id === item.id)) return state;
  const added: OutboxItem = {
    ...item,
    status: "waiting",
    reason: null,
    attempts: 0,
    sentAt: null,
  };
  return { ...state, outbox: [...state.outbox, added] };
}

export function isOutboxFull(state: State): boolean {
  return state.outbox.length >= OUTBOX_LIMIT;
}

/** Takes away the item the server has stored (or the subscriber gave up). */
export function withoutItem(state: State, id: string | null): State {
  if (id === null || !state.outbox.some((item) => item.id === id)) return state;
  return { ...state, outbox: state.outbox.filter((item) => item.id !== id) };
}

/** What is to be sent next: one at a time, so that a refusal never changes the order. */
export function nextToSend(state: State): OutboxItem | null {
  if (state.holdUntil !== null || inflight(state)) return null;
  return state.outbox.find(({ status }) => status === "waiting") ?? null;
}

export function inflight(state: State): OutboxItem | null {
  return state.outbox.find(({ status }) => status === "inflight") ?? null;
}

export function markSent(state: State, id: string, now: number): State {
  return patch(state, id, (item) => ({
    ...item,
    status: "inflight",
    sentAt: now,
    attempts: item.attempts + 1,
  }));
}

export function markFailed(state: State, id: string, reason: FailureReason): State {
  return patch(state, id, (item) => ({ ...item, status: "failed", reason, sentAt: null }));
}

/** Sends a failed item again, as the last one and from a clean sheet. */
export function retry(state: State, id: string, now: number): State {
  const item = state.outbox.find((each) => each.id === id && each.status === "failed");
  if (!item) return state;
  return enqueue(withoutItem(state, id), { ...item, at: now });
}

/** Puts what was on its way back in line: the connection is gone. */
export function requeue(state: State): State {
  if (!inflight(state)) return state;
  return { ...state, outbox: state.outbox.map(unsent) };
}

function unsent(item: OutboxItem): OutboxItem {
  return item.status === "inflight" ? { ...item, status: "waiting", sentAt: null } : item;
}

/** What the server's refusal does to the item it speaks of. */
export function refuse(state: State, error: ErrorFrame, now: number): State {
  const item = refused(state, error);
  if (error.code === "rate_limited") return hold(requeue(state), item?.attempts ?? 1, now);
  if (!item) return state;
  return markFailed(state, item.id, error.code === "too_large" ? "too_large" : "invalid");
}

function refused(state: State, error: ErrorFrame): OutboxItem | null {
  if (error.id !== null) return state.outbox.find(({ id }) => id === error.id) ?? null;
  return error.code === "too_large" || error.code === "rate_limited" ? inflight(state) : null;
}

function hold(state: State, attempts: number, now: number): State {
  const wait = Math.min(PATIENCE_MS * 2 ** (attempts - 1), LONGEST_PATIENCE_MS);
  const wishes = state.wishes.map((wish) => ({ ...wish, sentAt: null }));
  return { ...state, wishes, holdUntil: now + wait };
}

/**
 * Takes in the outbox as another tab of the subscriber has left it. Its items count as sent by
 * that tab: they come to this one's turn only if they stay unconfirmed.
 */
export function mergeShared(state: State, items: readonly OutboxItem[], now: number): State {
  const mine = new Map(state.outbox.map((item) => [item.id, item]));
  const merged = items.map((item): OutboxItem => {
    if (item.status === "failed") return item;
    const known = mine.get(item.id);
    if (known && known.status !== "failed") return known;
    return { ...item, status: "inflight", attempts: 1, sentAt: now };
  });
  return { ...state, outbox: merged };
}

/** The outbox found after a reload: what lay too long is asked about, not sent unbidden. */
export function revive(items: readonly OutboxItem[], now: number): OutboxItem[] {
  return items.map((item) => {
    const isStale = item.status !== "failed" && now - item.at > STALE_MS;
    return isStale ? { ...item, status: "failed", reason: "stale", sentAt: null } : unsent(item);
  });
}

function patch(state: State, id: string, change: (item: OutboxItem) => OutboxItem): State {
  return { ...state, outbox: state.outbox.map((item) => (item.id === id ? change(item) : item)) };
}
