import { createStore, type StoreApi } from "zustand/vanilla";
import { AutoAccept } from "@/live/autoAccept";
import { type Answer, Link, type LinkListener, type LiveFrame } from "@/live/link";
import type { DeskModel, DeskPorts } from "@/live/model";
import { Schedule } from "@/live/timers";
import type {
  Command,
  LogEvent,
  OkFrame,
  Passing,
  Presence,
  Target,
  Welcome,
} from "@/protocol/frames";
import type { Notice } from "@/state/connection";
import { type DeskAction, type DeskState, emptyDesk, reduceDesk } from "@/state/desk";
import { hasEarlier, missingPart } from "@/state/log";
import {
  isUnderWay,
  nextAttemptAt,
  type Outbox,
  type OutboxAction,
  type Outgoing,
  reduceOutbox,
  sendable,
} from "@/state/outbox";
import type { Ability } from "@/state/queue";

const SETTLE_MS = 1_500;
const SLOW_DOWN_MS = 1_500;
const TYPING_EVERY_MS = 3_000;
const CALM_CODES = ["taken", "capacity", "not_online"] as const;
const ENDING = ["close", "transfer", "return_to_bot"] as const;

/**
 * The live desk: resumes by cursor, sends again what was not acknowledged, fetches what is missing.
 *
 * All state is in `store`, changed by the pure reducers alone; this class carries their decisions out.
 */
export class DeskClient {
  readonly store: StoreApi<DeskModel>;
  #schedule: Schedule;
  #link: Link;
  #typedAt = new Map<string, number>();
  #autoAccept: AutoAccept;

  constructor(
    private readonly ports: DeskPorts,
    presence: { status: Presence; capacity: number },
  ) {
    this.#schedule = new Schedule(ports.timers);
    this.#autoAccept = new AutoAccept(ports.timers);
    this.#link = new Link({ ...ports, schedule: this.#schedule }, this.#listener());
    this.store = createStore<DeskModel>(() => ({
      desk: emptyDesk,
      outbox: ports.keeper.outbox(),
      connection: { phase: "idle" },
      presence,
    }));
  }

  start(): void {
    this.#link.start();
  }

  stop(): void {
    this.#link.stop();
    this.#schedule.cancelAll();
  }

  reconnectNow(): void {
    this.#link.reconnectNow();
  }

  networkLost(): void {
    this.#link.networkLost();
  }

  setPresence(status: Presence, capacity: number): void {
    this.store.setState({ presence: { status, capacity } });
    this.#sendStatus();
  }

  /** Take what fits from the queue whenever there is room, until told `null`. */
  setAutoAccept(ability: Ability | null): void {
    this.#autoAccept.ability = ability;
    this.#acceptIfFree();
  }

