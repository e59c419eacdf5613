import type {
  Entry,
  LogEvent,
  OperatorPresence,
  OwnConversation,
  QueueFrame,
  StateEvent,
  StateName,
  Time,
  Welcome,
} from "@/protocol/frames";
import { lastLog, mergeEvents } from "@/state/log";

/** Why a conversation is no longer the operator's own. `state` is null when only its absence told. */
export interface Departure {
  state: StateName | null;
  operator: string | null;
  disposition: string | null;
}

export interface SubscriberTyping {
  text: string;
  at: number;
}

export type HistoryStatus = "idle" | "loading" | "failed";

/** A conversation on this desk: what is known about it and the part of its log that was fetched. */
export interface Conversation {
  id: string;
  about: Entry;
  assignedAt: Time | null;
  events: readonly LogEvent[];
  /** The number its newest event is known to have, whether or not it was fetched. */
  expectedLog: number;
  /** How far the subscriber has read. */
  readSeq: number;
  /** How far the operator has read; null for one never opened. */
  seenLog: number | null;
  typing: SubscriberTyping | null;
  history: HistoryStatus;
  /** Whether its past was asked for and came; live events alone do not tell how it began. */
  hasPast: boolean;
  departure: Departure | null;
}

export interface DeskState {
  operator: { id: string; name: string } | null;
  /** The last event this desk has taken in; said on the next `hello`. */
  cursor: string | null;
  queue: Readonly<Record<string, Entry>>;
  conversations: Readonly<Record<string, Conversation>>;
  operators: Readonly<Record<string, OperatorPresence>>;
  /** Whether the replay after a welcome is surely over, so that what is still missing must be fetched. */
  isSettled: boolean;
}

export const emptyDesk: DeskState = {
  operator: null,
  cursor: null,
  queue: {},
  conversations: {},
  operators: {},
  isSettled: false,
};

export type DeskAction =
  | { type: "welcome"; frame: Welcome }
  | { type: "settled" }
  | { type: "disconnected" }
  | { type: "queue"; frame: QueueFrame }
  | { type: "event"; event: LogEvent }
  | { type: "conversation"; conversation: OwnConversation }
  | { type: "accepted"; entry: Entry; at: Time }
  | { type: "left"; conversation: string }
  | { type: "presence"; operators: readonly OperatorPresence[] }
  | { type: "typing"; conversation: string; text: string; at: number }
  | { type: "read"; conversation: string; seq: number }
  | { type: "seen"; conversation: string; log: number }
  | { type: "history_status"; conversation: string; status: HistoryStatus }
  | { type: "history"; conversation: string; events: readonly LogEvent[] };

/** The desk after something happened. Pure; returns the same object where nothing changed. */
export function reduceDesk(desk: DeskState, action: DeskAction): DeskState {
  switch (action.type) {
    case "welcome":
      return welcomed(desk, action.frame);
    case "settled":
      return { ...desk, isSettled: true };
    case "disconnected":
      return disconnected(desk);
    case "queue":
      return { ...desk, queue: applyQueue(desk.queue, action.frame) };
    case "event":
      return tookEvent(desk, action.event);
    case "conversation":
      return withConversation(desk, ownedFrom(desk, action.conversation));
    case "accepted":
      return accepted(desk, action.entry, action.at);
    case "left":
      return { ...desk, conversations: without(desk.conversations, action.conversation) };
    case "presence":
      return { ...desk, operators: applyPresence(desk.operators, action.operators) };
    case "typing": {
      const typing = action.text === "" ? null : { text: action.text, at: action.at };
      return patch(desk, action.conversation, { typing });
    }
    case "read":
      return patch(desk, action.conversation, (conversation) => ({
        readSeq: Math.max(conversation.readSeq, action.seq),
      }));
    case "seen":
      return patch(desk, action.conversation, (conversation) => ({
        seenLog: Math.max(conversation.seenLog ?? 0, action.log),
      }));
    case "history_status":
      return patch(desk, action.conversation, { history: action.status });
    case "history":
      return patch(desk, action.conversation, (conversation) => ({
        history: "idle",
        hasPast: true,
        ...withEvents(conversation, action.events),
      }));
  }
}

function welcomed(desk: DeskState, frame: Welcome): DeskState {
  const isSame = desk.operator?.id === frame.operator.id;
  const before = isSame ? desk : emptyDesk;
  const conversations: Record<string, Conversation> = {};
  for (const own of frame.conversations) {
    conversations[own.conversation] = ownedFrom(before, own);
  }
  for (const conversation of Object.values(before.conversations)) {
    conversations[conversation.id] ??= departed(conversation, {
      state: null,
      operator: null,
      disposition: null,
    });
  }
  return {
    operator: { id: frame.operator.id, name: frame.operator.name ?? "" },
    // After a resume the replay moves the cursor: taking the head now would skip what a second cut loses.
    cursor: before.cursor ?? frame.cursor ?? null,
    queue: Object.fromEntries(frame.queue.map((entry) => [entry.conversation, entry])),
    conversations,
    operators: applyPresence({}, frame.operators),
    isSettled: false,
  };
}

