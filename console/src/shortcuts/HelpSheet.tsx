import { Kbd } from "@mantine/core";
import classes from "@/shortcuts/HelpSheet.module.css";
import { SHORTCUTS, type ShortcutName } from "@/shortcuts/shortcuts";
import { Dialog } from "@/ui/Dialog";
import { useTexts } from "@/ui/texts";

/** All shortcuts on one sheet. */
export function HelpSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const texts = useTexts();
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  return (
    <Dialog opened={opened} onClose={onClose} title={texts.shortcuts.title} size="lg">
      <dl className={classes.sheet}>
        {names.map((name) => (
          <div key={name} className={classes.line}>
            <dt>{texts.shortcuts[name]}</dt>
            <dd>
              {SHORTCUTS[name].shown.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
