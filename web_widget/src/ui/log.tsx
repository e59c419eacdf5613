/** The conversation itself: rows of the timeline, kept at its newest end. */

import { Component, createRef, type JSX } from "preact";
import { dayKey, type Texts } from "../i18n";
import type { StateEvent } from "../protocol";
import { isBlank, unreadCount } from "../state/selectors";
import { type Row, timeline } from "../state/timeline";
import { isReplaying } from "../state/timers";
import { icon } from "./icons";
import { message, note, unsentMessage } from "./message";
import { avatar, nameOf } from "./people";
import { rating } from "./rating";
import type { Screen } from "./screen";

const NEAR_END_PX = 60;

interface Props {
  screen: Screen;
}

/** Holds the scroll at the newest message unless the subscriber has scrolled away from it. */
export class Log extends Component<Props, { isAtEnd: boolean }> {
  override state = { isAtEnd: true };
  #box = createRef<HTMLDivElement>();
  #resized = new ResizeObserver(() => this.#hold());

  override componentDidMount(): void {
    if (this.#box.current) this.#resized.observe(this.#box.current);
    document.addEventListener("visibilitychange", this.#read);
    this.#hold();
    this.#read();
  }

  override componentDidUpdate(before: Props): void {
    const newest = ({ state }: Screen) => state.outbox.at(-1)?.id;
    const isSaid = newest(this.props.screen) && newest(before.screen) !== newest(this.props.screen);
    if (isSaid) this.#toEnd();
    this.#hold();
    this.#read();
  }

  override componentWillUnmount(): void {
    this.#resized.disconnect();
    document.removeEventListener("visibilitychange", this.#read);
  }

  /** Typing changes the draft only: the log need not be drawn for it. */
  override shouldComponentUpdate({ screen }: Props, next: { isAtEnd: boolean }): boolean {
    const { state, shown } = this.props.screen;
    const isSame = (key: "locale" | "rating" | "score") => shown[key] === screen.shown[key];
    const isViewSame = isSame("locale") && isSame("rating") && isSame("score");
    return state !== screen.state || next.isAtEnd !== this.state.isAtEnd || !isViewSame;
  }

  override render({ screen }: Props, { isAtEnd }: { isAtEnd: boolean }): JSX.Element {
    const { state, texts } = screen;
    return (
      <div class="log-frame">
        <div
          class="log"
          ref={this.#box}
          role="log"
          aria-busy={isReplaying(state)}
          aria-label={texts.conversation}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          onScroll={this.#scrolled}
        >
          {greeting(screen)}
          {timeline(state, dayKey).map((row) => logRow(row, screen))}
          {typing(screen)}
          {rating(screen)}
        </div>
        {!isAtEnd && this.#endButton(screen)}
      </div>
    );
  }

  #endButton({ state, texts }: Screen): JSX.Element {
    const unread = unreadCount(state);
    return (
      <button type="button" class="to-end" aria-label={texts.newest} onClick={this.#endPressed}>
        {icon("down")}
        {unread > 0 && <span class="badge">{unread}</span>}
      </button>
    );
  }

  #toEnd = (): void => {
    const box = this.#box.current;
    if (box) box.scrollTop = box.scrollHeight;
  };

  /** The button goes away with it: the keyboard stays in the log. */
  #endPressed = (): void => {
    this.#toEnd();
    this.#box.current?.focus({ preventScroll: true });
  };

  #hold(): void {
    if (this.state.isAtEnd) this.#toEnd();
  }

  #scrolled = ({ currentTarget: box }: { currentTarget: HTMLElement }): void => {
    this.setState({ isAtEnd: box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX });
  };

  /** What is on the screen of a page that is looked at counts as read. */
  #read = (): void => {
    const isSeen = this.state.isAtEnd && document.visibilityState === "visible";
    if (isSeen) this.props.screen.client.markRead();
  };
}

function logRow(row: Row, screen: Screen): JSX.Element {
  const { texts, moments } = screen;
  switch (row.kind) {
    case "day":
      return (
        <div class="day" key={row.key}>
          {moments.day(row.at, Date.now())}
        </div>
      );
    case "boundary":
      return (
        <div class="day" key={row.key}>
          {texts.newConversation}
        </div>
      );
    case "state":
      return note(row.key, stateText(row.event, texts));
    case "unsent":
      return unsentMessage(row, screen);
    case "message":
      return message(row, screen);
  }
}

function stateText(event: StateEvent, texts: Texts): string {
  if (event.state === "assigned") return texts.joined(event.operator);
  return texts.became[event.state];
}

/** The assistant's first words, said by the widget itself, and what people often ask. */
function greeting({ client, state, texts }: Screen): JSX.Element {
  return (
    <>
      <div class="row bot first">
        {avatar({ kind: "bot", name: null })}
        <div class="stack">
          <span class="name">{texts.botName}</span>
          <div class="bubble">{texts.greeting}</div>
        </div>
      </div>
      {isBlank(state) && (
        <fieldset class="buttons suggestions">
          <legend>{texts.suggestionsLabel}</legend>
          {texts.suggestions.map((text) => (
            <button type="button" class="reply" key={text} onClick={() => client.say(text)}>
              {text}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}

function typing({ state, texts }: Screen): JSX.Element | null {
  if (!state.typing) return null;
  const { author } = state.typing;
  return (
    <div class={`row ${author.kind} first typing`} key="typing">
      {avatar(author)}
      <div class="bubble">
        <span class="hidden">{texts.typing(nameOf(author, texts))}</span>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
