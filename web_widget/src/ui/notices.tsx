/** Strips between the conversation and the writing field: the queue, the connection, patience. */

import type { JSX } from "preact";
import { estimate, type Texts } from "../i18n";
import type { QueuePlace } from "../protocol";
import { hasWish } from "../state/selectors";
import { icon } from "./icons";
import type { Screen } from "./screen";

export function queue({ client, state, texts }: Screen): JSX.Element | null {
  if (state.phase !== "queued") return null;
  const place = state.queue;
  const isNobody = place?.operatorsOnline === 0;
  return (
    <section class="queue" aria-label={texts.status.queued}>
      <span class="avatar" aria-hidden="true">
        {(!isNobody && place?.position) || icon("clock")}
      </span>
      <div role="status">
        <b>{isNobody ? texts.queueNobody : placeText(place, texts)}</b>
        <p>{isNobody ? texts.queueKept : texts.queueStay}</p>
      </div>
      <button
        type="button"
        class="link"
        disabled={hasWish(state, "leave_queue")}
        onClick={() => client.leaveQueue()}
      >
        {texts.leaveQueue}
      </button>
    </section>
  );
}

/** The place as the server says it; no estimate is made up where it gives none. */
function placeText(place: QueuePlace | null, texts: Texts): string {
  if (!place?.position) return texts.status.queued;
  const said = texts.queuePlace(place.position);
  return place.etaSeconds === null ? said : `${said} · ${estimate(texts, place.etaSeconds)}`;
}

/** Says calmly what the connection is doing, and only once it has taken a while. */
export function connection({ state, texts }: Screen): JSX.Element | null {
  const trouble = state.welcomedAt ? texts.reconnecting : texts.connecting;
  const text = state.isTroubled ? trouble : state.holdUntil && texts.patience;
  if (!text) return null;
  return (
    <p class="connection" role="status">
      {text}
    </p>
  );
}
