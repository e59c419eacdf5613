import { describe, expect, it } from "vitest";
import { type DeskAction, type DeskState, emptyDesk, reduceDesk } from "@/state/desk";
import { at, colleague, deskWith, entry, ME, moved, owned, said, welcome } from "../make";

const run = (desk: DeskState, ...actions: DeskAction[]) => actions.reduce(reduceDesk, desk);
const logs = (desk: DeskState, id = "c1") =>
  desk.conversations[id]?.events.map((event) => event.log);

describe("a welcome", () => {
  it("is the whole desk", () => {
    const frame = welcome({
      queue: [entry("q1"), entry("q2")],
      conversations: [owned("c1", { log: 7, read_seq: 3 })],
      operators: [colleague("op-2")],
      cursor: "k40",
    });
    const desk = run(emptyDesk, { type: "welcome", frame });
    expect(Object.keys(desk.queue)).toEqual(["q1", "q2"]);
    expect(desk.conversations.c1).toMatchObject({ expectedLog: 7, readSeq: 3, departure: null });
    expect(desk.operators["op-2"]?.presence).toBe("online");
    expect(desk.cursor).toBe("k40");
    expect(desk.operator).toEqual(ME);
  });

  it("replaces the queue that was known", () => {
    const desk = run(
      deskWith(),
      { type: "queue", frame: { type: "queue", added: [entry("old")], changed: [], removed: [] } },
      { type: "welcome", frame: welcome({ queue: [entry("new")] }) },
    );
    expect(Object.keys(desk.queue)).toEqual(["new"]);
  });

  it("keeps what was read of a conversation, what was fetched and how far", () => {
    const before = run(deskWith(said(1), said(2)), { type: "seen", conversation: "c1", log: 2 });
    const frame = welcome({ conversations: [owned("c1", { log: 5 })], cursor: "k9" });
    const desk = run(before, { type: "disconnected" }, { type: "welcome", frame });
    expect(logs(desk)).toEqual([1, 2]);
    expect(desk.conversations.c1).toMatchObject({ seenLog: 2, expectedLog: 5 });
  });

  it("does not move the cursor of a resume: only the replay does", () => {
    const desk = run(deskWith(said(4)), { type: "welcome", frame: welcome({ cursor: "k99" }) });
    expect(desk.cursor).toBe("k4");
  });

  it("tells that a conversation was lost meanwhile", () => {
    const desk = run(deskWith(said(1)), { type: "welcome", frame: welcome() });
    expect(desk.conversations.c1?.departure).toEqual({
      state: null,
      operator: null,
      disposition: null,
    });
  });

  it("forgets everything of another operator", () => {
    const frame = welcome({ operator: { id: "op-2", name: "Bohdan" }, cursor: "k3" });
    const desk = run(deskWith(said(1)), { type: "welcome", frame });
    expect(desk.conversations).toEqual({});
    expect(desk.cursor).toBe("k3");
  });
});

describe("queue deltas", () => {
  const delta = (added: string[], changed: string[], removed: string[]): DeskAction => ({
    type: "queue",
    frame: {
      type: "queue",
      added: added.map((id) => entry(id)),
      changed: changed.map((id) => entry(id, { priority: 5 })),
      removed,
    },
  });

  it("add, change and remove", () => {
    const desk = run(emptyDesk, delta(["a", "b", "c"], [], []), delta(["d"], ["b"], ["a"]));
    expect(Object.keys(desk.queue).sort()).toEqual(["b", "c", "d"]);
    expect(desk.queue.b?.priority).toBe(5);
  });

  it("take a change of an unknown entry as the entry, and a removal of one as nothing", () => {
    const desk = run(emptyDesk, delta([], ["x"], ["nobody"]));
    expect(Object.keys(desk.queue)).toEqual(["x"]);
  });

  it("give the same desk as a fresh snapshot", () => {
    const byDeltas = run(emptyDesk, delta(["a", "b"], [], []), delta(["c"], ["a"], ["b"]));
    const frame = welcome({ queue: [entry("a", { priority: 5 }), entry("c")] });
    expect(byDeltas.queue).toEqual(run(emptyDesk, { type: "welcome", frame }).queue);
  });
});

