import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Refused, Rest, Throttled, Unauthorized, Unreachable } from "@/protocol/rest";

let server: Server | undefined;

const serve = async (listener: RequestListener): Promise<Rest> => {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return new Rest(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
};
const answering = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  serve((_request, response) => {
    response.writeHead(status, headers);
    response.end(JSON.stringify(body));
  });

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
  server = undefined;
});

const operator = { id: "op-1", name: "Anna", role: "operator" };

describe("signing in", () => {
  it("gives the operator", async () => {
    const rest = await answering(200, { operator });
    await expect(rest.signIn("anna", "pw")).resolves.toMatchObject(operator);
  });

  it("sends login and password as JSON", async () => {
    let seen = "";
    const rest = await serve((request, response) => {
      request.on("data", (part) => {
        seen += String(part);
      });
      request.on("end", () => response.end(JSON.stringify({ operator })));
    });
    await rest.signIn("anna", "pw");
    expect(JSON.parse(seen)).toEqual({ login: "anna", password: "pw" });
  });

  it("with a wrong password is Unauthorized", async () => {
    const rest = await answering(401, { error: { code: "unauthorized" } });
    await expect(rest.signIn("anna", "x")).rejects.toBeInstanceOf(Unauthorized);
  });

  it("too often is Throttled, with the seconds to wait", async () => {
    const rest = await answering(429, {}, { "Retry-After": "42" });
    await expect(rest.signIn("anna", "x")).rejects.toMatchObject({ retryAfterSeconds: 42 });
  });

  it("too often says some time also where the server says none", async () => {
    const rest = await answering(429, {});
    const error = await rest.signIn("anna", "x").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Throttled);
    expect((error as Throttled).retryAfterSeconds).toBeGreaterThan(0);
  });

  it.each([
    [503, Unreachable],
    [403, Refused],
  ])("answered with %i is told apart", async (status, kind) => {
    const rest = await answering(status, {});
    await expect(rest.signIn("anna", "x")).rejects.toBeInstanceOf(kind);
  });

  it("without a server, or with an answer that is none, is Unreachable", async () => {
    await expect(new Rest("http://127.0.0.1:9").signIn("a", "b")).rejects.toBeInstanceOf(
      Unreachable,
    );
    const rest = await answering(200, { nobody: true });
    await expect(rest.session()).rejects.toBeInstanceOf(Unreachable);
  });
});

describe("past conversations", () => {
  it("are asked for by words, subscriber and cursor", async () => {
    let url = "";
    const rest = await serve((request, response) => {
      url = request.url ?? "";
      response.end(JSON.stringify({ conversations: [{ conversation: "c1" }], next: "n1" }));
    });
    const page = await rest.past({ query: "рахунок", subscriber: "s 1", before: "b", limit: 20 });
    expect(page).toMatchObject({
      conversations: [{ conversation: "c1", state: "closed" }],
      next: "n1",
    });
    const asked = new URL(url, "http://x").searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      state: "closed",
      limit: "20",
      query: "рахунок",
      subscriber: "s 1",
      before: "b",
    });
  });

  it("name their operator, whether it comes as a name or whole", async () => {
    const conversations = [
      { conversation: "a", operator: "Anna" },
      { conversation: "b", operator: { id: "op-2", name: "Bohdan" } },
      { conversation: "c", operator: null },
    ];
    const rest = await answering(200, { conversations, next: null });
    const names = (await rest.past({})).conversations.map((one) => one.operator?.name);
    expect(names).toEqual(["Anna", "Bohdan", undefined]);
  });
});

describe("the server's clock", () => {
  it("is followed where it differs by more than its own coarseness", async () => {
    const ahead = new Date(Date.now() + 3_600_000).toUTCString();
    const rest = await answering(200, { operator }, { Date: ahead });
    await rest.session();
    expect(Math.abs(rest.clockOffsetMs - 3_600_000)).toBeLessThan(2000);
  });

  it("is taken for our own where it agrees", async () => {
    const rest = await answering(200, { operator });
    await rest.session();
    expect(rest.clockOffsetMs).toBe(0);
  });
});
