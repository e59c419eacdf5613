/** The frames of `/chat`: what the widget sends, and what it reads, parsed at the border. */

export type Locale = "ru" | "uk" | "en";
export type ConversationState = "bot" | "queued" | "assigned" | "closed";
export type AuthorKind = "subscriber" | "bot" | "operator" | "system";
export type ErrorCode = "invalid" | "unknown_type" | "hello_first" | "too_large" | "rate_limited";

export interface Author {
  kind: AuthorKind;
  name: string | null;
}

export interface Button {
  title: string;
  payload: string;
}

interface EventBase {
  seq: number;
  at: number;
  conversation: string | null;
}

export interface MessageEvent extends EventBase {
  kind: "message";
  author: Author;
  text: string;
  id: string | null;
  payload: string | null;
  buttons: readonly Button[];
}

export interface StateEvent extends EventBase {
  kind: "state";
  state: ConversationState;
  reason: string | null;
  operator: string | null;
  queue: QueuePlace;
}

export interface RatingEvent extends EventBase {
  kind: "rating";
  score: number;
}

/** A numbered event of a kind this version does not show; it still counts. */
export interface OtherEvent extends EventBase {
  kind: "other";
}

export type ChatEvent = MessageEvent | StateEvent | RatingEvent | OtherEvent;

/** A place in the queue, as far as the server says it. */
export interface QueuePlace {
  position: number | null;
  etaSeconds: number | null;
  operatorsOnline: number | null;
}

export interface Welcome {
  type: "welcome";
  visitor: string;
  conversation: string;
  state: ConversationState;
  seq: number;
}

export interface ErrorFrame {
  type: "error";
  code: string;
  message: string;
  id: string | null;
  field: string | null;
}

export type ServerFrame =
  | Welcome
  | { type: "event"; event: ChatEvent }
  | { type: "queue"; queue: QueuePlace }
  | { type: "typing"; author: Author }
  | { type: "read"; conversation: string | null; seq: number }
  | ErrorFrame;

export type ClientFrame =
  | {
      type: "hello";
      visitor: string | null;
      after: number;
      locale: Locale;
      conversation?: string;
      page?: { url: string; title: string };
      identity?: string;
    }
  | { type: "message"; id: string; text: string }
  | { type: "button"; id: string; payload: string }
  | { type: "typing"; text: string }
  | { type: "read"; seq: number }
  | { type: "rate"; score: number; comment: string }
  | { type: "human" }
  | { type: "leave_queue" };

type Raw = Record<string, unknown>;

const STATES: readonly string[] = ["bot", "queued", "assigned", "closed"];
const AUTHORS: readonly string[] = ["subscriber", "bot", "operator", "system"];

/** Reads one frame of the server; null when it says nothing this version understands. */
export function parseServerFrame(data: unknown): ServerFrame | null {
  const raw = decode(data);
  if (!raw) return null;
  switch (raw.type) {
    case "welcome":
      return parseWelcome(raw);
    case "event":
      return parseEventFrame(raw);
    case "queue":
      return { type: "queue", queue: queuePlace(raw) };
    case "typing":
      return { type: "typing", author: author(raw.author) };
    case "read":
      return parseRead(raw);
    case "error":
      return parseError(raw);
    default:
      return null;
  }
}

function decode(data: unknown): Raw | null {
  if (typeof data !== "string") return null;
  try {
    return record(JSON.parse(data));
  } catch {
    return null;
  }
}

function parseWelcome(raw: Raw): Welcome | null {
  const { visitor, conversation, seq, state } = raw;
  if (typeof visitor !== "string" || typeof conversation !== "string") return null;
  if (!isCount(seq) || !isState(state)) return null;
  return { type: "welcome", visitor, conversation, state, seq };
}

function parseEventFrame(raw: Raw): ServerFrame | null {
  if (!isCount(raw.seq)) return null;
  const base: EventBase = { seq: raw.seq, at: time(raw.at), conversation: text(raw.conversation) };
  return { type: "event", event: parseEvent(raw, base) };
}

function parseEvent(raw: Raw, base: EventBase): ChatEvent {
  if (raw.kind === "message") return messageEvent(raw, base);
  if (raw.kind === "state" && isState(raw.state)) return stateEvent(raw, base, raw.state);
  if (raw.kind === "rating" && isCount(raw.score)) {
    return { ...base, kind: "rating", score: raw.score };
  }
  return { ...base, kind: "other" };
}

function messageEvent(raw: Raw, base: EventBase): MessageEvent {
  return {
    ...base,
    kind: "message",
    author: author(raw.author),
    text: text(raw.text) ?? "",
    id: text(raw.id),
    payload: text(raw.payload),
    buttons: buttons(raw.buttons),
  };
}

function stateEvent(raw: Raw, base: EventBase, state: ConversationState): StateEvent {
  const operator = text(record(raw.operator)?.name) ?? text(raw.operator);
  return {
    ...base,
    kind: "state",
    state,
    reason: text(raw.reason),
    operator,
    queue: queuePlace(raw),
  };
}

function parseRead({ conversation, seq }: Raw): ServerFrame | null {
  return isCount(seq) ? { type: "read", conversation: text(conversation), seq } : null;
}

function parseError(raw: Raw): ErrorFrame {
  return {
    type: "error",
    code: text(raw.code) ?? "invalid",
    message: text(raw.message) ?? "",
    id: text(raw.id),
    field: text(raw.field),
  };
}

function queuePlace(raw: Raw): QueuePlace {
  return {
    position: count(raw.position),
    etaSeconds: count(raw.eta_seconds),
    operatorsOnline: count(raw.operators_online),
  };
}

function author(value: unknown): Author {
  const raw = record(value);
  const kind = AUTHORS.includes(raw?.kind as string) ? (raw?.kind as AuthorKind) : "system";
  return { kind, name: text(raw?.name) };
}

function buttons(value: unknown): Button[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    const raw = record(each);
    const title = text(raw?.title);
    return title ? [{ title, payload: text(raw?.payload) ?? title }] : [];
  });
}

function record(value: unknown): Raw | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Raw)
    : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function isState(value: unknown): value is ConversationState {
  return STATES.includes(value as string);
}

function time(value: unknown): number {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? 0 : at;
}
