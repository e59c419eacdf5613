/** Frames and events for tests, in the protocol's words. */

import type { ChatEvent, MessageEvent, ServerFrame, StateEvent } from "../../src/protocol";
import type { Action, State } from "../../src/state/model";
import { initialState } from "../../src/state/model";
import { reduce } from "../../src/state/reducer";

export const NOON = Date.UTC(2026, 4, 14, 9, 0, 0);

export function message(seq: number, more: Partial<MessageEvent> = {}): MessageEvent {
  return {
    kind: "message",
    seq,
    at: NOON + seq * 1000,
    conversation: "c1",
    author: { kind: "bot", name: null },
    text: `message ${seq}`,
    id: null,
    payload: null,
    buttons: [],
    ...more,
  };
}

export function own(seq: number, id: string, more: Partial<MessageEvent> = {}): MessageEvent {
  return message(seq, { author: { kind: "subscriber", name: null }, id, ...more });
}

export function became(
  seq: number,
  state: StateEvent["state"],
  more: Partial<StateEvent> = {},
): StateEvent {
  return {
    kind: "state",
    seq,
    at: NOON + seq * 1000,
    conversation: "c1",
    state,
    reason: null,
    operator: null,
    queue: { position: null, etaSeconds: null, operatorsOnline: null },
    ...more,
  };
}

export function event(each: ChatEvent): ServerFrame {
  return { type: "event", event: each };
}

export function welcome(
  seq: number,
  more: Partial<Extract<ServerFrame, { type: "welcome" }>> = {},
): ServerFrame {
  return { type: "welcome", visitor: "v1", conversation: "c1", state: "bot", seq, ...more };
}

/** The state after frames and actions, one after another, at noon. */
export function play(state: State, ...steps: (ServerFrame | Action)[]): State {
  return steps.reduce((each, step) => {
    const action = isFrame(step)
      ? ({ type: "frame_received", frame: step, now: NOON } as const)
      : step;
    return reduce(each, action);
  }, state);
}

const FRAMES: readonly string[] = ["welcome", "event", "queue", "typing", "read", "error"];

function isFrame(step: ServerFrame | Action): step is ServerFrame {
  return FRAMES.includes(step.type);
}

/** A state that is connected to an empty conversation. */
export function connected(): State {
  return play(initialState(), { type: "link_changed", link: "greeting", now: NOON }, welcome(0));
}

export function composed(id: string, text = `text ${id}`, now = NOON): Action {
  return { type: "composed", id, text, payload: null, now };
}

export function sent(id: string, now = NOON): Action {
  return { type: "item_sent", id, now };
}

export function lost(now = NOON): Action {
  return { type: "link_changed", link: "waiting", now };
}

export function seqs(state: State): number[] {
  return state.events.map(({ seq }) => seq);
}
