import { describe, expect, it } from "vitest";
import { parseFrame, UnreadableFrame } from "@/protocol/frames";

const parse = (frame: unknown) => parseFrame(JSON.stringify(frame));
const event = (more: object) => ({
  type: "event",
  conversation: "c1",
  cursor: "7-3",
  log: 3,
  at: "2026-03-02T10:00:00Z",
  ...more,
});

describe("parseFrame", () => {
  it("reads a welcome that says only what the protocol promises", () => {
    const frame = parse({
      type: "welcome",
      ref: "r1",
      operator: { id: "op-1", name: "Anna" },
      queue: [],
      conversations: [{ conversation: "c1", state: "assigned", seq: 4 }],
      cursor: null,
    });
    expect(frame).toMatchObject({ type: "welcome", conversations: [{ channel: "web", log: 0 }] });
  });

  it("reads every kind of event", () => {
    const kinds = [
      { kind: "message", author: { kind: "bot", name: null }, text: "hi", buttons: null },
      { kind: "state", state: "queued", reason: "rule", position: 2 },
      { kind: "note", text: "n", author: { kind: "operator", name: "Anna" } },
      { kind: "parse", of: 1, intent: "greet", confidence: 0.9, ranking: [], entities: [] },
      { kind: "suggestion", of: 1, text: "s" },
      { kind: "delivery", id: "m", status: "uncertain" },
      { kind: "rating", score: 5 },
    ];
    for (const body of kinds) {
      expect(parse(event(body))).toMatchObject({
        type: "event",
        event: { kind: body.kind, log: 3 },
      });
    }
  });

  it("keeps the place of an event of a kind it does not know", () => {
    const frame = parse(event({ kind: "merged", with: "c2" }));
    expect(frame).toMatchObject({ event: { kind: "other", log: 3 } });
  });

  it("lets fields be added", () => {
    expect(parse({ type: "read", conversation: "c1", seq: 2, by: "new" })).toMatchObject({
      seq: 2,
    });
  });

  it("reads a reference that is a number", () => {
    expect(parse({ type: "ok", ref: 5 })).toMatchObject({ ref: "5" });
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[1]"],
    ["null", "null"],
    ["no type", "{}"],
    ["an unknown type", JSON.stringify({ type: "weather" })],
    [
      "an event without its number",
      JSON.stringify(event({ kind: "note", text: "n", log: undefined })),
    ],
    ["a queue of nonsense", JSON.stringify({ type: "queue", added: [{ channel: 5 }] })],
  ])("refuses %s", (_name, raw) => {
    expect(() => parseFrame(raw)).toThrow(UnreadableFrame);
  });
});
