import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import { LANGUAGES, type Language } from "@/i18n";

export type SendKey = "enter" | "ctrl-enter";

/** What an operator chose for this browser. */
export interface Preferences {
  language: Language;
  sendKey: SendKey;
  isQueueSoundOn: boolean;
  isMessageSoundOn: boolean;
  isDesktopOn: boolean;
  /** Whether the polite question about notifications was answered, either way. */
  isDesktopAsked: boolean;
  isAutoAcceptOn: boolean;
  isContextOpen: boolean;
}

/** The language to begin with: the browser's first that the console speaks. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const codes = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  const known = codes.find((code) => (LANGUAGES as readonly string[]).includes(code));
  return (known as Language | undefined) ?? "uk";
}

function initialPreferences(): Preferences {
  const wanted = typeof navigator === "undefined" ? [] : navigator.languages;
  return {
    language: preferredLanguage(wanted),
    sendKey: "enter",
    isQueueSoundOn: true,
    isMessageSoundOn: true,
    isDesktopOn: false,
    isDesktopAsked: false,
    isAutoAcceptOn: false,
    isContextOpen: true,
  };
}

export const usePreferences = create<Preferences>()(
  persist(initialPreferences, {
    name: "abonent.preferences",
    storage: createJSONStorage(() => localStorage),
  }),
);

/** Change some of the preferences, for now and for the next time. */
export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}
