/** A client as a tab has it, over real sockets, with storage that tabs can share. */

import { vi } from "vitest";
import { WebSocket } from "ws";
import { ChatClient, type ClientOptions } from "../../src/connection/client";
import type { Clock, KeyValue, Socket } from "../../src/connection/ports";

export class MemoryStore implements KeyValue {
  items = new Map<string, string>();

  read(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  write(key: string, value: string | null): void {
    if (value === null) this.items.delete(key);
    else this.items.set(key, value);
  }
}

export const realClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

let ids = 0;

/** A client that is not started; `local` is what tabs share. */
export function tab(url: string, local = new MemoryStore(), more: Partial<ClientOptions> = {}) {
  return new ChatClient({
    openSocket: () => new WebSocket(url) as unknown as Socket,
    clock: realClock,
    stores: { local, session: new MemoryStore() },
    random: () => 0,
    newId: () => `id-${++ids}`,
    locale: "uk",
    page: () => ({ url: "https://horizon.example/", title: "Horizon" }),
    ...more,
  });
}

/** Waits until a condition holds. */
export function until(condition: () => boolean): Promise<unknown> {
  return vi.waitFor(
    () => {
      if (!condition()) throw new Error(`Not yet: ${condition}`);
    },
    { timeout: 5000, interval: 10 },
  );
}
