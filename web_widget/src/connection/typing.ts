/** Reports of what is being typed, at most one a second, the last one never left out. */

import type { Clock } from "./ports";

const SPACING_MS = 1000;

export class TypingReporter {
  #clock: Clock;
  #send: (text: string) => void;
  #pending: string | null = null;
  #reported = "";
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, send: (text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  report(text: string): void {
    this.#pending = text;
    if (this.#cancel === null) this.#flush();
  }

  /** The text became a message: nothing is being typed any more, and nobody needs telling. */
  reset(): void {
    this.#pending = null;
    this.#reported = "";
  }

  stop(): void {
    this.reset();
    this.#cancel?.();
    this.#cancel = null;
  }

  #flush(): void {
    this.#cancel = null;
    if (this.#pending === null || this.#pending === this.#reported) return;
    this.#reported = this.#pending;
    this.#pending = null;
    this.#send(this.#reported);
    this.#cancel = this.#clock.after(SPACING_MS, () => this.#flush());
  }
}
