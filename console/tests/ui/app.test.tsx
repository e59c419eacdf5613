// @vitest-environment jsdom
import "./browser";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { App } from "@/app/App";
import { useDeskView } from "@/desk/view";
import { Rest } from "@/protocol/rest";
import { useDrafts } from "@/settings/drafts";
import { prefer, usePreferences } from "@/settings/preferences";
import { DeskServer } from "../live/deskServer";
import { entry, ME, moved, owned, parsed, said, suggested } from "../make";

let server: DeskServer;
const user = userEvent.setup();

const story = [
  said(1, "subscriber", { text: "where is my money?" }),
  parsed(2, { of: 1, intent: "payment_not_received", confidence: 0.93, decision: "answer" }),
  said(3, "bot", {
    text: "It may take an hour.",
    buttons: [{ title: "A person", payload: "/human" }],
  }),
  said(4, "subscriber", { text: "A person", payload: "/human" }),
  moved(5, "queued", { reason: "user_request" }),
  moved(6, "assigned", { operator: ME }),
];

const open = () => {
  window.history.replaceState(null, "", "/console/");
  return render(<App rest={new Rest(server.origin)} />);
};
const openConversation = async () => {
  open();
  return screen.findByRole("textbox", { name: "Reply to Olena" }, { timeout: 4000 });
};
const sent = (type: string) => server.of(type);

beforeEach(async () => {
  prefer({ ...usePreferences.getInitialState(), language: "en" });
  localStorage.setItem("mantine-color-scheme-value", "light");
  server = await DeskServer.start();
  server.welcome = { conversations: [owned("c1", { log: 6 })], queue: [entry("q1")] };
  server.answers.history = ({ ref }) => ({ type: "ok", ref, events: story });
});

afterEach(async () => {
  cleanup();
  await server.stop();
  localStorage.clear();
  sessionStorage.clear();
  useDeskView.setState({ active: null, dialog: null });
  useDrafts.setState({ byKey: {} });
});

describe("signing in", () => {
  const signIn = async (password: string) => {
    await user.type(await screen.findByLabelText("Login"), "anna");
    await user.type(screen.getByLabelText("Password"), password);
    await user.click(screen.getByRole("button", { name: "Sign in" }));
  };

  it("says that the password is wrong", async () => {
    server.isSignedIn = false;
    open();
    await signIn("wrong");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toMatch(/wrong/));
  });

  it("says how long to wait, and does not ask before", async () => {
    server.isSignedIn = false;
    open();
    await screen.findByLabelText("Login");
    server.retryAfter = 17;
    await signIn("again");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toMatch(/1[67] seconds/));
    expect(screen.getByRole("button", { name: "Sign in" })).toHaveProperty("disabled", true);
  });

  it("leads to the desk", async () => {
    server.isSignedIn = false;
    open();
    await screen.findByLabelText("Login");
    server.isSignedIn = true;
    await signIn("right");
    expect(await screen.findByRole("heading", { name: "My conversations" })).toBeTruthy();
  });

  it("speaks the chosen language and remembers it", async () => {
    server.isSignedIn = false;
    open();
    await user.click(await screen.findByRole("radio", { name: "Українська" }));
    expect(screen.getByRole("button", { name: "Увійти" })).toBeTruthy();
    expect(document.documentElement.lang).toBe("uk");
    expect(localStorage.getItem("abonent.preferences")).toContain('"uk"');
  });
});

