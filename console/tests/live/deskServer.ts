import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";

export type Frame = { type: string; ref?: string } & Record<string, unknown>;
type Answer = object | readonly object[] | null;

/**
 * The other side of the wire: HTTP and WebSocket as the protocol has them, answering as each test says.
 *
 * Unless told otherwise it welcomes, says `ok` to everything, and has an empty history.
 */
export class DeskServer {
  /** Every frame that came, in order, over all connections. */
  readonly frames: Frame[] = [];
  readonly answers: Record<string, (frame: Frame) => Answer> = {};
  welcome: Record<string, unknown> = {};
  isSignedIn = true;
  isRefusing = false;
  /** Seconds to wait, where sign-in is throttled. */
  retryAfter = 0;
  deskHost = "127.0.0.1";
  connections = 0;
  #http: Server;
  #sockets: WebSocketServer;

  private constructor() {
    this.#http = createServer((request, response) => this.#onRequest(request, response));
    this.#sockets = new WebSocketServer({ noServer: true });
    this.#http.on("upgrade", (request, socket, head) => {
      if (!this.isSignedIn || this.isRefusing) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n");
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (peer) => this.#onPeer(peer));
    });
  }

  static async start(): Promise<DeskServer> {
    const server = new DeskServer();
    await new Promise<void>((resolve) => server.#http.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Say something to everyone who is connected. */
  say(...frames: readonly object[]): void {
    for (const peer of this.#sockets.clients) {
      for (const frame of frames) peer.send(JSON.stringify(frame));
    }
  }

  sayRaw(text: string): void {
    for (const peer of this.#sockets.clients) peer.send(text);
  }

  /** Cut every connection, as a killed process does. */
  cut(): void {
    for (const peer of this.#sockets.clients) peer.terminate();
  }

  /** Close every connection with a code. */
  turnAway(code: number): void {
    for (const peer of this.#sockets.clients) peer.close(code);
  }

  of(type: string): Frame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  async stop(): Promise<void> {
    this.cut();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const body = this.#rest(request.url ?? "");
    response.statusCode = this.isSignedIn ? 200 : this.retryAfter > 0 ? 429 : 401;
    if (this.retryAfter > 0) response.setHeader("Retry-After", this.retryAfter);
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(this.isSignedIn ? body : { error: { code: "unauthorized" } }));
  }

  #rest(url: string): object {
    if (url === "/api/ticket") return { ticket: "t-1" };
    if (url === "/api/session") return { operator: { id: "op-1", name: "Anna", role: "operator" } };
    if (url.startsWith("/api/operators")) return { operators: [] };
    if (url.startsWith("/api/conversations")) return { conversations: [], next: null };
    const port = (this.#http.address() as AddressInfo).port;
    return { desk_url: `ws://${this.deskHost}:${port}/`, dispositions: ["solved"] };
  }

  #onPeer(peer: WebSocket): void {
    this.connections += 1;
    peer.on("message", (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      this.frames.push(frame);
      const answer = (this.answers[frame.type] ?? this.#usual)(frame);
      for (const one of answer === null ? [] : [answer].flat()) {
        if (peer.readyState === WebSocket.OPEN) peer.send(JSON.stringify(one));
      }
    });
  }

  #usual = (frame: Frame): Answer => {
    if (frame.type === "hello") {
      const operator = { id: "op-1", name: "Anna" };
      return { type: "welcome", ref: frame.ref, operator, cursor: "k0", ...this.welcome };
    }
    if (frame.type === "typing") return null;
    return { type: "ok", ref: frame.ref, ...(frame.type === "history" ? { events: [] } : {}) };
  };
}

/** Refuse a command. */
export const refuse = (code: string) => (frame: Frame) => ({
  type: "error",
  ref: frame.ref,
  code,
  message: code,
});
