/** What is kept over a reload, and shared between the tabs of one subscriber. */

import type { OutboxItem, ReadMark, Saved, SavedLog, State } from "../state/model";
import { revive } from "../state/outbox";
import type { KeyValue } from "./ports";

const LOG_LIMIT_CHARACTERS = 300_000;

/** Bumped when the shape of the kept log changes: an older one is asked of the server again. */
const LOG_VERSION = 1;

export interface Stores {
  /** Shared by all tabs, lasting. */
  local: KeyValue;
  /** This tab's own. */
  session: KeyValue;
}

/** Reads everything kept; what cannot be read counts as absent. */
export function load(stores: Stores, now: number): Saved {
  return {
    visitor: stores.local.read("visitor"),
    outbox: revive(loadOutbox(stores), now),
    read: loadRead(stores),
    rated: stores.local.read("rated"),
    log: loadLog(stores),
  };
}

export function loadOutbox(stores: Stores): OutboxItem[] {
  const items = parse(stores.local.read("outbox"));
  return Array.isArray(items) ? items.filter(isItem) : [];
}

export function loadRead(stores: Stores): ReadMark {
  const read = parse(stores.local.read("read")) as Partial<ReadMark> | null;
  const isWhole = typeof read?.conversation === "string" && typeof read.seq === "number";
  return isWhole ? (read as ReadMark) : { conversation: null, seq: 0 };
}

/** Keeps what changed between two states. */
export function keep(stores: Stores, before: State, after: State): void {
  if (after.visitor !== before.visitor) stores.local.write("visitor", after.visitor);
  if (after.outbox !== before.outbox) keepOutbox(stores, before, after);
  if (after.read !== before.read) stores.local.write("read", JSON.stringify(after.read));
  if (after.rated !== before.rated) stores.local.write("rated", after.rated);
}

/** Keeps the log for the next page of this tab; a very long one is left to the server. */
export function keepLog(stores: Stores, state: State): void {
  const { conversation, phase, operator, seq, events, past } = state;
  const log: SavedLog = { conversation, phase, operator, seq, events, past };
  const text = JSON.stringify({ version: LOG_VERSION, visitor: state.visitor, log });
  stores.session.write("log", text.length <= LOG_LIMIT_CHARACTERS ? text : null);
}

/** Writes the changes, not the list: another tab may have added to it meanwhile. */
function keepOutbox(stores: Stores, before: State, after: State): void {
  const kept = new Map(loadOutbox(stores).map((item) => [item.id, item]));
  const ids = new Set(after.outbox.map(({ id }) => id));
  for (const { id } of before.outbox) if (!ids.has(id)) kept.delete(id);
  const known = new Set(before.outbox);
  for (const item of after.outbox) if (!known.has(item)) kept.set(item.id, item);
  stores.local.write("outbox", kept.size > 0 ? JSON.stringify([...kept.values()]) : null);
}

function loadLog(stores: Stores): SavedLog | null {
  const kept = parse(stores.session.read("log")) as {
    version?: unknown;
    visitor?: unknown;
    log?: SavedLog;
  } | null;
  if (kept?.version !== LOG_VERSION || kept.visitor !== stores.local.read("visitor")) return null;
  return kept.log && Array.isArray(kept.log.events) ? kept.log : null;
}

function isItem(value: unknown): value is OutboxItem {
  const item = value as Partial<OutboxItem> | null;
  return typeof item?.id === "string" && typeof item.text === "string";
}

function parse(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
