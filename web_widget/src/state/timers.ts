/** What the passing of time does: one tick, and the moment the next one is due. */

import { skipGap } from "./log";
import type { State, Wish } from "./model";
import { inflight, markFailed } from "./outbox";

const GAP_MS = 1500;
const CONFIRMATION_MS = 10_000;
const LONGEST_CONFIRMATION_MS = 60_000;
const MOST_ATTEMPTS = 8;
const REPLAY_MS = 3000;
const TROUBLE_MS = 2000;
const RATING_SETTLED_MS = 5000;
const WISH_GIVEN_UP_MS = 15_000;

/** The moment something changes by itself, or null when nothing will. */
export function nextWake(state: State): number | null {
  const moments = [
    state.typing?.until,
    state.holdUntil,
    gapDeadline(state),
    confirmationDeadline(state),
    replayDeadline(state),
    troubleMoment(state),
    ...state.wishes.map(wishDeadline),
  ].filter((moment): moment is number => typeof moment === "number");
  return moments.length > 0 ? Math.min(...moments) : null;
}

/** The state when the clock says `now`. */
export function tick(state: State, now: number): State {
  return [endTyping, endHold, mendGap, seekConfirmation, endReplay, admitTrouble, endWishes].reduce(
    (each, step) => step(each, now),
    state,
  );
}

/** True while events of the past are still coming in after `welcome`. */
export function isReplaying(state: State): boolean {
  return state.link === "ready" && state.seq < state.head;
}

function isDue(moment: number | null, now: number): boolean {
  return moment !== null && moment <= now;
}

function endTyping(state: State, now: number): State {
  return state.typing && state.typing.until <= now ? { ...state, typing: null } : state;
}

function endHold(state: State, now: number): State {
  return isDue(state.holdUntil, now) ? { ...state, holdUntil: null } : state;
}

function gapDeadline(state: State): number | null {
  return state.link === "ready" && state.gapSince !== null ? state.gapSince + GAP_MS : null;
}

/** Asks for a missing event once by connecting anew; missing again, it is not there. */
function mendGap(state: State, now: number): State {
  if (!isDue(gapDeadline(state), now)) return state;
  if (state.gapAsked === state.seq + 1) return { ...skipGap(state), gapAsked: null };
  return { ...state, gapAsked: state.seq + 1, needsResync: true };
}

function confirmationDeadline(state: State): number | null {
  const item = inflight(state);
  if (state.link !== "ready" || item?.sentAt == null) return null;
  return item.sentAt + Math.min(CONFIRMATION_MS * item.attempts, LONGEST_CONFIRMATION_MS);
}

/** No acknowledgement: the connection is taken for dead, and a hopeless item for failed. */
function seekConfirmation(state: State, now: number): State {
  const item = inflight(state);
  if (!item || !isDue(confirmationDeadline(state), now)) return state;
  if (item.attempts >= MOST_ATTEMPTS) return markFailed(state, item.id, "unconfirmed");
  return { ...state, needsResync: true };
}

function replayDeadline(state: State): number | null {
  return isReplaying(state) && state.welcomedAt !== null ? state.welcomedAt + REPLAY_MS : null;
}

function endReplay(state: State, now: number): State {
  return isDue(replayDeadline(state), now) ? { ...state, head: state.seq } : state;
}

function troubleMoment(state: State): number | null {
  return state.soughtAt !== null && !state.isTroubled ? state.soughtAt + TROUBLE_MS : null;
}

function admitTrouble(state: State, now: number): State {
  return isDue(troubleMoment(state), now) ? { ...state, isTroubled: true } : state;
}

/** A rating counts as taken when the connection outlives it; any other wish without effect is let go. */
function wishDeadline({ kind, sentAt }: Wish): number | null {
  if (sentAt === null) return null;
  return sentAt + (kind === "rate" ? RATING_SETTLED_MS : WISH_GIVEN_UP_MS);
}

function endWishes(state: State, now: number): State {
  const wishes = state.wishes.filter((wish) => !isDue(wishDeadline(wish), now));
  return wishes.length < state.wishes.length ? { ...state, wishes } : state;
}
