/** The chat client: drives the state by the connection and the connection by the state. */

import { type ClientFrame, type Locale, parseServerFrame, type ServerFrame } from "../protocol";
import type { Action, State } from "../state/model";
import { initialState } from "../state/model";
import { nextToSend } from "../state/outbox";
import { reduce } from "../state/reducer";
import { nextWish } from "../state/selectors";
import { isReplaying, nextWake } from "../state/timers";
import { keep, keepLog, load, loadOutbox, loadRead, type Stores } from "./keeper";
import { Link, type LinkStatus } from "./link";
import type { Clock, Socket } from "./ports";
import { TypingReporter } from "./typing";

const WELCOME_MS = 10_000;
const SHORTEST_WAKE_MS = 10;

export interface ClientOptions {
  openSocket: () => Socket;
  clock: Clock;
  stores: Stores;
  random: () => number;
  newId: () => string;
  locale: Locale;
  page: () => { url: string; title: string };
}

/** One subscriber's conversation, as one tab sees it. */
export class ChatClient {
  state: State;
  #options: ClientOptions;
  #link: Link;
  #typing: TypingReporter;
  #locale: Locale;
  #identity: string | null = null;
  #listeners = new Set<() => void>();
  #cancelWake: () => void = () => {};
  #cancelWelcome: () => void = () => {};
  #reportedRead = "";

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#locale = options.locale;
    this.state = initialState(load(options.stores, options.clock.now()));
    this.#typing = new TypingReporter(options.clock, (text) =>
      this.#send({ type: "typing", text }),
    );
    this.#link = new Link({
      openSocket: options.openSocket,
      clock: options.clock,
      random: options.random,
      onStatus: (status) => this.#onStatus(status),
      onData: (data) => this.#onData(data),
    });
  }

  /** Calls back after every change; the answer ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connects. A page that nobody wrote on yet has no need of it. */
  start(): void {
    this.#link.start();
  }

  stop(): void {
    this.#typing.stop();
    this.#link.stop();
  }

  /** Connects at once if the connection is only being waited for. */
  hasten(): void {
    this.#link.hasten();
  }

  /** Connects anew: the network under the socket has changed. */
  reconnect(): void {
    this.#link.restart();
  }

  /** Says a text, or presses a button (then the text is its title). */
  say(text: string, payload: string | null = null): void {
    this.#typing.reset();
    this.#dispatch({
      type: "composed",
      id: this.#options.newId(),
      text,
      payload,
      now: this.#now(),
    });
    this.start();
  }

  retry(id: string): void {
    this.#dispatch({ type: "item_retried", id, now: this.#now() });
    this.start();
  }

  discard(id: string): void {
    this.#dispatch({ type: "item_discarded", id });
  }

  askForPerson(): void {
    this.#dispatch({ type: "wished", wish: { kind: "human", sentAt: null } });
    this.start();
  }

  leaveQueue(): void {
    this.#dispatch({ type: "wished", wish: { kind: "leave_queue", sentAt: null } });
  }

  rate(score: number, comment: string): void {
    this.#dispatch({ type: "wished", wish: { kind: "rate", sentAt: null, score, comment } });
  }

  /** Tells what is being typed, to the operator who has the conversation only. */
  typed(text: string): void {
    if (this.state.phase === "assigned") this.#typing.report(text);
  }

  /** Says that everything up to now was seen. */
  markRead(): void {
    this.#dispatch({ type: "read_to", seq: this.state.seq });
  }

  setLocale(locale: Locale): void {
    if (locale === this.#locale) return;
    this.#locale = locale;
    if (this.state.link === "ready") this.#link.restart();
  }

  /** Proves who the subscriber is, by the site's signed word. */
  identify(identity: string | null): void {
    if (identity === this.#identity) return;
    this.#identity = identity;
    if (this.state.link !== "idle") this.#link.restart();
  }

  /** Takes in what another tab has changed in the common storage. */
  syncTabs(): void {
    const { stores } = this.#options;
    const visitor = stores.local.read("visitor");
    if (visitor !== null && visitor !== this.state.visitor) return this.#adopt(visitor);
    const rated = stores.local.read("rated");
    this.#dispatch({ type: "outbox_shared", items: loadOutbox(stores), now: this.#now() });
    this.#dispatch({ type: "read_shared", read: loadRead(stores) });
    if (rated !== null) this.#dispatch({ type: "rated_shared", conversation: rated });
  }

  /** Keeps the log for the next page of this tab. */
  keepLog(): void {
    keepLog(this.#options.stores, this.state);
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #send(frame: ClientFrame): boolean {
    return this.state.link === "ready" && this.#link.send(frame);
  }

  #onStatus(status: LinkStatus): void {
    this.#cancelWelcome();
    this.#dispatch({
      type: "link_changed",
      link: status === "open" ? "greeting" : status,
      now: this.#now(),
    });
    if (status === "open") this.#sayHello();
  }

  #sayHello(): void {
    const { visitor, conversation, seq } = this.state;
    this.#reportedRead = "";
    this.#link.send({
      type: "hello",
      visitor,
      after: conversation === null ? 0 : seq,
      locale: this.#locale,
      page: this.#options.page(),
      ...(conversation === null ? {} : { conversation }),
      ...(this.#identity === null ? {} : { identity: this.#identity }),
    });
    this.#cancelWelcome = this.#options.clock.after(WELCOME_MS, () => this.#link.relinquish());
  }

  #onData(data: unknown): void {
    const frame = parseServerFrame(data);
    if (!frame) return;
    if (frame.type === "welcome" && !this.#isWelcomeOurs(frame.visitor)) return;
    this.#dispatch({ type: "frame_received", frame, now: this.#now() });
    this.#afterFrame(frame);
  }

  #afterFrame(frame: ServerFrame): void {
    if (frame.type === "welcome") {
      this.#cancelWelcome();
      this.#link.settle();
    }
    if (frame.type !== "error" || this.state.link !== "greeting") return;
    if (frame.field === "identity") this.#identity = null;
    if (frame.field === "identity" || frame.field === "visitor") this.#sayHello();
  }

  /** Two tabs opened at once are each given a visitor: the one stored first is everybody's. */
  #isWelcomeOurs(visitor: string): boolean {
    const stored = this.#options.stores.local.read("visitor");
    if (this.state.visitor !== null || stored === null || stored === visitor) return true;
    this.#adopt(stored);
    return false;
  }

  #adopt(visitor: string): void {
    this.#dispatch({ type: "visitor_adopted", visitor });
    if (this.state.link !== "idle") this.#link.restart();
  }

  #dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    if (action.type !== "outbox_shared") keep(this.#options.stores, before, this.state);
    if (this.state.needsResync && !before.needsResync) return this.#link.relinquish();
    this.#pump();
    this.#schedule();
    for (const listener of this.#listeners) listener();
  }

  /** Sends whatever the state says is due. */
  #pump(): void {
    if (this.state.link !== "ready" || isReplaying(this.state)) return;
    const wish = nextWish(this.state);
    if (wish) return this.#sendWish(wish);
    const item = nextToSend(this.state);
    if (item) return this.#sendItem(item.id, item.payload, item.text);
    this.#reportRead();
  }

  #sendItem(id: string, payload: string | null, text: string): void {
    const frame: ClientFrame =
      payload === null ? { type: "message", id, text } : { type: "button", id, payload };
    if (this.#send(frame)) this.#dispatch({ type: "item_sent", id, now: this.#now() });
  }

  #sendWish(wish: NonNullable<ReturnType<typeof nextWish>>): void {
    const { kind } = wish;
    const frame: ClientFrame =
      kind === "rate" ? { type: "rate", score: wish.score, comment: wish.comment } : { type: kind };
    if (this.#send(frame)) this.#dispatch({ type: "wish_sent", kind, now: this.#now() });
  }

  #reportRead(): void {
    const { read, conversation } = this.state;
    const mark = `${read.conversation}:${read.seq}`;
    if (read.seq === 0 || read.conversation !== conversation || mark === this.#reportedRead) return;
    if (this.#send({ type: "read", seq: read.seq })) this.#reportedRead = mark;
  }

  #schedule(): void {
    this.#cancelWake();
    const wake = nextWake(this.state);
    if (wake === null) return;
    const wait = Math.max(SHORTEST_WAKE_MS, wake - this.#now());
    this.#cancelWake = this.#options.clock.after(wait, () => this.#wake());
  }

  /** A timer may come a little early by the clock: then nothing is due yet, and it is set anew. */
  #wake(): void {
    this.#dispatch({ type: "tick", now: this.#now() });
    this.#schedule();
  }
}
