/** Time, chance and names, handed in so that tests decide them. */
export interface Timers {
  now(): number;
  /** Do something later. Returns: what calls it off. */
  after(milliseconds: number, action: () => void): () => void;
  chance(): number;
  newId(): string;
}

/** Appointments by name: making one again moves it. */
export class Schedule {
  #cancels = new Map<string, () => void>();

  constructor(private readonly timers: Timers) {}

  after(name: string, milliseconds: number, action: () => void): void {
    this.cancel(name);
    this.#cancels.set(name, this.timers.after(milliseconds, action));
  }

  cancel(name: string): void {
    this.#cancels.get(name)?.();
    this.#cancels.delete(name);
  }

  cancelAll(): void {
    for (const name of [...this.#cancels.keys()]) this.cancel(name);
  }
}

/** An id no other tab, reload or operator will make. `crypto.randomUUID` needs a secure page; this does not. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
  newId: randomId,
};
