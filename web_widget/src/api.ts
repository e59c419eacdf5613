/** `window.Abonent`: what a page may ask of the widget. */

import type { ChatClient } from "./connection/client";
import { localeOf } from "./i18n";
import type { View } from "./ui/view";

export interface Api {
  /** Opens the panel; with a question, asks it. */
  open(question?: string): void;
  close(): void;
  /** Speaks another language; a tag that names none of ours changes nothing. */
  setLocale(tag: string): void;
  /** Tells who the subscriber is, by a token the site has signed; null takes it back. */
  identify(token: string | null): void;
}

export function makeApi(client: ChatClient, view: View): Api {
  return {
    open(question) {
      view.setOpen(true);
      if (typeof question === "string") client.say(question);
    },
    close: () => view.setOpen(false),
    setLocale(tag) {
      const locale = localeOf(tag);
      if (locale) view.setLocale(locale);
    },
    identify: (token) => client.identify(token),
  };
}
