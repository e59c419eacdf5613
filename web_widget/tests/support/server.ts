/** A small server that speaks `/chat` over real sockets, and misbehaves when told to. */

import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

type Frame = Record<string, unknown> & { type: string };
type Said = Frame & { id: string };

interface Stored extends Record<string, unknown> {
  seq: number;
  conversation: string;
}

/** One visitor's conversation, stored; every socket of it hears every event. */
export class ChatServer {
  /** Every frame received, in order. */
  received: Frame[] = [];
  /** Called with each frame before the server acts; true means that it is dealt with. */
  intercept: (frame: Frame, socket: WebSocket) => boolean = () => false;
  state = "bot";
  log: Stored[] = [];
  conversation = 1;
  #server: WebSocketServer;
  #tokens = new Set<string>();

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on("connection", (socket) => {
      socket.on("message", (data) => this.#take(JSON.parse(String(data)) as Frame, socket));
    });
  }

  static async start(port = 0): Promise<ChatServer> {
    const server = new WebSocketServer({ host: "127.0.0.1", port });
    await new Promise((resolve) => server.once("listening", resolve));
    return new ChatServer(server);
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/chat`;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get sockets(): number {
    return this.#server.clients.size;
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Stores an event and tells everybody; the answer is the event. */
  store(event: Record<string, unknown>): Stored {
    const seq = this.log.length + 1;
    const at = new Date().toISOString();
    const stored = { type: "event", conversation: `c${this.conversation}`, seq, at, ...event };
    this.log.push(stored);
    this.tell(stored);
    return stored;
  }

  tell(frame: object): void {
    for (const socket of this.#server.clients) socket.send(JSON.stringify(frame));
  }

  botSays(text: string): Stored {
    return this.store({ kind: "message", author: { kind: "bot", name: null }, text });
  }

  enter(state: string, more: object = {}): void {
    this.state = state;
    this.store({ kind: "state", state, ...more });
  }

  /** The texts stored of the subscriber, in order. */
  get texts(): unknown[] {
    return this.log.filter(({ id }) => id !== undefined).map(({ text }) => text);
  }

  frames(type: string): Frame[] {
    return this.received.filter((frame) => frame.type === type);
  }

  #take(frame: Frame, socket: WebSocket): void {
    this.received.push(frame);
    if (this.intercept(frame, socket)) return;
    if (frame.type === "hello") this.#greet(frame, socket);
    if (frame.type === "message" || frame.type === "button") this.hear(frame as Said, socket);
    if (frame.type === "human") this.enter("queued", { position: 1, eta_seconds: null });
    if (frame.type === "leave_queue") this.enter("bot");
  }

  /** Stores what a subscriber said, once; said again, it is acknowledged by the old event. */
  hear(frame: Said, socket: WebSocket): void {
    const known = this.log.find(({ id }) => id === frame.id);
    if (known) return socket.send(JSON.stringify(known));
    if (this.state === "closed") this.#openConversation();
    const text = frame.text ?? frame.payload;
    this.store({ kind: "message", author: { kind: "subscriber", name: null }, text, id: frame.id });
  }

  #openConversation(): void {
    this.conversation += 1;
    this.log = [];
    this.state = "bot";
    for (const token of this.#tokens) this.tell(this.#welcome(token));
  }

  #greet(frame: Frame, socket: WebSocket): void {
    const token = (frame.visitor as string | null) ?? `v${this.#tokens.size + 1}`;
    this.#tokens.add(token);
    socket.send(JSON.stringify(this.#welcome(token)));
    const isKnown = frame.conversation === `c${this.conversation}`;
    const after = isKnown ? Number(frame.after) : 0;
    for (const event of this.log.slice(after)) socket.send(JSON.stringify(event));
  }

  #welcome(visitor: string): object {
    const { state, log } = this;
    return {
      type: "welcome",
      visitor,
      conversation: `c${this.conversation}`,
      state,
      seq: log.length,
    };
  }
}
