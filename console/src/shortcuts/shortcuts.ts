/** What the keyboard can do. Keys are named by their place, so that they are the same on a Cyrillic layout. */
export const SHORTCUTS = {
  help: { code: "Slash", modifier: "ctrl", shown: ["Ctrl", "/"] },
  acceptNext: { code: "KeyA", modifier: "alt", shown: ["Alt", "A"] },
  nextUnread: { code: "KeyU", modifier: "alt", shown: ["Alt", "U"] },
  previous: { code: "ArrowUp", modifier: "alt", shown: ["Alt", "↑"] },
  next: { code: "ArrowDown", modifier: "alt", shown: ["Alt", "↓"] },
  byNumber: { code: "Digit", modifier: "alt", shown: ["Alt", "1…9"] },
  reply: { code: "KeyR", modifier: "alt", shown: ["Alt", "R"] },
  queue: { code: "KeyQ", modifier: "alt", shown: ["Alt", "Q"] },
  note: { code: "KeyN", modifier: "alt", shown: ["Alt", "N"] },
  insert: { code: "KeyS", modifier: "alt", shown: ["Alt", "S"] },
  transfer: { code: "KeyT", modifier: "alt", shown: ["Alt", "T"] },
  returnToBot: { code: "KeyB", modifier: "alt", shown: ["Alt", "B"] },
  close: { code: "KeyC", modifier: "alt", shown: ["Alt", "C"] },
  context: { code: "KeyI", modifier: "alt", shown: ["Alt", "I"] },
  presence: { code: "KeyP", modifier: "alt", shown: ["Alt", "P"] },
} as const;

export type ShortcutName = keyof typeof SHORTCUTS;

/** The part of a key press that decides. */
export interface KeyPress {
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Whether a key press is this shortcut. AltGr, which types letters, comes as Ctrl+Alt and is none. */
export function isShortcut(name: ShortcutName, press: KeyPress): boolean {
  const { code, modifier } = SHORTCUTS[name];
  if (press.shiftKey || press.altKey !== (modifier === "alt")) return false;
  if ((press.ctrlKey || press.metaKey) !== (modifier === "ctrl")) return false;
  return name === "byNumber" ? /^Digit[1-9]$/.test(press.code) : press.code === code;
}