describe("an open conversation", () => {
  it("shows the bot's part: what it understood, said, and which button was pressed", async () => {
    await openConversation();
    const log = await screen.findByRole("log");
    await within(log).findByText("where is my money?");
    expect(within(log).getByText(/Payment not received · 93\s% · answered/)).toBeTruthy();
    expect(within(log).getByText("It may take an hour.")).toBeTruthy();
    expect(within(log).getAllByLabelText("Button pressed").length).toBeGreaterThan(0);
    expect(within(log).getByText("Handed over: Asked for a person")).toBeTruthy();
  });

  it("sends with Enter, not with Shift+Enter", async () => {
    const box = await openConversation();
    await user.type(box, "Hello,{Shift>}{Enter}{/Shift}Olena{Enter}");
    await waitFor(() =>
      expect(sent("send")).toMatchObject([{ text: "Hello,\nOlena", conversation: "c1" }]),
    );
    expect(box).toHaveProperty("value", "");
    expect(sent("typing").length).toBe(1);
  });

  it("sends with Ctrl+Enter alone where that was chosen", async () => {
    prefer({ sendKey: "ctrl-enter" });
    const box = await openConversation();
    await user.type(box, "one{Enter}two");
    expect(sent("send")).toEqual([]);
    await user.type(box, "{Control>}{Enter}{/Control}");
    await waitFor(() => expect(sent("send")).toMatchObject([{ text: "one\ntwo" }]));
  });

  it("does not send what is empty or too long", async () => {
    const box = await openConversation();
    await user.type(box, "   {Enter}");
    await user.clear(box);
    await user.click(box);
    await user.paste("x".repeat(16_001));
    await user.keyboard("{Enter}");
    expect(screen.getByText("1 character too long")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Send" })).toHaveProperty("disabled", true);
    expect(sent("send")).toEqual([]);
  });

  it("keeps the draft over a reload", async () => {
    await user.type(await openConversation(), "half a thought");
    cleanup();
    expect(await openConversation()).toHaveProperty("value", "half a thought");
  });

  it("keeps a note apart from the reply", async () => {
    await user.type(await openConversation(), "for her");
    await user.click(screen.getByRole("radio", { name: "Note" }));
    await user.type(screen.getByRole("textbox", { name: "Internal note" }), "for us{Enter}");
    await waitFor(() => expect(sent("note")).toMatchObject([{ text: "for us" }]));
    expect(sent("send")).toEqual([]);
    const box = await screen.findByRole("textbox", { name: "Reply to Olena" });
    expect(box).toHaveProperty("value", "for her");
  });

  it("puts the bot's suggestion into the reply at one click", async () => {
    server.answers.history = ({ ref }) => ({
      type: "ok",
      ref,
      events: [...story, said(7), suggested(8, "Top up by card.")],
    });
    const box = await openConversation();
    await user.click(await screen.findByRole("button", { name: "Insert" }));
    expect(box).toHaveProperty("value", "Top up by card.");
    expect(screen.queryByRole("button", { name: "Insert" })).toBeNull();
  });

  it("shows a message at once, and as accepted when the log has it", async () => {
    const box = await openConversation();
    await screen.findByText("where is my money?");
    await user.type(box, "On it{Enter}");
    await screen.findByText("On it");
    await waitFor(() => expect(sent("send")).toHaveLength(1));
    const own = said(7, "operator", { id: String(sent("send")[0]?.id), text: "On it" });
    server.say({ ...own, type: "event" });
    await screen.findByLabelText("Accepted");
    expect(screen.getAllByText("On it")).toHaveLength(1);
  });

  it("offers to send again what was refused, or to take it back", async () => {
    server.answers.send = ({ ref }) => ({ type: "error", ref, code: "too_large", message: "" });
    const box = await openConversation();
    await user.type(box, "too much{Enter}");
    await screen.findByText(/Not sent: it is too long/);
    await user.click(screen.getByRole("button", { name: "Back to draft" }));
    expect(box).toHaveProperty("value", "too much");
    expect(screen.queryByText(/Not sent/)).toBeNull();
  });

  it("shows what the subscriber is typing", async () => {
    await openConversation();
    server.say({
      type: "typing",
      conversation: "c1",
      author: { kind: "subscriber" },
      text: "wait, I",
    });
    expect(await screen.findByText("wait, I")).toBeTruthy();
  });

  it("is closed with an offered disposition", async () => {
    await openConversation();
    await user.click(screen.getByRole("button", { name: "Close" }));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByRole("radio", { name: "Solved" })).toHaveProperty(
      "checked",
      true,
    );
    await user.click(within(dialog).getByRole("button", { name: "Close conversation" }));
    await waitFor(() => expect(sent("close")).toMatchObject([{ disposition: "solved" }]));
    await waitFor(() => expect(screen.queryByRole("log")).toBeNull());
  });

  it("is closed in own words", async () => {
    await openConversation();
    await user.keyboard("{Alt>}[KeyC]{/Alt}");
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox"), "moved abroad{Enter}");
    await waitFor(() => expect(sent("close")).toMatchObject([{ disposition: "moved abroad" }]));
  });

  it("is given to a colleague", async () => {
    server.welcome = {
      ...server.welcome,
      operators: [{ id: "op-2", name: "Bohdan", presence: "online", capacity: 5, load: 1 }],
    };
    await openConversation();
    await user.click(screen.getByRole("button", { name: "Transfer" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(await within(dialog).findByRole("radio", { name: /Bohdan/ }));
    await user.click(within(dialog).getByRole("button", { name: "Transfer" }));
    await waitFor(() => expect(sent("transfer")).toMatchObject([{ to: { operator: "op-2" } }]));
  });

  it("that leaves stays to be read, with a word of where it went", async () => {
    await openConversation();
    await screen.findByText("where is my money?");
    server.say({
      ...moved(7, "assigned", { operator: { id: "op-2", name: "Bohdan" } }),
      type: "event",
    });
    expect(await screen.findByText("Bohdan has the conversation now.")).toBeTruthy();
    expect(screen.queryByRole("textbox", { name: /Reply/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Put away" }));
    expect(await screen.findByText("Choose a conversation")).toBeTruthy();
  });
});

describe("the desk", () => {
  it("goes online at one click and says so to the server", async () => {
    await openConversation();
    await user.click(screen.getByRole("radio", { name: "Online" }));
    await waitFor(() => expect(sent("status").at(-1)).toMatchObject({ status: "online" }));
    expect(screen.queryByText(/You are not online/)).toBeNull();
  });

  it("accepts by keyboard and opens what was accepted", async () => {
    server.welcome = { queue: [entry("q1", { subscriber: { name: "Taras" } })] };
    server.answers.history = ({ ref }) => ({ type: "ok", ref, events: [] });
    open();
    await screen.findByTitle("1 waiting");
    await user.keyboard("{Alt>}[KeyA]{/Alt}");
    expect(await screen.findByRole("textbox", { name: "Reply to Taras" })).toBeTruthy();
    expect(sent("accept")).toMatchObject([{ conversation: "q1" }]);
  });

  it("counts unread messages in the title, and forgets them when they are seen", async () => {
    server.welcome = {
      conversations: [owned("c1", { log: 6 }), owned("c2", { subscriber: { name: "Petro" } })],
    };
    server.answers.history = ({ ref, conversation }) => ({
      type: "ok",
      ref,
      events: story.map((event) => ({ ...event, conversation })),
    });
    await openConversation();
    await waitFor(() => expect(document.title).toBe("(1) Abonent"));
    await user.keyboard("{Alt>}[KeyU]{/Alt}");
    await waitFor(() => expect(document.title).toBe("Abonent"));
    expect(screen.getByRole("textbox", { name: "Reply to Petro" })).toBeTruthy();
  });

  it("asks to sign in again when the session ends, and loses nothing", async () => {
    await user.type(await openConversation(), "half a thought");
    server.isSignedIn = false;
    server.cut();
    await screen.findByText(/Your session has ended/, undefined, { timeout: 4000 });
    server.isSignedIn = true;
    await user.type(screen.getByLabelText("Login"), "anna");
    await user.type(screen.getByLabelText("Password"), "pw{Enter}");
    const box = await screen.findByRole("textbox", { name: "Reply to Olena" });
    expect(box).toHaveProperty("value", "half a thought");
  });

  it("shows its shortcuts", async () => {
    await openConversation();
    await user.keyboard("{Control>}[Slash]{/Control}");
    const sheet = await screen.findByRole("dialog", { name: "Keyboard" });
    expect(within(sheet).getByText("Accept the next from the queue")).toBeTruthy();
  });
});
