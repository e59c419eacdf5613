/** The log as rows of the screen: days, turns of one speaker, what is not sent yet. */

import type { Author, ConversationState, MessageEvent, StateEvent } from "../protocol";
import type { OutboxItem, ShownEvent, State } from "./model";

const TURN_MS = 5 * 60 * 1000;

interface Speech {
  key: string;
  at: number;
  /** First and last of one speaker's turn: the name stands above, the time below. */
  isFirst: boolean;
  isLast: boolean;
}

export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "boundary"; key: string }
  | { kind: "state"; key: string; event: StateEvent }
  | (Speech & { kind: "message"; event: MessageEvent; chapter: readonly ShownEvent[] })
  | (Speech & { kind: "unsent"; item: OutboxItem });

type SpeechRow = Extract<Row, { kind: "message" | "unsent" }>;

/**
 * Lays the conversation out.
 *
 * Args:
 *   dayOf: names the local day of a moment; two moments of one day get the same name.
 */
export function timeline(state: State, dayOf: (at: number) => string): Row[] {
  const past = state.past.flatMap(({ conversation, events }): Row[] => [
    ...rows(conversation, events),
    { kind: "boundary", key: `${conversation}:end` },
  ]);
  const present = rows(state.conversation ?? "", state.events);
  return withTurns(withDays([...past, ...present, ...state.outbox.map(unsentRow)], dayOf));
}

function rows(conversation: string, events: readonly ShownEvent[]): Row[] {
  let phase: ConversationState = "bot";
  let operator: string | null = null;
  return events.flatMap((event): Row[] => {
    const key = `${conversation}:${event.seq}`;
    if (event.kind === "state") {
      const isNews = event.state !== phase || isAnother(event.operator, operator);
      phase = event.state;
      operator = event.operator;
      return isNews ? [{ kind: "state", key, event }] : [];
    }
    return event.kind === "message" ? [messageRow(key, event, events)] : [];
  });
}

/** A transfer: the state stays, the person is another one. */
function isAnother(operator: string | null, before: string | null): boolean {
  return operator !== null && operator !== before;
}

/** An own message keeps its key when it is confirmed, so that it is not drawn (or read out) twice. */
function messageRow(key: string, event: MessageEvent, chapter: readonly ShownEvent[]): Row {
  const speech = { key: event.id ?? key, at: event.at, isFirst: true, isLast: true };
  return { kind: "message", ...speech, event, chapter };
}

function unsentRow(item: OutboxItem): Row {
  return { kind: "unsent", key: item.id, at: item.at, isFirst: true, isLast: true, item };
}

function withDays(all: readonly Row[], dayOf: (at: number) => string): Row[] {
  let day = "";
  return all.flatMap((row): Row[] => {
    const at = momentOf(row);
    if (!at || dayOf(at) === day) return [row];
    day = dayOf(at);
    return [{ kind: "day", key: `day:${day}:${row.key}`, at }, row];
  });
}

function momentOf(row: Row): number {
  if (row.kind === "state") return row.event.at;
  return isSpeech(row) ? row.at : 0;
}

function withTurns(all: readonly Row[]): Row[] {
  return all.map((row, index) => {
    if (!isSpeech(row)) return row;
    const isFirst = !isSameTurn(all[index - 1], row);
    return { ...row, isFirst, isLast: !isSameTurn(row, all[index + 1]) };
  });
}

function isSameTurn(earlier: Row | undefined, later: Row | undefined): boolean {
  if (!earlier || !later || !isSpeech(earlier) || !isSpeech(later)) return false;
  return speaker(earlier) === speaker(later) && Math.abs(later.at - earlier.at) < TURN_MS;
}

function speaker(row: SpeechRow): string {
  const author: Author =
    row.kind === "unsent" ? { kind: "subscriber", name: null } : row.event.author;
  return author.kind === "subscriber" ? author.kind : `${author.kind}:${author.name ?? ""}`;
}

function isSpeech(row: Row): row is SpeechRow {
  return row.kind === "message" || row.kind === "unsent";
}
