/** What this tab shows of the widget: open or not, the language, the draft. */

import type { KeyValue } from "../connection/ports";
import { localeOf } from "../i18n";
import type { Locale } from "../protocol";

export interface ViewState {
  isOpen: boolean;
  locale: Locale;
  draft: string;
  /** A message the subscriber waved away without opening the panel. */
  dismissedSeq: number;
  isMenuOpen: boolean;
  isPhone: boolean;
  /** The rating form, asked for before the conversation is over, and the thanks for it. */
  rating: "hidden" | "asked" | "thanked";
  /** The score chosen and not sent yet; 0 when none is. */
  score: number;
}

/** Keeps the view over a reload of the tab; the language for good. */
export class View {
  state: ViewState;
  #local: KeyValue;
  #session: KeyValue;
  #listeners = new Set<() => void>();

  constructor(stores: { local: KeyValue; session: KeyValue }, locale: Locale) {
    this.#local = stores.local;
    this.#session = stores.session;
    this.state = {
      isOpen: stores.session.read("open") === "1",
      locale: localeOf(stores.local.read("locale")) ?? locale,
      draft: stores.session.read("draft") ?? "",
      dismissedSeq: 0,
      isMenuOpen: false,
      isPhone: false,
      score: 0,
      rating: "hidden",
    };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setOpen(isOpen: boolean): void {
    this.#session.write("open", isOpen ? "1" : null);
    this.#change({ isOpen, isMenuOpen: false });
  }

  setDraft(draft: string): void {
    this.#session.write("draft", draft === "" ? null : draft);
    this.#change({ draft });
  }

  /** Speaks another language: of the page's choice, or of the subscriber's own, which lasts. */
  setLocale(locale: Locale, isOwnChoice = false): void {
    if (isOwnChoice) this.#local.write("locale", locale);
    this.#change({ locale });
  }

  /** Changes what lasts no longer than the page. */
  show(change: Partial<Omit<ViewState, "isOpen" | "locale" | "draft">>): void {
    this.#change(change);
  }

  #change(change: Partial<ViewState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
