import * as v from "valibot";

/** A time as the server writes it: RFC 3339, UTC. */
export type Time = string;

const text = v.string();
const maybeText = v.nullish(v.string());
const maybeNumber = v.nullish(v.number());

export const STATES = ["bot", "queued", "assigned", "closed"] as const;
const stateName = v.picklist(STATES);
export type StateName = (typeof STATES)[number];

export const PRESENCES = ["online", "away", "offline"] as const;
const presenceName = v.picklist(PRESENCES);
export type Presence = (typeof PRESENCES)[number];

const author = v.object({
  kind: v.fallback(v.picklist(["subscriber", "bot", "operator", "system"]), "system"),
  name: maybeText,
  id: maybeText,
});
export type Author = v.InferOutput<typeof author>;

const button = v.object({ title: text, payload: v.optional(text, "") });
export type Button = v.InferOutput<typeof button>;

const subscriber = v.object({ id: maybeText, name: maybeText, number: maybeText });
export type Subscriber = v.InferOutput<typeof subscriber>;

const page = v.object({ url: maybeText, title: maybeText });

const entryFields = {
  conversation: text,
  channel: text,
  subscriber: v.optional(v.fallback(subscriber, {}), {}),
  language: v.nullish(text),
  reason: v.nullish(text),
  skill: maybeText,
  priority: v.nullish(v.number(), 0),
  since: maybeText,
  summary: maybeText,
  intent: maybeText,
  confidence: maybeNumber,
  preview: maybeText,
  page: v.nullish(page),
  slots: v.nullish(v.record(v.string(), v.unknown())),
};

export const entrySchema = v.object(entryFields);
/** A conversation as it waits in the queue. */
export type Entry = v.InferOutput<typeof entrySchema>;

const ownConversation = v.object({
  ...entryFields,
  channel: v.optional(text, "web"),
  state: v.optional(stateName, "assigned"),
  seq: v.nullish(v.number(), 0),
  read_seq: v.nullish(v.number(), 0),
  log: v.nullish(v.number(), 0),
  assigned_at: maybeText,
  cursor: maybeText,
});
/** A conversation of the operator's own, as the desk tells of it. */
export type OwnConversation = v.InferOutput<typeof ownConversation>;

const presenceOf = v.object({
  id: text,
  name: v.optional(text, ""),
  presence: v.optional(presenceName, "offline"),
  capacity: maybeNumber,
  load: maybeNumber,
  skills: v.nullish(v.array(text)),
  languages: v.nullish(v.array(text)),
});
/** What is known of an operator at work. */
export type OperatorPresence = v.InferOutput<typeof presenceOf>;
export const operatorPresenceSchema = presenceOf;

const entity = v.object({ entity: text, value: v.unknown() });
const ranked = v.object({ intent: text, confidence: v.number() });
export type Ranked = v.InferOutput<typeof ranked>;

const base = {
  conversation: v.optional(text, ""),
  cursor: v.nullish(v.union([text, v.pipe(v.number(), v.transform(String))])),
  log: v.number(),
  seq: maybeNumber,
  at: text,
};

const messageEvent = v.object({
  ...base,
  kind: v.literal("message"),
  author,
  text: v.nullish(text, ""),
  buttons: v.nullish(v.array(button)),
  payload: maybeText,
  id: maybeText,
  decision: maybeText,
  intent: maybeText,
  confidence: maybeNumber,
});
const stateEvent = v.object({
  ...base,
  kind: v.literal("state"),
  state: stateName,
  reason: maybeText,
  operator: v.nullish(v.object({ id: maybeText, name: maybeText })),
  skill: maybeText,
  position: maybeNumber,
  eta_seconds: maybeNumber,
  disposition: maybeText,
});
const noteEvent = v.object({
  ...base,
  kind: v.literal("note"),
  author: v.nullish(author),
  text,
  id: maybeText,
});
const parseEvent = v.object({
  ...base,
  kind: v.literal("parse"),
  of: maybeNumber,
  intent: maybeText,
  confidence: maybeNumber,
  language: maybeText,
  ranking: v.nullish(v.array(ranked)),
  entities: v.fallback(v.nullish(v.array(entity)), []),
  decision: maybeText,
});
const suggestionEvent = v.object({
  ...base,
  kind: v.literal("suggestion"),
  of: maybeNumber,
  text: v.nullish(text, ""),
  buttons: v.nullish(v.array(button)),
  intent: maybeText,
  confidence: maybeNumber,
});
const deliveryEvent = v.object({
  ...base,
  kind: v.literal("delivery"),
  id: maybeText,
  status: v.picklist(["sent", "uncertain", "failed"]),
  reason: maybeText,
});
const ratingEvent = v.object({
  ...base,
  kind: v.literal("rating"),
  score: v.number(),
  comment: maybeText,
});
const otherEvent = v.pipe(
  v.object({ ...base, kind: text }),
  v.transform((event) => ({ ...event, kind: "other" as const })),
);

