/** One message: of the other side, of the subscriber, or still on its way. */

import type { ComponentChild, JSX } from "preact";
import type { OutboxItem } from "../state/model";
import { pressedButtons } from "../state/selectors";
import type { Row } from "../state/timeline";
import { icon } from "./icons";
import { avatar, nameOf } from "./people";
import { richText } from "./rich-text";
import type { Screen } from "./screen";

type MessageRow = Extract<Row, { kind: "message" }>;
type UnsentRow = Extract<Row, { kind: "unsent" }>;

export function message(row: MessageRow, screen: Screen): JSX.Element {
  const { kind } = row.event.author;
  if (kind === "subscriber") return ownMessage(row, screen);
  return kind === "system" ? note(row.key, row.event.text) : theirMessage(row, screen);
}

/** A line in the middle: what happened, not what somebody said. */
export function note(key: string, text: string): JSX.Element {
  return (
    <p class="note" key={key}>
      {text}
    </p>
  );
}

function theirMessage(row: MessageRow, screen: Screen): JSX.Element {
  const { event, isFirst, isLast } = row;
  return (
    <div class={turn(event.author.kind, row)} key={row.key}>
      {isFirst && avatar(event.author)}
      <div class="stack">
        <span class={isFirst ? "name" : "hidden"}>{nameOf(event.author, screen.texts)}</span>
        <div class="bubble">{richText(event.text, screen.texts)}</div>
        {event.buttons.length > 0 && buttons(row, screen)}
        {isLast && time(event.at, screen)}
      </div>
    </div>
  );
}

function buttons({ event, chapter }: MessageRow, { client, state }: Screen): JSX.Element {
  const isPresent = chapter === state.events;
  const pressed = pressedButtons(event, chapter, isPresent ? state.outbox : []);
  return (
    <div class="buttons">
      {event.buttons.map(({ title, payload }) => (
        <button
          type="button"
          key={payload}
          class="reply"
          disabled={!isPresent || pressed.has(payload)}
          onClick={() => client.say(title, payload)}
        >
          {pressed.has(payload) && icon("check")}
          {title}
        </button>
      ))}
    </div>
  );
}

function ownMessage(row: MessageRow, screen: Screen): JSX.Element {
  const { state, texts } = screen;
  const isSeen = row.chapter === state.events && row.event.seq <= state.peerReadSeq;
  const sign = isSeen ? mark("checks", texts.seen) : mark("check", texts.sent);
  return own(row, row.event.text, screen, row.isLast && time(row.event.at, screen, sign));
}

/** A message on its way, kept, or refused. */
export function unsentMessage(row: UnsentRow, screen: Screen): JSX.Element {
  const { item, isLast } = row;
  const { state, texts } = screen;
  if (item.status === "failed") return own(row, item.text, screen, failure(item, screen));
  const note = state.link === "ready" ? "" : `${texts.kept} `;
  const onTheWay = [note, mark("clock", texts.sending)];
  return own(row, item.text, screen, isLast && time(item.at, screen, onTheWay));
}

function failure(item: OutboxItem, { client, view, texts }: Screen): JSX.Element {
  const choice = (label: string, act: () => void) => (
    <button type="button" class="link" onClick={act}>
      {label}
    </button>
  );
  const giveBack = () => {
    view.setDraft(`${item.text}\n${view.state.draft}`.trim());
    client.discard(item.id);
  };
  const isRefused = item.reason === "too_large" || item.reason === "invalid";
  return (
    <div class="failure">
      <p>
        {icon("alert")}
        <b>{texts.notSent}.</b> {item.reason && texts.failures[item.reason]}
      </p>
      {!isRefused && choice(texts.again, () => client.retry(item.id))}
      {item.payload === null && choice(texts.edit, giveBack)}
      {choice(texts.remove, () => client.discard(item.id))}
    </div>
  );
}

function own(
  row: MessageRow | UnsentRow,
  text: string,
  { texts }: Screen,
  below: ComponentChild,
): JSX.Element {
  return (
    <div class={turn(row.kind === "unsent" ? "own pending" : "own", row)} key={row.key}>
      <div class="stack">
        <span class="hidden">{texts.you}</span>
        <div class="bubble">{richText(text, texts)}</div>
        {below}
      </div>
    </div>
  );
}

function time(at: number, { moments }: Screen, after?: ComponentChild): JSX.Element {
  return (
    <span class="meta">
      <time>{moments.time(at)}</time>
      {after}
    </span>
  );
}

function mark(name: "check" | "checks" | "clock", label: string): JSX.Element {
  return (
    <span class={`mark ${name}`}>
      {icon(name)}
      <span class="hidden">{label}</span>
    </span>
  );
}

function turn(kind: string, row: { isFirst: boolean }): string {
  return row.isFirst ? `row ${kind} first` : `row ${kind}`;
}
