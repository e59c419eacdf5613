export type Permission = "granted" | "denied" | "default" | "unsupported";

export function desktopPermission(): Permission {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}

/** Ask the browser; only ever called from the operator's own click. */
export async function askDesktopPermission(): Promise<Permission> {
  if (desktopPermission() !== "default") return desktopPermission();
  return Notification.requestPermission();
}

interface Shown {
  title: string;
  body: string;
  /** One with the same tag is replaced, not stacked. */
  tag: string;
  onClick: () => void;
}

/** Show a notification outside of the window. */
export function showDesktop({ title, body, tag, onClick }: Shown): void {
  if (desktopPermission() !== "granted") return;
  const notification = new Notification(title, { body, tag });
  notification.onclick = () => {
    window.focus();
    notification.close();
    onClick();
  };
}