describe("events", () => {
  it("move the cursor, also those of conversations that are not ours", () => {
    const foreign = { ...said(8), conversation: "other" };
    const desk = run(deskWith(said(1)), { type: "event", event: foreign });
    expect(desk.cursor).toBe("k8");
    expect(desk.conversations.other).toBeUndefined();
  });

  it("said twice are taken in once", () => {
    expect(logs(deskWith(said(1), said(2), said(2), said(1)))).toEqual([1, 2]);
  });

  it("and a later history make the same log as the history alone", () => {
    const history: DeskAction = {
      type: "history",
      conversation: "c1",
      events: [said(1), said(2), said(3), said(4)],
    };
    expect(logs(run(deskWith(said(4), said(5)), history))).toEqual([1, 2, 3, 4, 5]);
  });

  it("raise what the log is known to reach", () => {
    expect(deskWith(said(6)).conversations.c1?.expectedLog).toBe(6);
  });

  it("end the typing they were typed for", () => {
    const typing: DeskAction = { type: "typing", conversation: "c1", text: "hel", at: 1 };
    const desk = run(deskWith(said(1)), typing);
    expect(desk.conversations.c1?.typing).toEqual({ text: "hel", at: 1 });
    expect(run(desk, { type: "event", event: said(2) }).conversations.c1?.typing).toBeNull();
    const answered = run(desk, { type: "event", event: said(2, "operator") });
    expect(answered.conversations.c1?.typing).not.toBeNull();
  });
});

describe("the owner", () => {
  it.each([
    [
      "closed",
      { disposition: "solved" },
      { state: "closed", operator: null, disposition: "solved" },
    ],
    ["bot", {}, { state: "bot", operator: null, disposition: null }],
    ["queued", {}, { state: "queued", operator: null, disposition: null }],
  ] as const)("is lost to %s", (state, more, departure) => {
    expect(deskWith(said(1), moved(2, state, more)).conversations.c1?.departure).toEqual(departure);
  });

  it("changes to a colleague by a transfer", () => {
    const desk = deskWith(moved(2, "assigned", { operator: { id: "op-2", name: "Bohdan" } }));
    expect(desk.conversations.c1?.departure).toMatchObject({
      state: "assigned",
      operator: "Bohdan",
    });
  });

  it("stays with us when the event names us, or nobody", () => {
    expect(deskWith(moved(2, "assigned", { operator: ME })).conversations.c1?.departure).toBeNull();
    expect(deskWith(moved(2, "assigned")).conversations.c1?.departure).toBeNull();
  });

  it("comes back when the conversation is given to us again", () => {
    const desk = deskWith(moved(2, "queued"), moved(3, "assigned", { operator: ME }));
    expect(desk.conversations.c1?.departure).toBeNull();
  });

  it("is not changed by an event of the past", () => {
    const desk = deskWith(moved(5, "assigned", { operator: ME }), moved(2, "queued"));
    expect(desk.conversations.c1?.departure).toBeNull();
  });

  it("becomes us by an event that overtakes every other frame", () => {
    const queued = run(emptyDesk, {
      type: "welcome",
      frame: welcome({ queue: [entry("c9", { intent: "top_up" })] }),
    });
    const event = { ...moved(3, "assigned", { operator: ME }), conversation: "c9" };
    expect(run(queued, { type: "event", event }).conversations.c9?.about.intent).toBe("top_up");
  });

  it("does not become us where a colleague is named", () => {
    const queued = run(emptyDesk, { type: "welcome", frame: welcome({ queue: [entry("c9")] }) });
    const event = {
      ...moved(3, "assigned", { operator: { id: "op-2", name: "B" } }),
      conversation: "c9",
    };
    expect(run(queued, { type: "event", event }).conversations.c9).toBeUndefined();
  });
});

