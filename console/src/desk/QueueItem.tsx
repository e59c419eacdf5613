import { Button, UnstyledButton } from "@mantine/core";
import { IconFlame } from "@tabler/icons-react";
import { type KeyboardEvent, memo } from "react";
import { useDesk } from "@/app/DeskProvider";
import { LanguageTag } from "@/desk/LanguageTag";
import panel from "@/desk/Panel.module.css";
import classes from "@/desk/QueueItem.module.css";
import { useSelect } from "@/desk/selection";
import { useAccept } from "@/desk/useAccept";
import { useDeskView } from "@/desk/view";
import { intentLabel } from "@/i18n/intents";
import { subscriberName } from "@/i18n/names";
import type { Entry } from "@/protocol/frames";
import { summaryLines } from "@/state/knowledge";
import { isUnderWay } from "@/state/outbox";
import { ChannelIcon } from "@/ui/ChannelIcon";
import { Elapsed } from "@/ui/Elapsed";
import { useLanguage, useTexts } from "@/ui/texts";

/** One who waits: who, why, how long, and what about. */
export const QueueItem = memo(function QueueItem({ entry }: { entry: Entry }) {
  const texts = useTexts();
  const select = useSelect();
  const isActive = useDeskView((view) => view.active === entry.conversation);
  const name = subscriberName(texts, entry);
  return (
    <article className={classes.item} data-active={isActive || undefined} aria-label={name}>
      <UnstyledButton
        className={classes.look}
        title={texts.queue.preview}
        aria-pressed={isActive}
        onKeyDown={moveByArrows}
        onClick={() => select(entry.conversation)}
      >
        <span className={panel.line}>
          <span className={panel.icon}>
            <ChannelIcon channel={entry.channel} />
          </span>
          <span className={panel.name}>{name}</span>
          <Priority value={entry.priority ?? 0} />
          <LanguageTag language={entry.language} />
          {entry.since && <Elapsed since={entry.since} label={texts.queue.waiting} />}
        </span>
        <span className={classes.summary} dir="auto">
          {summaryLines(entry.summary) || entry.preview}
        </span>
      </UnstyledButton>
      <div className={panel.line}>
        <WhyAndWhat entry={entry} />
        <AcceptButton conversation={entry.conversation} name={name} />
      </div>
    </article>
  );
});

const LOOK = "button[aria-pressed]";

/** Up and down go from one who waits to the next. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || event.altKey) return;
  const list = event.currentTarget.closest("ul");
  const places = [...(list?.querySelectorAll<HTMLElement>(LOOK) ?? [])];
  const next = places[places.indexOf(event.currentTarget) + step];
  event.preventDefault();
  next?.focus();
}

function Priority({ value }: { value: number }) {
  const texts = useTexts().queue;
  if (value <= 0) return null;
  return (
    <span className={classes.priority} title={texts.priority(value)}>
      <IconFlame size={13} aria-hidden />
      <span className="visually-hidden">{texts.priority(value)}</span>
    </span>
  );
}

function WhyAndWhat({ entry }: { entry: Entry }) {
  const texts = useTexts();
  const language = useLanguage();
  const reason = entry.reason ? (texts.reasons[entry.reason] ?? entry.reason) : null;
  const intent = entry.intent ? intentLabel(language, entry.intent) : null;
  const parts = [reason, intent, entry.skill].filter(Boolean).join(" · ");
  return (
    <span className={`${panel.quiet} ${panel.cut} ${classes.why}`} title={parts}>
      {parts}
    </span>
  );
}

export function AcceptButton({ conversation, name }: { conversation: string; name: string }) {
  const texts = useTexts().queue;
  const accept = useAccept();
  const isBusy = useDesk((model) => isUnderWay(model.outbox, "accept", conversation));
  return (
    <Button
      size="compact-sm"
      variant="light"
      loading={isBusy}
      aria-label={texts.acceptOne(name)}
      onClick={() => accept(conversation)}
    >
      {texts.accept}
    </Button>
  );
}