  accept(conversation: string): void {
    if (isUnderWay(this.#outbox, "accept", conversation)) return;
    this.#enqueue({ type: "accept", conversation });
  }

  send(conversation: string, text: string): void {
    this.#enqueue({ type: "send", conversation, id: this.ports.timers.newId(), text });
    this.#typedAt.delete(conversation);
  }

  note(conversation: string, text: string): void {
    this.#enqueue({ type: "note", conversation, id: this.ports.timers.newId(), text });
  }

  transfer(conversation: string, to: Target): void {
    this.#enqueue({ type: "transfer", conversation, to });
  }

  returnToBot(conversation: string): void {
    this.#enqueue({ type: "return_to_bot", conversation });
  }

  close(conversation: string, disposition: string): void {
    this.#enqueue({ type: "close", conversation, disposition });
  }

  /** Send again a message that was refused. */
  retry(ref: string): void {
    this.#outboxAction({ type: "retry", ref });
    this.#flush();
  }

  /** Forget a message that was refused. */
  discard(ref: string): void {
    this.#outboxAction({ type: "drop", ref });
  }

  /** Tell that the operator is writing; said at most every few seconds. */
  typing(conversation: string): void {
    const now = this.ports.timers.now();
    if (now - (this.#typedAt.get(conversation) ?? 0) < TYPING_EVERY_MS) return;
    this.#typedAt.set(conversation, now);
    this.#link.tell({ type: "typing", conversation });
  }

  seen(conversation: string, log: number): void {
    const known = this.#desk.conversations[conversation];
    if (!known || (known.seenLog ?? -1) >= log) return;
    this.#deskAction({ type: "seen", conversation, log });
    this.#keepSeen();
  }

  /** Put away a conversation that is somebody else's now. */
  leave(conversation: string): void {
    if (this.#hasDeparted(conversation)) this.#deskAction({ type: "left", conversation });
  }

  loadEarlier(conversation: string): void {
    const known = this.#desk.conversations[conversation];
    if (!known || known.history === "loading" || !hasEarlier(known.events)) return;
    this.#askHistory(conversation, known.events[0]?.cursor ?? null);
  }

  get #desk(): DeskState {
    return this.store.getState().desk;
  }

  get #outbox(): Outbox {
    return this.store.getState().outbox;
  }

  #listener(): LinkListener {
    return {
      cursor: () => this.#desk.cursor,
      onConnection: (connection) => this.store.setState({ connection }),
      onWelcome: (frame) => this.#onWelcome(frame),
      onFrame: (frame) => this.#onFrame(frame),
      onAnswer: (answer, asked) => this.#onAnswer(answer, asked),
      onSilence: () => this.#sendStatus(),
      onDown: () => this.#onDown(),
    };
  }

  // What the desk says

  #onWelcome(frame: Welcome): void {
    const known = this.#desk.operator;
    if (known && known.id !== frame.operator.id) this.store.setState({ outbox: [] });
    this.#deskAction({ type: "welcome", frame });
    this.#restoreSeen();
    this.#sendStatus();
    this.#flush();
    this.#fetchMissing();
    this.#schedule.after("settle", SETTLE_MS, () => {
      this.#deskAction({ type: "settled" });
      this.#fetchMissing();
      this.#acceptIfFree();
    });
  }

  #onDown(): void {
    this.#schedule.cancel("settle");
    this.#deskAction({ type: "disconnected" });
    this.#outboxAction({ type: "disconnected" });
  }

  #onFrame(frame: LiveFrame): void {
    switch (frame.type) {
      case "event":
        return this.#onEvent(frame.event);
      case "queue":
        this.#deskAction({ type: "queue", frame });
        this.ports.onQueued(frame.added);
        return this.#acceptIfFree();
      case "conversation":
        this.#deskAction({ type: "conversation", conversation: frame.conversation });
        return this.#fetchMissing();
      case "presence":
        return this.#deskAction({ type: "presence", operators: frame.operators });
      case "read":
        return this.#deskAction({ ...frame, type: "read" });
      case "typing":
        return this.#onTyping(frame);
    }
  }

  #onTyping(frame: Extract<LiveFrame, { type: "typing" }>): void {
    if (frame.author && frame.author.kind !== "subscriber") return;
    const { conversation, text } = frame;
    const at = this.ports.timers.now();
    this.#deskAction({ type: "typing", conversation, text: text ?? "", at });
  }

  #onEvent(event: LogEvent): void {
    const before = this.#desk.conversations[event.conversation];
    this.#deskAction({ type: "event", event });
    this.#dropLogged(event.conversation);
    const after = this.#desk.conversations[event.conversation];
    if (before && !before.departure && after?.departure) this.#departed(event.conversation);
    this.#fetchMissing();
    if (after) this.ports.onEvent(event);
  }

  #departed(conversation: string): void {
    if (ENDING.some((type) => isUnderWay(this.#outbox, type, conversation))) return;
    this.#tell("departed", conversation, null);
    this.#acceptIfFree();
  }

  #onAnswer(answer: Answer, asked: Passing | null): void {
    if (asked?.type === "history") return this.#onHistory(asked.conversation, answer);
    if (asked?.type === "status") return this.#acceptIfFree();
    const item = this.#outbox.find((outgoing) => outgoing.ref === answer.ref);
    if (!item) return;
    if (answer.type === "ok") this.#onDone(item, answer);
    else if (answer.code === "rate_limited") this.#slowDown(item.ref);
    else this.#onRefused(item, answer.code);
    this.#flush();
  }

  #onHistory(conversation: string, answer: Answer): void {
    if (answer.type === "error") {
      return this.#deskAction({ type: "history_status", conversation, status: "failed" });
    }
    const before = this.#desk.conversations[conversation]?.events;
    this.#deskAction({ type: "history", conversation, events: answer.events ?? [] });
    this.#dropLogged(conversation);
    // An answer that brings nothing new would be asked for without end.
    if (this.#desk.conversations[conversation]?.events !== before) this.#fetchMissing();
  }

  #onDone({ ref, command }: Outgoing, answer: OkFrame): void {
    const { conversation } = command;
    if (command.type === "accept") this.#onAccepted(conversation, answer);
    else if (ENDING.some((type) => type === command.type)) {
      this.#deskAction({ type: "left", conversation });
    }
    this.#outboxAction({ type: "stored", ref });
    this.#dropLogged(conversation);
    this.#acceptIfFree();
  }

  #onAccepted(conversation: string, answer: OkFrame): void {
    if (answer.conversation) {
      this.#deskAction({ type: "conversation", conversation: answer.conversation });
    }
    const entry = this.#desk.queue[conversation] ?? this.#desk.conversations[conversation]?.about;
    const at = new Date(this.ports.timers.now()).toISOString();
    if (entry) this.#deskAction({ type: "accepted", entry, at });
    this.#deskAction({ type: "queue", frame: withoutEntry(conversation) });
    this.#fetchMissing();
  }

  #onRefused({ ref, command }: Outgoing, code: string): void {
    this.#outboxAction({ type: "refused", ref, code });
    const { conversation, type } = command;
    // Sent again after a reconnect and done before: the log has told the rest.
    const wasDone = code === "not_yours" && ENDING.some((ending) => ending === type);
    if (wasDone && !this.#isOwn(conversation)) return;
    const kind = CALM_CODES.find((known) => known === code) ?? "failed";
    this.#tell(kind, conversation, code);
    if (type === "accept" && (code === "taken" || code === "not_found")) {
      this.#deskAction({ type: "queue", frame: withoutEntry(conversation) });
    }
  }

  #tell(kind: Notice["kind"], conversation: string, code: string | null): void {
    const about = this.#desk.conversations[conversation]?.about ?? this.#desk.queue[conversation];
    this.ports.onNotice({ kind, conversation, subscriber: about?.subscriber ?? null, code });
  }

  #slowDown(ref: string): void {
    const until = this.ports.timers.now() + SLOW_DOWN_MS;
    this.#outboxAction({ type: "slow_down", ref, until });
  }

  #isOwn(conversation: string): boolean {
    const known = this.#desk.conversations[conversation];
    return known !== undefined && known.departure === null;
  }

  #hasDeparted(conversation: string): boolean {
    return Boolean(this.#desk.conversations[conversation]?.departure);
  }

  // What is said to the desk

  #enqueue(command: Command): void {
    const at = new Date(this.ports.timers.now()).toISOString();
    this.#outboxAction({ type: "enqueue", ref: this.ports.timers.newId(), command, at });
    this.#flush();
  }

  #flush(): void {
    if (!this.#link.isReady) return;
    const now = this.ports.timers.now();
    for (const { ref, command } of sendable(this.#outbox, now)) {
      if (this.#link.carry(ref, command)) this.#outboxAction({ type: "sent", ref });
    }
    const next = nextAttemptAt(this.#outbox, now);
    if (next !== null) this.#schedule.after("flush", next - now + 1, () => this.#flush());
  }

  #sendStatus(): void {
    if (!this.#link.isReady) return;
    const { status, capacity } = this.store.getState().presence;
    this.#link.ask({ type: "status", status, capacity });
  }

  /** Ask for the newest hole of every conversation that has one. */
  #fetchMissing(): void {
    if (!this.#link.isReady) return;
    const { conversations, isSettled } = this.#desk;
    for (const conversation of Object.values(conversations)) {
      if (conversation.history !== "idle" || conversation.departure) continue;
      const missing = missingPart(conversation, isSettled);
      if (missing) this.#askHistory(conversation.id, missing.before);
    }
  }

  #askHistory(conversation: string, before: string | null): void {
    if (!this.#link.isReady) return;
    this.#deskAction({ type: "history_status", conversation, status: "loading" });
    this.#link.ask({ type: "history", conversation, before });
  }

  #acceptIfFree(): void {
    const next = this.#link.isReady ? this.#autoAccept.choose(this.store.getState()) : null;
    if (next) this.accept(next);
  }

  // Bookkeeping

  #deskAction(action: DeskAction): void {
    this.store.setState(({ desk }) => ({ desk: reduceDesk(desk, action) }));
  }

  #outboxAction(action: OutboxAction): void {
    this.store.setState(({ outbox }) => ({ outbox: reduceOutbox(outbox, action) }));
    this.ports.keeper.keepOutbox(this.#outbox);
  }

  #dropLogged(conversation: string): void {
    const hasPending = this.#outbox.some((item) => item.command.conversation === conversation);
    const events = this.#desk.conversations[conversation]?.events;
    if (!hasPending || !events) return;
    const ids = new Set(events.flatMap((event) => ("id" in event && event.id ? [event.id] : [])));
    this.#outboxAction({ type: "logged", conversation, ids });
  }

  #restoreSeen(): void {
    for (const [conversation, log] of Object.entries(this.ports.keeper.seen())) {
      this.#deskAction({ type: "seen", conversation, log });
    }
  }

  #keepSeen(): void {
    const seen = Object.values(this.#desk.conversations).flatMap(({ id, seenLog }) =>
      seenLog === null ? [] : [[id, seenLog] as const],
    );
    this.ports.keeper.keepSeen(Object.fromEntries(seen));
  }
}

function withoutEntry(conversation: string) {
  return { type: "queue" as const, added: [], changed: [], removed: [conversation] };
}