describe("accepting", () => {
  it("makes a conversation of the entry", () => {
    const desk = run(deskWith(), { type: "accepted", entry: entry("c2"), at: at(9) });
    expect(desk.conversations.c2).toMatchObject({ assignedAt: at(9), seenLog: null, events: [] });
  });

  it("and the frame that tells of it, in either order, are one conversation", () => {
    const accepted: DeskAction = { type: "accepted", entry: entry("c2"), at: at(9) };
    const told: DeskAction = {
      type: "conversation",
      conversation: owned("c2", { assigned_at: at(9), log: 4 }),
    };
    const one = run(deskWith(), accepted, told).conversations.c2;
    expect(one).toMatchObject(run(deskWith(), told, accepted).conversations.c2 ?? {});
    expect(one?.expectedLog).toBe(4);
  });

  it("keeps the events that came before the answer", () => {
    const told: DeskAction = { type: "conversation", conversation: owned("c2") };
    const event = { ...said(1), conversation: "c2" };
    const desk = run(
      deskWith(),
      told,
      { type: "event", event },
      {
        type: "accepted",
        entry: entry("c2"),
        at: at(1),
      },
    );
    expect(logs(desk, "c2")).toEqual([1]);
  });
});

describe("the rest", () => {
  it("a lost connection ends typing and what was being fetched", () => {
    const desk = run(
      deskWith(said(1)),
      { type: "typing", conversation: "c1", text: "a", at: 1 },
      { type: "history_status", conversation: "c1", status: "loading" },
      { type: "settled" },
      { type: "disconnected" },
    );
    expect(desk.conversations.c1).toMatchObject({ typing: null, history: "idle" });
    expect(desk.isSettled).toBe(false);
  });

  it("reading and seeing never go back", () => {
    const desk = run(
      deskWith(said(1)),
      { type: "read", conversation: "c1", seq: 5 },
      { type: "read", conversation: "c1", seq: 2 },
      { type: "seen", conversation: "c1", log: 4 },
      { type: "seen", conversation: "c1", log: 1 },
    );
    expect(desk.conversations.c1).toMatchObject({ readSeq: 5, seenLog: 4 });
  });

  it("presence is replaced by id; who goes offline is gone", () => {
    const desk = run(
      deskWith(),
      { type: "presence", operators: [colleague("a"), colleague("b", { load: 1 })] },
      { type: "presence", operators: [colleague("a", { presence: "offline" }), colleague("b")] },
    );
    expect(Object.keys(desk.operators)).toEqual(["b"]);
    expect(desk.operators.b?.load).toBe(0);
  });

  it("a conversation that is put away is forgotten; an unknown one changes nothing", () => {
    expect(run(deskWith(), { type: "left", conversation: "c1" }).conversations).toEqual({});
    const desk = deskWith();
    expect(run(desk, { type: "read", conversation: "nobody", seq: 1 })).toBe(desk);
  });
});

describe("a resume", () => {
  it("over any cut gives the desk of one that was never cut", () => {
    const story = [
      said(1),
      said(2, "operator"),
      moved(3, "assigned", { operator: ME }),
      said(4),
      said(5),
    ];
    const whole = deskWith(...story);
    for (let cut = 0; cut <= story.length; cut++) {
      const before = deskWith(...story.slice(0, cut));
      const back = run(
        before,
        { type: "disconnected" },
        {
          type: "welcome",
          frame: welcome({ conversations: [owned("c1", { log: 5 })], cursor: "k5" }),
        },
      );
      // The replay says the last event again, as one may after a cut in the middle of a frame.
      const replay = story.slice(Math.max(0, cut - 1));
      const desk = replay.reduce((now, event) => reduceDesk(now, { type: "event", event }), back);
      expect(logs(desk)).toEqual(logs(whole));
      expect(desk.cursor).toBe(whole.cursor);
      expect(desk.conversations.c1?.departure).toBeNull();
    }
  });
});
