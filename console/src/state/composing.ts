/** The part of a key press in the reply box that decides. */
export interface KeyStroke {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  /** Whether an input method is putting a character together: its Enter only chooses. */
  isComposing: boolean;
}

/** Whether a key press sends what is written. Ctrl+Enter always does; Enter alone, if so chosen; Shift+Enter never. */
export function sendsMessage(stroke: KeyStroke, sendKey: "enter" | "ctrl-enter"): boolean {
  if (stroke.key !== "Enter" || stroke.shiftKey || stroke.altKey || stroke.isComposing)
    return false;
  return sendKey === "enter" || stroke.ctrlKey || stroke.metaKey;
}
