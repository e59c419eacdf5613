import { Button, Switch, Tooltip } from "@mantine/core";
import { memo, useMemo, useRef } from "react";
import { Virtualizer } from "virtua";
import { useDesk, useDeskClient } from "@/app/DeskProvider";
import classes from "@/desk/Panel.module.css";
import { QueueItem } from "@/desk/QueueItem";
import { useAcceptNext } from "@/desk/useAccept";
import { DesktopQuestion } from "@/notify/DesktopQuestion";
import { prefer, usePreferences } from "@/settings/preferences";
import { useShortcut } from "@/shortcuts/useShortcut";
import { orderQueue } from "@/state/queue";
import { useTexts } from "@/ui/texts";

const ITEM_HEIGHT = 104;

/** Who waits for a person, the next first. */
export const QueuePanel = memo(function QueuePanel() {
  const texts = useTexts().queue;
  const queue = useDesk((model) => model.desk.queue);
  const entries = useMemo(() => orderQueue(queue), [queue]);
  const scroll = useRef<HTMLDivElement>(null);
  useShortcut("queue", () => scroll.current?.querySelector("button")?.focus());
  return (
    <section className={classes.panel} aria-labelledby="queue-title">
      <header className={classes.head}>
        <h2 id="queue-title" className={classes.title}>
          {texts.title}
        </h2>
        <span className={classes.count} title={texts.count(entries.length)}>
          {entries.length}
        </span>
        <div className={classes.headTools}>
          <AutoAcceptSwitch />
          <AcceptNextButton isEmpty={entries.length === 0} />
        </div>
      </header>
      <AwayHint />
      <DesktopQuestion />
      <div className={classes.scroll} ref={scroll}>
        {entries.length === 0 ? (
          <p className={classes.empty}>
            <strong>{texts.empty}</strong>
            {texts.emptyHint}
          </p>
        ) : (
          <Virtualizer as="ul" item="li" itemSize={ITEM_HEIGHT} scrollRef={scroll} bufferSize={600}>
            {entries.map((entry) => (
              <QueueItem key={entry.conversation} entry={entry} />
            ))}
          </Virtualizer>
        )}
      </div>
    </section>
  );
});

function AcceptNextButton({ isEmpty }: { isEmpty: boolean }) {
  const texts = useTexts().queue;
  const acceptNext = useAcceptNext();
  const isOnline = useDesk((model) => model.presence.status === "online");
  useShortcut("acceptNext", acceptNext);
  return (
    <Tooltip label={`${texts.acceptNext} (Alt+A)`}>
      <Button
        size="compact-xs"
        disabled={isEmpty || !isOnline}
        aria-label={texts.acceptNext}
        aria-keyshortcuts="Alt+A"
        onClick={acceptNext}
      >
        {texts.accept}
      </Button>
    </Tooltip>
  );
}

function AutoAcceptSwitch() {
  const texts = useTexts().queue;
  const isOn = usePreferences((preferences) => preferences.isAutoAcceptOn);
  return (
    <Tooltip label={texts.auto}>
      <span className={classes.auto}>
        <Switch
          size="xs"
          aria-label={texts.auto}
          checked={isOn}
          onChange={(event) => prefer({ isAutoAcceptOn: event.currentTarget.checked })}
        />
        <span className={classes.autoWord} aria-hidden>
          {texts.autoShort}
        </span>
      </span>
    </Tooltip>
  );
}

/** Accepting needs presence: say so where it will be missed. */
function AwayHint() {
  const texts = useTexts().queue;
  const client = useDeskClient();
  const { status, capacity } = useDesk((model) => model.presence);
  if (status === "online") return null;
  return (
    <div className={classes.hint}>
      <span>{texts.awayHint}</span>
      <Button
        size="compact-xs"
        variant="light"
        onClick={() => client.setPresence("online", capacity)}
      >
        {texts.goOnline}
      </Button>
    </div>
  );
}
