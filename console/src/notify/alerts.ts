import { CATALOGUES } from "@/i18n";
import { subscriberName } from "@/i18n/names";
import type { DeskModel, DeskPorts } from "@/live/model";
import { showDesktop } from "@/notify/desktop";
import { playChime } from "@/notify/sound";
import type { Entry, LogEvent } from "@/protocol/frames";
import { usePreferences } from "@/settings/preferences";

const LATELY_MS = 60_000;

/** Brings a conversation to the front. */
type Open = (conversation: string) => void;

/** What is heard and shown when somebody waits or writes. */
export function makeAlerts(
  model: () => DeskModel,
  open: Open,
): Pick<DeskPorts, "onEvent" | "onQueued"> {
  return {
    onEvent: (event) => {
      if (event.kind === "message" && event.author.kind === "subscriber")
        tellOfMessage(model(), event, open);
    },
    onQueued: (entries) => {
      if (entries.length > 0 && model().presence.status === "online") tellOfQueue(entries, open);
    },
  };
}

type Said = Extract<LogEvent, { kind: "message" }>;

function tellOfMessage(model: DeskModel, event: Said, open: Open): void {
  const conversation = model.desk.conversations[event.conversation];
  // A replay after a long absence would ring for each message of the past.
  const isOld = Date.now() - Date.parse(event.at) > LATELY_MS;
  if (!conversation || conversation.departure || isOld) return;
  const { isMessageSoundOn, isDesktopOn } = usePreferences.getState();
  if (isMessageSoundOn) playChime("message");
  if (isDesktopOn && !document.hasFocus()) {
    const { texts } = speech();
    const name = subscriberName(texts, conversation.about);
    const { conversation: tag, text } = event;
    showDesktop({ title: name, body: text ?? "", tag, onClick: () => open(tag) });
  }
}

function tellOfQueue(entries: readonly Entry[], open: Open): void {
  const { isQueueSoundOn, isDesktopOn } = usePreferences.getState();
  if (isQueueSoundOn) playChime("queue");
  if (!isDesktopOn || document.hasFocus()) return;
  const { texts } = speech();
  for (const entry of entries.slice(0, 3)) {
    const name = subscriberName(texts, entry);
    const { conversation: tag, summary } = entry;
    const title = texts.alerts.queued(name);
    showDesktop({ title, body: summary ?? "", tag, onClick: () => open(tag) });
  }
}

function speech() {
  const { language } = usePreferences.getState();
  return { texts: CATALOGUES[language] };
}
