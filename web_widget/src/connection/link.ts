/** One connection to the server that is sought again for as long as it is wanted. */

import type { ClientFrame } from "../protocol";
import { backoff } from "./backoff";
import type { Clock, Socket } from "./ports";

const OPEN = 1;
const CONNECT_MS = 15_000;

export type LinkStatus = "idle" | "connecting" | "open" | "waiting";

export interface LinkOptions {
  openSocket: () => Socket;
  clock: Clock;
  random: () => number;
  onStatus: (status: LinkStatus) => void;
  onData: (data: unknown) => void;
}

/** Keeps a socket open: connects, and after every loss waits a while and connects again. */
export class Link {
  #options: LinkOptions;
  #socket: Socket | null = null;
  #failures = 0;
  #isWanted = false;
  #cancelTimer: () => void = () => {};

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Begins to keep the connection; does nothing when it is kept already. */
  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#connect();
  }

  /** Lets the connection go, until it is started again. */
  stop(): void {
    this.#isWanted = false;
    this.#abandon();
    this.#options.onStatus("idle");
  }

  /** Gives up the present socket and connects at once. */
  restart(): void {
    if (!this.#isWanted) return;
    this.#abandon();
    this.#connect();
  }

  /** Gives up the present socket and connects after a wait, as after a loss. */
  relinquish(): void {
    if (!this.#isWanted) return;
    this.#abandon();
    this.#wait();
  }

  /** Connects at once if it is only being waited: the network is back, or the page is looked at. */
  hasten(): void {
    if (this.#isWanted && this.#socket === null) this.restart();
  }

  /** Says that the connection has proved good: the next loss begins with a short wait. */
  settle(): void {
    this.#failures = 0;
    this.#cancelTimer();
  }

  /** Sends a frame; false when there is no open socket. */
  send(frame: ClientFrame): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #connect(): void {
    this.#options.onStatus("connecting");
    const socket = this.#open();
    if (!socket) return this.#lose();
    this.#socket = socket;
    socket.onopen = () => this.#options.onStatus("open");
    socket.onmessage = ({ data }) => this.#options.onData(data);
    socket.onclose = () => this.#lose();
    socket.onerror = () => {};
    this.#cancelTimer = this.#options.clock.after(CONNECT_MS, () => this.relinquish());
  }

  #open(): Socket | null {
    try {
      return this.#options.openSocket();
    } catch {
      return null;
    }
  }

  #lose(): void {
    this.#abandon();
    this.#wait();
  }

  #wait(): void {
    this.#failures += 1;
    const wait = backoff(this.#failures, this.#options.random());
    this.#options.onStatus("waiting");
    this.#cancelTimer = this.#options.clock.after(wait, () => this.#connect());
  }

  /** Drops the socket without hearing from it again: a dead one may take minutes to close. */
  #abandon(): void {
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
