import type {
  Entry,
  LogEvent,
  MessageEvent,
  OperatorPresence,
  OwnConversation,
  ParseEvent,
  StateEvent,
  StateName,
  SuggestionEvent,
  Welcome,
} from "@/protocol/frames";
import type { Conversation } from "@/state/desk";
import { type DeskState, emptyDesk, reduceDesk } from "@/state/desk";

export const ME = { id: "op-1", name: "Anna" };
export const T0 = Date.parse("2026-03-02T10:00:00Z");

/** A time some seconds after the story begins. */
export const at = (seconds: number) => new Date(T0 + seconds * 1000).toISOString();

const base = (log: number) => ({
  conversation: "c1",
  cursor: `k${log}`,
  log,
  seq: log,
  at: at(log),
});

export const said = (
  log: number,
  kind: "subscriber" | "bot" | "operator" | "system" = "subscriber",
  more: Partial<MessageEvent> = {},
): MessageEvent => ({
  ...base(log),
  kind: "message",
  author: { kind, name: null },
  text: `text ${log}`,
  ...more,
});

export const moved = (
  log: number,
  state: StateName,
  more: Partial<StateEvent> = {},
): StateEvent => ({ ...base(log), kind: "state", state, ...more });

export const parsed = (log: number, more: Partial<ParseEvent> = {}): ParseEvent => ({
  ...base(log),
  seq: null,
  kind: "parse",
  entities: [],
  ...more,
});

export const suggested = (log: number, text = `suggestion ${log}`): SuggestionEvent => ({
  ...base(log),
  seq: null,
  kind: "suggestion",
  text,
});

export const entry = (conversation = "c1", more: Partial<Entry> = {}): Entry => ({
  conversation,
  channel: "web",
  subscriber: { id: `s-${conversation}`, name: "Olena" },
  language: "uk",
  reason: "user_request",
  priority: 0,
  since: at(0),
  ...more,
});

export const owned = (
  conversation = "c1",
  more: Partial<OwnConversation> = {},
): OwnConversation => ({
  ...entry(conversation),
  state: "assigned",
  seq: 0,
  read_seq: 0,
  log: 0,
  assigned_at: at(0),
  ...more,
});

export const welcome = (more: Partial<Welcome> = {}): Welcome => ({
  type: "welcome",
  operator: ME,
  queue: [],
  conversations: [],
  operators: [],
  cursor: "k0",
  ...more,
});

export const colleague = (id: string, more: Partial<OperatorPresence> = {}): OperatorPresence => ({
  id,
  name: id,
  presence: "online",
  capacity: 5,
  load: 0,
  ...more,
});

/** A desk that was welcomed with conversation `c1` of its own. */
export const deskWith = (...events: LogEvent[]): DeskState =>
  events.reduce<DeskState>(
    (desk, event) => reduceDesk(desk, { type: "event", event }),
    reduceDesk(emptyDesk, { type: "welcome", frame: welcome({ conversations: [owned()] }) }),
  );

/** The conversation `c1` of a desk on which these events happened. */
export const conversationWith = (...events: LogEvent[]): Conversation => {
  const conversation = deskWith(...events).conversations.c1;
  if (!conversation) throw new Error("the desk has no c1");
  return conversation;
};
