import { useEffect, useRef } from "react";
import { isShortcut, type ShortcutName } from "@/shortcuts/shortcuts";

/** Do something at a shortcut, from anywhere on the page but an open dialog. */
export function useShortcut(name: ShortcutName, action: (event: KeyboardEvent) => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isShortcut(name, event)) return;
      if (name !== "help" && document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      latest.current(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [name]);
}