/** An entry of a conversation's log. A kind this console does not know is kept as `other`, so that the log has no gap. */
export const eventSchema = v.union([
  messageEvent,
  stateEvent,
  noteEvent,
  parseEvent,
  suggestionEvent,
  deliveryEvent,
  ratingEvent,
  otherEvent,
]);
export type LogEvent = v.InferOutput<typeof eventSchema>;
export type MessageEvent = v.InferOutput<typeof messageEvent>;
export type StateEvent = v.InferOutput<typeof stateEvent>;
export type NoteEvent = v.InferOutput<typeof noteEvent>;
export type ParseEvent = v.InferOutput<typeof parseEvent>;
export type SuggestionEvent = v.InferOutput<typeof suggestionEvent>;
export type DeliveryEvent = v.InferOutput<typeof deliveryEvent>;
export type RatingEvent = v.InferOutput<typeof ratingEvent>;

const cursor = v.nullish(v.union([text, v.pipe(v.number(), v.transform(String))]));
const ref = v.nullish(v.union([text, v.pipe(v.number(), v.transform(String))]));

const welcome = v.object({
  type: v.literal("welcome"),
  ref,
  operator: v.object({
    id: text,
    name: v.nullish(text, ""),
    presence: v.nullish(presenceName),
    capacity: maybeNumber,
  }),
  queue: v.optional(v.array(entrySchema), []),
  conversations: v.optional(v.array(ownConversation), []),
  operators: v.optional(v.array(presenceOf), []),
  cursor,
});
const queue = v.object({
  type: v.literal("queue"),
  added: v.optional(v.array(entrySchema), []),
  changed: v.optional(v.array(entrySchema), []),
  removed: v.optional(v.array(text), []),
});
const event = v.pipe(
  v.looseObject({ type: v.literal("event"), conversation: text }),
  v.transform((frame) => frame as Record<string, unknown>),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const parsed = v.safeParse(eventSchema, dataset.value);
    if (parsed.success) return { type: "event" as const, event: parsed.output };
    addIssue({ message: "an event that cannot be read" });
    return NEVER;
  }),
);
const conversation = v.object({ type: v.literal("conversation"), conversation: ownConversation });
const presence = v.object({
  type: v.literal("presence"),
  operators: v.optional(v.array(presenceOf), []),
});
const typing = v.object({
  type: v.literal("typing"),
  conversation: text,
  author: v.nullish(author),
  text: v.nullish(text, ""),
});
const read = v.object({ type: v.literal("read"), conversation: text, seq: v.number() });
const ok = v.object({
  type: v.literal("ok"),
  ref,
  events: v.optional(v.array(eventSchema)),
  more: v.nullish(v.boolean()),
  conversation: v.fallback(v.optional(ownConversation), undefined),
});
const failure = v.object({
  type: v.literal("error"),
  ref,
  code: v.optional(text, "invalid"),
  message: v.nullish(text, ""),
});

const frameSchema = v.variant("type", [
  welcome,
  queue,
  conversation,
  presence,
  typing,
  read,
  ok,
  failure,
]);

export type Welcome = v.InferOutput<typeof welcome>;
export type QueueFrame = v.InferOutput<typeof queue>;
export type OkFrame = v.InferOutput<typeof ok>;
export type ErrorFrame = v.InferOutput<typeof failure>;
export type ServerFrame = v.InferOutput<typeof frameSchema> | v.InferOutput<typeof event>;

/** Something arrived that is not a frame of the protocol. */
export class UnreadableFrame extends Error {
  override name = "UnreadableFrame";
}

/** Read one frame from the desk. Raises: UnreadableFrame, for anything that is not one. */
export function parseFrame(raw: string): ServerFrame {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (cause) {
    throw new UnreadableFrame("not JSON", { cause });
  }
  const isEvent = (value as { type?: unknown } | null)?.type === "event";
  const parsed = v.safeParse(isEvent ? event : frameSchema, value);
  if (!parsed.success) throw new UnreadableFrame(parsed.issues[0].message);
  return parsed.output as ServerFrame;
}

export type Target = { operator: string } | { skill: string };

/** What an operator does to a conversation; kept until the desk answers. */
export type Command =
  | { type: "accept"; conversation: string }
  | { type: "send"; conversation: string; id: string; text: string }
  | { type: "note"; conversation: string; id: string; text: string }
  | { type: "transfer"; conversation: string; to: Target }
  | { type: "return_to_bot"; conversation: string }
  | { type: "close"; conversation: string; disposition: string };

/** What is true only on one connection, and never sent again by the outbox. */
export type Passing =
  | { type: "hello"; after: string | null; ticket?: string }
  | { type: "status"; status: Presence; capacity: number }
  | { type: "typing"; conversation: string }
  | { type: "history"; conversation: string; before: string | null };

export type ClientFrame = (Command | Passing) & { ref: string };
