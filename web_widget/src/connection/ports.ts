/** The narrow doors to the outside that the connection and the client are given. */

/** The part of a WebSocket that is used. */
export interface Socket {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface Clock {
  now(): number;
  /** Calls back once, after a wait; the answer calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** Strings kept under names; never throws. */
export interface KeyValue {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}
