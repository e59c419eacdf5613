import { describe, expect, it } from "vitest";
import type { Command } from "@/protocol/frames";
import {
  isUnderWay,
  nextAttemptAt,
  type Outbox,
  type OutboxAction,
  pendingIn,
  reduceOutbox,
  sendable,
} from "@/state/outbox";
import { at } from "../make";

const send = (id: string, conversation = "c1"): Command => ({
  type: "send",
  conversation,
  id,
  text: id,
});
const put = (ref: string, command: Command): OutboxAction => ({
  type: "enqueue",
  ref,
  command,
  at: at(0),
});
const run = (...actions: OutboxAction[]) => actions.reduce(reduceOutbox, [] as Outbox);
const refs = (outbox: readonly { ref: string }[]) => outbox.map((item) => item.ref);

describe("sendable", () => {
  it("is everything that waits, in order", () => {
    expect(refs(sendable(run(put("1", send("a")), put("2", send("b"))), 0))).toEqual(["1", "2"]);
  });

  it("leaves out what was sent, and has it again after a cut, with the same id", () => {
    const sent = run(put("1", send("a")), { type: "sent", ref: "1" });
    expect(sendable(sent, 0)).toEqual([]);
    const again = sendable(reduceOutbox(sent, { type: "disconnected" }), 0);
    expect(again[0]).toMatchObject({ ref: "1", command: { id: "a" } });
  });

  it("does not let a later message pass one that was told to slow down", () => {
    const outbox = run(put("1", send("a")), put("2", send("b")), put("3", send("c", "c2")), {
      type: "slow_down",
      ref: "1",
      until: 500,
    });
    expect(refs(sendable(outbox, 100))).toEqual(["3"]);
    expect(nextAttemptAt(outbox, 100)).toBe(500);
    expect(refs(sendable(outbox, 500))).toEqual(["1", "2", "3"]);
    expect(nextAttemptAt(outbox, 500)).toBeNull();
  });

  it("does not hold a conversation up by a message that was refused for good", () => {
    const outbox = run(
      put("1", send("a")),
      { type: "refused", ref: "1", code: "too_large" },
      put("2", send("b")),
    );
    expect(refs(sendable(outbox, 0))).toEqual(["2"]);
  });
});

describe("what is answered", () => {
  it("leaves, unless it is text: that stays to be seen until the log has it", () => {
    const outbox = run(
      put("1", { type: "accept", conversation: "c1" }),
      put("2", send("a")),
      { type: "stored", ref: "1" },
      { type: "stored", ref: "2" },
    );
    expect(outbox).toMatchObject([{ ref: "2", status: "stored" }]);
    const ids = new Set(["a"]);
    expect(reduceOutbox(outbox, { type: "logged", conversation: "c1", ids })).toEqual([]);
  });

  it("is not taken for the message of another conversation with the same id", () => {
    const outbox = run(put("1", send("a")));
    const ids = new Set(["a"]);
    expect(reduceOutbox(outbox, { type: "logged", conversation: "c2", ids })).toEqual(outbox);
  });

  it("with a refusal stays if it is text, to be sent again or dropped", () => {
    const refused = run(put("1", send("a")), { type: "refused", ref: "1", code: "not_yours" });
    expect(refused).toMatchObject([{ status: "refused", code: "not_yours" }]);
    const retried = reduceOutbox(refused, { type: "retry", ref: "1" });
    expect(sendable(retried, 0)).toMatchObject([{ ref: "1", code: null }]);
    expect(reduceOutbox(refused, { type: "drop", ref: "1" })).toEqual([]);
  });

  it("with a refusal leaves if it is no text", () => {
    const accept = put("1", { type: "accept", conversation: "c1" });
    expect(run(accept, { type: "refused", ref: "1", code: "taken" })).toEqual([]);
  });

  it("stays stored over a cut: it must not be said to be waiting", () => {
    const outbox = run(put("1", send("a")), { type: "stored", ref: "1" }, { type: "disconnected" });
    expect(outbox[0]?.status).toBe("stored");
  });
});

describe("what is under way", () => {
  const outbox = run(
    put("1", { type: "accept", conversation: "c1" }),
    put("2", send("a")),
    put("3", { type: "note", conversation: "c1", id: "n", text: "n" }),
  );

  it("is told by kind and conversation", () => {
    expect(isUnderWay(outbox, "accept")).toBe(true);
    expect(isUnderWay(outbox, "accept", "c1")).toBe(true);
    expect(isUnderWay(outbox, "accept", "c2")).toBe(false);
    expect(isUnderWay(outbox, "close")).toBe(false);
  });

  it("is shown in the transcript only where it has text", () => {
    expect(refs(pendingIn(outbox, "c1"))).toEqual(["2", "3"]);
    expect(pendingIn(outbox, "c2")).toEqual([]);
  });
});
