import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { entry, ME, moved, owned, said } from "../make";
import { Bench, MemoryKeeper } from "./bench";
import { DeskServer, type Frame, refuse } from "./deskServer";

let server: DeskServer;
let bench: Bench;

const until = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 5 });
const open = () => until(() => expect(bench.phase).toBe("open"));
const event = (one: object) => ({ ...one, type: "event" });

beforeEach(async () => {
  server = await DeskServer.start();
  bench = new Bench(server);
});

afterEach(async () => {
  bench.client.stop();
  await server.stop();
});

describe("coming to the desk", () => {
  it("greets first, then says its presence", async () => {
    bench.client.start();
    await until(() => expect(server.of("status")).toHaveLength(1));
    expect(server.frames[0]).toMatchObject({ type: "hello", after: null });
    expect(server.of("status")[0]).toMatchObject({ status: "online", capacity: 2 });
    expect(server.of("hello")[0]).not.toHaveProperty("ticket");
  });

  it("brings a ticket to a desk on another host, which cannot see the cookie", async () => {
    bench = new Bench(server, new MemoryKeeper(), "console.example");
    bench.client.start();
    await until(() => expect(server.of("hello")[0]).toMatchObject({ ticket: "t-1" }));
  });

  it("brings a ticket where the desk did not know it by the cookie", async () => {
    server.answers.hello = (frame) => {
      if (frame.ticket) return { type: "welcome", ref: frame.ref, operator: ME };
      server.turnAway(4401);
      return null;
    };
    bench.client.start();
    await open();
    expect(server.of("hello").map((frame) => frame.ticket)).toEqual([undefined, "t-1"]);
  });

  it("fetches the past of its own conversations", async () => {
    server.welcome = { conversations: [owned("c1", { log: 2 })] };
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [said(1), said(2)] });
    bench.client.start();
    await until(() => expect(bench.logs()).toEqual([1, 2]));
    expect(server.of("history")).toMatchObject([{ conversation: "c1", before: null }]);
  });

  it("is told that the session has ended where the socket is refused for that", async () => {
    server.isSignedIn = false;
    bench.client.start();
    await until(() => expect(bench.phase).toBe("expired"));
  });

  it("tries again where the socket is refused and the session still holds", async () => {
    server.isRefusing = true;
    bench.client.start();
    await until(() => expect(bench.phase).toBe("lost"));
    server.isRefusing = false;
    await open();
  });
});

describe("a lost connection", () => {
  it("resumes after the last event it has seen", async () => {
    server.welcome = { conversations: [owned()] };
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [said(1)] });
    bench.client.start();
    await open();
    server.say(event(said(2)));
    await until(() => expect(bench.logs()).toEqual([1, 2]));
    server.cut();
    await until(() => expect(server.of("hello")).toHaveLength(2));
    expect(server.of("hello")[1]).toMatchObject({ after: "k2" });
  });

  it("loses no message and doubles none: the same id goes out again until it is acknowledged", async () => {
    server.welcome = { conversations: [owned()] };
    server.answers.send = () => null;
    bench.client.start();
    await open();
    bench.client.send("c1", "hello");
    await until(() => expect(server.of("send")).toHaveLength(1));
    server.cut();
    bench.client.send("c1", "written while away");
    server.answers.send = ({ ref }) => ({ type: "ok", ref });
    await until(() => expect(server.of("send")).toHaveLength(3));
    const [first, again, later] = server.of("send");
    expect(again).toEqual(first);
    expect(later).toMatchObject({ text: "written while away" });
    await until(() =>
      expect(bench.model.outbox.map((item) => item.status)).toEqual(["stored", "stored"]),
    );
    server.say(event({ ...said(1, "operator"), id: first?.id }));
    await until(() => expect(bench.model.outbox).toHaveLength(1));
  });

  it("says its presence again, as it is by then", async () => {
    bench.client.start();
    await open();
    server.cut();
    bench.client.setPresence("away", 3);
    await until(() =>
      expect(server.of("status").at(-1)).toMatchObject({ status: "away", capacity: 3 }),
    );
  });

  it("fetches what the replay did not bring", async () => {
    server.welcome = { conversations: [owned("c1", { log: 1 })] };
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [said(1)] });
    bench.client.start();
    await until(() => expect(bench.logs()).toEqual([1]));
    server.welcome = { conversations: [owned("c1", { log: 3 })] };
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [said(2), said(3)] });
    server.cut();
    await until(() => expect(bench.logs()).toEqual([1, 2, 3]));
  });

  it("is noticed also where nothing closes it: what is asked and never answered", async () => {
    server.answers.status = () => null;
    bench.client.start();
    await open();
    await until(() => expect(server.connections).toBeGreaterThan(1));
  });

  it("is not suspected only because nobody says anything", async () => {
    bench.client.start();
    await open();
    await until(() => expect(server.of("status").length).toBeGreaterThan(2));
    expect(server.connections).toBe(1);
  });

  it("that ends the session keeps what was written for the next sign-in", async () => {
    server.welcome = { conversations: [owned()] };
    bench.client.start();
    await open();
    server.isSignedIn = false;
    server.cut();
    await until(() => expect(bench.phase).toBe("expired"));
    bench.client.send("c1", "kept");
    server.isSignedIn = true;
    bench.client.start();
    await until(() => expect(server.of("send")).toMatchObject([{ text: "kept" }]));
  });

  it("and a reload send what the tab had under way, with the same id", async () => {
    const keeper = new MemoryKeeper();
    const before = new Bench(server, keeper);
    before.client.send("c1", "not sent yet");
    const written = keeper.kept[0]?.command;
    bench = new Bench(server, keeper);
    bench.client.start();
    await until(() => expect(server.of("send")).toMatchObject([written]));
  });
});

