/** Where the subscriber writes. */

import type { JSX } from "preact";
import { MESSAGE_LIMIT } from "../state/model";
import { isOutboxFull } from "../state/outbox";
import { characters } from "../state/reducer";
import { hasWish } from "../state/selectors";
import { icon } from "./icons";
import type { Screen } from "./screen";

const COUNTED_FROM = 300;

export function composer(screen: Screen): JSX.Element {
  const { client, view, state, shown, texts } = screen;
  const left = MESSAGE_LIMIT - characters(shown.draft.trim());
  const canSend = shown.draft.trim() !== "" && left >= 0 && !isOutboxFull(state);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!canSend) return;
    client.say(shown.draft);
    view.setDraft("");
  };
  return (
    <form class="composer" onSubmit={submit}>
      <div class="field">
        {draft(screen, submit)}
        <button type="submit" class="send" aria-label={texts.send} disabled={!canSend}>
          {icon("send")}
        </button>
      </div>
      <div class="under">
        {person(screen)}
        {counter(left, screen)}
      </div>
    </form>
  );
}

function draft(
  { client, view, shown, texts }: Screen,
  submit: (event: Event) => void,
): JSX.Element {
  return (
    <textarea
      rows={1}
      value={shown.draft}
      placeholder={texts.placeholder}
      aria-label={texts.placeholder}
      enterkeyhint="send"
      dir="auto"
      ref={fitHeight}
      onInput={({ currentTarget: { value } }) => {
        view.setDraft(value);
        client.typed(value);
      }}
      onKeyDown={(event) => {
        if (isSendKey(event)) submit(event);
      }}
    />
  );
}

/** Enter sends; with Shift it breaks the line, and within an input method it picks a word. */
function isSendKey(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

/** Lets the field grow with its text, up to the height its style allows. */
export function fitHeight(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function counter(left: number, { state, texts }: Screen): JSX.Element | null {
  const over = left < 0 ? texts.over(-left) : isOutboxFull(state) && texts.outboxFull;
  if (!over && left > COUNTED_FROM) return null;
  return (
    <span class={over ? "counter over" : "counter"} role="status">
      {over || texts.left(left)}
    </span>
  );
}

function person({ client, state, texts }: Screen): JSX.Element | null {
  if (state.phase === "closed") return <span>{texts.writeOn}</span>;
  if (state.phase !== "bot") return null;
  const isCalled = hasWish(state, "human");
  return (
    <button
      type="button"
      class="link person"
      disabled={isCalled}
      onClick={() => client.askForPerson()}
    >
      {icon("person")}
      {isCalled ? texts.personCalled : texts.person}
    </button>
  );
}
