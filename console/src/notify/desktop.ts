export type Permission = "granted" | "denied" | "default" | "unsupported";

export function desktopPermission(): Permission {
  return typeof Notification === "undefined" ? "unsupported" : Notification.permission;
}

/** Ask the browser; only ever called from the operator's own click. */
export async function askDesktopPermission(): Promise<Permission> {
  if (desktopPermission() !== "default") return desktopPermission();
  return Notification.requestPermission();
}

/** Show a notification; one with the same tag is replaced, not stacked. */
export function showDesktop(title: string, body: string, tag: string): void {
  if (desktopPermission() !== "granted") return;
  const notification = new Notification(title, { body, tag });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
