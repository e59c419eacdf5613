import { describe, expect, it } from "vitest";
import type { DeliveryEvent, LogEvent } from "@/protocol/frames";
import { reduceOutbox } from "@/state/outbox";
import { isSameRow, type Row, transcriptRows } from "@/state/transcript";
import { at, moved, parsed, said, suggested } from "../make";

const delivery = (log: number, id: string, status: DeliveryEvent["status"], reason?: string) =>
  ({ ...said(log), kind: "delivery", id, status, reason, seq: null }) as unknown as LogEvent;
const messages = (rows: readonly Row[]) => rows.filter((row) => row.kind === "message");
const first = (rows: readonly Row[]) => messages(rows)[0];

describe("transcriptRows", () => {
  it("shows what a person reads and nothing of the machinery", () => {
    const rows = transcriptRows({
      events: [said(1), parsed(2), said(3, "bot"), moved(4, "queued"), suggested(5)],
    });
    expect(rows.map((row) => row.kind)).toEqual(["day", "message", "message", "state"]);
  });

  it("begins each day with its date", () => {
    const nextDay = said(2, "subscriber", { at: "2026-03-04T09:00:00Z" });
    const rows = transcriptRows({ events: [said(1), nextDay] });
    expect(rows.map((row) => row.kind)).toEqual(["day", "message", "day", "message"]);
  });

  it("puts a parse by the message it is of", () => {
    const events = [said(1), said(2), parsed(3, { of: 1, intent: "top_up" })];
    const [one, two] = messages(transcriptRows({ events }));
    expect(one?.parse?.intent).toBe("top_up");
    expect(two?.parse).toBeNull();
  });

  it("puts a parse that does not say by the last message of the subscriber", () => {
    const events = [said(1), said(2, "bot"), parsed(3, { intent: "greet" })];
    expect(first(transcriptRows({ events }))?.parse?.intent).toBe("greet");
  });

  it("says what the bot decided only while it had the conversation", () => {
    const parse = (log: number, of: number) => parsed(log, { of, decision: "answer" });
    const events = [said(1), parse(2, 1), moved(3, "assigned"), said(4), parse(5, 4)];
    expect(messages(transcriptRows({ events })).map((row) => row.decision)).toEqual([
      "answer",
      null,
    ]);
  });

  it("marks the buttons that were pressed, until the bot offers others", () => {
    const offer = (log: number) =>
      said(log, "bot", { buttons: [{ title: "Yes", payload: "/affirm" }] });
    const events = [offer(1), said(2, "subscriber", { payload: "/affirm" }), offer(3), said(4)];
    const [one, , three] = messages(transcriptRows({ events }));
    expect(one?.pressed).toEqual(["/affirm"]);
    expect(three?.pressed).toEqual([]);
  });

  it("joins what one author says in one breath", () => {
    const events = [said(1), said(2), said(3, "bot"), said(4, "bot", { at: at(400) })];
    const rows = messages(transcriptRows({ events }));
    expect(rows.map((row) => row.isContinued)).toEqual([false, true, false, false]);
  });
});

describe("delivery marks", () => {
  const mine = said(1, "operator", { id: "m1" });
  const mark = (events: LogEvent[], readSeq = 0) =>
    first(transcriptRows({ events, readSeq }))?.shown?.mark;

  it("go from stored to sent to read", () => {
    expect(mark([mine])).toBe("stored");
    expect(mark([mine, delivery(2, "m1", "sent")])).toBe("sent");
    expect(mark([mine, delivery(2, "m1", "sent")], 1)).toBe("read");
  });

  it("say what failed and why, whatever was read", () => {
    const events = [mine, delivery(2, "m1", "failed", "blocked")];
    expect(first(transcriptRows({ events, readSeq: 9 }))?.shown).toEqual({
      mark: "failed",
      reason: "blocked",
    });
    expect(mark([mine, delivery(2, "m1", "uncertain")])).toBe("uncertain");
  });

  it("follow the last word on a message that was tried again", () => {
    expect(mark([mine, delivery(2, "m1", "failed"), delivery(3, "m1", "sent")])).toBe("sent");
  });

  it("are not put on what the subscriber says", () => {
    expect(first(transcriptRows({ events: [said(1)], readSeq: 5 }))?.shown).toBeNull();
  });
});

describe("isSameRow", () => {
  const events = [said(1, "bot", { buttons: [] }), said(2, "operator")];
  const rows = (readSeq: number) => transcriptRows({ events, readSeq });

  it("lets a row stay where nothing about it has changed", () => {
    const [before, after] = [rows(0), rows(0)];
    expect(before.every((row, at) => isSameRow(row, after[at] as Row))).toBe(true);
  });

  it("tells a row whose mark has changed, or that stands for another event", () => {
    const [unread, read] = [rows(0).at(-1), rows(2).at(-1)] as [Row, Row];
    expect(isSameRow(unread, read)).toBe(false);
    const [other] = transcriptRows({ events: [said(2, "operator", { text: "edited" })] }).slice(1);
    expect(isSameRow(unread, other as Row)).toBe(false);
  });
});

describe("what is on its way", () => {
  it("stands after the log", () => {
    const command = { type: "note", conversation: "c1", id: "n1", text: "call back" } as const;
    const pending = reduceOutbox([], { type: "enqueue", ref: "r1", command, at: at(1) });
    const rows = transcriptRows({ events: [said(1)], pending });
    expect(rows.at(-1)).toMatchObject({
      kind: "pending",
      key: "r1",
      text: "call back",
      isNote: true,
    });
  });
});