describe("events", () => {
  beforeEach(async () => {
    server.welcome = { conversations: [owned("c1", { log: 1 })] };
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [said(1)] });
    bench.client.start();
    await until(() => expect(bench.logs()).toEqual([1]));
  });

  it("with a hole before them make it ask for what is missing", async () => {
    server.answers.history = ({ ref }) => ({
      type: "ok",
      ref,
      events: [said(1), said(2), said(3)],
    });
    server.say(event(said(4)));
    await until(() => expect(bench.logs()).toEqual([1, 2, 3, 4]));
    expect(server.of("history").at(-1)).toMatchObject({ before: "k4" });
  });

  it("with a hole that cannot be filled do not make it ask without end", async () => {
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [] });
    server.say(event(said(4)));
    await until(() => expect(server.of("history")).toHaveLength(2));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.of("history").length).toBeLessThanOrEqual(3);
  });

  it("reach the outside for sounds and notifications", async () => {
    server.say(event(said(2)));
    await until(() => expect(bench.events.map((one) => one.log)).toEqual([2]));
  });

  it("survive frames that cannot be read", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    server.sayRaw("{");
    server.say({ type: "weather" }, event(said(2)));
    await until(() => expect(bench.logs()).toEqual([1, 2]));
    expect(warn).toHaveBeenCalledTimes(2);
    expect(server.connections).toBe(1);
  });

  it("show what the subscriber is typing, and not what a colleague is", async () => {
    const typing = { type: "typing", conversation: "c1" };
    server.say(
      { ...typing, author: { kind: "subscriber" }, text: "wait" },
      { ...typing, author: { kind: "operator" }, text: "secret" },
    );
    await until(() => expect(bench.desk.conversations.c1?.typing?.text).toBe("wait"));
  });
});

