// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeApi } from "../../src/api";
import { readConfig } from "../../src/config";
import type { ChatClient } from "../../src/connection/client";
import type { Locale } from "../../src/protocol";
import { mount } from "../../src/ui/mount";
import { View } from "../../src/ui/view";
import { MemoryStore, tab, until } from "../support/client";
import { ChatServer } from "../support/server";

let server: ChatServer;
let client: ChatClient;
let view: View;
let host: HTMLElement;

beforeEach(async () => {
  server = await ChatServer.start();
});

afterEach(async () => {
  client.stop();
  host.remove();
  await server.stop();
});

function show(locale: Locale = "en"): void {
  const stores = { local: new MemoryStore(), session: new MemoryStore() };
  view = new View(stores, locale);
  client = tab(server.url, stores.local, { stores });
  const config = readConfig({ title: "Horizon", titleUk: "Обрій" }, "http://localhost/widget.js");
  host = mount({ client, view, config });
}

async function showOpen(locale?: Locale): Promise<void> {
  show(locale);
  button("Open the chat", "Відкрити чат").click();
  await until(() => client.state.link === "ready");
}

function all<T extends HTMLElement>(selector: string): T[] {
  return [...(host.shadowRoot?.querySelectorAll<T>(selector) ?? [])];
}

/** A button by its label or text. */
function button(...names: string[]): HTMLButtonElement {
  const found = all<HTMLButtonElement>("button").find((each) =>
    names.includes(each.getAttribute("aria-label") ?? each.textContent?.trim() ?? ""),
  );
  if (!found) throw new Error(`No button ${names}`);
  return found;
}

function log(): string {
  return all('[role="log"]')[0]?.textContent ?? "";
}

function area(): HTMLTextAreaElement {
  const [found] = all<HTMLTextAreaElement>(".field textarea");
  if (!found) throw new Error("No writing field");
  return found;
}

async function write(text: string): Promise<void> {
  area().value = text;
  area().dispatchEvent(new Event("input", { bubbles: true }));
  await until(() => view.state.draft === text);
}

async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  area().dispatchEvent(event);
  await Promise.resolve();
}

describe("opening", () => {
  test("the bubble opens the panel, Escape closes it and gives the focus back", async () => {
    await showOpen();
    await until(() => host.shadowRoot?.activeElement === area());
    await press("Escape");
    await until(() => all('[role="dialog"]').length === 0);
    await until(() => host.shadowRoot?.activeElement === button("Open the chat"));
  });

  test("a control of the page that opened the panel gets the focus back", async () => {
    show();
    const opener = document.createElement("button");
    document.body.append(opener);
    opener.focus();
    view.setOpen(true);
    await until(() => host.shadowRoot?.activeElement === area());
    await press("Escape");
    await until(() => all('[role="dialog"]').length === 0);
    expect(document.activeElement).toBe(opener);
    opener.remove();
  });

  test("nothing is connected before", () => {
    show();
    expect(client.state.link).toBe("idle");
    expect(all('[role="dialog"]')).toEqual([]);
  });

  test("the greeting and what people ask stand there before the first word", async () => {
    await showOpen();
    expect(log()).toContain("I'm the assistant");
    button("I lost my SIM card").click();
    await until(() => server.texts.length === 1);
    expect(server.texts).toEqual(["I lost my SIM card"]);
    await until(() => all(".suggestions").length === 0);
  });

  test("the page can open it with a question, close it and change its language", async () => {
    show();
    const api = makeApi(client, view);
    api.open("How much is roaming?");
    await until(() => server.texts.length === 1);
    api.setLocale("uk-UA");
    await until(() => all("h2")[0]?.textContent === "Обрій");
    api.setLocale("de");
    expect(view.state.locale).toBe("uk");
    api.close();
    await until(() => all('[role="dialog"]').length === 0);
  });
});

describe("writing", () => {
  test("Enter sends; with Shift, or while an input method is at work, it does not", async () => {
    await showOpen();
    await write("hello");
    await press("Enter", { shiftKey: true });
    await press("Enter", { isComposing: true });
    expect(server.frames("message")).toEqual([]);
    await press("Enter");
    await until(() => server.texts.length === 1);
    expect(area().value).toBe("");
  });

  test("too long a text is counted and cannot be sent", async () => {
    await showOpen();
    await write("x".repeat(3990));
    await until(() => all(".counter")[0]?.textContent === "Characters left: 10");
    await write("x".repeat(4001));
    await until(() => button("Send").disabled);
    expect(all(".counter")[0]?.textContent).toBe("Too long by 1");
  });

  test("what the server refuses is marked, and its text given back", async () => {
    server.intercept = ({ type, id }, socket) => {
      if (type !== "message") return false;
      socket.send(JSON.stringify({ type: "error", code: "invalid", message: "no", id }));
      return true;
    };
    await showOpen();
    await write("bad");
    await press("Enter");
    await until(() => log().includes("Not sent"));
    button("Edit").click();
    await until(() => area().value === "bad");
    expect(log()).not.toContain("Not sent");
  });

  test("markup is shown as it was written", async () => {
    await showOpen();
    server.botSays('<img src=x onerror="alert(1)"> https://horizon.example/a');
    await until(() => log().includes("<img src=x"));
    expect(all(".log img")).toEqual([]);
    const [link] = all<HTMLAnchorElement>(".log a");
    expect(link?.getAttribute("href")).toBe("https://horizon.example/a");
    expect(link?.rel).toContain("noopener");
  });
});

