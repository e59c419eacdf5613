import { DeskSocket, type OpenSocket } from "@/live/socket";
import type { Schedule, Timers } from "@/live/timers";
import type {
  Command,
  ErrorFrame,
  OkFrame,
  Passing,
  ServerFrame,
  Welcome,
} from "@/protocol/frames";
import { type Rest, Unauthorized } from "@/protocol/rest";
import { reconnectDelay } from "@/state/backoff";
import type { Connection } from "@/state/connection";

export interface LinkPorts {
  rest: Pick<Rest, "session" | "settings" | "ticket">;
  open: OpenSocket;
  timers: Timers;
  schedule: Schedule;
  /** The host the page came from: a desk on another one cannot see the cookie. */
  hostname: string;
}

export type Answer = OkFrame | ErrorFrame;
/** What the desk tells of its own accord. */
export type LiveFrame = Exclude<ServerFrame, Welcome | Answer>;

export interface LinkListener {
  /** The cursor to resume after. */
  cursor(): string | null;
  onConnection(connection: Connection): void;
  onWelcome(frame: Welcome): void;
  onFrame(frame: LiveFrame): void;
  /** Something that was asked is answered. `asked` is null for a command carried for the outbox. */
  onAnswer(answer: Answer, asked: Passing | null): void;
  /** Nothing was heard for long: say something that is answered. */
  onSilence(): void;
  onDown(): void;
}

const ANSWER_TIMEOUT_MS = 15_000;
const SILENCE_MS = 25_000;
const WATCH_MS = 5_000;
const BAD_TICKET = 4401;

interface Asked {
  frame: Passing | null;
  at: number;
}

/** Keeps one connection to the desk: greets, comes back with backoff, drops what no longer answers. */
export class Link {
  #socket: DeskSocket | null = null;
  #isReady = false;
  #isRunning = false;
  #isLost = false;
  #attempt = 0;
  /** Whether the desk did not know us by the cookie: another page of the host may have spoilt it. */
  #needsTicket = false;
  #asked = new Map<string, Asked>();

  constructor(
    private readonly ports: LinkPorts,
    private readonly listener: LinkListener,
  ) {}

  /** Whether the desk has welcomed us on the present connection. */
  get isReady(): boolean {
    return this.#isReady;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#attempt = 0;
    void this.#connect();
    this.#watch();
  }

  stop(): void {
    this.#isRunning = false;
    this.ports.schedule.cancel("reconnect");
    this.ports.schedule.cancel("watch");
    this.#socket?.drop();
    this.listener.onConnection({ phase: "idle" });
  }

  /** Try at once, whatever the backoff says: the network has come back, or the operator asked. */
  reconnectNow(): void {
    if (this.#isRunning && this.#isLost) void this.#connect();
  }

  /** The browser says that there is no network: do not wait for the socket to find out. */
  networkLost(): void {
    this.#socket?.drop();
  }

  /** Ask something that is true on this connection only. */
  ask(frame: Passing): void {
    const ref = this.ports.timers.newId();
    if (this.#socket?.send({ ...frame, ref })) this.#await(ref, frame);
  }

  /** Send a command of the outbox under its own reference. Returns: false where there is no connection. */
  carry(ref: string, command: Command): boolean {
    const isSent = this.#isReady && this.#socket?.send({ ...command, ref });
    if (isSent) this.#await(ref, null);
    return Boolean(isSent);
  }

  /** Send what needs no answer. */
  tell(frame: Passing): void {
    if (this.#isReady) this.#socket?.send({ ...frame, ref: this.ports.timers.newId() });
  }

  #await(ref: string, frame: Passing | null): void {
    this.#asked.set(ref, { frame, at: this.ports.timers.now() });
  }

  async #connect(): Promise<void> {
    this.ports.schedule.cancel("reconnect");
    this.#isLost = false;
    this.listener.onConnection({ phase: "connecting", attempt: this.#attempt });
    try {
      const { url, ticket } = await this.#address();
      if (this.#isRunning) this.#open(url, ticket);
    } catch (error) {
      this.#failed(error);
    }
  }

  async #address(): Promise<{ url: string; ticket: string | undefined }> {
    const { desk_url } = await this.ports.rest.settings();
    const url = desk_url ?? `ws://${this.ports.hostname}:8081/`;
    const isElsewhere = new URL(url).hostname !== this.ports.hostname;
    return {
      url,
      ticket: isElsewhere || this.#needsTicket ? await this.ports.rest.ticket() : undefined,
    };
  }

  #open(url: string, ticket: string | undefined): void {
    const listener = {
      onOpen: () => this.#hello(ticket),
      onFrame: (frame: ServerFrame) => socket === this.#socket && this.#onFrame(frame),
      onClose: (code: number) => socket === this.#socket && this.#onClose(code),
    };
    const socket = new DeskSocket(url, listener, this.ports.open, this.ports.timers.now);
    this.#socket = socket;
  }

  #hello(ticket: string | undefined): void {
    const after = this.listener.cursor();
    this.ask(ticket ? { type: "hello", after, ticket } : { type: "hello", after });
  }

  #onFrame(frame: ServerFrame): void {
    if (frame.type === "welcome") {
      this.#asked.clear();
      this.#isReady = true;
      this.#attempt = 0;
      this.listener.onConnection({ phase: "open" });
      this.listener.onWelcome(frame);
    } else if (frame.type === "ok" || frame.type === "error") {
      const asked = this.#asked.get(frame.ref ?? "")?.frame ?? null;
      this.#asked.delete(frame.ref ?? "");
      this.listener.onAnswer(frame, asked);
    } else {
      this.listener.onFrame(frame);
    }
  }

  #onClose(code: number): void {
    const wasReady = this.#isReady;
    this.#socket = null;
    this.#isReady = false;
    this.#asked.clear();
    this.listener.onDown();
    if (code === BAD_TICKET) this.#needsTicket = true;
    // Before the welcome a refusal looks like any lost connection: only the session tells them apart.
    if (!wasReady || code === BAD_TICKET) void this.#checkSession();
    else this.#retryLater();
  }

  async #checkSession(): Promise<void> {
    try {
      await this.ports.rest.session();
      this.#retryLater();
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (!this.#isRunning) return;
    if (!(error instanceof Unauthorized)) return this.#retryLater();
    this.#isRunning = false;
    this.ports.schedule.cancel("watch");
    this.listener.onConnection({ phase: "expired" });
  }

  #retryLater(): void {
    if (!this.#isRunning) return;
    this.#isLost = true;
    this.#attempt += 1;
    const delay = reconnectDelay(this.#attempt, this.ports.timers.chance());
    const retryAt = this.ports.timers.now() + delay;
    this.listener.onConnection({ phase: "lost", attempt: this.#attempt, retryAt });
    this.ports.schedule.after("reconnect", delay, () => void this.#connect());
  }

  /** Drop a connection that no longer answers, and keep a quiet one from being taken for dead. */
  #watch(): void {
    this.ports.schedule.after("watch", WATCH_MS, () => {
      const now = this.ports.timers.now();
      const isMute = [...this.#asked.values()].some(({ at }) => now - at > ANSWER_TIMEOUT_MS);
      if (isMute) this.#socket?.drop();
      else if (this.#isReady && now - (this.#socket?.heardAt ?? now) > SILENCE_MS) {
        this.listener.onSilence();
      }
      this.#watch();
    });
  }
}
