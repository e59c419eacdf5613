/** What the screen asks of the state. */

import type { MessageEvent } from "../protocol";
import type { OutboxItem, ShownEvent, State, Wish } from "./model";
import { readSeq } from "./reducer";
import { isReplaying } from "./timers";

/** Messages of the other side that were not seen yet. */
export function unreadCount(state: State): number {
  const seen = readSeq(state);
  return state.events.filter((event) => isIncoming(event) && event.seq > seen).length;
}

/** The newest message of the other side, if it was not seen yet. */
export function unreadPreview(state: State): MessageEvent | null {
  const last = state.events.filter(isIncoming).at(-1);
  return last && last.seq > readSeq(state) ? last : null;
}

/** True when nothing was said yet, by anybody. */
export function isBlank(state: State): boolean {
  const isSilent = state.events.every(({ kind }) => kind !== "message");
  return isSilent && state.outbox.length === 0 && state.past.length === 0 && !isReplaying(state);
}

/** True when the closed conversation waits for its score. */
export function canRate(state: State): boolean {
  return state.phase === "closed" && state.rated !== state.conversation && hasTalk(state);
}

export function hasTalk(state: State): boolean {
  return state.events.some(({ kind }) => kind === "message");
}

export function hasWish(state: State, kind: Wish["kind"]): boolean {
  return state.wishes.some((wish) => wish.kind === kind);
}

/**
 * The wish to be sent now, once everything said before it is out. A rating waits for nothing: the
 * server takes it for the newest conversation, and what waits to be sent may open another one.
 */
export function nextWish(state: State): Wish | null {
  if (state.holdUntil !== null) return null;
  const isAllSaid = state.outbox.every(({ status }) => status === "failed");
  const due = state.wishes.filter(({ kind }) => kind === "rate" || isAllSaid);
  return due.find(({ sentAt }) => sentAt === null) ?? null;
}

/** Payloads of a message's buttons that were pressed, told from what the subscriber said after it. */
export function pressedButtons(
  message: MessageEvent,
  events: readonly ShownEvent[],
  outbox: readonly OutboxItem[],
): ReadonlySet<string> {
  const said = sayingsAfter(message, events);
  const unsent = said.isOpen ? outbox.map(({ text, payload }) => payload ?? text) : [];
  const all = new Set([...said.texts, ...unsent]);
  const pressed = message.buttons.filter((each) => all.has(each.payload) || all.has(each.title));
  return new Set(pressed.map(({ payload }) => payload));
}

function sayingsAfter(message: MessageEvent, events: readonly ShownEvent[]) {
  const later = events.filter(
    (event): event is MessageEvent => event.kind === "message" && event.seq > message.seq,
  );
  const end = later.findIndex(({ buttons }) => buttons.length > 0);
  const span = end === -1 ? later : later.slice(0, end);
  const own = span.filter(({ author }) => author.kind === "subscriber");
  const texts = own.flatMap(({ text, payload }) => (payload === null ? [text] : [payload, text]));
  return { texts, isOpen: end === -1 };
}

function isIncoming(event: ShownEvent): event is MessageEvent {
  return event.kind === "message" && event.author.kind !== "subscriber";
}
