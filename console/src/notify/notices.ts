import { notifications } from "@mantine/notifications";
import { CATALOGUES, type Messages } from "@/i18n";
import { subscriberName } from "@/i18n/names";
import { usePreferences } from "@/settings/preferences";
import type { Notice } from "@/state/connection";

/** Say calmly that something did not go as asked. */
export function showNotice(notice: Notice): void {
  const texts = CATALOGUES[usePreferences.getState().language];
  // The same thing said twice is one toast.
  const id = `${notice.kind}-${notice.conversation}`;
  notifications.hide(id);
  notifications.show({
    id,
    message: noticeText(texts, notice),
    color: notice.kind === "failed" ? "red" : "gray",
    withBorder: true,
  });
}

/** The notice in words. */
export function noticeText(texts: Messages, notice: Notice): string {
  const name = subscriberName(texts, notice);
  switch (notice.kind) {
    case "taken":
      return texts.notices.taken(name);
    case "departed":
      return texts.notices.departed(name);
    case "failed":
      return texts.notices.failed(texts.notices.codes[notice.code ?? ""] ?? notice.code ?? "");
    default:
      return texts.notices[notice.kind];
  }
}
