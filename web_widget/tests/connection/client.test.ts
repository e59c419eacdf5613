import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChatClient } from "../../src/connection/client";
import type { Clock } from "../../src/connection/ports";
import { MemoryStore, realClock, tab, until } from "../support/client";
import { ChatServer } from "../support/server";

let server: ChatServer;
let clients: ChatClient[];

beforeEach(async () => {
  server = await ChatServer.start();
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.stop();
  await server.stop();
});

function open(local?: MemoryStore, more?: Parameters<typeof tab>[2]): ChatClient {
  const client = tab(server.url, local, more);
  clients.push(client);
  client.start();
  return client;
}

async function ready(local?: MemoryStore): Promise<ChatClient> {
  const client = open(local);
  await until(() => client.state.link === "ready");
  return client;
}

function texts(client: ChatClient): string[] {
  return client.state.events.flatMap((event) => (event.kind === "message" ? [event.text] : []));
}

describe("connecting", () => {
  test("hello says who, where and in which language", async () => {
    await ready();
    expect(server.received[0]).toEqual({
      type: "hello",
      visitor: null,
      after: 0,
      locale: "uk",
      page: { url: "https://horizon.example/", title: "Horizon" },
    });
  });

  test("after a cut it resumes after the last event, and misses nothing", async () => {
    const client = await ready();
    server.botSays("one");
    await until(() => client.state.seq === 1);
    server.cut();
    server.botSays("two");
    await until(() => client.state.seq === 2);
    expect(texts(client)).toEqual(["one", "two"]);
    expect(server.frames("hello")[1]).toMatchObject({
      visitor: "v1",
      after: 1,
      conversation: "c1",
    });
  });

  test("it finds a server that comes back on its address", async () => {
    const client = await ready();
    const { port } = server;
    await server.stop();
    client.say("while away");
    server = await ChatServer.start(port);
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["while away"]);
  });

  test("a refused visitor token is forgotten and hello said anew", async () => {
    const local = new MemoryStore();
    local.write("visitor", "forged");
    server.intercept = (frame, socket) => {
      if (frame.type !== "hello" || frame.visitor !== "forged") return false;
      socket.send(
        JSON.stringify({ type: "error", code: "invalid", message: "", field: "visitor" }),
      );
      return true;
    };
    const client = await ready(local);
    expect(server.frames("hello")[1]?.visitor).toBeNull();
    expect(local.read("visitor")).toBe(client.state.visitor);
  });

  test("a gap in the events makes it connect anew", async () => {
    const client = await ready();
    server.log.push({ ...server.botSays("one"), seq: 2, text: "two" });
    server.botSays("three");
    await until(() => client.state.seq === 3);
    expect(texts(client)).toEqual(["one", "two", "three"]);
  });

  test("a new language is told to the server", async () => {
    const client = await ready();
    client.setLocale("en");
    await until(() => server.frames("hello").length === 2);
    expect(server.frames("hello")[1]?.locale).toBe("en");
  });

  test("the site's signed word goes with hello; refused, the chat goes on without it", async () => {
    server.intercept = (frame, socket) => {
      if (frame.type !== "hello" || frame.identity !== "bad") return false;
      socket.send(
        JSON.stringify({ type: "error", code: "invalid", message: "", field: "identity" }),
      );
      return true;
    };
    const client = await ready();
    client.identify("bad");
    await until(() => server.frames("hello").length === 3 && client.state.link === "ready");
    expect(server.frames("hello")[2]).not.toHaveProperty("identity");
  });
});

describe("saying", () => {
  test("what is said before the connection is there goes out in order once it is", async () => {
    const client = tab(server.url);
    clients.push(client);
    for (const text of ["one", "two", "three"]) client.say(text);
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["one", "two", "three"]);
    expect(texts(client)).toEqual(["one", "two", "three"]);
  });

  test("a cut between storing and acknowledging sends the same id again, and shows it once", async () => {
    const client = await ready();
    let cuts = 0;
    server.intercept = (frame, socket) => {
      if (frame.type !== "message" || cuts > 0) return false;
      cuts += 1;
      socket.terminate();
      server.hear(frame as never, socket);
      return true;
    };
    client.say("one");
    client.say("two");
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["one", "two"]);
    expect(texts(client)).toEqual(["one", "two"]);
  });

  test("a cut before storing loses nothing and keeps the order", async () => {
    const client = await ready();
    let cuts = 0;
    server.intercept = (frame, socket) => {
      if (frame.type !== "message" || cuts >= 3) return false;
      cuts += 1;
      socket.terminate();
      return true;
    };
    for (const text of ["one", "two", "three"]) client.say(text);
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["one", "two", "three"]);
    expect(new Set(server.frames("message").map(({ id }) => id)).size).toBe(3);
  });

  test("a server that asks for patience gets the same message again by itself", async () => {
    const client = await ready();
    let refusals = 0;
    server.intercept = ({ type, id }, socket) => {
      if (type !== "message" || refusals > 0) return false;
      refusals += 1;
      socket.send(JSON.stringify({ type: "error", code: "rate_limited", message: "", id }));
      return true;
    };
    client.say("one");
    client.say("two");
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["one", "two"]);
  });

  test("timers that come early by the clock are set again", async () => {
    const clock: Clock = {
      now: realClock.now,
      after: (milliseconds, callback) => realClock.after(milliseconds - 5, callback),
    };
    let refusals = 0;
    server.intercept = ({ type, id }, socket) => {
      if (type !== "message" || refusals > 0) return false;
      refusals += 1;
      socket.send(JSON.stringify({ type: "error", code: "rate_limited", message: "", id }));
      return true;
    };
    const client = open(undefined, { clock });
    client.say("one");
    await until(() => refusals === 1);
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["one"]);
  });

  test("a pressed button goes as a button", async () => {
    const client = await ready();
    client.say("Top up", "/top_up");
    await until(() => client.state.outbox.length === 0);
    expect(server.frames("button")[0]).toMatchObject({ payload: "/top_up" });
  });

  test("a message to a closed conversation opens a new one", async () => {
    const client = await ready();
    client.say("one");
    await until(() => client.state.seq === 1);
    server.enter("closed");
    await until(() => client.state.phase === "closed");
    client.say("two");
    await until(() => client.state.conversation === "c2" && client.state.seq === 1);
    expect(texts(client)).toEqual(["two"]);
    expect(client.state.past).toHaveLength(1);
    expect(server.frames("message")).toHaveLength(2);
  });

  test("a person is asked for, and the queue can be left", async () => {
    const client = await ready();
    client.askForPerson();
    await until(() => client.state.phase === "queued");
    client.leaveQueue();
    await until(() => client.state.phase === "bot");
    expect(client.state.wishes).toEqual([]);
  });

  test("a rating reaches the server even if it was given without a connection", async () => {
    const client = await ready();
    server.cut();
    client.rate(5, "quick");
    await until(() => server.frames("rate").length === 1);
    expect(server.frames("rate")[0]).toEqual({ type: "rate", score: 5, comment: "quick" });
  });
});

