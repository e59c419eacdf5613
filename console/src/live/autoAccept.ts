import type { DeskModel } from "@/live/model";
import type { Timers } from "@/live/timers";
import { ownConversations } from "@/state/conversations";
import { isUnderWay } from "@/state/outbox";
import { type Ability, nextToAccept } from "@/state/queue";

const PAUSE_MS = 10_000;

/** Chooses what to take from the queue without being asked; what was refused is left alone for a while. */
export class AutoAccept {
  /** What the operator can answer; null while it is off. */
  ability: Ability | null = null;
  #tried = new Map<string, number>();

  constructor(private readonly timers: Timers) {}

  /** The conversation to accept now, or null. */
  choose({ presence, desk, outbox }: DeskModel): string | null {
    const isFull = ownConversations(desk).length >= presence.capacity;
    if (!this.ability || presence.status !== "online" || isFull) return null;
    if (isUnderWay(outbox, "accept")) return null;
    const next = nextToAccept(desk.queue, this.ability, this.#lately());
    if (next) this.#tried.set(next.conversation, this.timers.now());
    return next?.conversation ?? null;
  }

  #lately(): ReadonlySet<string> {
    const now = this.timers.now();
    for (const [id, at] of this.#tried) if (now - at > PAUSE_MS) this.#tried.delete(id);
    return new Set(this.#tried.keys());
  }
}
