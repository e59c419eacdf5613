/** The reducer: one action in, the next state out. Nothing here touches the outside. */

import type { ErrorFrame, ServerFrame, Welcome } from "../protocol";
import { acceptEvent, beginConversation, isFulfilled } from "./log";
import { type Action, initialState, type LinkState, MESSAGE_LIMIT, type State } from "./model";
import { enqueue, markSent, mergeShared, refuse, requeue, retry, withoutItem } from "./outbox";
import { tick } from "./timers";

const TYPING_MS = 8000;

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "link_changed":
      return changeLink(state, action.link, action.now);
    case "frame_received":
      return receive(state, action.frame, action.now);
    case "tick":
      return tick(state, action.now);
    case "composed":
    case "item_sent":
    case "item_retried":
    case "item_discarded":
    case "outbox_shared":
      return changeOutbox(state, action);
    default:
      return changeMarks(state, action);
  }
}

type OutboxAction = Extract<
  Action,
  { type: "composed" | "item_sent" | "item_retried" | "item_discarded" | "outbox_shared" }
>;

function changeOutbox(state: State, action: OutboxAction): State {
  switch (action.type) {
    case "composed":
      return compose(state, action);
    case "item_sent":
      return markSent(state, action.id, action.now);
    case "item_retried":
      return retry(state, action.id, action.now);
    case "item_discarded":
      return withoutItem(state, action.id);
    case "outbox_shared":
      return mergeShared(state, action.items, action.now);
  }
}

type MarkAction = Extract<
  Action,
  {
    type: "read_to" | "read_shared" | "wished" | "wish_sent" | "rated_shared" | "visitor_adopted";
  }
>;

function changeMarks(state: State, action: MarkAction): State {
  switch (action.type) {
    case "read_to":
      return readTo(state, action.seq);
    case "read_shared":
      return isSharedReadNewer(state, action.read) ? { ...state, read: action.read } : state;
    case "wished":
      return wish(state, action.wish);
    case "wish_sent":
      return wishSent(state, action.kind, action.now);
    case "rated_shared":
      return { ...state, rated: action.conversation };
    case "visitor_adopted":
      return adoptVisitor(state, action.visitor);
  }
}

/** The last event of the present conversation that the subscriber has seen. */
export function readSeq(state: State): number {
  return state.read.conversation === state.conversation ? state.read.seq : 0;
}

/** The length of a text as the server counts it: in code points. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function compose(state: State, action: Extract<Action, { type: "composed" }>): State {
  const text = action.text.trim();
  if (text === "" || characters(text) > MESSAGE_LIMIT) return state;
  return enqueue(state, { id: action.id, text, payload: action.payload, at: action.now });
}

function changeLink(state: State, link: LinkState, now: number): State {
  if (link === state.link) return state;
  const changed = { ...state, link, needsResync: false };
  if (link === "ready") return { ...changed, soughtAt: null, isTroubled: false };
  if (link === "idle") return { ...dropLive(changed), soughtAt: null, isTroubled: false };
  return { ...dropLive(changed), soughtAt: state.soughtAt ?? now };
}

/** Forgets what only a live connection can know. */
function dropLive(state: State): State {
  const wishes = state.wishes.map((each) => ({ ...each, sentAt: null }));
  return { ...requeue(state), wishes, typing: null, held: [], gapSince: null, holdUntil: null };
}

function receive(state: State, frame: ServerFrame, now: number): State {
  switch (frame.type) {
    case "welcome":
      return welcome(state, frame, now);
    case "event":
      return acceptEvent(state, frame.event, now);
    case "queue":
      return { ...state, queue: { ...frame.queue } };
    case "typing":
      return { ...state, typing: { author: frame.author, until: now + TYPING_MS } };
    case "read":
      return peerRead(state, frame.conversation ?? state.conversation, frame.seq);
    case "error":
      return fault(state, frame, now);
  }
}

function welcome(state: State, frame: Welcome, now: number): State {
  const isSame = frame.conversation === state.conversation && frame.seq >= state.seq;
  const base = isSame ? state : beginConversation(state, frame.conversation);
  const linked = changeLink(base, "ready", now);
  return {
    ...linked,
    visitor: frame.visitor,
    phase: frame.state,
    head: frame.seq,
    wishes: linked.wishes.filter((each) => !isFulfilled(each, frame.state)),
    welcomedAt: now,
  };
}

/** Only what is on the screen of this conversation can have been seen: a tick never says more. */
function peerRead(state: State, conversation: string | null, seq: number): State {
  if (conversation !== state.conversation) return state;
  return { ...state, peerReadSeq: Math.max(state.peerReadSeq, Math.min(seq, state.seq)) };
}

function fault(state: State, error: ErrorFrame, now: number): State {
  if (error.field === "visitor") return adoptVisitor(state, null);
  if (error.code === "hello_first") return { ...state, needsResync: true };
  return refuse(state, error, now);
}

/** Becomes another visitor (or a new one): only what is not sent yet stays. */
function adoptVisitor(state: State, visitor: string | null): State {
  if (visitor === state.visitor) return state;
  const fresh = initialState({ visitor, outbox: requeue(state).outbox });
  const { link, soughtAt, isTroubled } = state;
  return { ...fresh, link, soughtAt, isTroubled };
}

function readTo(state: State, seq: number): State {
  if (state.conversation === null || seq <= readSeq(state)) return state;
  return { ...state, read: { conversation: state.conversation, seq } };
}

function isSharedReadNewer(state: State, read: State["read"]): boolean {
  return read.conversation === state.conversation && read.seq > readSeq(state);
}

function wish(state: State, wished: State["wishes"][number]): State {
  const others = state.wishes.filter(({ kind }) => kind !== wished.kind);
  const rated = wished.kind === "rate" ? state.conversation : state.rated;
  return { ...state, rated, wishes: [...others, wished] };
}

function wishSent(state: State, kind: State["wishes"][number]["kind"], now: number): State {
  const wishes = state.wishes.map((each) => (each.kind === kind ? { ...each, sentAt: now } : each));
  return { ...state, wishes };
}
