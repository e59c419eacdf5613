import { useEffect } from "react";
import { useDesk } from "@/app/DeskProvider";
import { totalUnread } from "@/state/unread";
import { useTexts } from "@/ui/texts";

/** Say the number of unread messages in the window's title. */
export function useTitle(): void {
  const texts = useTexts();
  const unread = useDesk((model) => totalUnread(model.desk));
  useEffect(() => {
    document.title = unread > 0 ? texts.alerts.title(unread) : texts.product;
  }, [unread, texts]);
}
