/** Storage that works wherever the page lets it, and in memory where it does not. */

import type { KeyValue } from "./ports";

/** Wraps a browser storage; what it refuses (blocked, full) is kept for this page only. */
export function keyValue(open: () => Storage, prefix: string): KeyValue {
  const memory = new Map<string, string>();
  const backend = probe(open, prefix);
  return {
    read: (key) => memory.get(key) ?? attempt(() => backend?.getItem(prefix + key)) ?? null,
    write(key, value) {
      memory.delete(key);
      if (value === null) return void attempt(() => backend?.removeItem(prefix + key));
      const isKept = attempt(() => {
        backend?.setItem(prefix + key, value);
        return backend !== null;
      });
      if (!isKept) memory.set(key, value);
    },
  };
}

function probe(open: () => Storage, prefix: string): Storage | null {
  return (
    attempt(() => {
      const storage = open();
      storage.setItem(`${prefix}probe`, "1");
      storage.removeItem(`${prefix}probe`);
      return storage;
    }) ?? null
  );
}

/** The value, or undefined when the storage throws: with privacy settings even touching it may. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
