import { type ClientFrame, parseFrame, type ServerFrame, UnreadableFrame } from "@/protocol/frames";

/** The part of a browser's WebSocket that is used here. */
export interface WebSocketLike {
  readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type OpenSocket = (url: string) => WebSocketLike;

export interface SocketListener {
  onOpen(): void;
  onFrame(frame: ServerFrame): void;
  onClose(code: number): void;
}

const OPEN = 1;
const NOT_OPENED = 1006;

/**
 * One connection to the desk: frames in, frames out, closed once.
 *
 * It neither reconnects nor remembers: its owner makes another. After `drop` the listener hears `onClose` at once,
 * also where the network is so dead that the browser would not tell for minutes.
 */
export class DeskSocket {
  /** When the last frame came, by the owner's clock. */
  heardAt: number;
  #socket: WebSocketLike;
  #isClosed = false;

  constructor(
    url: string,
    private readonly listener: SocketListener,
    open: OpenSocket,
    private readonly clock: () => number,
  ) {
    this.heardAt = clock();
    this.#socket = open(url);
    this.#socket.onopen = () => this.#isClosed || listener.onOpen();
    this.#socket.onmessage = (event: { data: unknown }) => this.#onMessage(event.data);
    this.#socket.onclose = (event: { code?: number }) => this.#closed(event.code ?? NOT_OPENED);
    this.#socket.onerror = () => undefined;
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.#socket.readyState === OPEN;
  }

  /** Send a frame. Returns: false where there is no connection to send it on. */
  send(frame: ClientFrame): boolean {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  drop(): void {
    this.#socket.close(1000);
    this.#closed(NOT_OPENED);
  }

  #onMessage(data: unknown): void {
    if (this.#isClosed || typeof data !== "string") return;
    this.heardAt = this.clock();
    let frame: ServerFrame;
    try {
      frame = parseFrame(data);
    } catch (error) {
      if (!(error instanceof UnreadableFrame)) throw error;
      // A kind of frame added later is no reason to lose the connection.
      console.warn("The desk sent a frame this console cannot read:", error.message);
      return;
    }
    this.listener.onFrame(frame);
  }

  #closed(code: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.listener.onClose(code);
  }
}