describe("accepting", () => {
  beforeEach(() => {
    server.welcome = { queue: [entry("q1"), entry("q2")] };
  });

  it("makes the conversation one's own and fetches its past", async () => {
    server.answers.history = ({ ref, conversation }) => ({
      type: "ok",
      ref,
      events: [{ ...said(1), conversation }],
    });
    bench.client.start();
    await open();
    bench.client.accept("q1");
    await until(() => expect(bench.logs("q1")).toEqual([1]));
    expect(Object.keys(bench.desk.queue)).toEqual(["q2"]);
  });

  it("asked for twice is said once", async () => {
    server.answers.accept = () => null;
    bench.client.start();
    await open();
    bench.client.accept("q1");
    bench.client.accept("q1");
    await until(() => expect(server.of("accept")).toHaveLength(1));
  });

  it("lost to a colleague is told calmly, and the entry goes", async () => {
    server.answers.accept = refuse("taken");
    bench.client.start();
    await open();
    bench.client.accept("q1");
    await until(() =>
      expect(bench.notices).toMatchObject([{ kind: "taken", subscriber: { name: "Olena" } }]),
    );
    expect(Object.keys(bench.desk.queue)).toEqual(["q2"]);
    expect(bench.desk.conversations).toEqual({});
  });

  it.each(["capacity", "not_online"])("refused with %s leaves the entry", async (code) => {
    server.answers.accept = refuse(code);
    bench.client.start();
    await open();
    bench.client.accept("q1");
    await until(() => expect(bench.notices).toMatchObject([{ kind: code }]));
    expect(Object.keys(bench.desk.queue)).toEqual(["q1", "q2"]);
  });

  it("by itself takes as many as there is room for", async () => {
    server.welcome = { queue: [entry("q1"), entry("q2"), entry("q3")] };
    bench.client.setAutoAccept({ languages: [], skills: [] });
    bench.client.start();
    await until(() => expect(Object.keys(bench.desk.conversations)).toHaveLength(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.of("accept").map((frame) => frame.conversation)).toEqual(["q1", "q2"]);
  });

  it("by itself goes on to the next when a colleague was faster", async () => {
    server.answers.accept = (frame: Frame) =>
      frame.conversation === "q1" ? refuse("taken")(frame) : { type: "ok", ref: frame.ref };
    bench.client.setAutoAccept({ languages: [], skills: [] });
    bench.client.start();
    await until(() => expect(Object.keys(bench.desk.conversations)).toEqual(["q2"]));
  });

  it("by itself does nothing while away, and leaves other languages alone", async () => {
    bench.client.setAutoAccept({ languages: ["en"], skills: [] });
    bench.client.start();
    await open();
    bench.client.setPresence("away", 2);
    bench.client.setAutoAccept({ languages: [], skills: [] });
    await until(() => expect(server.of("status").length).toBeGreaterThanOrEqual(2));
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(server.of("accept")).toEqual([]);
  });
});

describe("commands", () => {
  beforeEach(async () => {
    server.welcome = { conversations: [owned()] };
    bench.client.start();
    await open();
  });

  it("told to slow down go out again, in order", async () => {
    let isFirst = true;
    server.answers.send = (frame) => {
      if (!isFirst) return { type: "ok", ref: frame.ref };
      isFirst = false;
      return refuse("rate_limited")(frame);
    };
    bench.client.send("c1", "one");
    await until(() => expect(bench.model.outbox[0]?.notBefore).toBeGreaterThan(0));
    bench.client.send("c1", "two");
    await until(() =>
      expect(server.of("send").map((frame) => frame.text)).toEqual(["one", "one", "two"]),
    );
  });

  it("refused for good stay to be seen, and can be sent again", async () => {
    server.answers.send = refuse("too_large");
    bench.client.send("c1", "long");
    await until(() =>
      expect(bench.model.outbox).toMatchObject([{ status: "refused", code: "too_large" }]),
    );
    server.answers.send = ({ ref }) => ({ type: "ok", ref });
    bench.client.retry(bench.model.outbox[0]?.ref ?? "");
    await until(() => expect(bench.model.outbox).toMatchObject([{ status: "stored" }]));
    expect(server.of("send")[1]).toEqual(server.of("send")[0]);
  });

  it.each([
    ["close", () => bench.client.close("c1", "solved"), { disposition: "solved" }],
    ["return_to_bot", () => bench.client.returnToBot("c1"), {}],
    [
      "transfer",
      () => bench.client.transfer("c1", { skill: "roaming" }),
      { to: { skill: "roaming" } },
    ],
  ])("%s takes the conversation off the desk without a word", async (type, act, fields) => {
    server.answers[type] = ({ ref }) => [event(moved(1, "closed")), { type: "ok", ref }];
    act();
    await until(() => expect(bench.desk.conversations).toEqual({}));
    expect(server.of(type)).toMatchObject([{ conversation: "c1", ...fields }]);
    expect(bench.notices).toEqual([]);
  });

  it("that were done before the cut are not complained of", async () => {
    server.answers.close = () => null;
    bench.client.close("c1", "solved");
    await until(() => expect(server.of("close")).toHaveLength(1));
    server.welcome = { conversations: [] };
    server.answers.close = refuse("not_yours");
    server.cut();
    await until(() => expect(bench.model.outbox).toEqual([]));
    expect(bench.notices).toEqual([]);
  });

  it("of somebody else on our conversation are told of", async () => {
    server.say(event(moved(1, "assigned", { operator: { id: "op-2", name: "Bohdan" } })));
    await until(() =>
      expect(bench.notices).toMatchObject([{ kind: "departed", conversation: "c1" }]),
    );
    expect(bench.desk.conversations.c1?.departure?.operator).toBe("Bohdan");
    bench.client.leave("c1");
    expect(bench.desk.conversations).toEqual({});
  });

  it("of typing are said now and then, not at every letter", async () => {
    for (let at = 0; at < 20; at++) bench.client.typing("c1");
    await until(() => expect(server.of("typing")).toHaveLength(1));
  });

  it("of earlier history ask before the first event that is known, while there is one", async () => {
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [said(1)] });
    server.say(event(said(2)));
    await until(() => expect(bench.logs()).toContain(2));
    bench.client.loadEarlier("c1");
    await until(() => expect(bench.logs()).toEqual([1, 2]));
    const asked = server.of("history").length;
    bench.client.loadEarlier("c1");
    expect(server.of("history")).toHaveLength(asked);
  });
});

describe("what was read", () => {
  it("is remembered over a reload, by number and without words", async () => {
    const keeper = new MemoryKeeper();
    server.welcome = { conversations: [owned("c1", { log: 2 })] };
    bench = new Bench(server, keeper);
    bench.client.start();
    await open();
    bench.client.seen("c1", 2);
    expect(keeper.seenLogs).toEqual({ c1: 2 });
    bench.client.stop();
    bench = new Bench(server, keeper);
    bench.client.start();
    await open();
    expect(bench.desk.conversations.c1?.seenLog).toBe(2);
  });
});
