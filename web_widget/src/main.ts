/** The embed script's beginning: reads its tag, connects, draws, offers `window.Abonent`. */

import { type Api, makeApi } from "./api";
import { type Config, readConfig } from "./config";
import { ChatClient } from "./connection/client";
import type { Clock, Socket } from "./connection/ports";
import { keyValue } from "./connection/storage";
import { chooseLocale } from "./i18n";
import type { Locale } from "./protocol";
import { mount } from "./ui/mount";
import { View } from "./ui/view";

declare global {
  interface Window {
    Abonent?: Api;
  }
}

const clock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

function start(config: Config): void {
  const prefix = `abonent:${new URL(config.url).host}:`;
  const stores = {
    local: keyValue(() => localStorage, prefix),
    session: keyValue(() => sessionStorage, prefix),
  };
  const view = new View(stores, pageLocale(config));
  const client = new ChatClient({
    openSocket: () => new WebSocket(config.url) as Socket,
    clock,
    stores,
    random: Math.random,
    newId,
    locale: view.state.locale,
    page: () => ({ url: location.origin + location.pathname, title: document.title }),
  });
  view.subscribe(() => client.setLocale(view.state.locale));
  window.Abonent = makeApi(client, view);
  followPage(client, prefix);
  whenReady(() => mount({ client, view, config }));
  if (isAwaited(client)) client.start();
}

/** A page whose visitor never wrote has nothing to hear: it is not connected until opened. */
function isAwaited(client: ChatClient): boolean {
  return client.state.visitor !== null || client.state.outbox.length > 0;
}

function pageLocale(config: Config): Locale {
  return config.locale ?? chooseLocale([document.documentElement.lang, ...navigator.languages]);
}

/** `randomUUID` is missing on pages without TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function followPage(client: ChatClient, prefix: string): void {
  // A socket does not notice that the network under it is gone.
  for (const change of ["online", "offline"]) {
    window.addEventListener(change, () => client.reconnect());
  }
  window.addEventListener("pagehide", () => client.keepLog());
  window.addEventListener("storage", ({ key }) => {
    if (key === null || key.startsWith(prefix)) client.syncTabs();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") client.hasten();
    else client.keepLog();
  });
}

function whenReady(action: () => void): void {
  if (document.body) action();
  else document.addEventListener("DOMContentLoaded", action, { once: true });
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && !window.Abonent) start(readConfig(script.dataset, script.src));
