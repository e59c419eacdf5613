import { describe, expect, it } from "vitest";
import { findMissing, hasEarlier, lastLog, mergeEvents, missingPart } from "@/state/log";
import { said } from "../make";

const numbers = (events: readonly { log: number }[]) => events.map((event) => event.log);

describe("mergeEvents", () => {
  it("appends what follows", () => {
    expect(numbers(mergeEvents([said(1)], [said(2), said(3)]))).toEqual([1, 2, 3]);
  });

  it("puts the past before what is known", () => {
    expect(numbers(mergeEvents([said(4), said(5)], [said(2), said(3)]))).toEqual([2, 3, 4, 5]);
  });

  it("orders by the log, however events arrive", () => {
    expect(numbers(mergeEvents([said(2)], [said(5), said(1), said(3)]))).toEqual([1, 2, 3, 5]);
  });

  it("orders a first answer that is not in order itself", () => {
    expect(numbers(mergeEvents([], [said(3), said(1), said(2)]))).toEqual([1, 2, 3]);
  });

  it("takes each number once and keeps what it had", () => {
    const known = [said(1, "subscriber", { text: "first" })];
    const merged = mergeEvents(known, [said(1, "subscriber", { text: "again" }), said(2), said(2)]);
    expect(numbers(merged)).toEqual([1, 2]);
    expect(merged[0]).toBe(known[0]);
  });

  it("gives the same array back when nothing is new", () => {
    const known = [said(1), said(2)];
    expect(mergeEvents(known, [said(2), said(1)])).toBe(known);
    expect(mergeEvents(known, [])).toBe(known);
  });

  it("does not change what it was given", () => {
    const known = [said(3)];
    mergeEvents(known, [said(1)]);
    expect(numbers(known)).toEqual([3]);
  });
});

describe("findMissing", () => {
  it("finds nothing in a whole log", () => {
    expect(findMissing([said(4), said(5)], 5)).toBeNull();
  });

  it("asks for the newest when the end is behind what is known to exist", () => {
    expect(findMissing([said(4)], 6)).toEqual({ before: null });
  });

  it("asks before the event after the newest hole", () => {
    expect(findMissing([said(1), said(3), said(4), said(7)], 7)).toEqual({ before: "k7" });
    expect(findMissing([said(1), said(3), said(4)], 4)).toEqual({ before: "k3" });
  });

  it("does not take the beginning of a long conversation for a hole", () => {
    expect(findMissing([said(180), said(181)], 181)).toBeNull();
  });
});

describe("missingPart", () => {
  it("asks for the past of a conversation that only live events have told of", () => {
    expect(missingPart({ events: [said(5)], expectedLog: 5, hasPast: false }, true)).toEqual({
      before: "k5",
    });
    expect(missingPart({ events: [], expectedLog: 0, hasPast: false }, false)).toEqual({
      before: null,
    });
  });

  it("waits for the replay before it takes the tail for missing", () => {
    const known = { events: [said(1)], expectedLog: 3, hasPast: true };
    expect(missingPart(known, false)).toBeNull();
    expect(missingPart(known, true)).toEqual({ before: null });
  });

  it("asks for an inner hole also during the replay", () => {
    const known = { events: [said(1), said(3)], expectedLog: 9, hasPast: true };
    expect(missingPart(known, false)).toEqual({ before: "k3" });
  });
});

describe("the ends of a log", () => {
  it("knows its last number", () => {
    expect(lastLog([])).toBe(0);
    expect(lastLog([said(2), said(9)])).toBe(9);
  });

  it("knows whether something came before", () => {
    expect(hasEarlier([])).toBe(false);
    expect(hasEarlier([said(1)])).toBe(false);
    expect(hasEarlier([said(2)])).toBe(true);
  });
});
