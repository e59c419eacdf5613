/** What the widget knows of the conversation, and everything that may happen to it. */

import type {
  Author,
  ChatEvent,
  ConversationState,
  MessageEvent,
  QueuePlace,
  RatingEvent,
  ServerFrame,
  StateEvent,
} from "../protocol";

/** The longest message the server takes, in characters (code points). */
export const MESSAGE_LIMIT = 4000;
/** How many unsent messages are kept at most. */
export const OUTBOX_LIMIT = 50;

/** `greeting`: the socket is open, the server has not said `welcome` yet. */
export type LinkState = "idle" | "connecting" | "greeting" | "ready" | "waiting";

export type ShownEvent = MessageEvent | StateEvent | RatingEvent;

/** An earlier conversation of this page view, kept on the screen above the present one. */
export interface Chapter {
  conversation: string;
  events: readonly ShownEvent[];
}

export type FailureReason = "too_large" | "invalid" | "unconfirmed" | "stale";
export type OutboxStatus = "waiting" | "inflight" | "failed";

/** What the subscriber said and the server has not confirmed yet. */
export interface OutboxItem {
  id: string;
  text: string;
  /** Set when a button was pressed: then `text` is its title. */
  payload: string | null;
  at: number;
  status: OutboxStatus;
  reason: FailureReason | null;
  attempts: number;
  sentAt: number | null;
}

/** A request without an acknowledgement of its own, kept until it took effect. */
export type Wish =
  | { kind: "human"; sentAt: number | null }
  | { kind: "leave_queue"; sentAt: number | null }
  | { kind: "rate"; sentAt: number | null; score: number; comment: string };

export interface State {
  link: LinkState;
  /** When the connection was lost or first sought; null while it is there. */
  soughtAt: number | null;
  /** The connection has been away long enough to say so. */
  isTroubled: boolean;
  /** The driver is to connect anew. */
  needsResync: boolean;
  welcomedAt: number | null;
  visitor: string | null;
  conversation: string | null;
  phase: ConversationState;
  operator: string | null;
  queue: QueuePlace | null;
  /** The last event applied. */
  seq: number;
  /** The last event there was when the server said `welcome`: up to it, the past is replayed. */
  head: number;
  events: readonly ShownEvent[];
  past: readonly Chapter[];
  /** Events that came before one that is missing. */
  held: readonly ChatEvent[];
  gapSince: number | null;
  /** The missing event that was already asked for by connecting anew. */
  gapAsked: number | null;
  outbox: readonly OutboxItem[];
  /** Nothing is sent before this moment: the server asked for patience. */
  holdUntil: number | null;
  wishes: readonly Wish[];
  typing: { author: Author; until: number } | null;
  read: ReadMark;
  /** How far the operator's side has read. */
  peerReadSeq: number;
  /** The last conversation that was rated. */
  rated: string | null;
}

export interface ReadMark {
  conversation: string | null;
  seq: number;
}

/** What is brought over a reload. */
export interface Saved {
  visitor: string | null;
  outbox: readonly OutboxItem[];
  read: ReadMark;
  rated: string | null;
  log: SavedLog | null;
}

export type SavedLog = Pick<
  State,
  "conversation" | "phase" | "operator" | "seq" | "events" | "past"
>;

export type Action =
  | { type: "link_changed"; link: LinkState; now: number }
  | { type: "frame_received"; frame: ServerFrame; now: number }
  | { type: "composed"; id: string; text: string; payload: string | null; now: number }
  | { type: "item_sent"; id: string; now: number }
  | { type: "item_retried"; id: string; now: number }
  | { type: "item_discarded"; id: string }
  | { type: "outbox_shared"; items: readonly OutboxItem[]; now: number }
  | { type: "read_to"; seq: number }
  | { type: "read_shared"; read: ReadMark }
  | { type: "wished"; wish: Wish }
  | { type: "wish_sent"; kind: Wish["kind"]; now: number }
  | { type: "rated_shared"; conversation: string }
  | { type: "visitor_adopted"; visitor: string | null }
  | { type: "tick"; now: number };

/** The state a page starts with. */
export function initialState(saved: Partial<Saved> = {}): State {
  const log = saved.visitor ? saved.log : null;
  return {
    link: "idle",
    soughtAt: null,
    isTroubled: false,
    needsResync: false,
    welcomedAt: null,
    visitor: saved.visitor ?? null,
    conversation: log?.conversation ?? null,
    phase: log?.phase ?? "bot",
    operator: log?.operator ?? null,
    queue: null,
    seq: log?.seq ?? 0,
    head: log?.seq ?? 0,
    events: log?.events ?? [],
    past: log?.past ?? [],
    held: [],
    gapSince: null,
    gapAsked: null,
    outbox: saved.outbox ?? [],
    holdUntil: null,
    wishes: [],
    typing: null,
    read: saved.read ?? { conversation: null, seq: 0 },
    peerReadSeq: 0,
    rated: saved.rated ?? null,
  };
}
