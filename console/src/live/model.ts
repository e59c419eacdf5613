import type { LinkPorts } from "@/live/link";
import type { Entry, LogEvent, Presence } from "@/protocol/frames";
import type { Connection, Notice } from "@/state/connection";
import type { DeskState } from "@/state/desk";
import type { Outbox } from "@/state/outbox";

/** Everything the desk's pages show. */
export interface DeskModel {
  desk: DeskState;
  outbox: Outbox;
  connection: Connection;
  presence: { status: Presence; capacity: number };
}

/** What a reload must not lose. */
export interface Keeper {
  outbox(): Outbox;
  keepOutbox(outbox: Outbox): void;
  seen(): Readonly<Record<string, number>>;
  keepSeen(seen: Readonly<Record<string, number>>): void;
}

export interface DeskPorts extends Omit<LinkPorts, "schedule"> {
  keeper: Keeper;
  onNotice(notice: Notice): void;
  onEvent(event: LogEvent): void;
  onQueued(entries: readonly Entry[]): void;
}
