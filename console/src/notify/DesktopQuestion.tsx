import { Button } from "@mantine/core";
import { useDesk } from "@/app/DeskProvider";
import panel from "@/desk/Panel.module.css";
import classes from "@/notify/DesktopQuestion.module.css";
import { askDesktopPermission, desktopPermission } from "@/notify/desktop";
import { prefer, usePreferences } from "@/settings/preferences";
import { useTexts } from "@/ui/texts";

/** Asks once, after going online, whether notifications are wanted; the browser is asked only after a yes. */
export function DesktopQuestion() {
  const texts = useTexts().alerts;
  const isOnline = useDesk((model) => model.presence.status === "online");
  const isAsked = usePreferences((preferences) => preferences.isDesktopAsked);
  if (!isOnline || isAsked || desktopPermission() !== "default") return null;
  const agree = async () => {
    const permission = await askDesktopPermission();
    prefer({ isDesktopAsked: true, isDesktopOn: permission === "granted" });
  };
  return (
    <section className={panel.hint} aria-label={texts.ask}>
      <span className={classes.words}>{texts.ask}</span>
      <Button size="compact-xs" variant="light" onClick={() => void agree()}>
        {texts.yes}
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => prefer({ isDesktopAsked: true })}>
        {texts.no}
      </Button>
    </section>
  );
}