describe("the conversation", () => {
  test("a pressed button is sent once and cannot be pressed again", async () => {
    await showOpen();
    const buttons = [
      { title: "Top up", payload: "/top_up" },
      { title: "Other", payload: "/other" },
    ];
    server.store({ kind: "message", author: { kind: "bot", name: null }, text: "Which?", buttons });
    await until(() => log().includes("Top up"));
    button("Top up").click();
    await until(() => server.frames("button").length === 1);
    await until(() => button("Top up").disabled);
    expect(button("Other").disabled).toBe(false);
  });

  test("the queue is told as it is", async () => {
    await showOpen();
    button("Talk to a person").click();
    await until(() => server.state === "queued");
    const place = (more: object) =>
      server.tell({ type: "queue", position: 3, eta_seconds: null, ...more });
    const said = () => all(".queue b")[0]?.textContent?.replaceAll("\u00a0", " ");
    place({ eta_seconds: 230 });
    await until(() => said() === "You are 3rd in the queue · about 4 min");
    place({});
    await until(() => said() === "You are 3rd in the queue");
    place({ operators_online: 0 });
    await until(() => said() === "No operator is online just now.");
    const kept = all(".queue p")[0]?.textContent;
    expect(kept).toContain("will be answered as soon as somebody is here");
    expect(kept).not.toContain("first");
    button("Leave the queue").click();
    await until(() => all(".queue").length === 0);
  });

  test("a pressed control that goes away leaves the focus in the writing field", async () => {
    await showOpen();
    const focused = () => host.shadowRoot?.activeElement;
    await until(() => focused() === area());
    button("Talk to a person").focus();
    button("Talk to a person").click();
    await until(() => all(".queue").length === 1);
    await until(() => focused() === area());
    button("Leave the queue").focus();
    button("Leave the queue").click();
    await until(() => all(".queue").length === 0);
    await until(() => focused() === area());
  });

  test("the focus is not taken from a control that stays", async () => {
    await showOpen();
    await until(() => host.shadowRoot?.activeElement === area());
    button("Menu").focus();
    server.botSays("hello");
    await until(() => log().includes("hello"));
    expect(host.shadowRoot?.activeElement).toBe(button("Menu"));
  });

  test("a message is seen only when the server says so", async () => {
    await showOpen();
    await write("hello");
    await press("Enter");
    await until(() => log().includes("Sent"));
    server.botSays("good day");
    await until(() => log().includes("good day"));
    expect(log()).not.toContain("Seen");
    server.tell({ type: "read", seq: 1 });
    await until(() => log().includes("Seen"));
    await write("and more");
    await press("Enter");
    await until(() => all(".own .mark").some(({ textContent }) => textContent === "Sent"));
  });

  test("the operator is named, their typing shown", async () => {
    await showOpen();
    server.enter("assigned", { operator: { name: "Olena Koval" } });
    await until(() => all(".status")[0]?.textContent === "Olena Koval · operator");
    expect(log()).toContain("Olena Koval has joined");
    server.enter("assigned", { operator: { name: "Marko Bondar" } });
    await until(() => log().includes("Marko Bondar has joined"));
    expect(all(".status")[0]?.textContent).toBe("Marko Bondar · operator");
    server.tell({ type: "typing", author: { kind: "operator", name: "Olena Koval" } });
    await until(() => log().includes("Olena Koval is typing"));
  });

  test("unread messages are counted on the bubble", async () => {
    await showOpen();
    view.setOpen(false);
    await until(() => all('[role="dialog"]').length === 0);
    server.botSays("one");
    server.botSays("two");
    await until(() => button("Open the chat, unread: 2").textContent === "2");
    button("Open the chat, unread: 2").click();
    await until(() => client.state.read.seq === 2);
  });

  test("its end is scored from 1 to 5, with a comment, once", async () => {
    await showOpen();
    await write("hello");
    await press("Enter");
    await until(() => client.state.seq === 1);
    server.enter("closed");
    await until(() => all(".rating").length === 1);
    all<HTMLInputElement>('.rating input[type="radio"]')[3]?.click();
    await until(() => all(".rating textarea").length === 1);
    const [comment] = all<HTMLTextAreaElement>(".rating textarea");
    if (comment) comment.value = " quick ";
    button("Send the rating").click();
    await until(() => server.frames("rate").length === 1);
    expect(server.frames("rate")[0]).toEqual({ type: "rate", score: 4, comment: "quick" });
    await until(() => log().includes("Thank you for the rating!"));
    expect(all(".rating")).toEqual([]);
  });

  test("the language can be changed in the menu, and stays changed", async () => {
    await showOpen();
    button("Menu").click();
    await until(() => all(".menu").length === 1);
    button("Українська").click();
    await until(() => area().placeholder === "Напишіть повідомлення");
    expect(all(".root")[0]?.lang).toBe("uk");
    expect(all('[role="log"]')[0]?.getAttribute("aria-label")).toBe("Листування");
  });

  test("a lost connection is said calmly, and only when it lasts", async () => {
    await showOpen();
    server.intercept = (frame) => frame.type === "hello";
    server.cut();
    await until(() => client.state.link !== "ready");
    expect(all(".connection")).toEqual([]);
    await until(() => all(".connection").length === 1);
    expect(all(".connection")[0]?.textContent).toContain("your messages are kept");
  });
});
