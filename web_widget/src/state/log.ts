/** The log: events put in their order, each exactly once. */

import type { ChatEvent, ConversationState, StateEvent } from "../protocol";
import type { ShownEvent, State, Wish } from "./model";
import { withoutItem } from "./outbox";

const PAST_LIMIT = 10;

/** Takes in one numbered event, whatever came before it. */
export function acceptEvent(state: State, event: ChatEvent, now: number): State {
  const acknowledged = event.kind === "message" ? withoutItem(state, event.id) : state;
  if (!belongs(state, event)) return complete(acknowledged, event);
  if (event.seq <= state.seq) return acknowledged;
  if (event.seq > state.seq + 1) return hold(acknowledged, event, now);
  return drain(apply(acknowledged, event));
}

/** Shows what is held behind a missing event that the server did not bring a second time. */
export function skipGap(state: State): State {
  const first = state.held[0];
  return first ? drain({ ...state, seq: first.seq - 1 }) : state;
}

/** Begins a conversation; what was on the screen of another one stays above it. */
export function beginConversation(state: State, conversation: string): State {
  const isAnother = state.conversation !== null && state.conversation !== conversation;
  const past =
    isAnother && state.events.length > 0
      ? [...state.past, { conversation: state.conversation ?? "", events: state.events }]
      : state.past;
  return {
    ...state,
    conversation,
    past: past.slice(-PAST_LIMIT),
    events: [],
    seq: 0,
    held: [],
    gapSince: null,
    gapAsked: null,
    operator: null,
    wishes: isAnother ? state.wishes.filter(({ kind }) => kind !== "rate") : state.wishes,
    queue: null,
    typing: null,
    peerReadSeq: 0,
  };
}

function belongs(state: State, event: ChatEvent): boolean {
  if (state.conversation === null) return false;
  return event.conversation === null || event.conversation === state.conversation;
}

/** Takes in an event of an earlier conversation on the screen: its last words may come late. */
function complete(state: State, event: ChatEvent): State {
  if (event.kind === "other") return state;
  const past = state.past.map((chapter) => {
    const isKnown = chapter.events.some(({ seq }) => seq === event.seq);
    if (chapter.conversation !== event.conversation || isKnown) return chapter;
    return { ...chapter, events: [...chapter.events, event].sort((a, b) => a.seq - b.seq) };
  });
  return { ...state, past };
}

function hold(state: State, event: ChatEvent, now: number): State {
  if (state.held.some(({ seq }) => seq === event.seq)) return state;
  const held = [...state.held, event].sort((a, b) => a.seq - b.seq);
  return { ...state, held, gapSince: state.gapSince ?? now };
}

function drain(state: State): State {
  const waiting = state.held.filter(({ seq }) => seq > state.seq);
  const next = waiting[0];
  if (next?.seq === state.seq + 1) return drain(apply({ ...state, held: waiting }, next));
  const gapSince = next ? state.gapSince : null;
  return { ...state, held: waiting, gapSince };
}

function apply(state: State, event: ChatEvent): State {
  const counted = { ...state, seq: event.seq };
  if (event.kind === "other") return counted;
  const shown = { ...counted, events: [...state.events, event] };
  return withConsequences(shown, event);
}

function withConsequences(state: State, event: ShownEvent): State {
  if (event.kind === "state") return enterState(state, event);
  if (event.kind === "rating") return { ...state, rated: state.conversation };
  const { author } = event;
  if (author.kind === "subscriber") {
    return { ...state, read: { conversation: state.conversation, seq: event.seq } };
  }
  const typing = state.typing?.author.kind === author.kind ? null : state.typing;
  const operator = author.kind === "operator" ? (author.name ?? state.operator) : state.operator;
  return { ...state, typing, operator };
}

function enterState(state: State, event: StateEvent): State {
  const phase = event.state;
  const operator = phase === "assigned" ? (event.operator ?? state.operator) : null;
  const queue = phase === "queued" ? event.queue : null;
  const wishes = state.wishes.filter((wish) => !isFulfilled(wish, phase));
  return { ...state, phase, operator, queue, wishes, typing: null };
}

/** True when what was wished for has come about. */
export function isFulfilled(wish: Wish, phase: ConversationState): boolean {
  if (wish.kind === "human") return phase !== "bot";
  return wish.kind === "leave_queue" && phase !== "queued";
}
