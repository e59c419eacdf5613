import { WebSocket } from "ws";
import { DeskClient } from "@/live/desk";
import type { Keeper } from "@/live/model";
import type { WebSocketLike } from "@/live/socket";
import type { Timers } from "@/live/timers";
import type { Entry, LogEvent } from "@/protocol/frames";
import { Rest } from "@/protocol/rest";
import type { Notice } from "@/state/connection";
import type { Outbox } from "@/state/outbox";
import type { DeskServer } from "./deskServer";

/** How much faster than the wall the client's clock goes, so that timeouts of seconds take moments. */
const SPEED = 40;
const started = Date.now();

let lastId = 0;

const fastTimers: Timers = {
  now: () => started + (Date.now() - started) * SPEED,
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds / SPEED);
    return () => clearTimeout(timer);
  },
  chance: () => 0.5,
  newId: () => `id-${++lastId}`,
};

export class MemoryKeeper implements Keeper {
  kept: Outbox = [];
  seenLogs: Readonly<Record<string, number>> = {};
  outbox = () => this.kept;
  keepOutbox = (outbox: Outbox) => {
    this.kept = outbox;
  };
  seen = () => this.seenLogs;
  keepSeen = (seen: Readonly<Record<string, number>>) => {
    this.seenLogs = seen;
  };
}

/** A desk client on a real socket, with what it told to the outside. */
export class Bench {
  readonly notices: Notice[] = [];
  readonly events: LogEvent[] = [];
  readonly queued: Entry[] = [];
  readonly client: DeskClient;

  constructor(server: DeskServer, keeper: Keeper = new MemoryKeeper(), hostname = "127.0.0.1") {
    this.client = new DeskClient(
      {
        rest: new Rest(server.origin),
        open: (url) => new WebSocket(url) as unknown as WebSocketLike,
        timers: fastTimers,
        keeper,
        hostname,
        onNotice: (notice) => this.notices.push(notice),
        onEvent: (event) => this.events.push(event),
        onQueued: (entries) => this.queued.push(...entries),
      },
      { status: "online", capacity: 2 },
    );
  }

  get model() {
    return this.client.store.getState();
  }

  get desk() {
    return this.model.desk;
  }

  get phase() {
    return this.model.connection.phase;
  }

  logs(conversation = "c1"): number[] | undefined {
    return this.desk.conversations[conversation]?.events.map((event) => event.log);
  }
}
