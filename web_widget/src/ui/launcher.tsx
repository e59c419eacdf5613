/** The bubble in the corner: unread count, and a glimpse of the newest message. */

import type { JSX } from "preact";
import { unreadCount, unreadPreview } from "../state/selectors";
import { icon } from "./icons";
import { avatar, nameOf } from "./people";
import type { Screen } from "./screen";

export function launcher({ state, shown, texts, view }: Screen): JSX.Element | null {
  const { isOpen } = shown;
  const unread = isOpen ? 0 : unreadCount(state);
  const label = unread > 0 ? texts.openUnread(unread) : texts.open;
  return (
    <button
      type="button"
      class={isOpen ? "launcher is-open" : "launcher"}
      aria-label={isOpen ? texts.close : label}
      aria-expanded={isOpen}
      onClick={() => view.setOpen(!isOpen)}
    >
      {icon("chat")}
      {icon("down")}
      {unread > 0 && (
        <span class="badge" aria-hidden="true">
          {unread > 9 ? "9+" : unread}
        </span>
      )}
    </button>
  );
}

/** The newest unread message beside the bubble, until opened or waved away. */
export function glimpse({ state, shown, texts, view }: Screen): JSX.Element | null {
  const message = unreadPreview(state);
  if (shown.isOpen || !message || message.seq <= shown.dismissedSeq) return null;
  return (
    <div class="glimpse" role="status">
      <button type="button" class="glimpse-open" onClick={() => view.setOpen(true)}>
        {avatar(message.author)}
        <span>
          <b>{nameOf(message.author, texts)}</b>
          <span dir="auto">{message.text}</span>
        </span>
      </button>
      <button
        type="button"
        class="glimpse-close"
        aria-label={texts.hide}
        onClick={() => view.show({ dismissedSeq: message.seq })}
      >
        {icon("close")}
      </button>
    </div>
  );
}
