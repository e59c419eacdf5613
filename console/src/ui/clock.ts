import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let offsetMs = 0;
let second = 0;

function tick(): void {
  second = Math.floor((Date.now() + offsetMs) / 1000);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!timer) {
    second = Math.floor((Date.now() + offsetMs) / 1000);
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Count waiting by the server's clock: a computer whose own is wrong must not frighten its operator. */
export function setClockOffset(milliseconds: number): void {
  offsetMs = milliseconds;
}

/** Now in milliseconds, by whole seconds; whoever uses it is drawn again every second. */
export function useNow(): number {
  return (
    useSyncExternalStore(subscribe, () => second || Math.floor((Date.now() + offsetMs) / 1000)) *
    1000
  );
}

/** Now, by the server's clock, without being told of the next second. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
