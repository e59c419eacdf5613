import type { Keeper } from "@/live/model";
import type { Presence } from "@/protocol/frames";
import type { Outbox } from "@/state/outbox";

function read<T>(storage: Storage, key: string, otherwise: T): T {
  try {
    return (JSON.parse(storage.getItem(key) ?? "null") as T | null) ?? otherwise;
  } catch {
    // Kept by an older version or cut short: as good as nothing.
    return otherwise;
  }
}

/** Keeps over a reload what one operator has under way in this tab. */
export function tabKeeper(operator: string): Keeper {
  const outboxKey = `abonent.outbox.${operator}`;
  const seenKey = `abonent.seen.${operator}`;
  return {
    // Of the tab, not of the browser: a message must not leave a week later from another window.
    outbox: () => reawakened(read<Outbox>(sessionStorage, outboxKey, [])),
    keepOutbox: (outbox) => sessionStorage.setItem(outboxKey, JSON.stringify(outbox)),
    seen: () => read<Record<string, number>>(localStorage, seenKey, {}),
    keepSeen: (seen) => localStorage.setItem(seenKey, JSON.stringify(seen)),
  };
}

function reawakened(outbox: Outbox): Outbox {
  return outbox.map((item) => (item.status === "sent" ? { ...item, status: "waiting" } : item));
}

export interface KeptPresence {
  status: Presence;
  capacity: number;
}

const presenceKey = (operator: string) => `abonent.presence.${operator}`;

export function keptPresence(operator: string, capacity: number): KeptPresence {
  return read(sessionStorage, presenceKey(operator), { status: "away" as const, capacity });
}

export function keepPresence(operator: string, presence: KeptPresence): void {
  sessionStorage.setItem(presenceKey(operator), JSON.stringify(presence));
}
