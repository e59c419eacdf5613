import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useMemo, useState } from "react";
import { useDesk } from "@/app/DeskProvider";
import { ContextPanel } from "@/desk/ContextPanel";
import { ConversationPane } from "@/desk/ConversationPane";
import classes from "@/desk/DeskPage.module.css";
import { EmptyPane } from "@/desk/EmptyPane";
import { OwnPanel } from "@/desk/OwnPanel";
import { QueuePanel } from "@/desk/QueuePanel";
import { QueuePreview } from "@/desk/QueuePreview";
import { useSelectionCare } from "@/desk/selection";
import { useDeskShortcuts } from "@/desk/useDeskShortcuts";
import { useDeskView } from "@/desk/view";
import { prefer, usePreferences } from "@/settings/preferences";
import { useShortcut } from "@/shortcuts/useShortcut";
import { isUnderWay } from "@/state/outbox";
import { useTexts } from "@/ui/texts";

const WIDE = "(min-width: 1200px)";

/** Where an operator works: the queue and one's conversations, the one that is open, what is known about it. */
export function DeskPage() {
  useDeskShortcuts();
  const texts = useTexts();
  const context = useContextPanel();
  const active = useDeskView((view) => view.active);
  const conversation = useDesk((model) => (active ? model.desk.conversations[active] : undefined));
  const entry = useDesk((model) => (active ? model.desk.queue[active] : undefined));
  const isAccepting = useDesk((model) => isUnderWay(model.outbox, "accept", active ?? ""));
  return (
    <div className={classes.desk} data-context={(conversation && context.isOpen) || undefined}>
      <SelectionCare />
      <aside className={classes.side}>
        <OwnPanel />
        <QueuePanel />
      </aside>
      <main className={classes.middle}>
        <h1 className="visually-hidden">{texts.nav.desk}</h1>
        {conversation ? (
          <ConversationPane key={conversation.id} conversation={conversation} context={context} />
        ) : entry ? (
          <QueuePreview key={entry.conversation} entry={entry} isAccepting={isAccepting} />
        ) : (
          <EmptyPane />
        )}
      </main>
      {conversation && context.isOpen && (
        <ContextPanel key={conversation.id} conversation={conversation} onClose={context.toggle} />
      )}
    </div>
  );
}

/** Watches the whole desk, so that the page need not. */
function SelectionCare() {
  useSelectionCare();
  return null;
}

export interface ContextToggle {
  isOpen: boolean;
  toggle: () => void;
}

/** On a wide screen the panel is wanted or not, once and for all; on a narrow one only for the moment. */
function useContextPanel(): ContextToggle {
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const isWanted = usePreferences((preferences) => preferences.isContextOpen);
  const [isPeeking, setPeeking] = useState(false);
  const toggle = useCallback(
    () => (isWide ? prefer({ isContextOpen: !isWanted }) : setPeeking((isShown) => !isShown)),
    [isWide, isWanted],
  );
  useShortcut("context", toggle);
  const isOpen = isWide ? isWanted : isPeeking;
  return useMemo(() => ({ isOpen, toggle }), [isOpen, toggle]);
}