describe("signals", () => {
  test("typing is told to an operator only, at most once a second, the last word included", async () => {
    const client = await ready();
    client.typed("to the bot");
    server.enter("assigned", { operator: { name: "Olena" } });
    await until(() => client.state.phase === "assigned");
    for (const text of ["h", "he", "hel", "hello"]) client.typed(text);
    await until(() => server.frames("typing").length === 2);
    expect(server.frames("typing").map(({ text }) => text)).toEqual(["h", "hello"]);
  });

  test("reading is told once", async () => {
    const client = await ready();
    server.botSays("one");
    await until(() => client.state.seq === 1);
    client.markRead();
    client.markRead();
    await until(() => server.frames("read").length === 1);
    client.say("two");
    await until(() => client.state.outbox.length === 0);
    await until(() => server.frames("read").length === 2);
    expect(server.frames("read").map(({ seq }) => seq)).toEqual([1, 2]);
  });
});

describe("over a reload, and in two tabs", () => {
  test("what could not be sent is sent by the next page, once and in order", async () => {
    const local = new MemoryStore();
    const before = tab("ws://127.0.0.1:9/chat", local);
    before.say("one");
    before.say("two");
    before.stop();
    const client = await ready(local);
    await until(() => client.state.outbox.length === 0);
    expect(server.texts).toEqual(["one", "two"]);
    expect(local.read("outbox")).toBeNull();
  });

  test("the kept log is shown at once and gone on from", async () => {
    const stores = { local: new MemoryStore(), session: new MemoryStore() };
    const before = open(undefined, { stores });
    server.botSays("one");
    await until(() => before.state.seq === 1);
    before.keepLog();
    before.stop();
    const client = open(undefined, { stores });
    expect(texts(client)).toEqual(["one"]);
    server.botSays("two");
    await until(() => client.state.seq === 2);
    expect(server.frames("hello").at(-1)).toMatchObject({ after: 1, conversation: "c1" });
  });

  test("both tabs get every event", async () => {
    const local = new MemoryStore();
    const one = await ready(local);
    const other = await ready(local);
    one.say("hello");
    await until(() => one.state.seq === 1 && other.state.seq === 1);
    expect(texts(other)).toEqual(["hello"]);
  });

  test("two tabs that open at once become one visitor", async () => {
    const local = new MemoryStore();
    const [one, other] = [open(local), open(local)];
    await until(() => one.state.link === "ready" && other.state.link === "ready");
    expect(one.state.visitor).toBe(other.state.visitor);
  });

  test("what one tab says and reads shows in the other", async () => {
    const local = new MemoryStore();
    const one = await ready(local);
    const other = await ready(local);
    server.intercept = ({ type }) => type === "message";
    one.say("unsent");
    other.syncTabs();
    expect(other.state.outbox.map(({ text }) => text)).toEqual(["unsent"]);
    expect(server.frames("message").length).toBeLessThan(2);
  });

  test("a log that is not whole any more is asked of the server", async () => {
    const stores = { local: new MemoryStore(), session: new MemoryStore() };
    stores.local.write("visitor", "v1");
    stores.session.write("log", '{"version":0,"visitor":"v1","log":{"events":[]}}');
    stores.local.write("outbox", "not JSON");
    const client = open(undefined, { stores });
    await until(() => client.state.link === "ready");
    expect(server.frames("hello")[0]).toMatchObject({ visitor: "v1", after: 0 });
  });
});

test("a page nobody wrote on is not connected", () => {
  const client = tab(server.url, undefined, { clock: realClock });
  clients.push(client);
  expect(client.state.link).toBe("idle");
  expect(server.sockets).toBe(0);
});
