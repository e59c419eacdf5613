import { describe, expect, test } from "vitest";
import { parseServerFrame } from "../src/protocol";

const parse = (frame: unknown) => parseServerFrame(JSON.stringify(frame));

describe("frames of the server", () => {
  test("welcome", () => {
    const frame = { type: "welcome", visitor: "v", conversation: "c", state: "queued", seq: 3 };
    expect(parse(frame)).toEqual(frame);
  });

  test("a message with its author, buttons and time", () => {
    const frame = parse({
      type: "event",
      conversation: "c",
      seq: 2,
      at: "2026-05-14T09:00:00.250Z",
      kind: "message",
      author: { kind: "bot", name: null },
      text: "Hello",
      buttons: [
        { title: "Top up", payload: "/top_up" },
        { title: "Plain" },
        { payload: "/untitled" },
      ],
      decision: "answer",
      intent: "greet",
    });
    expect(frame).toEqual({
      type: "event",
      event: {
        kind: "message",
        seq: 2,
        at: Date.UTC(2026, 4, 14, 9, 0, 0, 250),
        conversation: "c",
        author: { kind: "bot", name: null },
        text: "Hello",
        id: null,
        payload: null,
        buttons: [
          { title: "Top up", payload: "/top_up" },
          { title: "Plain", payload: "Plain" },
        ],
      },
    });
  });

  test("a state with its place in the queue", () => {
    const frame = parse({
      type: "event",
      seq: 4,
      at: "2026-05-14T09:00:00Z",
      kind: "state",
      state: "queued",
      reason: "user_request",
      position: 2,
      eta_seconds: null,
      operators_online: 0,
    });
    expect(frame).toMatchObject({
      event: { state: "queued", queue: { position: 2, etaSeconds: null, operatorsOnline: 0 } },
    });
  });

  test("an assigned state names its operator", () => {
    const base = { type: "event", seq: 5, kind: "state", state: "assigned" };
    expect(parse({ ...base, operator: { name: "Olena" } })).toMatchObject({
      event: { operator: "Olena" },
    });
    expect(parse(base)).toMatchObject({ event: { operator: null } });
  });

  test("an error with the message it speaks of", () => {
    expect(parse({ type: "error", code: "too_large", message: "Too long.", id: "a" })).toEqual({
      type: "error",
      code: "too_large",
      message: "Too long.",
      id: "a",
      field: null,
    });
  });

  test("how far the other side has read, and where", () => {
    const read = { type: "read", seq: 3 };
    expect(parse({ ...read, conversation: "c1" })).toEqual({ ...read, conversation: "c1" });
    expect(parse(read)).toEqual({ ...read, conversation: null });
  });

  test("a kind that is not known still counts", () => {
    expect(parse({ type: "event", seq: 6, kind: "survey" })).toMatchObject({
      event: { kind: "other", seq: 6 },
    });
    const state = { type: "event", seq: 7, kind: "state", state: "paused" };
    expect(parse(state)).toMatchObject({ event: { kind: "other", seq: 7 } });
  });
});

describe("what says nothing is left out", () => {
  test.each([
    ["not JSON", "{"],
    ["not a string", new ArrayBuffer(2)],
    ["not an object", "[1]"],
    ["of unknown type", '{"type":"news"}'],
    ["an event without a number", '{"type":"event","kind":"message"}'],
    ["a number that is none", '{"type":"event","seq":"1"}'],
    ["a welcome without a visitor", '{"type":"welcome","conversation":"c","state":"bot","seq":0}'],
    [
      "a welcome of unknown state",
      '{"type":"welcome","visitor":"v","conversation":"c","state":"x","seq":0}',
    ],
  ])("%s", (_, data) => {
    expect(parseServerFrame(data)).toBeNull();
  });
});
