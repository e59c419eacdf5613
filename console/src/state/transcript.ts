import type {
  DeliveryEvent,
  LogEvent,
  MessageEvent,
  NoteEvent,
  ParseEvent,
  RatingEvent,
  StateEvent,
} from "@/protocol/frames";
import type { Outgoing } from "@/state/outbox";

/** What became of an outgoing message, as far as is known. */
export type Mark = "waiting" | "sending" | "stored" | "sent" | "read" | "uncertain" | "failed";

export interface Shown {
  mark: Mark;
  reason: string | null;
}

export type Row =
  | { kind: "day"; key: string; at: string }
  | {
      kind: "message";
      key: string;
      message: MessageEvent;
      parse: ParseEvent | null;
      /** What the bot did about it; null while a person had the conversation, or where the message before tells. */
      decision: string | null;
      shown: Shown | null;
      /** Payloads of this message's buttons that were pressed. */
      pressed: readonly string[];
      /** Whether it goes on from the row before: the same author, shortly after. */
      isContinued: boolean;
    }
  | { kind: "note"; key: string; note: NoteEvent }
  | { kind: "state"; key: string; event: StateEvent }
  | { kind: "rating"; key: string; event: RatingEvent }
  | { kind: "pending"; key: string; item: Outgoing; text: string; isNote: boolean };

const CONTINUED_MS = 120_000;

export interface TranscriptInput {
  events: readonly LogEvent[];
  pending?: readonly Outgoing[];
  readSeq?: number;
}

/** The rows of a transcript: the log as a person reads it, then what is still on its way. */
export function transcriptRows({ events, pending = [], readSeq = 0 }: TranscriptInput): Row[] {
  const parses = parsesByMessage(events);
  const deliveries = deliveriesById(events);
  let isHeld = false;
  const rows: Row[] = [];
  let previous: LogEvent | null = null;
  for (const [at, event] of events.entries()) {
    // While a person has the conversation the bot decides nothing.
    if (event.kind === "state") isHeld = event.state === "assigned";
    const row = rowOf(event, {
      parse: parses.get(event.log) ?? null,
      decision: isHeld ? null : decisionOf(event, parses),
      shown: markOf(event, deliveries, readSeq),
      pressed: event.kind === "message" && event.buttons ? pressedAfter(events, at) : [],
      isContinued: continues(previous, event),
    });
    if (!row) continue;
    if (dayOf(previous?.at) !== dayOf(event.at)) {
      rows.push({ kind: "day", key: `day-${event.log}`, at: event.at });
      if (row.kind === "message") row.isContinued = false;
    }
    rows.push(row);
    previous = event;
  }
  return [...rows, ...pending.map(pendingRow)];
}

type MessageExtras = Pick<
  Extract<Row, { kind: "message" }>,
  "parse" | "decision" | "shown" | "pressed" | "isContinued"
>;

function rowOf(event: LogEvent, extras: MessageExtras): Row | null {
  const key = String(event.log);
  switch (event.kind) {
    case "message":
      return { kind: "message", key, message: event, ...extras };
    case "note":
      return { kind: "note", key, note: event };
    case "state":
      return { kind: "state", key, event };
    case "rating":
      return { kind: "rating", key, event };
    default:
      return null;
  }
}

function pendingRow(item: Outgoing): Row {
  const { command } = item;
  const text = "text" in command ? command.text : "";
  const isNote = command.type === "note";
  return { kind: "pending", key: item.ref, item, text, isNote };
}

/** A parse says which message it is `of`; one that does not is of the subscriber's message before it. */
function parsesByMessage(events: readonly LogEvent[]): Map<number, ParseEvent> {
  const parses = new Map<number, ParseEvent>();
  let lastSubscriberLog: number | null = null;
  for (const event of events) {
    if (event.kind === "message" && event.author.kind === "subscriber") {
      lastSubscriberLog = event.log;
    }
    const of = event.kind === "parse" ? (event.of ?? lastSubscriberLog) : null;
    if (event.kind === "parse" && of !== null) parses.set(of, event);
  }
  return parses;
}

function decisionOf(event: LogEvent, parses: ReadonlyMap<number, ParseEvent>): string | null {
  if (event.kind !== "message") return null;
  const parse = parses.get(event.log);
  if (parse) return parse.decision ?? null;
  // Where parses are told, they tell the decision already, by the message that led to it.
  return parses.size > 0 ? null : (event.decision ?? null);
}

function deliveriesById(events: readonly LogEvent[]): Map<string, DeliveryEvent> {
  const deliveries = new Map<string, DeliveryEvent>();
  for (const event of events) {
    if (event.kind === "delivery" && event.id) deliveries.set(event.id, event);
  }
  return deliveries;
}

function markOf(
  event: LogEvent,
  deliveries: ReadonlyMap<string, DeliveryEvent>,
  readSeq: number,
): Shown | null {
  if (event.kind !== "message" || event.author.kind === "subscriber") return null;
  const delivery = event.id ? deliveries.get(event.id) : undefined;
  if (delivery && delivery.status !== "sent") {
    return { mark: delivery.status, reason: delivery.reason ?? null };
  }
  if (event.seq && event.seq <= readSeq) return { mark: "read", reason: null };
  if (event.author.kind !== "operator") return null;
  return { mark: delivery ? "sent" : "stored", reason: null };
}

/** The payloads pressed after a message and before the bot's next one with buttons of its own. */
function pressedAfter(events: readonly LogEvent[], at: number): string[] {
  const pressed: string[] = [];
  for (const event of events.slice(at + 1)) {
    if (event.kind !== "message") continue;
    if (event.author.kind === "bot" && event.buttons?.length) break;
    if (event.payload) pressed.push(event.payload);
  }
  return pressed;
}

function continues(previous: LogEvent | null, event: LogEvent): boolean {
  if (previous?.kind !== "message" || event.kind !== "message") return false;
  const isSameAuthor =
    previous.author.kind === event.author.kind && previous.author.name === event.author.name;
  return isSameAuthor && Date.parse(event.at) - Date.parse(previous.at) < CONTINUED_MS;
}

function dayOf(at: string | undefined): string {
  return at ? new Date(at).toDateString() : "";
}

/** Whether two rows look alike, so that the one that is drawn may stay. */
export function isSameRow(one: Row, other: Row): boolean {
  const names = Object.keys(one) as (keyof Row)[];
  return names.every((name) => isSameValue(one[name], other[name]));
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  // Events are never changed, only replaced; marks and lists are made anew each time.
  const isSmall = Array.isArray(one) || (one !== null && typeof one === "object" && "mark" in one);
  return isSmall && JSON.stringify(one) === JSON.stringify(other);
}