function disconnected(desk: DeskState): DeskState {
  const conversations = Object.fromEntries(
    Object.values(desk.conversations).map((conversation) => [
      conversation.id,
      { ...conversation, typing: null, history: "idle" as const },
    ]),
  );
  return { ...desk, conversations, isSettled: false };
}

function applyQueue(queue: DeskState["queue"], frame: QueueFrame): DeskState["queue"] {
  const next = { ...queue };
  for (const id of frame.removed) delete next[id];
  for (const entry of [...frame.added, ...frame.changed]) next[entry.conversation] = entry;
  return next;
}

function applyPresence(
  operators: DeskState["operators"],
  changes: readonly OperatorPresence[],
): DeskState["operators"] {
  const next = { ...operators };
  for (const operator of changes) {
    if (operator.presence === "offline") delete next[operator.id];
    else next[operator.id] = operator;
  }
  return next;
}

function tookEvent(desk: DeskState, event: LogEvent): DeskState {
  const moved = event.cursor ? { ...desk, cursor: event.cursor } : desk;
  const known = moved.conversations[event.conversation] ?? claimed(moved, event);
  if (!known) return moved;
  const changed = { ...known, ...withEvents(known, [event]) };
  return withConversation(
    moved,
    event.kind === "state" ? moveOwner(moved, changed, event) : changed,
  );
}

/** A conversation this desk learns to own from its log alone, when the event overtakes every other frame. */
function claimed(desk: DeskState, event: LogEvent): Conversation | undefined {
  const entry = desk.queue[event.conversation];
  if (event.kind !== "state" || event.state !== "assigned" || !entry) return undefined;
  if (!desk.operator || event.operator?.id !== desk.operator.id) return undefined;
  return newConversation(entry, event.at);
}

function moveOwner(desk: DeskState, conversation: Conversation, event: StateEvent): Conversation {
  // An event that is older than what is known (a replay) says nothing about the owner now.
  if (event.log < lastLog(conversation.events)) return conversation;
  const owner = event.operator?.id ?? desk.operator?.id;
  if (event.state === "assigned" && owner === desk.operator?.id) {
    return { ...conversation, departure: null };
  }
  return departed(conversation, {
    state: event.state,
    operator: event.operator?.name ?? null,
    disposition: event.disposition ?? null,
  });
}

function accepted(desk: DeskState, entry: Entry, at: Time): DeskState {
  const known = desk.conversations[entry.conversation];
  const conversation = known ? { ...known, departure: null } : newConversation(entry, at);
  return withConversation(desk, conversation);
}

function ownedFrom(desk: DeskState, own: OwnConversation): Conversation {
  const known = desk.conversations[own.conversation];
  const { state: _state, seq: _seq, cursor: _cursor, log, assigned_at, read_seq, ...about } = own;
  const base = known ?? newConversation(about, assigned_at ?? null);
  return {
    ...base,
    about: { ...base.about, ...about },
    assignedAt: assigned_at ?? base.assignedAt,
    expectedLog: Math.max(base.expectedLog, log ?? 0),
    readSeq: Math.max(base.readSeq, read_seq ?? 0),
    departure: null,
  };
}

function newConversation(about: Entry, assignedAt: Time | null): Conversation {
  return {
    id: about.conversation,
    about,
    assignedAt,
    events: [],
    expectedLog: 0,
    readSeq: 0,
    seenLog: null,
    typing: null,
    history: "idle",
    hasPast: false,
    departure: null,
  };
}

function withEvents(
  conversation: Conversation,
  incoming: readonly LogEvent[],
): Pick<Conversation, "events" | "expectedLog" | "typing"> {
  const events = mergeEvents(conversation.events, incoming);
  const newest = incoming.at(-1);
  const hasSpoken = newest?.kind === "message" && newest.author.kind === "subscriber";
  return {
    events,
    expectedLog: Math.max(conversation.expectedLog, lastLog(events)),
    // What was being typed has been said.
    typing: hasSpoken && newest.log === lastLog(events) ? null : conversation.typing,
  };
}

function departed(conversation: Conversation, departure: Departure): Conversation {
  return { ...conversation, departure: conversation.departure ?? departure, typing: null };
}

function withConversation(desk: DeskState, conversation: Conversation): DeskState {
  return {
    ...desk,
    conversations: { ...desk.conversations, [conversation.id]: conversation },
  };
}

type Change = Partial<Conversation> | ((conversation: Conversation) => Partial<Conversation>);

function patch(desk: DeskState, id: string, change: Change): DeskState {
  const conversation = desk.conversations[id];
  if (!conversation) return desk;
  const fields = typeof change === "function" ? change(conversation) : change;
  return withConversation(desk, { ...conversation, ...fields });
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _removed, ...rest } = record;
  return rest;
}
